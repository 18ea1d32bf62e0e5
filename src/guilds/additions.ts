// What was added from Discord beside the file: kept pointing at the right channels, and written out as YAML.

import { channelStates } from '../store/channel-states.ts';
import type { Db, Statement } from '../store/define.ts';
import {
  forgetAdditions,
  type GuildWatch,
  guildChannels,
  guildWatches,
  redirectWatch,
  saveGuildChannel,
} from '../store/guilds.ts';
import { renameChannel } from '../store/moving.ts';
import { saveStory, storiesByKey, storiesHeardIn } from '../store/stories.ts';
import { targetsById } from '../store/targets.ts';
import type { Target } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import {
  channelName,
  channelOf,
  type GuildChannelIds,
  type GuildContext,
  guildChannelName,
  isGuildChannel,
} from './context.ts';

/** A watch's id begins with its place: `guild:GUILD:CHANNEL:…`. */
function placeOf({ watch, guild }: GuildWatch): GuildChannelIds | null {
  const [, id, channel] = /^guild:(\d+):(\d+):/.exec(watch.id) ?? [];
  return id === guild && channel !== undefined ? { guild, channel } : null;
}

/** A channel under another name: its stories, its cards, and what is owed to it. */
async function renamed(
  db: Db,
  from: string,
  to: string,
  guild: string,
  gained: boolean,
): Promise<readonly Statement[]> {
  // Out of the file it takes along what people of the guild asked for, and nothing of what the file told there.
  const stories = await storiesHeardIn(db, from, gained ? null : { guild });
  const own = new Set(stories.filter(({ scope }) => scope !== 'file').map(({ key }) => key));
  const filed = [...(await storiesByKey(db, 'file', [...own])).values()].filter(({ audience }) =>
    audience.includes(to),
  );
  const saved = (story: Story, audience: readonly string[]): Statement =>
    saveStory({ ...story, audience: [...new Set(audience)], revision: story.revision + 1 }, story.revision);
  const moved = stories.filter((story) => story.scope !== 'file' || !own.has(story.key));
  const away = [...filed, ...stories.filter((story) => !moved.includes(story))];
  return [
    ...moved.map((story) =>
      saved(
        story,
        story.audience.map((name) => (name === from ? to : name)),
      ),
    ),
    // A channel hears of a model through one story: where both have it now, through the guild's.
    ...[...new Map(away.map((story) => [story.id, story])).values()].map((story) =>
      saved(
        story,
        story.audience.filter((name) => name !== from && name !== to),
      ),
    ),
    ...(gained || moved.length > 0 ? renameChannel(from, to, gained ? null : moved.map(({ id }) => id)) : []),
  ];
}

/** The file may have gained or lost a channel that people added watches in: they go on in that same Discord channel. */
export async function settleAdditions(guildContext: Pick<GuildContext, 'db' | 'fileChannel' | 'now'>): Promise<void> {
  const { db } = guildContext;
  const now = new Date(guildContext.now()).toISOString();
  for (const { name, goneAt } of (await channelStates(db)).values())
    if (goneAt !== null && isGuildChannel(name)) await db.batch(await forgetAdditions(db, name));
  const names = new Map<string, GuildChannelIds & { readonly to: string }>();
  const statements: Statement[] = [];
  for (const entry of await guildWatches(db, null)) {
    const place = placeOf(entry);
    if (place === null) continue;
    const name = channelName(guildContext, place);
    if (entry.watch.to.length === 1 && entry.watch.to[0] === name) continue;
    const known = guildContext.fileChannel(place.channel) !== null;
    statements.push(redirectWatch(entry.watch, [name]), ...(known ? [] : saveGuildChannel(channelOf(place), now)));
    for (const from of entry.watch.to) names.set(`${place.guild} ${from}`, { ...place, to: name });
  }
  for (const [name, place] of names) {
    const from = name.slice(place.guild.length + 1);
    statements.push(...(await renamed(db, from, place.to, place.guild, from === guildChannelName(place))));
  }
  if (statements.length > 0) await db.batch(statements);
}

export interface Additions {
  readonly channels: readonly {
    readonly name: string;
    readonly channel: string;
    readonly locale: string | null;
    readonly digest: string | null;
  }[];
  readonly watches: readonly {
    readonly target: Target;
    readonly include: string | null;
    readonly exclude: string | null;
    readonly to: string;
    readonly paused: boolean;
  }[];
}

/** Names as a file takes them. */
function fileName(channel: string): string {
  return `discord-${channel}`;
}

/** `fileChannels`: names of the channels that the file has already. */
export async function additions(db: Db, fileChannels: ReadonlySet<string>): Promise<Additions> {
  const watches = await guildWatches(db, null);
  const targets = await targetsById(
    db,
    watches.map(({ watch }) => watch.targetId),
  );
  const listed = watches.flatMap((entry) => {
    const { watch } = entry;
    const target = targets.get(watch.targetId)?.target;
    const place = placeOf(entry);
    const [to = ''] = watch.to;
    const { include, exclude } = watch.filters;
    if (target === undefined || place === null) return [];
    const name = fileChannels.has(to) ? to : fileName(place.channel);
    return [{ target, include, exclude, to: name, paused: watch.paused }];
  });
  const used = new Set(listed.map(({ to }) => to));
  const channels = (await guildChannels(db))
    .map(({ channel, locale, digest }) => ({ name: fileName(channel), channel, locale, digest }))
    .filter(({ name, locale, digest }) => used.has(name) || locale !== null || digest !== null);
  return { channels, watches: listed };
}

/** Texts in double quotes mean the same to JSON and YAML; a `${` is no variable. */
function quoted(text: string): string {
  return JSON.stringify(text.replaceAll('${', () => '$${'));
}

/** YAML for the file: `channels` and `watch` entries. */
export function writeAdditions({ channels, watches }: Additions): string {
  if (watches.length + channels.length === 0) return '# nothing was added from Discord\n';
  const places = channels.flatMap(({ name, channel, locale, digest }) => [
    `  ${name}:`,
    `    discord: { channel: ${quoted(channel)} }`,
    ...(locale === null ? [] : [`    locale: ${locale}`]),
    ...(digest === null ? [] : [`    digest: ${quoted(digest)}`]),
  ]);
  const entries = watches.flatMap(({ target, include, exclude, to, paused }) => [
    ...(paused ? ['  # paused or muted just now'] : []),
    `  - ${target.source}: ${quoted(target.address)}`,
    ...(target.shape === null ? [] : [`    select: ${quoted(target.shape)}`]),
    ...(include === null ? [] : [`    include: ${quoted(include)}`]),
    ...(exclude === null ? [] : [`    exclude: ${quoted(exclude)}`]),
    `    to: [${quoted(to)}]`,
  ]);
  return [
    '# what was added from Discord',
    ...(places.length === 0 ? [] : ['channels:', ...places]),
    ...(entries.length === 0 ? [] : ['watch:', ...entries]),
    '',
  ].join('\n');
}
