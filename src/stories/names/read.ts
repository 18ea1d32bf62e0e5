// Reads observations, names of models and dates in words for the stories, using the tables of labs, cues and dates.
import type { Iso, Observation } from '../../types/core.ts';
import { dayIn } from '../days.ts';
import { dueWindow } from '../due/window.ts';
import { type Headline, readHeadline } from '../headlines/headline.ts';
import type { Window } from '../pledges.ts';
import { type Reading, type ReadObservation, unread } from '../reading.ts';
import { readTables, type Tables, type TableTexts } from '../tables.ts';
import { fold } from './fold.ts';
import { type NamedProduct, nameIn } from './identify.ts';
import { lineOf, storyKeyOf } from './key.ts';
import { labOfLink, repositoriesIn } from './links.ts';
import { findMentions } from './mentions.ts';
import { presentsTool, properName, repositoryName, slugOf } from './proper.ts';
import { readRepository } from './repository.ts';

export interface NameReader {
  readonly read: ReadObservation;
  /** Reads a model's name; `lab` (an id of the table) decides whose it is when the name does not. */
  readonly readModel: (name: string, lab: string | null) => Reading;
  /** The days that words name, counted from the day they were said; null when they name none. */
  readonly windowOf: (words: string, said: string) => Window | null;
  /** The id of the lab that owns the account of an address (`owner` or `owner/name`); null for any other account. */
  readonly labOf: (address: string) => string | null;
  /** The key of the model that a pull request adds support for, read from its title; null when it does not add support. */
  readonly supportedIn: (title: string) => string | null;
  /** Whether an account at a kind of source is a known converter of other people's models. */
  readonly isConverter: (source: string, account: string) => boolean;
  /** `account`: id of the lab that owns the account; `named`: the lab that `owner/name` mentions, as people write it. */
  readonly senseOf: (address: string) => { readonly account: string | null; readonly named: string | null };
}

function speaksOn(url: string, sites: readonly string[]): boolean {
  const host = URL.canParse(url) ? new URL(url).hostname : '';
  return sites.some((site) => host === site || host.endsWith(`.${site}`));
}

/** Strips `ForCausalLM` and `Moe` from class names such as `Qwen4MoeForCausalLM`, so that the model's name is left. */
const plainTitle = (title: string): string =>
  title.replaceAll(/(?<=[A-Za-z0-9])For[A-Z][A-Za-z]*/g, ' ').replaceAll(/[ -]?Mo[eE](?![a-z])/g, ' ');

const addressesKept = 5_000;

/** What most links of a site read as; shared, so that a sitemap of fifty thousand links keeps one object. */
const plain: Reading = { ...unread, part: '' };

function isPlain({ label, lab, family, key, name, version, official, part }: Reading): boolean {
  return (
    label === 'unrelated' &&
    [lab, family, key, name, version, official].every((one) => one === null) &&
    (part === undefined || part === '')
  );
}

function readingOf(
  { identity, product }: Pick<NamedProduct, 'identity' | 'product'>,
  moved: boolean,
  labs: Tables,
): Reading {
  const lab = labs.byId.get(identity.lab ?? '') ?? null;
  const key = storyKeyOf(product);
  const name = product?.name ?? null;
  const due =
    identity.dueFrom === null || identity.dueTo === null ? null : { from: identity.dueFrom, to: identity.dueTo };
  return {
    lab: identity.lab,
    family: identity.family === null || identity.lab === null ? null : `${identity.lab}/${identity.family}`,
    key: key === null ? null : `model:${key}`,
    looseKey: key === null || name === null ? null : looseKeyOf(name, labs),
    name,
    version: identity.version,
    line: lineOf(product),
    part: [identity.size, identity.variant].filter((word) => word !== null).join(' '),
    official: identity.official,
    label: identity.label ?? 'unrelated',
    due,
    moved,
    labName: lab?.names[0] ?? null,
    zone: lab?.zone ?? 'UTC',
    also: [],
  };
}

function looseKeyOf(name: string, labs: Tables): string | null {
  const slug = slugOf(name, labs);
  return slug.length < 3 ? null : `model:~/${slug}`;
}

/** Adds a name that is in no table; if it is a listed family that is only read beside its lab, that family is meant. */
function namedBy(reading: Reading, name: string | null, labs: Tables): Reading {
  if (reading.key !== null || name === null) return reading;
  for (const lab of labs.labs) {
    if (
      !lab.families.some((family) => family.needs !== 'nothing' && labs.familyOf(name.split(' ')[0] ?? '') === family)
    )
      continue;
    const meant = nameIn(`${lab.names[0] ?? ''} ${name}`, { labs, at: '2000-01-01' });
    const key = storyKeyOf(meant.product);
    if (key !== null && meant.product !== null)
      return {
        ...reading,
        ...readingOf(meant, false, labs),
        label: reading.label,
        official: reading.official,
        due: reading.due,
      };
  }
  const key = looseKeyOf(name, labs);
  return key === null ? reading : { ...reading, family: null, version: null, line: null, key, looseKey: key, name };
}

/** What is released decides: news of a program is not news of the model that it serves. */
function objectOf(title: string, reading: Reading, labs: Tables): Reading {
  const listed = (name: string): boolean => nameIn(name, { labs, at: '2000-01-01' }).product !== null;
  if (presentsTool(title, labs, listed))
    return { ...reading, family: null, version: null, key: null, looseKey: null, name: null, label: 'unrelated' };
  return namedBy(reading, properName(title, labs), labs);
}

