// Which story a change belongs to. Pure.
import type { Difference } from '../types/change.ts';
import type { Iso, Observation } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { Reading } from './reading.ts';

/** What the matching may ask about the stories there are. */
export interface StoryIndex {
  /** Stories of a model family (`lab/family`), in any order. */
  readonly family: (family: string) => readonly Story[];
}

const dayMs = 86_400_000;
/** A name without a version joins a story of its family that moved within this time. */
const joinedDays = 60;
/** Weights that come later than this after the release are a story of their own. */
const ownStoryDays = 30;

/** `github:o/r@v1` is a part of `github:o/r`; null for what is no part of anything. */
function whole(about: string): string | null {
  const cut = about.lastIndexOf('@');
  return cut <= 0 ? null : about.slice(0, cut);
}

/**
 * What a look saw appear as a whole (a repository, a model): what comes with it joins its story, so that a repository
 * that appears with a history is one story that lists its releases.
 */
export function appearing(changes: readonly Difference[]): ReadonlySet<string> {
  const abouts = changes
    .filter(({ type, baseline, observation }) => type === 'new' && !baseline && observation.sort === 'thing')
    .filter(({ observation }) => observation.kind === 'repo' || observation.kind === 'model')
    .map(({ observation }) => observation.about);
  return new Set(abouts);
}

function within(story: Story, now: Iso, days: number): boolean {
  return Date.parse(now) - Date.parse(story.updatedAt) <= days * dayMs;
}

/** The family's story that a name without a version most likely speaks of: one that is awaited, else the one that moved last. */
export function openOf(stories: readonly Story[], now: Iso): Story | null {
  const recent = stories.filter((story) => story.mergedInto === null && within(story, now, joinedDays));
  const awaited = recent.filter((story) => story.stage === 'pledged' || story.stage === 'seen');
  const candidates = awaited.length > 0 ? awaited : recent;
  return candidates.reduce<Story | null>(
    (best, story) => (best === null || story.updatedAt > best.updatedAt ? story : best),
    null,
  );
}

function newsKey(observation: Observation, reading: Reading, index: StoryIndex, now: Iso): string {
  if (reading.label === 'unrelated' || reading.family === null) return observation.about;
  return reading.key ?? openOf(index.family(reading.family), now)?.key ?? namelessKey(reading.family);
}

/** Weights of a model whose story was released long ago open the next story of its name. */
function artefactKey(key: string, reading: Reading, index: StoryIndex, now: Iso): string {
  const line = index
    .family(reading.family ?? '')
    .filter((story) => story.key === key || story.key.startsWith(`${key}~`));
  const latest = line.reduce<Story | null>(
    (best, story) => (best === null || story.openedAt > best.openedAt ? story : best),
    null,
  );
  if (latest === null) return key;
  const old = latest.releasedAt !== null && Date.parse(now) - Date.parse(latest.releasedAt) > ownStoryDays * dayMs;
  return old ? `${key}~${now.slice(0, 10)}` : latest.key;
}

/** The key of the story that an observation seen for the first time belongs to. */
export function storyKey(
  observation: Observation,
  reading: Reading,
  appeared: ReadonlyMap<string, string>,
  index: StoryIndex,
  now: Iso,
): string {
  const parent = whole(observation.about);
  const joined = parent === null ? undefined : appeared.get(parent);
  if (joined !== undefined) return joined;
  switch (observation.kind) {
    case 'entry':
    case 'link':
      return newsKey(observation, reading, index, now);
    case 'release':
    case 'tag':
      // A release of software never touches a model's story.
      return observation.about;
    default:
      return reading.official === true && reading.key !== null
        ? artefactKey(reading.key, reading, index, now)
        : observation.about;
  }
}

/** The key of a story of this family that does not say which model it is about. */
export function namelessKey(family: string): string {
  return `model:${family}/`;
}

/** Whether a nameless story still waits for its model. */
export function openFor(story: Story, now: Iso): boolean {
  return story.mergedInto === null && story.stage !== 'released' && within(story, now, joinedDays);
}
