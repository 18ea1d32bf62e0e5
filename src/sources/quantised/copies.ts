// The look for packed copies of one released model: whose target it is, how often it is made, and what it remembers.
import { z } from 'zod';
import type { FoundTarget, Json, Kind, Look, Observation, PollResult, Target } from '../../types/core.ts';
import { dayMs, hourMs } from '../../types/time.ts';
import { type PackedFormat, packedFormats } from './formats.ts';

const kind: Kind = 'quantised';
const shape = kind;
const hourlyDays = 3;
const dailyDays = 30;
/** Repositories are prepared in private, and filled later. */
const preparedDays = 180;
const targetsAtMost = 200;

export function isForCopies({ shape: of }: Target): boolean {
  return of === shape;
}

export function asksForCopies({ wants }: Look): boolean {
  return wants?.includes(kind) === true;
}

/** A model of a list, as far as it decides whether its copies are looked for. */
export interface Packable {
  readonly source: string;
  /** By which a look of its own finds it. */
  readonly address: string;
  /** When its repository was made: a date as it is written; left out = not said. */
  readonly made: string | null | undefined;
  /** Whether weights lie in it; null = the list does not say. */
  readonly weighed: boolean | null;
}

/** Addresses that were there when copies were first asked for: those that exist already are no news. */
export const copiesAsked = z.array(z.string()).nullable().default(null);
type Asked = readonly string[] | null;

/**
 * Which models of a list get a look for their copies. `had` null: it is asked for the first time, so that what is there is
 * remembered and not told.
 */
function copyTargets(
  models: readonly Packable[],
  had: Asked,
  at: number,
): { readonly found: readonly FoundTarget[]; readonly had: readonly string[] } {
  const young = models
    .map((model) => ({ ...model, madeAt: Date.parse(model.made ?? '') }))
    .filter(({ madeAt }) => madeAt >= at - preparedDays * dayMs)
    .toSorted((one, other) => other.madeAt - one.madeAt)
    .slice(0, targetsAtMost);
  const known = new Set(had ?? young.map(({ address }) => address));
  const found = young.flatMap(({ source, address, madeAt, weighed }): readonly FoundTarget[] => {
    const quiet = known.has(address);
    // Out long before anybody asked.
    if (quiet && weighed !== false && madeAt < at - dailyDays * dayMs) return [];
    const target = { id: `${source}:${address.toLowerCase()}#${shape}`, source, address, shape };
    const mark = weighed === null ? null : weighed ? 'weights' : 'bare';
    return [{ target, mark, whole: false, ...(quiet ? { quiet } : {}) }];
  });
  return { found, had: [...known] };
}

/** Of the cursor of what lists them. */
interface Asking {
  readonly copies: Asked;
}

/** Copies are looked for from now on: what is known is read anew. */
export function newlyAsked(look: Look, { copies }: Asking): boolean {
  return asksForCopies(look) && copies === null;
}

/** What an answer adds to `found`, and keeps as `copies`; nothing where nobody asks, or a recording is read (`at` null). */
export function copiesSought(
  look: Look,
  models: readonly Packable[],
  before: Asking | null,
  at: number | null,
): { readonly found: readonly FoundTarget[]; readonly copies: string[] | null } {
  if (at === null || !asksForCopies(look)) return { found: [], copies: null };
  const { found, had } = copyTargets(models, before?.copies ?? null, at);
  return { found, copies: [...had] };
}

const cursorShape = z.object({
  v: z.literal(1),
  /** Milliseconds since the epoch: of the first look, and of the first that saw weights. */
  begun: z.number(),
  since: z.number().nullable(),
  /** The model's lasting id: another model of the name has copies of its own. */
  lasting: z.string().nullable(),
  formats: z.array(z.string()),
  /** Nobody asked at the last look: what came meanwhile is no news. */
  idle: z.boolean(),
});
export type CopiesCursor = z.infer<typeof cursorShape>;

export function readCopiesCursor(cursor: Json): CopiesCursor | null {
  return cursorShape.safeParse(cursor).data ?? null;
}

/** Null: never again. Hourly for three days after the release, daily for thirty, and no more once every format is there. */
function againAfter({ begun, since, formats }: CopiesCursor, now: number): number | null {
  if (packedFormats.every((format) => formats.includes(format))) return null;
  if (since === null) return now - begun > preparedDays * dayMs ? null : dayMs;
  if (now - since >= dailyDays * dayMs) return null;
  return now - since < hourlyDays * dayMs ? hourMs : dayMs;
}

/** A packed copy that was proved to be one of this model. */
export interface PackedCopy {
  readonly format: PackedFormat;
  /** `owner/name`. */
  readonly repository: string;
  readonly url: string;
  readonly revision: string | null;
}

/** What a look saw of the model itself. */
export interface CopiesSeen {
  readonly weighed: boolean;
  readonly lasting: string | null;
  readonly copies: readonly PackedCopy[];
}

/** `seen` null: nothing could be seen of the model (it is gone, or another one), so nothing is said of copies. */
export function copiesResult(look: Look, seen: CopiesSeen | null, now: number): PollResult {
  const before = readCopiesCursor(look.cursor);
  const known = before ?? { v: 1 as const, begun: now, since: null, lasting: null, formats: [], idle: false };
  const fresh = seen?.copies.filter(({ format }) => !known.formats.includes(format)) ?? [];
  const cursor: CopiesCursor = {
    ...known,
    since: known.since ?? (seen?.weighed === true ? now : null),
    lasting: known.lasting ?? seen?.lasting ?? null,
    formats: [...known.formats, ...fresh.map(({ format }) => format)],
    idle: false,
  };
  const againMs = againAfter(cursor, now);
  if (fresh.length === 0) return { kind: 'same', cursor, restMs: null, againMs };
  return {
    kind: 'fresh',
    there: true,
    observations: fresh.map((copy) => observed(look.target, copy, known.idle)),
    cursor,
    gone: [],
    window: 'newest',
    found: [],
    answer: null,
    restMs: null,
    againMs,
  };
}

/** Nobody asks for copies any more; somebody may again. */
export function idleResult(cursor: CopiesCursor, now: number): PollResult {
  return { kind: 'same', cursor: { ...cursor, idle: true }, restMs: null, againMs: againAfter(cursor, now) };
}

function observed(target: Target, { format, repository, url, revision }: PackedCopy, quiet: boolean): Observation {
  return {
    targetId: target.id,
    key: `quantised:${format.toLowerCase()}`,
    fingerprint: 'there',
    kind,
    sort: quiet ? 'trait' : 'thing',
    about: `${target.source}:${target.address}`,
    subject: target.address.slice(target.address.indexOf('/') + 1),
    title: repository,
    url,
    publishedAt: null,
    lang: null,
    text: null,
    facts: {
      ...(revision === null ? {} : { revision }),
      quantised: { format, by: repository.slice(0, repository.indexOf('/')), repository },
    },
  };
}
