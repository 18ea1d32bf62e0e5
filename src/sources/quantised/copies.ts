// Looks for packed copies of a released model: which models get one, how often it is made, and what its cursor keeps.
import { z } from 'zod';
import type { FoundTarget, Json, Kind, Look, Observation, PollResult, Target } from '../../types/core.ts';
import { dayMs, hourMs, minuteMs } from '../../types/time.ts';
import { type PackedFormat, packedFormats } from './formats.ts';

const kind: Kind = 'quantised';
const shape = kind;
const hourlyDays = 3;
const dailyDays = 30;
/** Labs create repositories in private and fill them later, so even an old one may be released now. */
const preparedDays = 180;
const targetsAtMost = 200;

export function isForCopies({ shape: of }: Target): boolean {
  return of === shape;
}

export function asksForCopies({ wants }: Look): boolean {
  return wants?.includes(kind) === true;
}

/** What decides whether a listed model gets a look for its copies. */
export interface Packable {
  readonly source: string;
  /** The address at which the model itself is looked at. */
  readonly address: string;
  /** When its repository was created, as the API writes it; left out = unknown. */
  readonly made: string | null | undefined;
  /** Null = the list does not say. */
  readonly hasWeights: boolean | null;
}

/** The models that existed when copies were first asked for: their first look for copies is a baseline. */
export const copiesAsked = z.array(z.string()).nullable().default(null);
type Asked = readonly string[] | null;

/**
 * The models of a list that get a look for their copies. `had` null: copies are asked for for the first time, so the models
 * of this list are remembered, and the copies they have by now are not told.
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
  const found = young.flatMap(({ source, address, madeAt, hasWeights }): readonly FoundTarget[] => {
    const quiet = known.has(address);
    // It was out long before copies were asked for.
    if (quiet && hasWeights !== false && madeAt < at - dailyDays * dayMs) return [];
    const target = { id: `${source}:${address.toLowerCase()}#${shape}`, source, address, shape };
    const mark = hasWeights === null ? null : hasWeights ? 'weights' : 'bare';
    return [{ target, mark, whole: false, ...(quiet ? { quiet } : {}) }];
  });
  return { found, had: [...known] };
}

/** Part of the cursor of the target that lists the models. */
interface Asking {
  readonly copies: Asked;
}

/** Whether a watch has begun to ask for copies, so that the answer must be read even if it has not changed. */
export function newlyAsked(look: Look, { copies }: Asking): boolean {
  return asksForCopies(look) && copies === null;
}

/** What an answer adds to `found`, and keeps as `copies`: nothing if no watch asks, or for a recorded answer (`at` null). */
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
  /** When the first look was made, in milliseconds since the epoch; `since`: the first one that saw weights. */
  begun: z.number(),
  since: z.number().nullable(),
  /** The model's permanent id: another model that takes over its name has other copies. */
  lasting: z.string().nullable(),
  formats: z.array(z.string()),
  /** No watch asked for copies at the last look, so those that have appeared since are not news. */
  idle: z.boolean(),
});
export type CopiesCursor = z.infer<typeof cursorShape>;

export function readCopiesCursor(cursor: Json): CopiesCursor | null {
  return cursorShape.safeParse(cursor).data ?? null;
}

/** Hourly for three days after the release, daily until the thirtieth; null = never again, as when every format is there. */
function againAfter({ begun, since, formats }: CopiesCursor, now: number): number | null {
  if (packedFormats.every((format) => formats.includes(format))) return null;
  if (since === null) return now - begun > preparedDays * dayMs ? null : dayMs;
  if (now - since >= dailyDays * dayMs) return null;
  return now - since < hourlyDays * dayMs ? hourMs : dayMs;
}

/** A packed copy that is proved to be of this model. */
export interface PackedCopy {
  readonly format: PackedFormat;
  /** `owner/name`. */
  readonly repository: string;
  readonly url: string;
  readonly revision: string | null;
}

/** Where a look cannot examine all candidates, each look starts at another one: the same few may never be proved. */
export function examinationOrder<T>(candidates: readonly T[], most: number, now: number): readonly T[] {
  if (candidates.length <= most) return candidates;
  const from = Math.floor(now / minuteMs) % candidates.length;
  return [...candidates.slice(from), ...candidates.slice(0, from)];
}

/** What a look saw of the model and its copies. */
export interface CopiesSeen {
  readonly hasWeights: boolean;
  readonly lasting: string | null;
  readonly copies: readonly PackedCopy[];
}

/** `seen` null: the model is gone, private or another one, so nothing is said of its copies. */
export function copiesResult(look: Look, seen: CopiesSeen | null, now: number): PollResult {
  const before = readCopiesCursor(look.cursor);
  const known = before ?? { v: 1 as const, begun: now, since: null, lasting: null, formats: [], idle: false };
  const fresh = seen?.copies.filter(({ format }) => !known.formats.includes(format)) ?? [];
  const cursor: CopiesCursor = {
    ...known,
    since: known.since ?? (seen?.hasWeights === true ? now : null),
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

/** The result when no watch asks for copies any more. The cursor is kept, as one may ask again. */
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
