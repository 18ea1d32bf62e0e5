// A short burst: what Discord's headers permit is used, nothing is refused, lost, doubled or out of order.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createPace } from '../../../src/channels/discord/pace.ts';
import { burst } from '../../bench/discord-burst.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

it.each([
  { channels: 1, messagesEach: 60, latency: [80, 100], least: 0.95 },
  { channels: 50, messagesEach: 10, latency: [80, 100], least: 0.95 },
  // What answers differ in cannot be used: a request may have arrived as late as its answer says.
  { channels: 50, messagesEach: 10, latency: [60, 140], least: 0.9 },
  { channels: 100, messagesEach: 4, latency: [60, 140], least: 0.9 },
] as const)('$channels channels, $messagesEach alerts each, $latency ms', async ({ least, ...how }) => {
  const result = await burst(how, (ms) => vi.setSystemTime(ms));
  const owed = how.channels * how.messagesEach;
  expect(result).toMatchObject({ arrived: owed, doubled: 0, inOrder: true, invalid: 0 });
  expect(result.share).toBeGreaterThan(least);
});

/** Answers come `tookMs` after the request, all at once. */
function paceAt(clock: { now: number }, tookMs: number) {
  const pace = createPace(() => clock.now);
  const ask = (who: string): number | 'went' => {
    const room = pace(who);
    if (room.heard === null) return room.afterMs;
    const at = clock.now;
    clock.now += tookMs;
    room.heard();
    clock.now = at;
    return 'went';
  };
  return ask;
}

it('fifty requests a second, and no sooner than the window is surely over', () => {
  const clock = { now: 1_000 };
  const ask = paceAt(clock, 100);
  expect(Array.from({ length: 50 }, (_, n) => ask(`${n}`))).toEqual(Array.from({ length: 50 }, () => 'went'));
  clock.now += 400;
  // They may have arrived as late as they were answered.
  expect(ask('a')).toBe(702);
  clock.now += 702;
  expect(ask('a')).toBe('went');
});

it('who waited longest goes first, and who does not come back holds nobody up', () => {
  const clock = { now: 1_000 };
  const ask = paceAt(clock, 0);
  for (let n = 0; n < 49; n += 1) ask(`${n}`);
  clock.now += 500;
  expect(ask('last')).toBe('went');
  expect([ask('first'), ask('second')]).toEqual([502, 502]);
  for (let n = 0; n < 48; n += 1) ask(`more ${n}`);
  expect(ask('fiftieth')).toBe(1_504);
  clock.now += 502 + 600;
  expect(ask('second')).toBe('went');
});

it('a clock that was set back stops nothing', () => {
  const clock = { now: 10_000_000 };
  const ask = paceAt(clock, 0);
  for (let n = 0; n < 50; n += 1) ask(`${n}`);
  clock.now = 1_000;
  expect(ask('a')).toBe('went');
});
