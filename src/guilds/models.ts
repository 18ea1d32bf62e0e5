// Stories by what people ask for: one by name, the latest, and names to choose from. Only reads.
import { mistakesBetween } from '../config/spelling.ts';
import { squeezed } from '../store/brief.ts';
import type { Db } from '../store/define.ts';
import { scopeName, storiesByKey, storyById } from '../store/stories.ts';
import { knownLabs, labStories, recentNames, recentStories, releasedStories } from '../store/story-search.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { type GuildChannelIds, oneOfEach, scopesFor, shownTo } from './context.ts';

/** How many stories that contain the words are ranked. */
const mostFound = 200;

/** How well a name matches what was asked: smaller is better, null = not at all. */
function distance(story: Story, asked: string): number | null {
  const wanted = squeezed(asked);
  const name = squeezed(story.name);
  if (story.id === asked || story.key === asked || story.url === asked) return 0;
  if (name === wanted) return 1;
  if (squeezed(story.url).endsWith(`/${wanted}`)) return 2;
  if (name.startsWith(wanted)) return 3;
  return name.includes(wanted) || squeezed(story.url).includes(wanted) ? 4 : null;
}

/** The stories with exactly this id or key, which is what a choice in Discord contains. */
async function exactly(db: Db, scopes: readonly Story['scope'][], words: string): Promise<readonly Story[]> {
  const names = scopes.map(scopeName);
  const byId = await storyById(db, words);
  const found = byId === null ? [] : [byId];
  for (const scope of scopes) found.push(...(await storiesByKey(db, scope, [words])).values());
  return found.filter(({ scope }) => names.includes(scopeName(scope)));
}

/** Stories whose name or link contains what was asked, best match first, models before others. `place` null: for everybody. */
export async function storiesNamed(
  db: Db,
  place: GuildChannelIds | null,
  asked: string,
  most: number,
): Promise<readonly Story[]> {
  const scopes = scopesFor(place);
  const words = asked.trim();
  const all = [...(await exactly(db, scopes, words)), ...(await recentStories(db, scopes, words, mostFound))];
  const stories = [...new Map(all.map((story) => [story.id, story])).values()];
  const shown = await shownTo(
    db,
    place,
    stories.filter((story) => story.mergedInto === null),
  );
  return oneOfEach(shown)
    .flatMap((story) => {
      const far = distance(story, words);
      return far === null ? [] : [{ story, far: far * 2 + (story.sort === 'model' ? 0 : 1) }];
    })
    .toSorted((one, other) => one.far - other.far)
    .slice(0, most)
    .map(({ story }) => story);
}

export interface LatestWish {
  readonly lab: string | null;
  /** Leaves out what landed before; null = nothing is left out. */
  readonly since: Iso | null;
  readonly most: number;
}

/** What landed, newest first. */
export async function latestLanded(
  db: Db,
  place: GuildChannelIds | null,
  { lab, since, most }: LatestWish,
): Promise<readonly Story[]> {
  const scopes = scopesFor(place);
  const stories = lab === null ? await releasedStories(db, scopes, 200) : await labStories(db, scopes, lab, 500);
  const at = (story: Story): string => story.releasedAt ?? story.updatedAt;
  const released = stories.filter(
    (story) => story.stage === 'released' && story.mergedInto === null && (since === null || at(story) >= since),
  );
  const landed = oneOfEach(await shownTo(db, place, released));
  return landed.toSorted((one, other) => at(other).localeCompare(at(one))).slice(0, most);
}

/** Ids of the labs that have stories. */
export async function storiedLabs(db: Db, place: GuildChannelIds | null): Promise<readonly string[]> {
  return knownLabs(db, scopesFor(place));
}

/** How many names are compared with what was asked. */
const comparedMost = 2_000;
const likeEnough = 0.34;

function pairsOf(text: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  for (let at = 0; at < text.length - 1; at += 1) pairs.add(text.slice(at, at + 2));
  return pairs;
}

/** Dice's coefficient over pairs of letters: 0 = nothing in common, 1 = the same. */
function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size + other.size === 0) return 0;
  let common = 0;
  for (const pair of one) if (other.has(pair)) common += 1;
  return (2 * common) / (one.size + other.size);
}

/** Only names up to this length are compared letter by letter, because there are many names. */
const shortMost = 24;

/** How similar two names are, 0 to 1: by the pairs of letters they share, or by how few typing mistakes are between them. */
function closeness(wanted: string, pairs: ReadonlySet<string>, name: string): number {
  const shared = likeness(pairs, pairsOf(name));
  const longest = Math.max(wanted.length, name.length);
  if (longest > shortMost || Math.abs(wanted.length - name.length) > 3) return shared;
  return Math.max(shared, 1 - (mistakesBetween(wanted, name) * 1.5) / longest);
}

/** Stories whose names are spelled almost like what was asked, nearest first; one per name. */
export async function storiesNear(
  db: Db,
  place: GuildChannelIds | null,
  asked: string,
  most: number,
): Promise<readonly Story[]> {
  const wanted = squeezed(asked.slice(0, 100));
  const pairs = pairsOf(wanted);
  const names = await recentNames(db, scopesFor(place), comparedMost);
  const near = names
    .map(({ id, name }) => ({ id, close: closeness(wanted, pairs, name) }))
    .filter(({ close }) => close >= likeEnough)
    .toSorted((one, other) => other.close - one.close)
    .slice(0, most * 4);
  const stories: Story[] = [];
  for (const { id } of near) {
    const story = await storyById(db, id);
    if (story !== null && story.mergedInto === null) stories.push(story);
  }
  const shown = oneOfEach(await shownTo(db, place, stories));
  return [...new Map(shown.toReversed().map((story) => [story.name, story])).values()].toReversed().slice(0, most);
}
