// A rate limit that channels share belongs to one worker at a time.
import { expect, it } from 'vitest';
import { createPaces } from '../../src/outbox/paces.ts';
import type { Held, Holds } from '../../src/store/holds.ts';

/** Leases that two workers want. `freed`: in how many milliseconds each release freed one. */
function leases() {
  const taken = new Set<string>();
  const freed: (number | undefined)[] = [];
  const lost = new AbortController();
  const holds: Holds = {
    shared: true,
    expire: () => undefined,
    hold: async (name) => {
      if (taken.has(name)) return null;
      taken.add(name);
      const held: Held = {
        guard: () => [],
        prove: () => Promise.resolve(true),
        signal: lost.signal,
        release: async (freeInMs) => {
          taken.delete(name);
          freed.push(freeInMs);
        },
      };
      return held;
    },
  };
  return { holds, freed, lost };
}

function open() {
  const clock = { now: 0 };
  const { holds, freed, lost } = leases();
  const workers = [createPaces(holds, () => clock.now), createPaces(holds, () => clock.now)] as const;
  return { clock, freed, lost, workers };
}

it('one worker has it until it rests; the other one begins when the windows of what was sent are over', async () => {
  const { clock, freed, workers } = open();
  const [one, other] = workers;
  const turn = await one.take('bot');
  expect(await one.take('bot')).not.toBeNull();
  expect(await other.take('bot')).toBeNull();
  // A channel with a limit of its own, and one of another bot, are free.
  expect([await other.take(undefined), await other.take('second bot')]).not.toContain(null);
  turn?.done();
  clock.now = 10_000;
  await one.tidy(false);
  expect(freed).toEqual([]);
});

it('a rest of five seconds frees it; asked again too early, nobody asks the database', async () => {
  const { clock, freed, workers } = open();
  const [one, other] = workers;
  (await one.take('bot'))?.done();
  expect(await other.take('bot')).toBeNull();
  clock.now = 4_000;
  await one.tidy(false);
  expect(await other.take('bot')).toBeNull();
  clock.now = 5_500;
  await one.tidy(false);
  expect(freed).toEqual([500]);
  expect(await other.take('bot')).toBeNull();
  clock.now = 6_100;
  expect(await other.take('bot')).not.toBeNull();
});

it('where others have work that this worker cannot do, they get it in time, after what is under way', async () => {
  const { clock, freed, workers } = open();
  const [one, other] = workers;
  const turn = await one.take('bot');
  clock.now = 31_000;
  await one.tidy(true);
  expect(await one.take('bot')).toBeNull();
  expect(await other.take('bot')).toBeNull();
  turn?.done();
  await one.tidy(true);
  expect(freed).toEqual([6_000]);
  clock.now = 37_500;
  expect(await one.take('bot')).toBeNull();
  expect(await other.take('bot')).not.toBeNull();
});

it('a lease that was lost is asked for anew', async () => {
  const { clock, lost, workers } = open();
  const [one] = workers;
  const turn = await one.take('bot');
  lost.abort();
  expect(turn?.signal.aborted).toBe(true);
  expect(await one.take('bot')).toBeNull();
  clock.now = 3_000;
  expect(await one.take('bot')).toBeNull();
});

it('many asks at once are one, and a worker that ends frees everything', async () => {
  const { freed, workers } = open();
  const [one] = workers;
  const turns = await Promise.all([one.take('bot'), one.take('bot'), one.take('bot')]);
  expect(turns).not.toContain(null);
  for (const turn of turns) turn?.done();
  await one.release();
  expect(freed).toEqual([6_000]);
});
