// The openness card of one repository, asked for now: a look, the same reading as the pipeline's, and the card with its evidence.
import type { Source } from '../sources/define.ts';
import { absorb, openStory } from '../stories/absorb.ts';
import { type NamedModel, type Newest, newestOf } from '../stories/newest.ts';
import type { ReadObservation } from '../stories/reading.ts';
import type { Iso, Observation, PollResult, Target } from '../types/core.ts';
import type { Openness, Story } from '../types/story.ts';

export interface OpennessDeps {
  readonly sources: ReadonlyMap<string, Source>;
  readonly read: ReadObservation;
  readonly card: (story: Story, newest: Newest, now: Iso) => Openness | null;
  readonly now: () => number;
}

export type OpennessAnswer =
  | {
      readonly kind: 'card';
      readonly target: string;
      readonly name: string;
      readonly url: string;
      readonly openness: Openness;
    }
  | { readonly kind: 'absent'; readonly tried: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: string };

async function look(deps: OpennessDeps, target: Target, signal: AbortSignal): Promise<PollResult> {
  const source = deps.sources.get(target.source);
  if (source === undefined) return { kind: 'broken', reason: `this program has no source "${target.source}"` };
  const { results } = await source.poll([{ target, cursor: null, lastAt: null }], { now: deps.now, signal });
  return results.get(target.id) ?? { kind: 'later', reason: 'no answer', afterMs: null };
}

/** What else of the family the owner shows: the listing says which model is the newest that is open. */
async function siblings(deps: OpennessDeps, target: Target, signal: AbortSignal): Promise<readonly Observation[]> {
  const owner = target.address.split('/')[0] ?? target.address;
  const listed = await look(deps, { ...target, id: `${target.source}:${owner.toLowerCase()}`, address: owner }, signal);
  return listed.kind === 'fresh' ? listed.observations : [];
}

function newestAmong(
  observations: readonly Observation[],
  family: string | null,
  read: ReadObservation,
  now: Iso,
): Newest {
  const named = observations.flatMap((observation): readonly NamedModel[] => {
    const reading = read(observation, now);
    if (reading.family === null || reading.family !== family || reading.version === null || reading.official !== true)
      return [];
    const open = observation.kind === 'weights' || observation.facts.files !== undefined;
    return [
      {
        version: reading.version,
        name: reading.name ?? observation.title,
        open,
        news: false,
        url: observation.url,
        at: now,
      },
    ];
  });
  return newestOf(named);
}

/** The card of the first of these targets that is there. */
export async function opennessOf(
  deps: OpennessDeps,
  targets: readonly Target[],
  signal: AbortSignal,
): Promise<OpennessAnswer> {
  for (const target of targets) {
    const result = await look(deps, target, signal);
    if (result.kind === 'later' || result.kind === 'broken') return { kind: 'failed', reason: result.reason };
    const [first] = result.kind === 'fresh' ? result.observations : [];
    if (result.kind !== 'fresh' || !result.there || first === undefined) continue;
    const now = new Date(deps.now()).toISOString();
    const reading = deps.read(first, now);
    const begun = openStory('', first.about, first, reading, now);
    const own = result.observations.filter((observation) => observation.about === first.about);
    const story = own.reduce((known, observation) => absorb(known, observation, reading, now), begun);
    const family = reading.official === true ? await siblings(deps, target, signal) : [];
    const card = deps.card(story, newestAmong([...family, ...own], reading.family, deps.read, now), now);
    if (card === null)
      return { kind: 'failed', reason: `${target.address}: neither weights nor a licence were seen there` };
    return {
      kind: 'card',
      target: `${target.source}:${target.address}`,
      name: story.name,
      url: story.url,
      openness: card,
    };
  }
  return { kind: 'absent', tried: targets.map((target) => `${target.source}:${target.address}`) };
}
