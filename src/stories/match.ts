// Decides which story a change belongs to. Pure.

import type { Difference } from '../types/change.ts';
import type { Iso, Observation } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { dayMs } from '../types/time.ts';
import { isNews } from './news.ts';
import type { Reading } from './reading.ts';

/** What matching needs to ask about the existing stories. */
export interface StoryIndex {
  /** Stories of a model family (`lab/family`), in any order. */
  readonly family: (family: string) => readonly Story[];
  /** Stories with this key, and later ones of the same name (`key~2026-01-31`), in any order. */
  readonly line: (key: string) => readonly Story[];
}

/** News that names no model goes to the awaited story, if that changed within this many days. */
const awaitedDays = 60;
/** A story without a promise waits this many days for the name of its model. */
const namelessDays = 3;
/** Days after which news of a known model opens a new story, and a story opened under a loose name no longer matches. */
const ownStoryDays = 30;

/** `github:o/r@v1` is part of `github:o/r`; null for what is not part of anything. */
function whole(about: string): string | null {
  const cut = about.lastIndexOf('@');
  return cut <= 0 ? null : about.slice(0, cut);
}

/**
 * Repositories and models that this look saw appear: what comes with them joins their story, so that a repository that
 * appears with a history becomes one story that lists its releases.
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

/** The one awaited story of a family, to which promises and rumours without a model's name belong; null if not exactly one. */
export function awaitedOf(stories: readonly Story[], now: Iso): Story | null {
  const awaited = stories.filter(
    (story) =>
      story.mergedInto === null &&
      within(story, now, awaitedDays) &&
      (story.stage === 'pledged' || story.stage === 'seen'),
  );
  return awaited.length === 1 ? (awaited[0] ?? null) : null;
}

function newsKey(observation: Observation, reading: Reading, index: StoryIndex, now: Iso): string {
  if (reading.label === 'unrelated') return observation.about;
  if (reading.key !== null) return lineKey(reading.key, { reading, observation }, index, now);
  // Something of a family is out, but nobody says what: it gets a story under its own title and joins no model's story.
  if (reading.family === null || reading.label === 'release') return observation.about;
  return awaitedOf(index.family(reading.family), now)?.key ?? namelessKey(reading.family);
}

/** When it became known: its release or, while there is only news, the first of it. Null: it is still awaited. */
function knownSince({ releasedAt, openedAt, stage }: Story): Iso | null {
  if (releasedAt !== null) return releasedAt;
  return stage === 'reported' ? openedAt : null;
}

interface ReadOne {
  readonly reading: Reading;
  readonly observation: Observation;
}

/** What arrives long after a model of this name was released or reported opens the next story of the name. */
function lineKey(key: string, { reading, observation }: ReadOne, index: StoryIndex, now: Iso): string {
  const line = index.line(key).filter(({ mergedInto }) => mergedInto === null);
  const own = line.find(
    ({ subject, items }) => subject === observation.about || items.some((item) => item.key === observation.about),
  );
  if (own !== undefined) return own.key;
  const strange =
    line.length > 0 && line.every(({ lab }) => lab !== null && reading.lab !== null && lab !== reading.lab);
  if (strange) return `${key}~${reading.lab ?? ''}`;
  const latest = line.reduce<Story | null>(
    (best, story) => (best === null || story.openedAt > best.openedAt ? story : best),
    null,
  );
  if (latest === null) return key;
  const news = isNews(observation.kind);
  const since = news && reading.label !== 'release' ? null : knownSince(latest);
  const old = since !== null && Date.parse(now) - Date.parse(since) > ownStoryDays * dayMs;
  return old ? `${key}~${now.slice(0, 10)}` : latest.key;
}

interface KeyContext {
  readonly appeared: ReadonlyMap<string, string>;
  readonly index: StoryIndex;
  readonly now: Iso;
}

/** The key of the story that an observation belongs to when it is seen for the first time. */
export function storyKey(observation: Observation, reading: Reading, { appeared, index, now }: KeyContext): string {
  const parent = whole(observation.about);
  const joined = parent === null ? undefined : appeared.get(parent);
  if (joined !== undefined) return joined;
  switch (observation.kind) {
    case 'support':
    case 'entry':
    case 'link':
      return newsKey(observation, reading, index, now);
    case 'release':
    case 'tag':
      // A release of software never joins a model's story.
      return observation.about;
    default:
      return reading.official === true && reading.key !== null
        ? lineKey(reading.key, { reading, observation }, index, now)
        : observation.about;
  }
}

/** The key of a family's story that does not say which model it is about. */
export function namelessKey(family: string): string {
  return `model:${family}/`;
}

/** Whether a story that was opened before its model was named is about the model of this reading. */
export function isEarlier(story: Story, reading: Reading, now: Iso): boolean {
  if (story.mergedInto !== null) return false;
  if (story.key === reading.looseKey) {
    const same = story.lab === null || reading.lab === null || story.lab === reading.lab;
    return same && within(story, now, ownStoryDays);
  }
  return openFor(story, now);
}

/** Keys under which the story of this model may have been opened before its own key was known. */
export function earlierKeys(reading: Reading): readonly string[] {
  if (reading.key === null || reading.family === null) return [];
  const loose = reading.looseKey === null || reading.looseKey === reading.key ? [] : [reading.looseKey];
  return [...loose, namelessKey(reading.family)];
}

/** Whether a nameless story is still waiting for its model. */
export function openFor(story: Story, now: Iso): boolean {
  if (story.mergedInto !== null || story.stage === 'released') return false;
  return within(story, now, story.stage === 'reported' ? namelessDays : awaitedDays);
}