/** Further models that other clauses of the headline promise or release. */
function others({ clauses }: Headline, main: Reading, said: Iso, labs: Tables): readonly Reading[] {
  if (clauses.length < 2) return [];
  const readings = clauses
    .filter(({ label }) => label === 'pledge' || label === 'release')
    .map(({ text, label }) => ({ ...readingOf(nameIn(text, { labs, at: said }), false, labs), label }))
    .filter(({ key, version }) => key !== null && version !== null && key !== main.key);
  return [...new Map(readings.map((reading) => [reading.key, reading])).values()];
}

/** A title that promises without a date may be followed by the date in the text. */
function readNews(observation: Observation, at: Iso, labs: Tables): Reading {
  const { title, text, url, publishedAt } = observation;
  const said = publishedAt ?? at;
  const named = nameIn(title, { labs, at: said });
  const { identity } = named;
  const headline = named.headline ?? readHeadline(title, labs);
  const lab = labs.byId.get(identity.lab ?? '');
  const own = lab !== undefined && (speaksOn(url, lab.sites) || labOfLink(url, labs) === lab.id);
  const moved = identity.label === 'pledge' && headline.moved;
  const official = own ? true : identity.official;
  const alone = readingOf({ ...named, identity: { ...identity, official } }, moved, labs);
  const main = alone.label === 'unrelated' ? alone : objectOf(title, alone, labs);
  const repositories = repositoriesIn(observation, labs);
  if (isPlain(main) && (headline.clauses.length < 2 || headline.label === 'unrelated') && repositories.length === 0)
    return plain;
  const reading: Reading = {
    ...main,
    also: others(headline, main, said, labs),
    ...(repositories.length === 0 ? {} : { repositories }),
  };
  if (reading.label !== 'pledge' || reading.due !== null || text === null) return reading;
  const promising = readHeadline(text.slice(0, 1_000), labs).clauses.filter((clause) => clause.label === 'pledge');
  const day = dayIn(said, reading.zone);
  const due =
    promising.map((clause) => dueWindow(clause.text, day, labs.dates)).find((window) => window !== null) ?? null;
  return { ...reading, due };
}

/** The first model the title names, when a program gains support for it. */
function supported(title: string, labs: Tables): NamedProduct | null {
  const text = fold(plainTitle(title.slice(0, 300)));
  // A bare `llama` labels the program itself (llama.cpp).
  const first = findMentions(text, labs, 'text').models.find(({ exact, family }) => exact || family.unversioned);
  if (first === undefined || first.sort === 'tool' || first.sort === 'closed') return null;
  const name = text.slice(first.start, first.end);
  if (!labs.support.gains(text, name)) return null;
  const named = nameIn(name, { labs, at: '2000-01-01' });
  return storyKeyOf(named.product) === null ? null : named;
}

/** Throws when a table is wrong. */
export function openNames(texts: TableTexts): NameReader {
  const labs = readTables(texts);
  /** Readings by address: they never change, and everything in one repository has the same one. */
  const addresses = new Map<string, Reading>();

  function read(observation: Observation, at: Iso): Reading {
    if (observation.kind === 'support') {
      const named = supported(observation.title, labs);
      return named === null ? unread : { ...readingOf(named, false, labs), due: null, label: 'rumour' };
    }
    if (observation.kind === 'entry' || observation.kind === 'link') return readNews(observation, at, labs);
    const address = observation.about.slice(observation.about.indexOf(':') + 1).replace(/[@~].*/, '');
    // Labs' code repositories have many names that are no models'; a repository for weights is named after its model.
    const isCode = observation.about.startsWith('github:');
    const known = addresses.get(`${isCode ? 'code ' : ''}${address}`);
    if (known !== undefined) return known;
    const named = readingOf(nameIn(address, { labs, at }), false, labs);
    const repository = isCode || named.official !== true ? null : readRepository(address);
    const reading = repository === null ? named : namedBy(named, repositoryName(repository.name), labs);
    if (addresses.size >= addressesKept) addresses.clear();
    addresses.set(`${isCode ? 'code ' : ''}${address}`, reading);
    return reading;
  }

  function senseOf(address: string) {
    const [owner = ''] = address.split('/');
    const account = labs.byAccount.get(owner.toLowerCase())?.id ?? null;
    const { identity, product } = nameIn(address, { labs, at: '2000-01-01' });
    const family = product === null ? null : labs.byId.get(identity.lab ?? '');
    const [said] = fold(address.replace(/[/_-]/g, ' ')).match(labs.labNames) ?? [];
    const lab = family ?? (said === undefined ? undefined : labs.labOf(said));
    return { account, named: lab?.names[0] ?? null };
  }

  return {
    read,
    senseOf,
    isConverter: (source, account) => labs.converters.has(`${source}:${account.toLowerCase()}`),
    supportedIn: (title) => {
      const named = supported(title, labs);
      return named === null ? null : storyKeyOf(named.product);
    },
    readModel: (name, lab) => {
      const named = labs.byId.get(lab ?? '');
      const alone = nameIn(name, { labs, at: '2000-01-01' });
      // `Phi` alone is a Greek letter; beside its lab it is a model.
      const meant =
        alone.identity.family === null && named !== undefined
          ? nameIn(`${named.names[0] ?? ''} ${name}`, { labs, at: '2000-01-01' })
          : alone;
      const reading = readingOf({ ...meant, identity: { ...meant.identity, dueFrom: null, dueTo: null } }, false, labs);
      if (named === undefined) return reading;
      return { ...unread, ...reading, lab: named.id, labName: named.names[0] ?? null, zone: named.zone };
    },
    windowOf: (words, said) => dueWindow(words, said, labs.dates),
    labOf: (address) => labs.byAccount.get((address.split('/')[0] ?? '').toLowerCase())?.id ?? null,
  };
}
