// Language and digest of a Discord channel, where the file does not set them.

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

/** When what this channel collects is told from now on, in milliseconds. */
function nextDigest(guildContext: GuildContext, place: GuildChannelIds, digest: DigestSetting): number {
  const now = guildContext.now();
  const channel = guildContext.config.channels.find(({ name }) => name === guildChannelName(place));
  if (digest === 'off' || channel === undefined) return now;
  return digestPeriod(now, { every: digest, minute: channel.digestAt }, channel.timezone).to;
}

/** When alerts of this channel are told: one by one, or collected. What waits already waits no longer than that. */
export async function setDigest(
  guildContext: GuildContext,
  place: GuildChannelIds,
  digest: DigestSetting,
): Promise<SettingResult> {
  const done = await set(guildContext, place, { digest });
  // Only now is nothing collected by the old hours any more.
  if (done.kind === 'set') {
    await guildContext.db.batch([sendBy(guildChannelName(place), iso(nextDigest(guildContext, place, digest)))]);
  }
  return done;
}

/** What comes of asking for what a digest has collected so far. */
export type DigestNow =
  /** So many stories come in one message now. */
  | { readonly kind: 'comes'; readonly stories: number }
  /** Nothing waits here: what this channel was told lately. */
  | { readonly kind: 'nothing waits'; readonly from: Iso; readonly told: readonly Story[] };

const lookedBackMs = 7 * dayMs;

/** What waits in this channel's digest comes now, and the next one keeps its time; nothing of the settings changes. */
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

/** In which language alerts of this channel are told. */
export async function setLanguage(
  guildContext: GuildContext,
  place: GuildChannelIds,
  locale: string,
): Promise<SettingResult> {
  return set(guildContext, place, { locale });
}

export type SettingsChange = Partial<ChannelSettings>;

/** How alerts come in a channel now, whoever set it. */
export interface SettingsHere {
  readonly by: 'file' | 'here';
  /** What the file calls the channel; else its own name. */
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

/** What the change leaves out stays as it is. */
export async function changeSettings(
  guildContext: GuildContext,
  place: GuildChannelIds,
  change: SettingsChange,
): Promise<SettingResult> {
  const known = await guildChannelByName(guildContext.db, guildChannelName(place));
  return set(guildContext, place, { settings: { ...known?.settings, ...change } });
}
