// The `watch` section: each entry of one source, with its target, its filters and its channels.

import type { SourceKind } from '../sources/define.ts';
import type { Filters, Kind, Target, Watch } from '../types/core.ts';
import type { WishProblem } from '../types/reasons/wishes.ts';
import { dayMs } from '../types/time.ts';
import { type Audience, unknownChannels } from './audience.ts';
import type { Path } from './document.ts';
import { labWatchSchema, watchOptionKeys, watchOptionsSchema, watchSchema, whereOf } from './grammar.ts';
import { type ConfigIssue, findings, inWords } from './issues.ts';
import { valueAt } from './keys.ts';
import type { LabWatches } from './labs.ts';
import { almostAmong, nearest, spellingHelp, spellingHint } from './spelling.ts';

export interface WatchesReading {
  readonly targets: readonly Target[];
  readonly watches: readonly Watch[];
  readonly findings: readonly ConfigIssue[];
  /** Where the first entry of each target stands, by target id. */
  readonly paths: ReadonlyMap<string, Path>;
  /** Warnings about accounts that differ from a known one by a slip. */
  readonly warnings: readonly ConfigIssue[];
}

interface Entry {
  readonly target: Target;
  readonly options: ReturnType<typeof watchOptionsSchema.parse>;
  /** The source has the option `maxAge`: old items are then not told unless the entry asks for them. */
  readonly ages: boolean;
  /** Expanded from `lab: ID`: an explicit entry for the same target takes precedence. */
  readonly byLab?: true;
  readonly path: Path;
}

/** What entries may refer to. */
export interface Watchable {
  readonly sources: readonly SourceKind[];
  readonly labs?: (() => readonly string[]) | undefined;
  readonly labWatches?: LabWatches | undefined;
  /** Accounts of known labs at one kind of source. */
  readonly accounts?: ((kind: string) => readonly string[]) | undefined;
}

type Read = { readonly entries: readonly Entry[]; readonly findings: readonly ConfigIssue[] };

const maxAgeMs = 30 * dayMs;

/** A schema is expensive to build and cheap to use: there is one per source, not one per entry. */
interface Form {
  readonly kind: SourceKind;
  readonly schema: ReturnType<typeof watchSchema>;
}

export function readWatches(
  entries: readonly unknown[],
  watchable: Watchable,
  audience: Audience,
  source: (path: Path) => string | null,
): WatchesReading {
  const forms = watchable.sources.map((kind): Form => ({ kind, schema: watchSchema(kind) }));
  const read = entries.map((written, index): Read => {
    const reader = { path: ['watch', index], forms, audience, source };
    if (typeof written === 'object' && written !== null && Object.hasOwn(written, 'lab'))
      return readLab(written, watchable, reader);
    const { entry, findings: unfit } = readEntry(written, reader);
    return { entries: entry === null ? [] : [entry], findings: unfit };
  });
  const found = read.flatMap((one) => one.findings);
  const all = read.flatMap((one) => one.entries);
  const named = new Set(all.filter(({ byLab }) => byLab === undefined).map(({ target }) => target.id));
  const targets = new Map<string, Target>();
  const paths = new Map<string, Path>();
  const times = new Map<string, number>();
  const watches = all.flatMap((entry): readonly Watch[] => {
    const { id } = entry.target;
    const time = (times.get(id) ?? 0) + 1;
    if (entry.byLab !== undefined && (named.has(id) || time > 1)) return [];
    times.set(id, time);
    if (time === 1) {
      targets.set(id, entry.target);
      paths.set(id, [...entry.path, entry.byLab === true ? 'lab' : entry.target.source]);
    }
    return [watchOf(entry, time === 1 ? `file:${id}` : `file:${id}#${time}`, audience)];
  });
  return {
    targets: [...targets.values()],
    watches,
    findings: found,
    paths,
    warnings: misspeltAccounts(all, watchable.accounts),
  };
}

/** An unknown account one slip away from a known one: it may be right, so this is a warning and not an error. */
function misspeltAccounts(entries: readonly Entry[], accounts: Watchable['accounts']): readonly ConfigIssue[] {
  if (accounts === undefined) return [];
  const among = new Map<string, (owner: string) => string | null>();
  return entries.flatMap(({ target, path, byLab }): readonly ConfigIssue[] => {
    const [owner = ''] = target.address.split('/');
    if (byLab !== undefined) return [];
    const find = among.get(target.source) ?? almostAmong(accounts(target.source));
    among.set(target.source, find);
    const near = find(owner);
    if (near === null) return [];
    const message = `\`${owner}\` is no account that is known, and nearly one that is`;
    return [{ path: [...path, target.source], at: 'value', message, hint: `did you mean \`${near}\`?` }];
  });
}

