// The openness card of one repository, made on request: a look, read as the pipeline reads it, and the card with its evidence.

import type { Source } from '../sources/define.ts';
import { absorb, openStory } from '../stories/absorb.ts';
import { type NamedModel, type Newest, newestOf, sameLine } from '../stories/newest.ts';
import type { Reading, ReadObservation } from '../stories/reading.ts';
import type { Iso, Observation, PollResult, Target } from '../types/core.ts';
import type { LookReason } from '../types/reasons/looks.ts';
import type { Openness, Story } from '../types/story.ts';
import { iso } from '../types/time.ts';

export interface OpennessDeps {
  readonly sources: ReadonlyMap<string, Source>;
  readonly read: ReadObservation;
  /** Watched feeds and pages on the lab's own sites. */
  readonly sitesOf: (lab: string) => readonly Target[];
  /** A shorter deadline for looks that are not worth a long wait. */
  readonly briefly: (signal: AbortSignal) => AbortSignal;
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
      /** The same, as a story that is never stored. */
      readonly story: Story;
    }
  | { readonly kind: 'absent'; readonly tried: readonly string[] }
  | { readonly kind: 'failed'; readonly reason: LookReason };

async function look(deps: OpennessDeps, target: Target, signal: AbortSignal): Promise<PollResult> {
  const source = deps.sources.get(target.source);
  if (source === undefined)
    return { kind: 'broken', reason: { code: 'look.no-source', params: { kind: target.source } } };
  const { results } = await source.poll([{ target, cursor: null, lastAt: null }], { now: deps.now, signal });
  return results.get(target.id) ?? { kind: 'later', reason: { code: 'look.unanswered', params: {} }, afterMs: null };
}

/** Other models in the same account: its listing shows which open model of the family is the newest. */
async function siblings(deps: OpennessDeps, target: Target, signal: AbortSignal): Promise<readonly Observation[]> {
  const owner = target.address.split('/')[0] ?? target.address;
  const listed = await look(deps, { ...target, id: `${target.source}:${owner.toLowerCase()}`, address: owner }, signal);
  return listed.kind === 'fresh' ? listed.observations : [];
}

/** At most this many feeds or pages of a lab are read for one card. */
const mostSites = 2;

/** The lab's own news: only that says which model is the newest overall, because the lab may only host it. */
async function spoken(deps: OpennessDeps, lab: string | null, signal: AbortSignal): Promise<readonly Observation[]> {
  const targets = lab === null ? [] : deps.sitesOf(lab).slice(0, mostSites);
  const looks = await Promise.all(targets.map((target) => look(deps, target, signal)));
  return looks.flatMap((result) => (result.kind === 'fresh' ? result.observations : []));
}

/** The newest models of the same line, from repositories in the lab's own account and from its own news. */
function newestAmong(observations: readonly Observation[], own: Reading, read: ReadObservation, now: Iso): Newest {
  const named = observations.flatMap((observation): readonly NamedModel[] => {
    const reading = read(observation, now);
    const { kind, facts, title, url } = observation;
    const spoken = kind === 'entry' || kind === 'link';
    if (reading.family === null || reading.family !== own.family || reading.key === null || reading.official !== true)
      return [];
    if (reading.label === 'pledge' || reading.label === 'rumour') return [];
    const { version, line, name } = reading;
    const open = kind === 'weights' || facts.files !== undefined;
    return [{ version, line, name: name ?? title, open, news: spoken, url, at: now }];
  });
  return newestOf(sameLine(own, named));
}

/** The card of the first of these targets that exists. */
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
    const now = iso(deps.now());
    const reading = deps.read(first, now);
    const begun = openStory({ id: '', key: first.about, observation: first, reading, now });
    const own = result.observations.filter((observation) => observation.about === first.about);
    const story = own.reduce((known, observation) => absorb(known, observation, reading, now), begun);
    const official = reading.official === true;
    const [family, words] = official
      ? await Promise.all([siblings(deps, target, signal), spoken(deps, reading.lab, deps.briefly(signal))])
      : [[], []];
    const card = deps.card(story, newestAmong([...family, ...own, ...words], reading, deps.read, now), now);
    if (card === null)
      return { kind: 'failed', reason: { code: 'look.nothing-open', params: { address: target.address } } };
    return {
      kind: 'card',
      target: `${target.source}:${target.address}`,
      name: story.name,
      url: story.url,
      openness: card,
      story: { ...story, openness: card },
    };
  }
  return { kind: 'absent', tried: targets.map((target) => `${target.source}:${target.address}`) };
}
