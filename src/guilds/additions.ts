// What was added from Discord: kept pointing at the right channels, and exported as YAML.

import { enterScope } from '../pipeline/open-scope.ts';
import { goneChannels } from '../store/channel-states.ts';
import type { Db, Statement } from '../store/define.ts';
import {
  forgetAdditions,
  type GuildWatch,
  guildChannels,
  guildWatches,
  redirectedWatches,
  redirectWatch,
  saveGuildChannel,
} from '../store/guilds.ts';
import { renameChannel } from '../store/moving.ts';
import { dropScope, ownScopes, saveScope } from '../store/scopes.ts';
import { saveStory, storiesHeardIn } from '../store/stories.ts';
import { targetsById } from '../store/targets.ts';
import { keysTold } from '../store/verdicts.ts';
import type { ChannelSettings } from '../types/channel-settings.ts';
import type { Target, Watch } from '../types/core.ts';
import { iso } from '../types/time.ts';
import {
  channelName,
  channelOf,
  type GuildChannelIds,
  type GuildContext,
  guildChannelName,
  isGuildChannel,
} from './context.ts';
import { settleScopes } from './own-scope.ts';

const attempts = 5;

/** The guild and channel in a watch's id: `guild:GUILD:CHANNEL:…`. */
function placeOf({ watch, guild }: GuildWatch): GuildChannelIds | null {
  const [, id, channel] = /^guild:(\d+):(\d+):/.exec(watch.id) ?? [];
  return id === guild && channel !== undefined ? { guild, channel } : null;
}

/** A channel whose name changed: renamed in the file, added to the file, or removed from it. */
interface Renaming extends GuildChannelIds {
  readonly from: string;
  readonly to: string;
  readonly watches: readonly Watch[];
}

/** Moves the channel's stories, its cards, and what is owed to it to the new name. */
async function renamed(db: Db, { guild, channel, from, to, watches }: Renaming): Promise<readonly Statement[]> {
  const own = (await ownScopes(db, [from])).has(from);
  const gained = from === guildChannelName({ guild, channel });
  const told =
    gained || own
      ? null
      : await keysTold(
          db,
          watches.map(({ id }) => id),
        );
  // A channel removed from the file keeps what people of the guild asked for, but not what the file told there.
  const stories = (await storiesHeardIn(db, [from], own ? { guild } : 'file')).filter(
    ({ key }) => told?.has(key) !== false,
  );
  const subjects = stories.map(({ id }) => id);
  return [
    ...stories.map((story) => {
      const audience = [...new Set(story.audience.map((name) => (name === from ? to : name)))];
      return saveStory({ ...story, audience, revision: story.revision + 1 }, story.revision);
    }),
    ...(gained || subjects.length > 0 ? renameChannel(from, to, gained ? null : subjects) : []),
    ...(own ? [dropScope(from), saveScope(to, guild)] : []),
  ];
}

async function rename(db: Db, renaming: Renaming, further: readonly Statement[]): Promise<void> {
  const { guild, to, watches } = renaming;
  const redirected = watches.map((watch) => redirectWatch(watch, [to]));
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    if ((await db.batch([...redirected, ...further, ...(await renamed(db, renaming))])) !== 'done') continue;
    // A channel gets a model's news through one story: what the file told it under that name continues as the guild's.
    if ((await ownScopes(db, [to])).has(to)) await enterScope(db, guild, [to]);
    return;
  }
  throw new Error(`giving ${renaming.from} the name ${to}: conflicted ${attempts} times`);
}

/** When the file gained or lost a channel in which people added watches, these continue in the same Discord channel. */
export async function settleAdditions(guildContext: Pick<GuildContext, 'db' | 'fileChannel' | 'now'>): Promise<void> {
  const { db } = guildContext;
  const now = iso(guildContext.now());
  for (const name of await goneChannels(db)) if (isGuildChannel(name)) await db.batch(await forgetAdditions(db, name));
  await settleScopes(db, now);
  const renamings = new Map<string, Renaming>();
  const gained = (await guildChannels(db)).filter(({ channel }) => guildContext.fileChannel(channel) !== null);
  const lists = await Promise.all([...new Set(gained.map(({ guild }) => guild))].map((id) => guildWatches(db, id)));
  const candidates = [...(await redirectedWatches(db)), ...lists.flat()];
  for (const entry of new Map(candidates.map((one) => [one.watch.id, one])).values()) {
    const place = placeOf(entry);
    if (place === null) continue;
    const { watch } = entry;
    const to = channelName(guildContext, place);
    const [from = to] = watch.to;
    if (watch.to.length === 1 && from === to) continue;
    const known = renamings.get(`${place.guild} ${from}`)?.watches ?? [];
    renamings.set(`${place.guild} ${from}`, { ...place, from, to, watches: [...known, watch] });
  }
  for (const renaming of renamings.values()) {
    const filed = guildContext.fileChannel(renaming.channel) !== null;
    await rename(db, renaming, filed ? [] : saveGuildChannel(channelOf(renaming), now));
  }
}

