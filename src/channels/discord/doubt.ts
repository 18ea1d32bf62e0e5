// Resolves an attempt with unknown outcome: searches the channel for a message of ours with the same content.
import { z } from 'zod';
import type { Outcome } from '../../types/delivery.ts';
import type { Connection } from './connection.ts';
import { snowflakeAt } from './marker.ts';
import { blind, outcomeOf, unknownChannel } from './outcome.ts';
import type { DiscordPage } from './page.ts';

export type Search =
  | { readonly kind: 'found'; readonly messageId: string }
  /** Not found, or the history may not be read, or the thread is gone. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unknown'; readonly outcome: Outcome };

/** `reply`: id of the message that it refers to, in the same channel. */
export type Finder = (
  channel: string,
  sought: { readonly page: DiscordPage; readonly reply: string | null },
  sinceMs: number,
  signal: AbortSignal,
) => Promise<Search>;

const user = z.object({ id: z.string() });
export const messageShape = z.object({
  id: z.string().regex(/^\d+$/),
  author: user,
  content: z.string().catch(''),
  embeds: z
    .array(
      z.object({
        title: z.string().nullish(),
        url: z.string().nullish(),
        description: z.string().nullish(),
        footer: z.object({ text: z.string() }).nullish(),
      }),
    )
    .catch([]),
  message_reference: z.object({ message_id: z.string().nullish() }).nullish(),
});

type Entry = z.infer<typeof messageShape>;

/** For comparison: Discord normalises white space, and the beginning of a long text is enough. */
const gist = (text: string | null | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim().slice(0, 300);

function gistOf(embed: Pick<Entry['embeds'][number], 'title' | 'url' | 'description'> | undefined): readonly string[] {
  const url = embed?.url ?? null;
  // Two embeds with the same title are told apart by their address, or else by their description.
  return [gist(embed?.title), url === null ? gist(embed?.description) : (URL.parse(url)?.href ?? url)];
}

/** Same content and embed, and a reply to the same message if it refers to one. */
function says(entry: Entry, { message }: DiscordPage, reply: string | null): boolean {
  const refers = entry.message_reference?.message_id ?? null;
  if (reply !== null && refers !== null && refers !== reply) return false;
  const [there, sent] = [entry.embeds[0], message.embeds?.[0]].map(gistOf);
  return gist(entry.content) === gist(message.content) && there?.join('\n') === sent?.join('\n');
}

const pageSize = 100;
/** Allows for a difference between Discord's clock and ours. */
const marginMs = 60_000;

/** Whether a message of ours is this page; earlier versions wrote the page's marker into the message. */
export function carries(entry: Entry, page: DiscordPage, reply: string | null): boolean {
  const { marker } = page;
  const marked =
    entry.content.includes(marker) || entry.embeds.some(({ footer }) => footer?.text.includes(marker) === true);
  return marked || says(entry, page, reply);
}

function newest(ids: readonly string[]): string | null {
  return ids.reduce<string | null>((most, id) => (most === null || BigInt(id) > BigInt(most) ? id : most), null);
}

/** The bot's own id, requested once; an outcome when Discord does not return it. */
export type Self = (signal: AbortSignal) => Promise<Outcome | string>;

export function createSelf(connection: Connection): Self {
  let self: string | null = null;
  return async (signal) => {
    if (self !== null) return self;
    const answer = await connection.call({ method: 'GET', path: '/users/@me', auth: true }, signal);
    if (answer.kind !== 'answer') return outcomeOf(answer);
    const read = user.safeParse(answer.body);
    if (!read.success)
      return { kind: 'later', reason: { code: 'discord.self-unsaid', params: {} }, afterMs: null, doubtful: true };
    self = read.data.id;
    return self;
  };
}

export function createFinder(connection: Connection, self: Self): Finder {
  // How far an interrupted search has come, so that a rate limit does not make it start over for ever.
  const reached = new Map<string, string>();

  return async (channel, { page, reply }, sinceMs, signal) => {
    const { marker } = page;
    const me = await self(signal);
    if (typeof me !== 'string') return { kind: 'unknown', outcome: me };
    for (;;) {
      const after = reached.get(marker) ?? snowflakeAt(sinceMs - marginMs);
      const path = `/channels/${channel}/messages?after=${after}&limit=${pageSize}` as const;
      const answer = await connection.call({ method: 'GET', path, auth: true }, signal);
      if (blind(answer) || unknownChannel(answer)) return { kind: 'absent' };
      if (answer.kind !== 'answer') return { kind: 'unknown', outcome: outcomeOf(answer) };
      const envelope = z.array(z.unknown()).safeParse(answer.body);
      if (!envelope.success) {
        return {
          kind: 'unknown',
          outcome: {
            kind: 'later',
            reason: { code: 'discord.messages-unlisted', params: {} },
            afterMs: null,
            doubtful: true,
          },
        };
      }
      const messages = envelope.data.flatMap((entry) => messageShape.safeParse(entry).data ?? []);
      const ours = messages.find((entry) => entry.author.id === me && carries(entry, page, reply));
      const last = newest(messages.map(({ id }) => id));
      if (ours !== undefined || envelope.data.length < pageSize || last === null) {
        reached.delete(marker);
        return ours === undefined ? { kind: 'absent' } : { kind: 'found', messageId: ours.id };
      }
      reached.set(marker, last);
    }
  };
}