interface Reader {
  readonly path: Path;
  readonly forms: readonly Form[];
  readonly audience: Audience;
  readonly source: (path: Path) => string | null;
}

/** `lab: ID`: every watch the labs table lists for the lab, each with the options of this entry. */
function readLab(written: object, { labs, labWatches }: Watchable, reader: Reader): Read {
  const { path, forms, audience, source } = reader;
  const parsed = labWatchSchema.safeParse(written);
  const unknownTo = unknownChannels(valueAt(written, ['to']), path, audience);
  if (!parsed.success)
    return {
      entries: [],
      findings: [
        ...findings(parsed.error.issues, { schema: labWatchSchema, input: written, base: path, source }),
        ...unknownTo,
      ],
    };
  const id = parsed.data.lab;
  const watches = labWatches?.(id) ?? null;
  if (watches === null) {
    const message = `unknown lab \`${id}\``;
    const hint = spellingHint(id, labs?.() ?? []);
    return { entries: [], findings: [{ path: [...path, 'lab'], at: 'value', message, hint }, ...unknownTo] };
  }
  const { lab: _, ...options } = { lab: id, ...written };
  if (unknownTo.length > 0) return { entries: [], findings: unknownTo };
  const known = watches.filter((one) => forms.some(({ kind }) => Object.hasOwn(one, kind.kind)));
  const read = known.map((one) => readEntry({ ...one, ...options }, reader));
  return {
    entries: read.flatMap(({ entry }) => (entry === null ? [] : [{ ...entry, byLab: true }])),
    findings: read.flatMap((one) => one.findings).slice(0, 1),
  };
}

/** Keys people try for services that have no source, with the way to watch them all the same. */
const elsewhere: ReadonlyMap<string, string> = new Map([
  ['rss', 'write `feed:`; it reads RSS, Atom and JSON Feed'],
  ['atom', 'write `feed:`; it reads RSS, Atom and JSON Feed'],
  [
    'gitlab',
    'GitLab has feeds: `feed: https://gitlab.com/OWNER/NAME/-/tags?format=atom` (or `/-/releases.atom`) watches a project',
  ],
  ['forgejo', 'Forgejo has feeds: `feed: https://HOST/OWNER/NAME/releases.rss` watches a repository'],
  ['gitea', 'Gitea has feeds: `feed: https://HOST/OWNER/NAME/releases.rss` watches a repository'],
  ['codeberg', 'Codeberg has feeds: `feed: https://codeberg.org/OWNER/NAME/releases.rss` watches a repository'],
  ['ollama', 'its library is a page: `page: https://ollama.com/library` with `select: "a[href^=\'/library/\']"`'],
]);

/** Reads `on: release` as `on: [release]`, and reports problems at the place that the user wrote. */
function readEntry(written: unknown, reader: Reader): ReturnType<typeof readForm> {
  const on = valueAt(written, ['on']);
  if (typeof written !== 'object' || written === null || typeof on !== 'string') return readForm(written, reader);
  const at = [...reader.path, 'on'];
  const alone = (path: Path): Path =>
    path.length > at.length && at.every((step, index) => path[index] === step) ? at : path;
  const read = readForm({ ...written, on: [on] }, { ...reader, source: (path) => reader.source(alone(path)) });
  return { ...read, findings: read.findings.map((one) => ({ ...one, path: alone(one.path) })) };
}

/** Problems with the options of an entry whose source is unknown. */
function unfitOptions(entry: object, { path, audience, source }: Reader): readonly ConfigIssue[] {
  const parsed = watchOptionsSchema.safeParse(entry);
  const unfit = parsed.success
    ? []
    : findings(parsed.error.issues, { schema: watchOptionsSchema, input: entry, base: path, source });
  return [...unfit, ...unknownChannels(valueAt(entry, ['to']), path, audience)];
}