export interface Additions {
  readonly channels: readonly {
    readonly name: string;
    readonly channel: string;
    readonly locale: string | null;
    readonly digest: string | null;
    readonly settings?: ChannelSettings;
  }[];
  readonly watches: readonly {
    readonly target: Target;
    readonly include: string | null;
    readonly exclude: string | null;
    readonly on?: readonly string[] | null;
    readonly only?: 'models' | undefined;
    readonly prereleases?: boolean;
    readonly to: string;
    readonly paused: boolean;
  }[];
}

/** A channel's name in the exported file. */
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
    const { include, exclude, on, only, prereleases } = watch.filters;
    if (target === undefined || place === null) return [];
    const name = fileChannels.has(to) ? to : fileName(place.channel);
    return [{ target, include, exclude, on, only, prereleases, to: name, paused: watch.paused }];
  });
  const used = new Set(listed.map(({ to }) => to));
  const channels = (await guildChannels(db))
    .map(({ channel, locale, digest, settings }) => ({
      name: fileName(channel),
      channel: settings?.forum ?? channel,
      locale,
      digest,
      ...(settings === undefined ? {} : { settings }),
    }))
    .filter(
      ({ name, locale, digest, settings }) =>
        used.has(name) || locale !== null || digest !== null || settings !== undefined,
    );
  return { channels, watches: listed };
}

/** A JSON string is also a YAML string; `${` is escaped, so that it is not a variable. */
function quoted(text: string): string {
  return JSON.stringify(text.replaceAll('${', () => '$${'));
}

function timeOf(minutes: number): string {
  return [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0')).join(':');
}

/** What `/settings` set, as options of a channel; the time zone is only a comment, because the file has one for all. */
function writeSettings({ thread, silent = [], quiet, ping, timezone }: ChannelSettings): readonly string[] {
  const stages = ping?.stages == null ? '' : `, stages: [${ping.stages.join(', ')}]`;
  return [
    ...(thread === true ? ['    thread: true'] : []),
    ...(silent.length === 0 ? [] : [`    silent: [${silent.join(', ')}]`]),
    ...(quiet == null ? [] : [`    quiet: ${quoted(`${timeOf(quiet.from)}-${timeOf(quiet.to)}`)}`]),
    ...(timezone === undefined ? [] : [`    # in the time zone ${timezone}`]),
    ...(ping == null ? [] : [`    mention: [{ who: ${quoted(`role:${ping.role}`)}${stages} }]`]),
  ];
}

/** YAML for the file: `channels` and `watch` entries. */
export function writeAdditions({ channels, watches }: Additions): string {
  if (watches.length + channels.length === 0) return '# nothing was added from Discord\n';
  const places = channels.flatMap(({ name, channel, locale, digest, settings = {} }) => [
    `  ${name}:`,
    `    discord: { channel: ${quoted(channel)} }`,
    ...(locale === null ? [] : [`    locale: ${locale}`]),
    ...(digest === null ? [] : [`    digest: ${quoted(digest)}`]),
    ...writeSettings(settings),
  ]);
  const entries = watches.flatMap(({ target, include, exclude, on, only, prereleases, to, paused }) => [
    ...(paused ? ['  # paused or muted just now'] : []),
    `  - ${target.source}: ${quoted(target.address)}`,
    ...(target.shape === null ? [] : [`    select: ${quoted(target.shape)}`]),
    ...(include === null ? [] : [`    include: ${quoted(include)}`]),
    ...(exclude === null ? [] : [`    exclude: ${quoted(exclude)}`]),
    ...(on == null ? [] : [`    on: [${on.join(', ')}]`]),
    ...(only === undefined ? [] : [`    only: ${only}`]),
    ...(prereleases === true ? ['    prereleases: true'] : []),
    `    to: [${quoted(to)}]`,
  ]);
  return [
    '# what was added from Discord',
    ...(places.length === 0 ? [] : ['channels:', ...places]),
    ...(entries.length === 0 ? [] : ['watch:', ...entries]),
    '',
  ].join('\n');
}
