// Who is at the gateway, and how often somebody tries to be.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type BotWorld, backOffMs, keepBot } from '../../src/bot/gateway.ts';
import { plainBot } from '../support/bot/bot.ts';
import { openWorld, type World } from '../support/world/open.ts';

let world: World;
let stop: AbortController;
let waits: number[];
let said: string[];
beforeEach(async () => {
  world = await openWorld();
  stop = new AbortController();
  waits = [];
  said = [];
});
afterEach(() => world.close());

const leased = (signal: AbortSignal) => ({ signal, release: async () => undefined });

/** Waits between tries are over at once, and end the test after so many; those within a session last as long as it. */
function botWorld(change: Partial<BotWorld>, tries: number): BotWorld {
  return {
    bot: plainBot(),
    token: world.discord.token,
    apiUrl: world.discord.url,
    userAgent: 'Landfall/test',
    now: Date.now,
    wait: async (ms, signal) => {
      if (signal === stop.signal) {
        if (waits.push(ms) >= tries) stop.abort();
      } else if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    log: { info: (text) => said.push(text), warn: (text) => said.push(text) },
    hold: async () => leased(new AbortController().signal),
    registered: { read: async () => null, write: async () => undefined },
    ...change,
  };
}

it('backs off from a minute to an hour', () => {
  expect([1, 2, 3, 6, 7, 99].map(backOffMs)).toEqual([60_000, 120_000, 240_000, 1_920_000, 3_600_000, 3_600_000]);
});

it('never logs in with a token that Discord refuses', async () => {
  const token = world.discord.token;
  world.discord.setToken('another');
  await keepBot(botWorld({ token }, 3), stop.signal);
  expect(waits).toEqual([60_000, 120_000, 240_000]);
  expect(world.discord.gateway.identifies()).toBe(0);
  expect(said[0]).toContain("no connection to Discord's gateway");
  expect(said.join()).not.toContain(token);
});

it('stays away while another worker has the lease', async () => {
  await keepBot(botWorld({ hold: async () => null }, 3), stop.signal);
  expect([waits, world.discord.service.log.length]).toEqual([[4_000, 4_000, 4_000], 0]);
});

it('leaves the last logins of a day to people, and comes back when there are new ones', async () => {
  const limit = { total: 1_000, remaining: 20, reset_after: 7_200_000, max_concurrency: 1 };
  const body = { url: 'ws://127.0.0.1:1', shards: 1, session_start_limit: limit };
  world.discord.service.faults.plan(/gateway\/bot/, { kind: 'answer', status: 200, body });
  await keepBot(botWorld({}, 1), stop.signal);
  expect([waits, world.discord.gateway.identifies()]).toEqual([[7_200_000], 0]);
});

it('leaves the gateway to another worker when it loses the lease, and takes no login more', async () => {
  let holds = 0;
  let released = 0;
  const lost = new AbortController();
  const hold = async () => {
    holds += 1;
    const release = async () => {
      released += 1;
    };
    return holds === 1 ? { signal: lost.signal, release } : null;
  };
  const registered = {
    read: async () => {
      lost.abort();
      return null;
    },
    write: async () => undefined,
  };
  await keepBot(botWorld({ hold, registered }, 2), stop.signal);
  expect([holds, released, waits]).toEqual([2, 1, [4_000, 4_000]]);
  expect([world.discord.gateway.identifies(), world.discord.gateway.connected()]).toEqual([1, false]);
  expect(said.join()).toContain('the lease');
});

it('does not go there with a lease that was lost before, and comes back when the database could not be told of its end', async () => {
  const release = async () => {
    throw new Error('the database is down');
  };
  await keepBot(botWorld({ hold: async () => ({ signal: AbortSignal.abort(), release }) }, 2), stop.signal);
  expect(waits).toEqual([4_000, 4_000]);
  expect(world.discord.gateway.connected()).toBe(false);
});
