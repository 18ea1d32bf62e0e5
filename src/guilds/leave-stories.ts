// A watch of a channel that is taken out, paused or muted: the channel leaves the stories that no other watch has told it.
import type { Statement } from '../store/define.ts';
import { guildWatches } from '../store/guilds.ts';
import { saveStory, storiesByKey } from '../store/stories.ts';
import { keysTold } from '../store/verdicts.ts';
import type { Story } from '../types/story.ts';
import { channelName, type GuildChannelIds, type GuildContext, scopesOf } from './context.ts';

const attempts = 5;

/** It joins again with the first thing that a watch of it tells from then on. */
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

/** Does this and leaves, or, while others write the same stories without end, does this alone. */
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
