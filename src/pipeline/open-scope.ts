// Gives a guild's channels stories of their own: these start as copies of the file's, cards move once, and nobody is notified.

import type { Db, Statement } from '../store/define.ts';
import { guildWatches } from '../store/guilds.ts';
import { hiddenKeys } from '../store/items.ts';
import { moveChannels } from '../store/moving.ts';
import { isPrivateSeen, moveEdition, ownScopes, savePrivateSeen, saveScope, scopesEdition } from '../store/scopes.ts';
import { saveStory, storiesByKey, storiesHeardIn, takenIds } from '../store/stories.ts';
import { guildOf } from '../stories/news.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { FreshLook } from './assign.ts';
import { scopedKey, storyId } from './story-id.ts';
import { filedAlike, isFiled } from './visibility.ts';

const attempts = 5;

/** Splits one story of the file: the guild's copy continues with these channels, the file's without them. */
function parted(
  story: Story,
  own: Story | { readonly id: string },
  guild: string,
  here: readonly string[],
): readonly Statement[] {
  const rest = story.audience.filter((name) => !here.includes(name));
  const left = saveStory({ ...story, audience: rest, revision: story.revision + 1 }, story.revision);
  const theirs: Story =
    'revision' in own
      ? { ...own, audience: [...new Set([...own.audience, ...here])], revision: own.revision + 1 }
      : { ...story, id: own.id, scope: { guild }, audience: here };
  return [left, saveStory(theirs, 'revision' in own ? own.revision : 0), ...moveChannels(story.id, theirs.id, here)];
}

/** Empty: these channels are told the guild's own stories already. */
export async function openScope(db: Db, guild: string, channels: readonly string[]): Promise<readonly Statement[]> {
  const edition = await scopesEdition(db);
  const known = await ownScopes(db, channels);
  const joining = channels.filter((channel) => known.get(channel) !== guild);
  const heard = (await storiesHeardIn(db, channels, 'file')).filter(({ mergedInto }) => mergedInto === null);
  if (joining.length === 0 && heard.length === 0) return [];
  const keys = heard.map(({ key }) => key);
  const own = await storiesByKey(db, { guild }, keys);
  const opening = keys.filter((key) => !own.has(key)).map((key) => scopedKey({ guild }, key));
  const taken = await takenIds(db, opening.map(storyId));
  const idOf = (key: string): string => {
    const name = scopedKey({ guild }, key);
    return taken.has(storyId(name)) ? storyId(`${name} ${edition}`) : storyId(name);
  };
  // A guild gets nothing that is private: the channel leaves that story and keeps nothing of it.
  const hidden = await hiddenKeys(db, keys);
  return [
    ...moveEdition(edition),
    ...joining.map((channel) => saveScope(channel, guild)),
    ...heard.flatMap((story) => {
      const here = story.audience.filter((name) => channels.includes(name));
      if (!hidden.has(story.key)) return parted(story, own.get(story.key) ?? { id: idOf(story.key) }, guild, here);
      const audience = story.audience.filter((name) => !here.includes(name));
      return [saveStory({ ...story, audience, revision: story.revision + 1 }, story.revision)];
    }),
  ];
}

/** Applies `openScope` in batches of its own, again when others changed the same stories meanwhile. */
export async function enterScope(db: Db, guild: string, channels: readonly string[]): Promise<void> {
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const statements = await openScope(db, guild, channels);
    if (statements.length === 0) return;
    await db.batch(statements);
  }
  if ((await openScope(db, guild, channels)).length > 0)
    throw new Error(`opening the stories of guild ${guild}: conflicted ${attempts} times`);
}

/** The guilds that share the file's stories, each with its channels. */
async function sharing(db: Db, of: readonly string[] | null): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, Set<string>>();
  const lists = of === null ? [null] : of;
  for (const guild of lists)
    for (const { watch, guild: id } of await guildWatches(db, guild))
      for (const channel of watch.to) found.set(id, (found.get(id) ?? new Set()).add(channel));
  const own = await ownScopes(
    db,
    [...found.values()].flatMap((channels) => [...channels]),
  );
  return new Map(
    [...found]
      .map(([guild, channels]) => [guild, [...channels]] as const)
      .filter(([, channels]) => channels.some((channel) => !own.has(channel))),
  );
}

/**
 * Before a pass is composed: a guild stops sharing the file's stories when the file no longer tells what the guild watches,
 * and all guilds stop with the first look that shows the file something private.
 */
export async function partScopes(db: Db, looks: readonly FreshLook[], now: Iso): Promise<void> {
  const shown = looks.some(
    ({ result, watches }) =>
      isFiled(watches) && result.observations.some(({ facts }) => facts.visibility === 'private'),
  );
  if (shown && !(await isPrivateSeen(db))) {
    await db.batch([savePrivateSeen(now)]);
    for (const [guild, channels] of await sharing(db, null)) await enterScope(db, guild, channels);
  }
  const apart = looks.flatMap(({ watches }) => {
    const alike = filedAlike(watches);
    return watches.filter((watch) => guildOf(watch) !== null && !alike(watch));
  });
  const guilds = [...new Set(apart.map(guildOf))].filter((guild) => guild !== null);
  if (guilds.length === 0) return;
  const own = await ownScopes(
    db,
    apart.flatMap(({ to }) => to),
  );
  const left = new Set(apart.filter(({ to }) => to.some((channel) => !own.has(channel))).map(guildOf));
  for (const [guild, channels] of await sharing(
    db,
    guilds.filter((guild) => left.has(guild)),
  ))
    await enterScope(db, guild, channels);
}
