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
  [1, 60],
  [50, 10],
])('%i channels, %i alerts each', async (channels, messagesEach) => {
  const result = await burst({ channels, messagesEach, latency: [60, 140] }, (ms) => vi.setSystemTime(ms));
  expect(result).toMatchObject({ arrived: channels * messagesEach, doubled: 0, inOrder: true, invalid: 0 });
  expect(result.share).toBeGreaterThan(0.95);
});

it('fifty requests a second, and no sooner than the window is surely over', () => {
  let now = 1_000;
  const pace = createPace(() => now);
  expect(Array.from({ length: 50 }, pace)).toEqual(Array.from({ length: 50 }, () => 0));
  now += 400;
  expect(pace()).toBe(640);
  now += 640;
  expect(pace()).toBe(0);
});

it('a clock that was set back stops nothing', () => {
  let now = 10_000_000;
  const pace = createPace(() => now);
  for (let index = 0; index < 50; index += 1) pace();
  now = 1_000;
  expect(pace()).toBe(0);
});
