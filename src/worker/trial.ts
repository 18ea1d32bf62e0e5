// What a watch would do: one look at each of its targets, judged by its options, without storing anything.
import { diff } from '../pipeline/diff.ts';
import { judge } from '../pipeline/filter.ts';
import { absorb, openStory } from '../stories/absorb.ts';
import type { Newest } from '../stories/newest.ts';
import type { ReadObservation } from '../stories/reading.ts';
import { isOfModel } from '../stories/reading.ts';
import { misfitOf } from '../stories/where.ts';
import type { Matcher } from '../types/change.ts';
import type { Fresh, Iso, Kind, Observation, PollResult, Target, Watch, Where } from '../types/core.ts';
import type { LookReason } from '../types/reasons/looks.ts';
import type { PaceReason } from '../types/reasons/pace.ts';
import type { VerdictReason } from '../types/reasons/verdicts.ts';
import type { Openness, Story } from '../types/story.ts';
import { iso } from '../types/time.ts';
import { type LookOnceDeps, lookOnce } from './look-once.ts';

export interface TrialItem {
  readonly kind: Kind;
  readonly title: string;
  readonly url: string;
  readonly at: Iso | null;
  /** Whether an item like this would be told. */
  readonly told: boolean;
  readonly reason: VerdictReason;
}

export interface Trial {
  /** `kind:address`. */
  readonly target: string;
  readonly result: 'there' | 'absent' | 'later' | 'broken';
  readonly reason: LookReason | null;
  /** Newest first; traits of the target itself (its licence, its state) are not listed. */
  readonly items: readonly TrialItem[];
  /** The kinds of traits whose change would be told. */
  readonly changes: readonly Kind[];
  /** The number of repositories or models that would also be looked at. */
  readonly found: number;
  /** How often it would be looked at, and why; null after a failed look. */
  readonly pace: PaceReason | null;
}

export interface TrialDeps extends LookOnceDeps {
  readonly matcher: Matcher;
  readonly read: ReadObservation;
  readonly card: (story: Story, newest: Newest, now: Iso) => Openness | null;
  /** `history`: known times of publications, in milliseconds since the epoch. */
  readonly paceOf: (target: Target, watch: Watch, history: readonly number[]) => PaceReason;
}

const timeOf = ({ publishedAt, facts }: Observation): Iso | null => publishedAt ?? facts.createdAt ?? null;

function judged(result: Fresh, watch: Watch, { matcher, read }: TrialDeps, now: Iso) {
  // Judged as if all items came with the next look: otherwise everything would be baseline, whatever the options.
  const changes = diff(new Map(), null, result).map((change) => ({ ...change, baseline: false }));
  const context = { matcher, isModel: (one: Observation) => isOfModel(read(one, now)), lastAt: now };
  return judge(changes, [{ ...watch, since: now }], context);
}

/** By what an observation is about: why its card, as far as this look shows it, does not meet `where`. */
function misfitsOf(
  observations: readonly Observation[],
  where: Where | undefined,
  { card, read, now }: TrialDeps,
): ReadonlyMap<string, VerdictReason> {
  if (where === undefined) return new Map();
  const at = iso(now());
  const groups = Map.groupBy(observations, ({ about }) => about);
  return new Map(
    [...groups].flatMap(([about, [first, ...more]]) => {
      if (first === undefined) return [];
      const opened = openStory({ id: about, key: about, observation: first, reading: read(first, at), now: at });
      const story = [first, ...more].reduce((known, one) => absorb(known, one, read(one, at), at), opened);
      const misfit = misfitOf(card(story, { open: null, overall: null }, at), where);
      return misfit === null ? [] : [[about, misfit] as const];
    }),
  );
}

function trialOf(target: Target, watch: Watch, result: PollResult | undefined, deps: TrialDeps): Trial {
  const name = `${target.source}:${target.address}`;
  const unanswered = { target: name, items: [], changes: [], found: 0, pace: null };
  switch (result?.kind) {
    case 'fresh': {
      const nowMs = deps.now();
      const verdicts = judged(result, watch, deps, iso(nowMs));
      const things = verdicts.filter(({ change }) => change.observation.sort === 'thing');
      const { on } = watch.filters;
      const accompanying = verdicts.map(({ change }) => change.observation).filter(({ sort }) => sort === 'trait');
      const history = things.flatMap(({ change }) => timeOf(change.observation) ?? []).map((at) => Date.parse(at));
      const misfits = misfitsOf(result.observations, watch.filters.where, deps);
      const items = things.map(({ change: { observation }, told, reason }): TrialItem => {
        const { kind, title, url, about } = observation;
        const misfit = told ? (misfits.get(about) ?? null) : null;
        const held = misfit === null ? { told, reason } : { told: false, reason: misfit };
        return { kind, title, url, at: timeOf(observation), ...held };
      });
      return {
        target: name,
        result: result.there ? 'there' : 'absent',
        reason: null,
        items: items.toSorted((one, other) => (other.at ?? '').localeCompare(one.at ?? '')),
        changes: [...new Set(accompanying.map(({ kind }) => kind))].filter((kind) => on?.includes(kind) !== false),
        found: result.found.length,
        pace: deps.paceOf(target, watch, history),
      };
    }
    case 'later':
    case 'broken':
      return { ...unanswered, result: result.kind, reason: result.reason };
    case 'same':
    case undefined:
      return { ...unanswered, result: 'later', reason: { code: 'look.unanswered', params: {} } };
  }
}

/** How many additional looks a trial makes, such as those for the packed copies of a model. */
const furtherAtMost = 10;

/** Makes the additional looks that a target's answer asks for, and adds what they show to its result. */
async function withFurther(deps: TrialDeps, result: PollResult | undefined): Promise<PollResult | undefined> {
  if (result?.kind !== 'fresh') return result;
  const further = result.found.flatMap(({ target }) => (target.shape === null ? [] : [target]));
  if (further.length === 0) return result;
  const found = result.found.filter(({ target }) => target.shape === null);
  const looks = await lookOnce(deps, further.slice(0, furtherAtMost));
  const seen = [...looks.values()].flatMap((one) => (one.kind === 'fresh' ? one.observations : []));
  return { ...result, found, observations: [...result.observations, ...seen] };
}

/** `watches`: one for each target. */
export async function tryWatches(
  deps: TrialDeps,
  targets: readonly Target[],
  watches: readonly Watch[],
): Promise<readonly Trial[]> {
  const wants = new Map(watches.map(({ targetId, filters }) => [targetId, filters.on ?? []] as const));
  const results = await lookOnce(deps, targets, wants);
  const trials: Trial[] = [];
  for (const watch of watches) {
    const target = targets.find(({ id }) => id === watch.targetId);
    if (target === undefined) continue;
    trials.push(trialOf(target, watch, await withFurther(deps, results.get(target.id)), deps));
  }
  return trials;
}
