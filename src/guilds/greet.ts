// Servers that the bot is in: one that adds the bot while it runs is greeted once; the others are only recorded.
import { noticeStatement } from '../outbox/notice.ts';
import type { NoticeWords } from '../outbox/target.ts';
import { saveGuildChannel } from '../store/guilds.ts';
import { addServer, knowServers } from '../store/servers.ts';
import { iso } from '../types/time.ts';
import { channelName, channelOf, type GuildContext } from './context.ts';

type GreetContext = Pick<GuildContext, 'db' | 'now' | 'fileChannel' | 'changed'>;

/** A server, and the channel where Discord itself greets people; null = none that the bot may write in. */
export interface NewServer {
  readonly guild: string;
  readonly channel: string | null;
}

/** Records the servers the bot is in when it connects: a start greets nobody. */
export async function noteServers({ db, now }: GreetContext, guilds: readonly string[]): Promise<void> {
  await db.batch(knowServers(guilds, iso(now())));
}

/** True when a welcome is owed now; false for a server that is known already. */
export async function greet(
  context: GreetContext,
  { guild, channel }: NewServer,
  words: NoticeWords,
): Promise<boolean> {
  const nowMs = context.now();
  const now = iso(nowMs);
  if (channel === null) {
    await context.db.batch([addServer(guild, now)]);
    return false;
  }
  const place = { guild, channel };
  const known = context.fileChannel(channel) !== null;
  const done = await context.db.batch([
    addServer(guild, now),
    ...(known ? [] : saveGuildChannel(channelOf(place), now)),
    noticeStatement(channelName(context, place), { about: `welcome:${guild}`, said: words, seq: nowMs * 1000 }, now),
  ]);
  if (done === 'conflict') return false;
  await context.changed();
  return true;
}
