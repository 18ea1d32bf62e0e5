// Discord's limit over all routes together, kept before it is met: a refusal counts against us, a moment's wait does not.

/** https://discord.com/developers/docs/topics/rate-limits#global-rate-limit */
const requests = 50;
const windowMs = 1_000;
/** Requests overtake each other on the way: the window is kept this much longer than Discord's. */
const spreadMs = 40;

/** Zero: go, and it is counted. Otherwise how many milliseconds until there is room. */
export type Pace = () => number;

export function createPace(now: () => number): Pace {
  /** When the latest requests went out, the oldest first. */
  const went: number[] = [];
  return () => {
    const at = now();
    const oldest = went.length < requests ? null : (went[0] ?? null);
    const wait = oldest === null ? 0 : oldest + windowMs + spreadMs - at;
    // Longer than the window itself: the clock was set back.
    if (wait > 0 && wait <= windowMs + spreadMs) return wait;
    if (oldest !== null) went.shift();
    went.push(at);
    return 0;
  };
}
