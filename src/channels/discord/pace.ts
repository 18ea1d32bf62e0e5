// Keeps requests within Discord's global limit: being refused counts against us, waiting a moment does not.

import type { Urgency } from '../define.ts';

/** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const requests = 50;
/** A second, plus a margin for differences between clocks. */
const turnMs = 1_002;
/** A caller that comes back later than this has lost its place in the queue. */
const patienceMs = 500;
/** Idle requests use no more of a second than this, and nothing while another caller waits. */
const idleMost = 25;

export type Room =
  /** Send now; the request is counted. Call `heard` when the answer arrives: it bounds when the request reached Discord. */
  | { readonly afterMs: 0; readonly heard: () => void }
  /** Milliseconds to wait: a caller that comes back then, under the same name, keeps its place. */
  | { readonly afterMs: number; readonly heard: null };

/** First come, first served: a caller that has just been served queues behind those waiting. */
export type RequestPace = (who: string, urgency?: Urgency) => Room;

export function createPace(now: () => number): RequestPace {
  /** By when each of the latest requests had reached Discord, with the shortest latency subtracted; oldest first. */
  let went: readonly { at: number }[] = [];
  /** Waiting callers in order of arrival, and when each was told to come back. */
  const waiting = new Map<string, number>();
  /** The shortest latency, not counting the first requests, which also had to connect; used once there are enough samples. */
  let leastMs = Number.POSITIVE_INFINITY;
  let answers = 0;

  function go(at: number): Room {
    const mine = { at };
    went = [...went, mine].slice(-requests);
    return {
      afterMs: 0,
      heard: () => {
        const tookMs = Math.max(0, now() - at);
        answers += 1;
        if (answers > requests) leastMs = Math.min(leastMs, tookMs);
        // A request that was delayed on our side, or had to connect first, reached Discord later than it began.
        mine.at = at + tookMs - (answers > 1.5 * requests ? Math.min(leastMs, tookMs) : 0);
        went = went.toSorted((one, other) => one.at - other.at);
      },
    };
  }

  return (who, urgency = 'now') => {
    const at = now();
    // After the clock was set back, requests "from the future" cannot be counted.
    const counted = went.filter((one) => one.at <= at && one.at + turnMs > at);
    for (const [name, until] of waiting) if (name !== who && until + patienceMs < at) waiting.delete(name);
    if (urgency === 'idle')
      return waiting.size === 0 && counted.length < idleMost ? go(at) : { afterMs: turnMs, heard: null };
    if (!waiting.has(who)) waiting.set(who, at);
    const before = [...waiting.keys()].indexOf(who);
    const free = requests - counted.length;
    if (before < free) {
      waiting.delete(who);
      return go(at);
    }
    const behind = before - free;
    const opens = (counted[behind % requests]?.at ?? at) + turnMs * (Math.floor(behind / requests) + 1);
    waiting.set(who, opens);
    return { afterMs: Math.max(1, Math.ceil(opens - at)), heard: null };
  };
}
