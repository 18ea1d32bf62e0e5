// Discord's limit over all routes together, kept before it is met: a refusal counts against us, a moment's wait does not.

/** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const requests = 50;
/** A second, and what clocks may differ in it. */
const turnMs = 1_002;
/** Who was told to come back and is so late has given up the place. */
const patienceMs = 500;

export type Room =
  /** Go, and it is counted. `heard`: call it when the answer is there: it tells by when the request had arrived. */
  | { readonly afterMs: 0; readonly heard: () => void }
  /** Milliseconds until there is room: come back then, under the same name, and the place is kept. */
  | { readonly afterMs: number; readonly heard: null };

/** First come, first served: who has just had a turn stands behind those who wait. */
export type RequestPace = (who: string) => Room;

export function createPace(now: () => number): RequestPace {
  /** By when the latest requests had reached Discord, less the shortest way there; the oldest first. */
  let went: readonly { at: number }[] = [];
  /** Who waits, in the order of asking, and when each was told to come back. */
  const waiting = new Map<string, number>();
  /** The quickest answer, but for the first ones, which had to connect; believed when there were enough. */
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
        // What we were too busy to send at once, or what had to connect first, reached Discord later than it was begun.
        mine.at = at + tookMs - (answers > 1.5 * requests ? Math.min(leastMs, tookMs) : 0);
        went = went.toSorted((one, other) => one.at - other.at);
      },
    };
  }

  return (who) => {
    const at = now();
    // A clock that was set back knows nothing of what went out after it.
    const counted = went.filter((one) => one.at <= at && one.at + turnMs > at);
    for (const [name, until] of waiting) if (name !== who && until + patienceMs < at) waiting.delete(name);
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
