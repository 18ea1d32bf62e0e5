// Language and digest of a Discord channel, where the file does not set them.

import { digestPeriod } from '../outbox/hours.ts';
import { speakBy } from '../store/deliveries.ts';
import { type GuildChannel, saveGuildChannel } from '../store/guilds.ts';
import { iso } from '../types/time.ts';
import { channelOf, type GuildChannelIds, type GuildContext, guildChannelName } from './context.ts';

export type DigestSetting = NonNullable<GuildChannel['digest']>;
export type SettingResult = { readonly kind: 'set' } | { readonly kind: 'of the file'; readonly channel: string };

async function set(
  guildContext: GuildContext,
  place: GuildChannelIds,
  settings: Partial<Pick<GuildChannel, 'locale' | 'digest'>>,
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
    await guildContext.db.batch([speakBy(guildChannelName(place), iso(nextDigest(guildContext, place, digest)))]);
  }
  return done;
}

/** In which language alerts of this channel are told. */
export async function setLanguage(
  guildContext: GuildContext,
  place: GuildChannelIds,
  locale: string,
): Promise<SettingResult> {
  return set(guildContext, place, { locale });
}
