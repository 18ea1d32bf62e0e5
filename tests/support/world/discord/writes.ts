// Limits that depend on a message's age or publication: 429s with their own codes and long waits.
// https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
import type { Said } from '../service.ts';
import type { ChannelState, DiscordState, MessageState } from './state.ts';

const HOUR = 3_600_000;

export interface WriteLimits {
  /** Edits per hour and channel of messages older than an hour (30046). */
  oldEdits: number;
  /** Edits per hour of a message that was published to followers (20022). */
  publishedEdits: number;
  /** Messages per twenty minutes in an announcement channel (20028). */
  announcements: number;
}

export function createWriteLimits(): WriteLimits {
  return { oldEdits: 100, publishedEdits: 3, announcements: 1_000 };
}

interface Limit {
  readonly key: string;
  readonly most: number;
  readonly windowMs: number;
  readonly code: number;
  readonly message: string;
  /** The value in the header; null = the same as in the body. */
  readonly headerSeconds: number | null;
}

function take(state: DiscordState, limit: Limit): Said | null {
  const now = state.now();
  const done = (state.writes.get(limit.key) ?? []).filter((at) => at > now - limit.windowMs);
  const [first = now] = done;
  if (done.length >= limit.most) {
    const seconds = Math.max(1, Math.ceil((first + limit.windowMs - now) / 1_000));
    return {
      status: 429,
      headers: { 'retry-after': String(limit.headerSeconds ?? seconds), 'x-ratelimit-scope': 'user' },
      body: { message: limit.message, code: limit.code, retry_after: seconds, global: false },
    };
  }
  state.writes.set(limit.key, [...done, now]);
  return null;
}

export function editLimit(state: DiscordState, message: MessageState): Said | null {
  const { oldEdits, publishedEdits } = state.writeLimits;
  if (state.crossposted.has(message.id)) {
    return take(state, {
      key: `published ${message.id}`,
      most: publishedEdits,
      windowMs: HOUR,
      code: 20022,
      message: 'This message cannot be edited due to announcement rate limits.',
      headerSeconds: null,
    });
  }
  if (state.now() - Date.parse(message.timestamp) < HOUR) return null;
  return take(state, {
    key: `old ${message.channel_id}`,
    most: oldEdits,
    windowMs: HOUR,
    code: 30046,
    message: 'Maximum number of edits to messages older than 1 hour reached. Try again later.',
    headerSeconds: null,
  });
}

export function writeLimit(state: DiscordState, channel: ChannelState): Said | null {
  if (channel.type !== 5) return null;
  return take(state, {
    key: `announcements ${channel.id}`,
    most: state.writeLimits.announcements,
    windowMs: HOUR / 3,
    code: 20028,
    message: 'The write action you are performing on the channel has hit the write rate limit.',
    headerSeconds: 1,
  });
}
