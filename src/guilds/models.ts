// Stories as people ask for them: one by its name, the latest, and the names there are to choose from. Only reads.
import type { Db } from '../store/define.ts';
import { scopeName, squeezed, storiesByKey, storyById } from '../store/stories.ts';
import { knownLabs, labStories, recentStories, releasedStories } from '../store/story-search.ts';
import type { Story } from '../types/story.ts';
import { type GuildChannelIds, oneOfEach, scopesOf, shownTo } from './context.ts';

const mostChoices = 25;
/** As many of those that hold the words are weighed. */
const mostFound = 200;

/** How well a name answers what was asked: smaller is better, null = not at all. */
function distance(story: Story, asked: string): number | null {
  const wanted = squeezed(asked);
  const name = squeezed(story.name);
  if (story.id === asked || story.key === asked || story.url === asked) return 0;
  if (name === wanted) return 1;
  if (squeezed(story.url).endsWith(`/${wanted}`)) return 2;
  if (name.startsWith(wanted)) return 3;
  return name.includes(wanted) || squeezed(story.url).includes(wanted) ? 4 : null;
}

/** The one that goes by this id or key, as a choice of Discord's names it. */
async function exactly(db: Db, scopes: readonly Story['scope'][], words: string): Promise<readonly Story[]> {
  const names = scopes.map(scopeName);
  const byId = await storyById(db, words);
  const found = byId === null ? [] : [byId];
  for (const scope of scopes) found.push(...(await storiesByKey(db, scope, [words])).values());
  return found.filter(({ scope }) => names.includes(scopeName(scope)));
}

/** Stories whose name or link holds what was asked, the best first; models before anything else. `place` null: for everybody. */
export async function storiesNamed(
  db: Db,
  place: GuildChannelIds | null,
  asked: string,
  most: number,
): Promise<readonly Story[]> {
  const scopes = place === null ? (['file'] as const) : scopesOf(place);
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

/** What landed, the newest first. */
export async function latestLanded(
  db: Db,
  place: GuildChannelIds,
  lab: string | null,
  most: number,
): Promise<readonly Story[]> {
  const scopes = scopesOf(place);
  const stories = lab === null ? await releasedStories(db, scopes, 200) : await labStories(db, scopes, lab, 500);
  const released = stories.filter((story) => story.stage === 'released' && story.mergedInto === null);
  const landed = oneOfEach(await shownTo(db, place, released));
  const at = (story: Story): string => story.releasedAt ?? story.updatedAt;
  return landed.toSorted((one, other) => at(other).localeCompare(at(one))).slice(0, most);
}

/** Ids of labs to choose from while typing. */
export async function labChoices(db: Db, place: GuildChannelIds, typed: string): Promise<readonly string[]> {
  const wanted = typed.trim().toLowerCase();
  return (await knownLabs(db, scopesOf(place)))
    .filter((lab) => lab.toLowerCase().includes(wanted))
    .slice(0, mostChoices);
}
