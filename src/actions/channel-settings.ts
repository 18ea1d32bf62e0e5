// Language and digest of a Discord channel, where the file does not set them.
import { type GuildChannel, saveGuildChannel } from '../store/guilds.ts';
import { channelOf, type Desk, type Place } from './place.ts';

export type Digest = NonNullable<GuildChannel['digest']>;
export type Setting = { readonly kind: 'set' } | { readonly kind: 'of the file'; readonly channel: string };

async function set(
  desk: Desk,
  place: Place,
  settings: Partial<Pick<GuildChannel, 'locale' | 'digest'>>,
): Promise<Setting> {
  const file = desk.fileChannel(place.channel);
  if (file !== null) return { kind: 'of the file', channel: file };
  await desk.db.batch([saveGuildChannel(channelOf(place, settings), new Date(desk.now()).toISOString())]);
  await desk.changed();
  return { kind: 'set' };
}

/** When alerts of this channel are told: one by one, or collected. */
export async function setDigest(desk: Desk, place: Place, digest: Digest): Promise<Setting> {
  return set(desk, place, { digest });
}

/** In which language alerts of this channel are told. */
export async function setLanguage(desk: Desk, place: Place, locale: string): Promise<Setting> {
  return set(desk, place, { locale });
}
