// The channels alerts go to: those of the file, and those that people added in Discord, which come and change while we run.

import type { ChannelWorld } from '../channels/define.ts';
import { readAddress } from '../channels/discord/address.ts';
import { channelKinds } from '../channels/index.ts';
import type { ChannelConfig, Config } from '../config/shape.ts';
import { settleAdditions } from '../guilds/additions.ts';
import { type GuildContext, guildChannelName } from '../guilds/context.ts';
import type { OutboxTarget } from '../outbox/target.ts';
import type { Db } from '../store/define.ts';
import { type GuildChannel, guildChannels, lapseMutes } from '../store/guilds.ts';
import { iso } from '../types/time.ts';
import { openChannels } from './channels.ts';

export interface GuildChannels {
  /** Its `channels` grow with what is added. */
  readonly config: Config;
  readonly outboxTargets: readonly OutboxTarget[];
  /** Reads anew what people added and set, and lets lapsed mutes go on. */
  readonly refresh: () => Promise<void>;
  readonly fileChannel: GuildContext['fileChannel'];
}

/** A channel that lives only in the database gets what was added there and nothing else. */
function configOf(channel: GuildChannel, config: Config): ChannelConfig {
  return {
    name: guildChannelName(channel),
    kind: 'discord',
    options: { channel: channel.channel },
    on: true,
    locale: channel.locale ?? config.locale,
    timezone: config.timezone,
    mention: [],
    quiet: null,
    digest: channel.digest ?? 'off',
    digestAt: 9 * 60,
    silent: [],
    thread: false,
    operator: false,
  };
}

/** What the file calls a Discord channel that the bot writes to. */
export function fileChannelOf(config: Config): GuildContext['fileChannel'] {
  const names = config.channels.flatMap(({ name, kind, on, options }): readonly (readonly [string, string])[] => {
    const address = kind === 'discord' && on ? readAddress(options) : null;
    return address !== null && typeof address === 'object' && address.by === 'bot' ? [[address.channel, name]] : [];
  });
  const byChannel = new Map(names.toReversed());
  return (channel) => byChannel.get(channel) ?? null;
}

/** The file's channels and those of guilds; for commands that only read. */
export async function withGuildChannels(config: Config, db: Db): Promise<Config> {
  if (config.secrets.DISCORD_TOKEN === undefined) return config;
  const fileChannel = fileChannelOf(config);
  // A channel that the file has by now is the file's; what people set for it waits until it is not.
  const own = (await guildChannels(db)).filter(({ channel }) => fileChannel(channel) === null);
  const added = own.map((channel) => configOf(channel, config));
  return { ...config, channels: [...config.channels, ...added] };
}

/** Without DISCORD_TOKEN nobody can write to a guild's channel: there are only the file's. */
export async function openPlaces(file: Config, db: Db, world: ChannelWorld): Promise<GuildChannels> {
  const fileChannel = fileChannelOf(file);
  const own = openChannels(file, channelKinds, world);
  // These two lists are the same ones for as long as we run: the pipeline asks them anew at every pass.
  const channels: ChannelConfig[] = [...file.channels];
  const outboxTargets: OutboxTarget[] = [...own];
  const known = new Map<string, { readonly key: string; readonly outboxTargets: readonly OutboxTarget[] }>();
  const opened = (config: ChannelConfig): readonly OutboxTarget[] => {
    const key = JSON.stringify(config);
    const before = known.get(config.name);
    if (before?.key === key) return before.outboxTargets;
    const made = openChannels({ ...file, channels: [config] }, channelKinds, world);
    known.set(config.name, { key, outboxTargets: made });
    return made;
  };
  const refresh = async (): Promise<void> => {
    await lapseMutes(db, iso(world.now()));
    const all = (await withGuildChannels(file, db)).channels;
    const added = all.slice(file.channels.length).flatMap(opened);
    channels.splice(0, channels.length, ...all);
    outboxTargets.splice(0, outboxTargets.length, ...own, ...added);
  };
  await settleAdditions({ db, fileChannel, now: world.now });
  await refresh();
  return { config: { ...file, channels }, outboxTargets, refresh, fileChannel };
}
