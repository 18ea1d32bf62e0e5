// When a watch is removed, paused or muted, its channel leaves the stories that no other watch has told it.
import type { Statement } from '../store/define.ts';
import { guildWatches } from '../store/guilds.ts';
import { saveStory, storiesByKey } from '../store/stories.ts';
import { keysTold } from '../store/verdicts.ts';
import type { Story } from '../types/story.ts';
import { channelName, type GuildChannelIds, type GuildContext, scopesOf } from './context.ts';

const attempts = 5;

/** The channel joins a story again with the next thing that one of its watches tells of it. */
async function leave(
  guildContext: GuildContext,
  place: GuildChannelIds,
  watchId: string,
): Promise<readonly Statement[]> {
  const { db, config } = guildContext;
  const name = channelName(guildContext, place);
  const keys = await keysTold(db, [watchId]);
  if (keys.size === 0) return [];
  const added = (await guildWatches(db, place.guild)).map(({ watch }) => watch);
  const others = [...config.watches, ...added].filter(
    ({ id, to, paused }) => id !== watchId && !paused && to.includes(name),
  );
  const kept = await keysTold(
    db,
    others.map(({ id }) => id),
  );
  const left = [...keys].filter((key) => !kept.has(key));
  const stories: Story[] = [];
  for (const scope of scopesOf(place)) stories.push(...(await storiesByKey(db, scope, left)).values());
  return stories
    .filter(({ audience }) => audience.includes(name))
    .map((story) => {
      const audience = story.audience.filter((channel) => channel !== name);
      return saveStory({ ...story, audience, revision: story.revision + 1 }, story.revision);
    });
}

/** Runs the statements together with the leaving; alone when others keep writing the same stories. */
export async function leaving(
  guildContext: GuildContext,
  place: GuildChannelIds,
  watchId: string,
  statements: readonly Statement[],
): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1)
    if ((await guildContext.db.batch([...(await leave(guildContext, place, watchId)), ...statements])) === 'done')
      return;
  await guildContext.db.batch(statements);
}