function readForm(
  entry: unknown,
  reader: Reader,
): { readonly entry: Entry | null; readonly findings: readonly ConfigIssue[] } {
  const { path, forms, audience, source } = reader;
  const wrong = (at: ConfigIssue['at'], message: string, hint: string | null, key?: string) => {
    const options = typeof entry === 'object' && entry !== null ? unfitOptions(entry, reader) : [];
    return {
      entry: null,
      findings: [{ path: key === undefined ? path : [...path, key], at, message, hint }, ...options],
    };
  };
  const kinds = [...forms.map(({ kind }) => kind.kind), 'lab'];
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return wrong('value', 'a watch is a source with an address', `such as \`- ${kinds[0] ?? 'feed'}: …\``);
  }
  const named = forms.filter(({ kind }) => Object.hasOwn(entry, kind.kind));
  const [form, second] = named;
  if (second !== undefined) {
    const list = named.map((one) => `\`${one.kind.kind}\``).join(' and ');
    return wrong('key', `a watch has one source, this one has ${list}`, 'write one entry for each', second.kind.kind);
  }
  if (form === undefined) {
    const odd = Object.keys(entry).filter((key) => !watchOptionKeys.includes(key));
    const key = odd.find((one) => elsewhere.has(one) || nearest(one, kinds) !== null) ?? odd[0];
    if (key === undefined) return wrong('value', 'this watch has no source', `one of: ${kinds.join(', ')}`);
    const hint = elsewhere.get(key);
    if (hint !== undefined) return wrong('key', `unknown source \`${key}\``, hint, key);
    const wish: WishProblem = {
      problem: { code: 'source.unknown', params: { kind: key } },
      help: spellingHelp(key, kinds),
    };
    const unknown: ConfigIssue = { path: [...path, key], at: 'key', ...inWords(wish) };
    return { entry: null, findings: [unknown, ...unfitOptions(entry, reader)] };
  }
  const { kind, schema } = form;
  const parsed = schema.safeParse(entry);
  const fields: Readonly<Record<string, unknown>> = parsed.success
    ? parsed.data
    : Object.fromEntries(Object.entries(entry));
  const unfit = parsed.success
    ? []
    : withListHint(
        findings(parsed.error.issues, { schema, input: entry, base: path, source }),
        kind.kind,
        valueAt(entry, [kind.kind]),
      );
  const unknownTo = unknownChannels(fields.to, path, audience);
  const written = fields[kind.kind];
  if (typeof written !== 'string' || written.trim() === '') return { entry: null, findings: [...unfit, ...unknownTo] };
  const address = kind.address(written.trim(), fields);
  // A missing key of the target has been reported already; of the source's own message only the hint is added.
  if (unfit.some((finding) => finding.path.length === path.length)) {
    const hint = 'problem' in address ? inWords(address).hint : null;
    const hinted = unfit.map((one) => (one.path.length === path.length ? { ...one, hint: one.hint ?? hint } : one));
    return { entry: null, findings: [...hinted, ...unknownTo] };
  }
  if ('problem' in address) {
    const about = address.about !== undefined && Object.hasOwn(entry, address.about) ? address.about : kind.kind;
    const { problem, help } = address;
    const finding: ConfigIssue = { path: [...path, about], at: 'value', ...inWords({ problem, help }) };
    return { entry: null, findings: [finding, ...unfit, ...unknownTo] };
  }
  if (unfit.length > 0 || unknownTo.length > 0) return { entry: null, findings: [...unfit, ...unknownTo] };
  const ages = Object.hasOwn(kind.options, 'maxAge');
  return { entry: { target: address.target, options: watchOptionsSchema.parse(entry), ages, path }, findings: [] };
}

/** For a list of addresses under one source: adds the entries to write instead. */
function withListHint(found: readonly ConfigIssue[], kind: string, written: unknown): readonly ConfigIssue[] {
  if (!Array.isArray(written)) return found;
  const lines = written.slice(0, 2).map((address) => `\`- ${kind}: ${String(address)}\``);
  const hint = `write one entry for each${lines.length === 0 ? '' : `: ${lines.join(', ')}`}`;
  return found.map((one) => (one.path.at(-1) === kind ? { ...one, hint } : one));
}

function watchOf({ target, options, ages, path }: Entry, id: string, audience: Audience): Watch {
  const filters: Filters = {
    on: options.on === undefined ? null : kindsAmong(options.on),
    prereleases: options.prereleases,
    include: options.include ?? null,
    exclude: options.exclude ?? null,
    match: options.match ?? null,
    ...(options.where === undefined ? {} : { where: whereOf(options.where) ?? {} }),
    ...(options.only === undefined ? {} : { only: options.only }),
    ...(!ages || options.maxAge === null ? {} : { maxAgeMs: options.maxAge ?? maxAgeMs }),
  };
  return {
    id,
    targetId: target.id,
    origin: { by: 'file' },
    filters,
    to: audience.told(options.to ?? null, path),
    weight: options.weight,
    floorMs: options.every ?? null,
    firstRun: options.firstRun,
    paused: false,
    since: null,
  };
}

const everyKind: Readonly<Record<Kind, true>> = {
  ...{ release: true, tag: true, repo: true, code: true, licence: true, state: true },
  model: true,
  weights: true,
  gated: true,
  support: true,
  quantised: true,
  entry: true,
  link: true,
};

function kindsAmong(events: readonly string[]): readonly Kind[] {
  return [...new Set(events)].filter((event): event is Kind => Object.hasOwn(everyKind, event));
}
