// Whether a guild shares the file's stories or has its own: decided when something is added, and kept from then on.

import { enterScope, openScope } from '../pipeline/open-scope.ts';
import { filedAlike } from '../pipeline/visibility.ts';
import type { Db, Statement } from '../store/define.ts';
import { parentsOf } from '../store/finds.ts';
import { guildWatches } from '../store/guilds.ts';
import { anyHidden } from '../store/items.ts';
import { hasOwnScope, isPrivateSeen, moveEdition, savePrivateSeen, scopesEdition } from '../store/scopes.ts';
import { guildStories } from '../store/stories.ts';
import { watchesOn } from '../store/watches.ts';
import type { Iso, Watch } from '../types/core.ts';

async function channelsOf(db: Db, guild: string, further: readonly string[]): Promise<readonly string[]> {
  const added = (await guildWatches(db, guild)).flatMap(({ watch }) => watch.to);
  return [...new Set([...added, ...further])];
}

/** What adding this watch does to the scope from which the guild's channels are told; empty = nothing changes. */
export async function scopeOfAddition(db: Db, watch: Watch, guild: string): Promise<readonly Statement[]> {
  const parents = (await parentsOf(db, [watch.targetId])).map(({ parentId }) => parentId);
  const beside = await watchesOn(db, [watch.targetId, ...parents]);
  const shares = filedAlike(beside)(watch) && !(await hasOwnScope(db, guild)) && !(await isPrivateSeen(db));
  return shares ? [] : openScope(db, guild, await channelsOf(db, guild, watch.to));
}

/** Gives the guild its own stories from now on, in all its channels and in this one. */
export async function ownStories(db: Db, guild: string, channel: string): Promise<void> {
  await enterScope(db, guild, await channelsOf(db, guild, [channel]));
}

/** Migrates databases in which guilds had their own copy of only some stories: such a guild now has its own of all. */
export async function settleScopes(db: Db, now: Iso): Promise<void> {
  const edition = await scopesEdition(db);
  if (edition !== null) return;
  if (await anyHidden(db)) await db.batch([savePrivateSeen(now)]);
  const stories = await guildStories(db);
  for (const [guild, list] of Map.groupBy(stories, ({ scope }) => (scope === 'file' ? '' : scope.guild))) {
    const heard = list.flatMap(({ audience }) => audience);
    await enterScope(db, guild, await channelsOf(db, guild, heard));
  }
  if ((await scopesEdition(db)) === null) await db.batch(moveEdition(null));
}
