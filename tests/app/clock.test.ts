// When the worker wakes: by the schedule, at once after the clock was set, and never twice for what was missed.
import { expect, it } from 'vitest';
import { keepTime } from '../../src/app/clock.ts';

const minuteMs = 60_000;
const start = Date.parse('2026-03-02T10:00:00.000Z');

/** A clock that goes on with each wait, and is set once so many milliseconds have passed. */
function settable(steps: readonly { readonly afterMs: number; readonly byMs: number }[], untilMs: number) {
  const stop = new AbortController();
  const left = [...steps];
  let passedMs = 0;
  let setMs = 0;
  return {
    stop,
    passedMs: () => passedMs,
    now: () => start + passedMs + setMs,
    wait: async (ms: number) => {
      passedMs += ms;
      const [next] = left;
      if (next !== undefined && passedMs >= next.afterMs) {
        setMs += next.byMs;
        left.shift();
      }
      if (passedMs >= untilMs) stop.abort();
    },
  };
}

it.each([
  ['is left alone', [], [60, 120, 180, 240]],
  ['is set back an hour', [{ afterMs: 90_000, byMs: -3_600_000 }], [60, 120, 180, 240]],
  ['leaps a month ahead', [{ afterMs: 90_000, byMs: 30 * 86_400_000 }], [60, 90, 120, 180, 240]],
  [
    'leaps ahead and comes back',
    [
      { afterMs: 90_000, byMs: 86_400_000 },
      { afterMs: 100_000, byMs: -86_400_000 },
    ],
    [60, 90, 120, 180, 240],
  ],
])('wakes each minute when the clock %s', async (_, steps, seconds) => {
  const clock = settable(steps, 245_000);
  const wakes: number[] = [];
  const nextAt = (): number => (Math.floor(clock.now() / minuteMs) + 1) * minuteMs;
  await keepTime(clock, nextAt, async () => void wakes.push(Math.round(clock.passedMs() / 1000)), clock.stop.signal);
  expect(wakes).toEqual(seconds);
});

it('a wake that takes longer than the gap is followed by one, not by all that it missed', async () => {
  const clock = settable([], 400_000);
  const wakes: number[] = [];
  const nextAt = (): number => (Math.floor(clock.now() / minuteMs) + 1) * minuteMs;
  const slowly = async (): Promise<void> => {
    wakes.push(Math.round(clock.passedMs() / 1000));
    if (wakes.length === 1) await clock.wait(200_000);
  };
  await keepTime(clock, nextAt, slowly, clock.stop.signal);
  expect(wakes).toEqual([60, 300, 360]);
});
