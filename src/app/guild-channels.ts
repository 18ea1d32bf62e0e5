// The channels that alerts are sent to: the file's, and those added in Discord, which change while the program runs.

import type { Sampled } from '../bot/define.ts';
import type { ChannelWorld, Draft } from '../channels/define.ts';
import { readAddress } from '../channels/discord/address.ts';
import { directMessages } from '../channels/discord/direct.ts';
import { channelKinds } from '../channels/index.ts';
import type { ChannelConfig, Config } from '../config/shape.ts';
import { settleAdditions } from '../guilds/additions.ts';
import {
  channelName,
  channelOf,
  type GuildChannelIds,
  type GuildContext,
  guildChannelName,
} from '../guilds/context.ts';
import type { OutboxTarget } from '../outbox/target.ts';
import type { Db } from '../store/define.ts';
import { rolesFor } from '../store/editing.ts';
import { type GuildChannel, guildChannels, lapseMutes } from '../store/guilds.ts';
import { people } from '../store/people.ts';
import { personChannel } from '../types/person.ts';
import { iso } from '../types/time.ts';
import { openChannels } from './channels.ts';
import { sendSamples } from './samples.ts';

export interface GuildChannels {
  /** Always the same object, updated in place when channels or the file change. */
  readonly config: Config;
  readonly outboxTargets: readonly OutboxTarget[];
  /** Reads again what people added and set in Discord, and ends expired mutes. */
  readonly refresh: () => Promise<void>;
  /** Takes over a changed configuration file. */
  readonly take: (file: Config, world: ChannelWorld) => Promise<void>;
  readonly fileChannel: GuildContext['fileChannel'];
  /** The language set for a channel; null = none is set. */
  readonly languageOf: (place: GuildChannelIds) => string | null;
  /** Posts a sample of each form in a channel, even if no watch sends anything there. */
  readonly sample: (place: GuildChannelIds, signal: AbortSignal) => Promise<Sampled>;
}

/** A channel that exists only in the database receives what people added there, and nothing else. */
export function configOf(channel: GuildChannel, config: Config): ChannelConfig {
  const { settings = {} } = channel;
  return {
    name: guildChannelName(channel),
    kind: 'discord',
    options: { channel: settings.forum ?? channel.channel },
    on: true,
    locale: channel.locale ?? config.locale,
    timezone: settings.timezone ?? config.timezone,
    mention:
      settings.ping == null ? [] : [{ kind: 'role', id: settings.ping.role, stages: settings.ping.stages, labs: null }],
    quiet: settings.quiet ?? null,
    digest: channel.digest ?? 'off',
    digestAt: 9 * 60,
    silent: settings.silent ?? [],
    thread: settings.thread ?? false,
    operator: false,
    where: null,
  };
}

/** The roles to ping for a story's card and turns, according to the watches that led to it. */
async function pingsOf(db: Db, guild: string, channel: string, draft: Draft): Promise<readonly string[]> {
  if (draft.form !== 'card' && draft.form !== 'reply') return [];
  return (await rolesFor(db, guild, channel, draft.story.id)).map((role) => `role:${role}`);
}

/** The configuration of direct messages to a person who asked for them. */
function configOfPerson(
  { person, locale }: { readonly person: string; readonly locale: string },
  config: Config,
): ChannelConfig {
  return {
    name: personChannel(person),
    kind: directMessages.kind,
    options: { person },
    on: true,
    locale,
    timezone: config.timezone,
    mention: [],
    quiet: null,
    digest: 'off',
    digestAt: 9 * 60,
    silent: [],
    thread: false,
    operator: false,
    where: null,
  };
}

/** Maps a Discord channel's id to its name in the file, where the bot writes to it. */
export function fileChannelOf(config: Config): GuildContext['fileChannel'] {
  const names = config.channels.flatMap(({ name, kind, on, options }): readonly (readonly [string, string])[] => {
    const address = kind === 'discord' && on ? readAddress(options) : null;
    return address !== null && typeof address === 'object' && address.by === 'bot' ? [[address.channel, name]] : [];
  });
  const byChannel = new Map(names.toReversed());
  return (channel) => byChannel.get(channel) ?? null;
}

