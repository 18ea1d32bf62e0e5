// Settings of a Discord channel, such as language and digest, where the file does not set them.

import type { MentionRule } from '../config/shape.ts';
import { digestPeriod } from '../outbox/hours.ts';
import { countCollected, hurryDigest, subjectsTold } from '../store/digests.ts';
import { type GuildChannel, guildChannelByName, saveGuildChannel } from '../store/guilds.ts';
import { sendBy } from '../store/settling.ts';
import { storyById } from '../store/stories.ts';
import type { ChannelSettings } from '../types/channel-settings.ts';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import { dayMs, iso } from '../types/time.ts';
import { channelName, channelOf, type GuildChannelIds, type GuildContext, guildChannelName } from './context.ts';

export type DigestSetting = NonNullable<GuildChannel['digest']>;
export type SettingResult = { readonly kind: 'set' } | { readonly kind: 'of the file'; readonly channel: string };

async function set(
  guildContext: GuildContext,
  place: GuildChannelIds,
  settings: Partial<Pick<GuildChannel, 'locale' | 'digest' | 'settings'>>,
): Promise<SettingResult> {
  const file = guildContext.fileChannel(place.channel);
  if (file !== null) return { kind: 'of the file', channel: file };
  await guildContext.db.batch(saveGuildChannel(channelOf(place, settings), iso(guildContext.now())));
  await guildContext.changed();
  return { kind: 'set' };
}

/** When what waits in this channel is told, in milliseconds. */
function nextDigest(guildContext: GuildContext, place: GuildChannelIds, digest: DigestSetting): number {
  const now = guildContext.now();
  const channel = guildContext.config.channels.find(({ name }) => name === guildChannelName(place));
  if (digest === 'off' || channel === undefined) return now;
  return digestPeriod(now, { every: digest, minute: channel.digestAt }, channel.timezone).to;
}

/** Whether this channel's alerts are told one by one or collected. What waits is told by the next digest at the latest. */
export async function setDigest(
  guildContext: GuildContext,
  place: GuildChannelIds,
  digest: DigestSetting,
): Promise<SettingResult> {
  const done = await set(guildContext, place, { digest });
  // Sent now, because from here on nothing is collected by the old schedule any more.
  if (done.kind === 'set') {
    await guildContext.db.batch([sendBy(guildChannelName(place), iso(nextDigest(guildContext, place, digest)))]);
  }
  return done;
}

/** The answer to a request for what the digest has collected so far. */
export type DigestNow =
  /** This many stories come in one message now. */
  | { readonly kind: 'comes'; readonly stories: number }
  /** Nothing is waiting: what this channel was told lately. */
  | { readonly kind: 'nothing waits'; readonly from: Iso; readonly told: readonly Story[] };

const lookedBackMs = 7 * dayMs;

/** Sends what waits in this channel's digest now. The next digest keeps its time, and no setting changes. */
export async function digestNow(guildContext: GuildContext, place: GuildChannelIds): Promise<DigestNow> {
  const { db } = guildContext;
  const name = channelName(guildContext, place);
  const now = iso(guildContext.now());
  const stories = await countCollected(db, name);
  if (stories > 0) {
    await db.batch([hurryDigest(name, now)]);
    return { kind: 'comes', stories };
  }
  const from = iso(guildContext.now() - lookedBackMs);
  const told: Story[] = [];
  for (const subject of await subjectsTold(db, name, from)) {
    const story = await storyById(db, subject);
    if (story !== null) told.push(story);
  }
  return { kind: 'nothing waits', from, told };
}

/** Sets the language of this channel's alerts. */
export async function setLanguage(
  guildContext: GuildContext,
  place: GuildChannelIds,
  locale: string,
): Promise<SettingResult> {
  return set(guildContext, place, { locale });
}

export type SettingsChange = Partial<ChannelSettings>;

/** The settings in force in a channel, whether the file or people here set them. */
export interface SettingsHere {
  readonly by: 'file' | 'here';
  /** The file's name for the channel; else its own name. */
  readonly name: string;
  readonly thread: boolean;
  readonly forum: string | null;
  readonly silent: readonly string[];
  readonly quiet: { readonly from: number; readonly to: number } | null;
  readonly timezone: string;
  readonly digest: DigestSetting;
  readonly locale: string;
  readonly mention: readonly MentionRule[];
}

export async function settingsHere(guildContext: GuildContext, place: GuildChannelIds): Promise<SettingsHere> {
  const { config, db } = guildContext;
  const file = guildContext.fileChannel(place.channel);
  const name = channelName(guildContext, place);
  const channel = config.channels.find((one) => one.name === name);
  const set = file === null ? await guildChannelByName(db, name) : null;
  return {
    by: file === null ? 'here' : 'file',
    name,
    thread: channel?.thread ?? false,
    forum: set?.settings?.forum ?? null,
    silent: channel?.silent ?? [],
    quiet: channel?.quiet ?? null,
    timezone: channel?.timezone ?? config.timezone,
    digest: channel?.digest ?? 'off',
    locale: channel?.locale ?? config.locale,
    mention: channel?.mention ?? [],
  };
}

/** Settings that the change leaves out stay as they are. */
export async function changeSettings(
  guildContext: GuildContext,
  place: GuildChannelIds,
  change: SettingsChange,
): Promise<SettingResult> {
  const known = await guildChannelByName(guildContext.db, guildChannelName(place));
  return set(guildContext, place, { settings: { ...known?.settings, ...change } });
}
