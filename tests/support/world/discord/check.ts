// Checks a message form as Discord does: trims it, and checks it against the published schema and rules missing there.
import { componentFaults, V2 } from './components.ts';
import type { FormFault } from './errors.ts';
import { type Form, length, list, record } from './form.ts';
import type { FormCheck, FormName } from './forms.ts';

type Embed = Readonly<Record<string, unknown>>;

const MOST_IN_EMBEDS = 6000;
const MOST_CONTENT = 2000;
const MOST_NONCE = 25;
const embedParts = ['title', 'description', 'fields', 'image', 'thumbnail', 'author', 'footer', 'video'];

export interface Checked {
  readonly faults: readonly FormFault[];
  /** Trimmed; of embeds with the same address only the first is kept. */
  readonly form: Form;
}

/** `at`: where the message is in the form (`message` of a forum post, `data` of a callback). */
export function checkMessage(check: FormCheck, name: FormName, whole: Form, at: readonly string[] = []): Checked {
  const trimmed = trim(whole) as Form;
  const faults: FormFault[] = [...check(name, trimmed)];
  const form = at.reduce<Form>((inner, key) => record(inner[key]), trimmed);
  const fault = (path: readonly (string | number)[], code: string, message: string): void => {
    faults.push({ path: [...at, ...path], code, message });
  };
  for (const path of loneSurrogates(whole, []))
    faults.push({ path, code: 'BASE_TYPE_BAD_STRING', message: 'Not valid Unicode.' });

  if (length(form.content) > MOST_CONTENT)
    fault(['content'], 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST_CONTENT} or fewer in length.`);
  if (typeof form.nonce === 'string' && form.nonce.length > MOST_NONCE) {
    fault(['nonce'], 'BASE_TYPE_MAX_LENGTH', `Must be ${MOST_NONCE} or fewer in length.`);
  }
  const embeds = list(form.embeds);
  const total = embeds.reduce((sum, embed) => sum + embedLength(embed), 0);
  if (total > MOST_IN_EMBEDS)
    fault(['embeds'], 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MOST_IN_EMBEDS}`);
  embeds.forEach((embed, index) => {
    if (!embedParts.some((part) => embed[part] !== undefined && embed[part] !== null && embed[part] !== ''))
      fault(['embeds', index, 'description'], 'BASE_TYPE_REQUIRED', 'This field is required');
    list(embed.fields).forEach((field, place) => {
      for (const key of ['name', 'value']) {
        if (length(field[key]) === 0)
          fault(['embeds', index, 'fields', place, key], 'BASE_TYPE_REQUIRED', 'This field is required');
      }
    });
    for (const [path, url] of links(embed)) {
      if (!/^(https?|attachment):\/\//i.test(url)) {
        fault(['embeds', index, ...path], 'URL_TYPE_INVALID_SCHEME', "Scheme must be one of ('http', 'https').");
      }
    }
  });

  const says = ['content', 'embeds', 'components'].some((key) => form[key] !== undefined && form[key] !== null);
  const mentions = form.allowed_mentions;
  // Discord would accept it, but a message of Landfall's must always have it.
  if (says && (mentions === undefined || mentions === null)) {
    fault(['allowed_mentions'], 'LANDFALL_ALLOWED_MENTIONS_REQUIRED', 'Every message says whom it may mention.');
  }
  for (const kind of ['users', 'roles']) {
    const parse = record(mentions).parse;
    const named = record(mentions)[kind];
    if (Array.isArray(parse) && parse.includes(kind) && Array.isArray(named) && named.length > 0) {
      const words = `parse:["${kind}"] and ${kind}: [ids...] are mutually exclusive.`;
      fault(['allowed_mentions'], 'MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE', words);
    }
  }
  for (const { path, code, message } of componentFaults(form)) fault(path, code, message);
  const custom = customIds(form.components);
  if (new Set(custom).size < custom.length)
    fault(['components'], 'COMPONENT_CUSTOM_ID_DUPLICATED', 'Component custom id cannot be duplicated');
  if ((Number(form.flags ?? 0) & V2) !== 0 && (length(form.content) > 0 || embeds.length > 0)) {
    fault(['content'], 'MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2', 'Not with the flag IS_COMPONENTS_V2.');
  }
  return { faults, form: { ...form, ...(form.embeds === undefined ? {} : { embeds: shown(embeds) }) } };
}

/** Of several embeds with the same address, Discord only shows the first. */
function shown(embeds: readonly Embed[]): readonly Embed[] {
  const seen = new Set<unknown>();
  return embeds.filter((embed) => {
    if (typeof embed.url !== 'string') return true;
    const first = !seen.has(embed.url);
    seen.add(embed.url);
    return first;
  });
}

/** What counts towards the limit of 6,000. */
export function embedLength(embed: Embed): number {
  const fields = list(embed.fields).reduce((sum, field) => sum + length(field.name) + length(field.value), 0);
  return (
    length(embed.title) +
    length(embed.description) +
    fields +
    length(record(embed.footer).text) +
    length(record(embed.author).name)
  );
}

function links(embed: Embed): readonly [readonly string[], string][] {
  const places: readonly [readonly string[], unknown][] = [
    [['url'], embed.url],
    [['image', 'url'], record(embed.image).url],
    [['thumbnail', 'url'], record(embed.thumbnail).url],
    [['author', 'url'], record(embed.author).url],
  ];
  return places.flatMap(([path, url]) => (typeof url === 'string' ? [[path, url] as [readonly string[], string]] : []));
}

const PARTS_OF_NAMES = new Set(['custom_id', 'nonce']);

/** Discord removes white space around every text before counting. */
function trim(value: unknown, key = ''): unknown {
  if (typeof value === 'string') return PARTS_OF_NAMES.has(key) ? value : value.trim();
  if (Array.isArray(value)) return value.map((one) => trim(one));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, trim(one, name)]));
}

function loneSurrogates(value: unknown, path: readonly (string | number)[]): readonly (readonly (string | number)[])[] {
  if (typeof value === 'string') return value.isWellFormed() ? [] : [path];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, one]) => loneSurrogates(one, [...path, key]));
}

function customIds(components: unknown): readonly string[] {
  return list(components).flatMap((one) => [
    ...(typeof one.custom_id === 'string' ? [one.custom_id] : []),
    ...customIds(one.components),
  ]);
}