/** The configuration with the channels of guilds added; for commands that only read. */
export async function withGuildChannels(config: Config, db: Db): Promise<Config> {
  if (config.secrets.DISCORD_TOKEN === undefined) return config;
  const fileChannel = fileChannelOf(config);
  // A channel that is in the file belongs to the file; settings made for it in Discord are ignored meanwhile.
  const own = (await guildChannels(db)).filter(({ channel }) => fileChannel(channel) === null);
  const added = own.map((channel) => configOf(channel, config));
  return { ...config, channels: [...config.channels, ...added] };
}

/** Without DISCORD_TOKEN the bot cannot write to guilds' channels, so there are only the file's. */
export async function openPlaces(first: Config, db: Db, firstWorld: ChannelWorld): Promise<GuildChannels> {
  let file = first;
  let world = firstWorld;
  let own = openChannels(file, channelKinds, world);
  let byAddress = fileChannelOf(file);
  const fileChannel: GuildContext['fileChannel'] = (channel) => byAddress(channel);
  // Both arrays are kept and updated in place, because the pipeline reads them again at every pass.
  const channels: ChannelConfig[] = [...file.channels];
  const outboxTargets: OutboxTarget[] = [...own];
  const config: Config = { ...file, channels };
  /** Language by channel name. */
  const languages = new Map<string, string>();
  const known = new Map<string, { readonly key: string; readonly outboxTargets: readonly OutboxTarget[] }>();
  const opened = (one: ChannelConfig): readonly OutboxTarget[] => {
    const key = JSON.stringify(one);
    const before = known.get(one.name);
    if (before?.key === key) return before.outboxTargets;
    const [, guild] = one.name.split(':');
    const made = openChannels({ ...file, channels: [one] }, [...channelKinds, directMessages], world).map((target) =>
      one.kind === directMessages.kind || guild === undefined
        ? target
        : { ...target, pings: (draft: Draft) => pingsOf(db, guild, one.name, draft) },
    );
    known.set(one.name, { key, outboxTargets: made });
    return made;
  };
  const refresh = async (): Promise<void> => {
    await lapseMutes(db, iso(world.now()));
    const set = await guildChannels(db);
    languages.clear();
    // English is the default, so any other language was set on purpose.
    for (const { name, locale } of file.channels) if (locale !== 'en') languages.set(name, locale);
    for (const { name, locale } of set) if (locale !== null) languages.set(name, locale);
    const asked = world.pressable === true ? await people(db) : [];
    const persons = asked.map((one) => configOfPerson(one, file));
    const all = [...(await withGuildChannels(file, db)).channels, ...persons];
    const added = all.slice(file.channels.length).flatMap(opened);
    channels.splice(0, channels.length, ...all);
    outboxTargets.splice(0, outboxTargets.length, ...own, ...added);
  };
  const settle = async (): Promise<void> => {
    await settleAdditions({ db, fileChannel, now: world.now });
    await refresh();
  };
  await settle();
  return {
    config,
    outboxTargets,
    refresh,
    fileChannel,
    take: async (next, nextWorld) => {
      file = next;
      world = nextWorld;
      own = openChannels(next, channelKinds, nextWorld);
      byAddress = fileChannelOf(next);
      known.clear();
      Object.assign(config, { ...next, channels });
      await settle();
    },
    sample: (place, signal) => {
      const name = channelName({ fileChannel }, place);
      const here = channels.find((one) => one.name === name) ?? configOf(channelOf(place), file);
      const target = outboxTargets.find((one) => one.name === name) ?? opened(here)[0];
      if (target === undefined) throw new Error(`${name} cannot be opened`);
      return sendSamples(target, here.locale, world.now(), signal);
    },
    languageOf: (place) => languages.get(channelName({ fileChannel }, place)) ?? null,
  };
}
