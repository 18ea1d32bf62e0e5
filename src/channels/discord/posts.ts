// Searches a forum's active and archived posts for one of ours with the same content.
import { z } from 'zod';
import type { Outcome } from '../../types/delivery.ts';
import { carries, messageShape, type Search } from './doubt.ts';
import { snowflakeAt } from './marker.ts';
import { blind, outcomeOf } from './outcome.ts';
import type { DiscordPage } from './page.ts';
import type { DiscordPlace } from './place.ts';
import type { Sender } from './send.ts';

export type PostFinder = (
  place: DiscordPlace,
  page: DiscordPage,
  sinceMs: number,
  signal: AbortSignal,
) => Promise<Search>;

const thread = z.object({
  id: z.string().regex(/^\d+$/),
  name: z.string(),
  parent_id: z.string().nullish(),
  thread_metadata: z.object({ archive_timestamp: z.string() }).optional(),
});
const list = z.object({ threads: z.array(z.unknown()), has_more: z.boolean().catch(false) });

type Thread = z.infer<typeof thread>;
type Listing =
  | { readonly threads: readonly Thread[]; readonly more: boolean }
  | { readonly outcome: Outcome }
  | 'closed';

/** Allows for a difference between Discord's clock and ours. */
const marginMs = 60_000;

function unknown(outcome: Outcome): Search {
  return { kind: 'unknown', outcome: outcome.kind === 'later' ? { ...outcome, doubtful: true } : outcome };
}

export function createPostFinder({ connection }: Pick<Sender, 'connection'>): PostFinder {
  async function listed(path: `/${string}`, signal: AbortSignal): Promise<Listing> {
    const answer = await connection.call({ method: 'GET', path, auth: true }, signal);
    if (blind(answer)) return 'closed';
    if (answer.kind !== 'answer') return { outcome: outcomeOf(answer) };
    const read = list.safeParse(answer.body);
    const unread: Outcome = {
      kind: 'later',
      reason: { code: 'discord.posts-unlisted', params: {} },
      afterMs: null,
      doubtful: true,
    };
    if (!read.success) return { outcome: unread };
    return { threads: read.data.threads.flatMap((one) => thread.safeParse(one).data ?? []), more: read.data.has_more };
  }

  /** An outcome when it cannot be known now. */
  async function isOurs({ id, name }: Thread, page: DiscordPage, signal: AbortSignal): Promise<boolean | Outcome> {
    const path = `/channels/${id}/messages/${id}` as const;
    const answer = await connection.call({ method: 'GET', path, auth: true }, signal);
    if (answer.kind === 'answer') {
      const read = messageShape.safeParse(answer.body);
      return read.success && carries(read.data, page, null);
    }
    if (answer.kind !== 'refused') return outcomeOf(answer);
    // The first message was deleted or may not be read, so compare the title.
    return name === page.heading.name;
  }

  async function among(threads: readonly Thread[], page: DiscordPage, signal: AbortSignal): Promise<Search | null> {
    const named = ({ name }: Thread): number => (name === page.heading.name ? 0 : 1);
    for (const one of threads.toSorted((a, b) => named(a) - named(b))) {
      const ours = await isOurs(one, page, signal);
      if (typeof ours !== 'boolean') return unknown(ours);
      if (ours) return { kind: 'found', messageId: one.id };
    }
    return null;
  }

  return async (place, page, sinceMs, signal) => {
    const least = BigInt(snowflakeAt(sinceMs - marginMs));
    const young = (threads: readonly Thread[]): readonly Thread[] =>
      threads.filter(({ id, parent_id: parent }) => BigInt(id) >= least && (parent ?? place.channel) === place.channel);
    if (place.guild !== null) {
      const active = await listed(`/guilds/${place.guild}/threads/active`, signal);
      if (active !== 'closed' && 'outcome' in active) return unknown(active.outcome);
      const found = active === 'closed' ? null : await among(young(active.threads), page, signal);
      if (found !== null) return found;
    }
    for (let before = ''; ; ) {
      const folded = await listed(`/channels/${place.channel}/threads/archived/public?limit=100${before}`, signal);
      if (folded === 'closed') return { kind: 'absent' };
      if ('outcome' in folded) return unknown(folded.outcome);
      const found = await among(young(folded.threads), page, signal);
      if (found !== null) return found;
      // The newest archived posts come first, so further ones are older than the attempt.
      const last = folded.threads.at(-1)?.thread_metadata?.archive_timestamp;
      if (!folded.more || last === undefined || Date.parse(last) < sinceMs - marginMs) return { kind: 'absent' };
      before = `&before=${encodeURIComponent(last)}`;
    }
  };
}
