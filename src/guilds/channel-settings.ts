// Language and digest of a Discord channel, where the file does not set them.
import { digestPeriod } from '../outbox/hours.ts';
import { speakBy } from '../store/deliveries.ts';
import { type GuildChannel, saveGuildChannel } from '../store/guilds.ts';
import { channelOf, type Desk, guildChannelName, type Place } from './context.ts';

export type Digest = NonNullable<GuildChannel['digest']>;
export type Setting = { readonly kind: 'set' } | { readonly kind: 'of the file'; readonly channel: string };

async function set(
  desk: Desk,
  place: Place,
  settings: Partial<Pick<GuildChannel, 'locale' | 'digest'>>,
): Promise<Setting> {
  const file = desk.fileChannel(place.channel);
  if (file !== null) return { kind: 'of the file', channel: file };
  await desk.db.batch(saveGuildChannel(channelOf(place, settings), new Date(desk.now()).toISOString()));
  await desk.changed();
  return { kind: 'set' };
}

/** When what this channel collects is told from now on, in milliseconds. */
function nextDigest(desk: Desk, place: Place, digest: Digest): number {
  const now = desk.now();
  const channel = desk.config.channels.find(({ name }) => name === guildChannelName(place));
  if (digest === 'off' || channel === undefined) return now;
  return digestPeriod(now, { every: digest, minute: channel.digestAt }, channel.timezone).to;
}

/** When alerts of this channel are told: one by one, or collected. What waits already waits no longer than that. */
export async function setDigest(desk: Desk, place: Place, digest: Digest): Promise<Setting> {
  const done = await set(desk, place, { digest });
  // Only now is nothing collected by the old hours any more.
  if (done.kind === 'set') {
    await desk.db.batch([speakBy(guildChannelName(place), new Date(nextDigest(desk, place, digest)).toISOString())]);
  }
  return done;
}

/** In which language alerts of this channel are told. */
export async function setLanguage(desk: Desk, place: Place, locale: string): Promise<Setting> {
  return set(desk, place, { locale });
}
