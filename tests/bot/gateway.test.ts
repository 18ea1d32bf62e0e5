// Who is at which shard of the gateway, and how often somebody tries to be.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backOffMs } from '../../src/bot/client.ts';
import { discord } from '../../src/bot/discord.ts';
import { createKeeper, type Keeper } from '../../src/bot/gateway.ts';
import { type BotWorld, surplus, totalOf, wanted } from '../../src/bot/shards.ts';
import { plainBot } from '../support/bot/bot.ts';
import { createShardBoard, type ShardBoard } from '../support/bot/shards.ts';
import { openWorld, type World } from '../support/world/open.ts';

let world: World;
let board: ShardBoard;
let said: string[];
let keepers: { readonly keeper: Keeper; readonly stop: AbortController }[];
beforeEach(async () => {
  world = await openWorld();
  board = createShardBoard(world.now);
  said = [];
  keepers = [];
});
afterEach(async () => {
  for (const { keeper, stop } of keepers) {
    stop.abort();
    await keeper.end();
  }
  await world.close();
});

const minuteMs = 60_000;
/** So often a shard that waits for its turn asks; what is waited for for longer than an end comes before its time is over. */
const turnMs = 250;
const endMs = 1_000;

function openKeeper(name = 'a', change: Partial<BotWorld> = {}): Keeper {
  const stop = new AbortController();
  const botWorld: BotWorld = {
    bot: plainBot(),
    token: world.discord.token,
    apiUrl: world.discord.url,
    userAgent: 'Landfall/test',
    now: world.now,
    wait: async (ms, signal) => {
      if (signal.aborted) return;
      if (ms === turnMs) world.advance(turnMs);
      await sleep(ms === turnMs ? 1 : ms <= endMs ? 50 : 60_000, undefined, { signal, ref: false }).catch(
        () => undefined,
      );
    },
    log: { info: (text) => said.push(text), warn: (text) => said.push(text) },
    shards: board.worker(name),
    registered: { read: async () => null, write: async () => undefined },
    ...change,
  };
  const keeper = createKeeper(botWorld, discord, stop.signal);
  keepers.push({ keeper, stop });
  return keeper;
}

/** Rounds of all, in turn, until it is so. */
async function keep(all: readonly Keeper[], isSo: () => boolean): Promise<void> {
  for (let round = 0; round < 500; round += 1) {
    for (const keeper of all) await keeper.round();
    if (isSo()) return;
    await sleep(5);
  }
  throw new Error(`never so: ${said.join('\n')}`);
}

const there = (): readonly number[] => world.discord.gateway.shards().map(({ id }) => id);
const all = (total: number): readonly number[] => Array.from({ length: total }, (_, id) => id);

it('backs off from a minute to an hour', () => {
  expect([1, 2, 3, 6, 7, 99].map(backOffMs)).toEqual([60_000, 120_000, 240_000, 1_920_000, 3_600_000, 3_600_000]);
});

it('goes by what Discord advises at first, when it refuses, and when it is a quarter more', () => {
  const live = { agreed: 8, live: true, refused: false };
  expect(totalOf({ advised: 3, agreed: null, live: false, refused: false })).toBe(3);
  expect([1, 7, 8, 9, 10, 16].map((advised) => totalOf({ advised, ...live }))).toEqual([8, 8, 8, 8, 10, 16]);
  expect([1, 2].map((advised) => totalOf({ advised, ...live, agreed: 1 }))).toEqual([1, 2]);
  expect(totalOf({ advised: 9, ...live, refused: true })).toBe(9);
  expect(totalOf({ advised: 2, ...live, live: false })).toBe(2);
});

it('shares the shards among the workers, and gives up one at a time', () => {
  const standing = { total: 8, workers: 3, mine: [0, 1], taken: new Set([2, 3]), resting: new Set([4]) };
  expect(wanted(standing)).toEqual({ most: 1, ids: [5, 6, 7] });
  expect([surplus(standing), surplus({ ...standing, workers: 8 })]).toEqual([null, 1]);
  expect(wanted({ ...standing, workers: 0 }).most).toBe(6);
});

it('never logs in with a token that Discord refuses', async () => {
  const token = world.discord.token;
  world.discord.setToken('another');
  const keeper = openKeeper('a', { token });
  const waits: number[] = [];
  for (let n = 0; n < 3; n += 1) {
    const waitMs = await keeper.round();
    waits.push(Math.ceil(waitMs / minuteMs));
    world.advance(waitMs);
  }
  expect(waits).toEqual([1, 2, 4]);
  expect(world.discord.gateway.identifies()).toBe(0);
  expect(said[0]).toContain("no connection to Discord's gateway");
  expect(said.join()).not.toContain(token);
  expect(board.noted.get(0)?.code).toBe('gateway.failed');
});

it('says why it is away for the number of shards that is agreed, and what an answer lacks', async () => {
  await board.worker('b').setTotal(8);
  const limit = { total: 1_000, remaining: 900, reset_after: 1, max_concurrency: 0 };
  const body = { url: 'ws://127.0.0.1:1', shards: 8, session_start_limit: limit };
  world.discord.service.faults.plan(/gateway\/bot/, { kind: 'answer', status: 200, body });
  const keeper = openKeeper();
  expect(Math.ceil((await keeper.round()) / minuteMs)).toBe(1);
  expect(said.join()).toMatch(/answer about its gateway cannot be read: session_start_limit.max_concurrency: /);
  expect([board.notedTotals(), world.discord.gateway.identifies()]).toEqual([[8], 0]);
});

it('stays away while another worker has the lease', async () => {
  await board.worker('b').hold({ id: 0, total: 1 });
  const keeper = openKeeper();
  expect([await keeper.round(), await keeper.round()]).toEqual([4_000, 4_000]);
  expect(world.discord.gateway.identifies()).toBe(0);
  expect(world.discord.service.log.length).toBe(1);
});

it('leaves the last logins of a day to people, and comes back when there are new ones', async () => {
  const limit = { total: 1_000, remaining: 20, reset_after: 7_200_000, max_concurrency: 1 };
  const body = { url: 'ws://127.0.0.1:1', shards: 1, session_start_limit: limit };
  world.discord.service.faults.plan(/gateway\/bot/, { kind: 'answer', status: 200, body });
  const keeper = openKeeper();
  expect(Math.ceil((await keeper.round()) / minuteMs)).toBe(120);
  expect(world.discord.gateway.identifies()).toBe(0);
  world.advance(7_200_000);
  await keep([keeper], () => there().length === 1);
});

it('leaves the gateway to another worker when it loses the lease, and takes no login more', async () => {
  const keeper = openKeeper();
  await keep([keeper], () => there().length === 1);
  board.lose('a');
  await board.worker('b').hold({ id: 0, total: 1 });
  await keep([keeper], () => there().length === 0);
  await keeper.round();
  expect(world.discord.gateway.identifies()).toBe(1);
  expect(said.join()).toContain('the lease');
});

it('comes back when the database could not be told of an end, and when it was away', async () => {
  const shards = board.worker('a');
  const gone = () => Promise.reject(new Error('the database is down'));
  let away = true;
  const keeper = openKeeper('a', {
    shards: {
      ...shards,
      note: gone,
      forget: gone,
      taken: () => (away ? gone() : shards.taken()),
      hold: async (shard) => ({
        signal: AbortSignal.abort(),
        release: gone,
        ...(away ? {} : await shards.hold(shard)),
      }),
    },
  });
  expect([await keeper.round(), await keeper.round()]).toEqual([4_000, 8_000]);
  away = false;
  await keep([keeper], () => there().length === 1);
});

it('has all shards that Discord asks for, one login in five seconds, each with its own servers', async () => {
  world.discord.gateway.divide({ shards: 8 });
  const guilds = all(8).map((shard) => world.discord.guild(`of ${shard}`, 'en-US', shard).id);
  const noted: (readonly string[])[] = [];
  const keeper = openKeeper('a', {
    servers: {
      note: async (ids) => {
        noted.push(ids);
      },
      joined: async () => undefined,
    },
  });
  await keep([keeper], () => there().length === 8 && noted.length === 8);
  expect([there(), world.discord.gateway.hasty(), world.discord.gateway.identifies()]).toEqual([all(8), 0, 8]);
  expect(noted.flat().toSorted()).toEqual(guilds.toSorted());
  expect(noted.every((ids) => ids.length === 1)).toBe(true);
  const asked = world.discord.service.log.filter(({ path }) => path.endsWith('/gateway/bot')).length;
  expect(asked).toBeLessThanOrEqual(2);
  expect(world.discord.service.log.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  expect([...board.noted.values()]).toEqual(all(8).map(() => null));
});

it('lets one shard end without the others: it resumes, logs in anew, or rests', async () => {
  const { gateway } = world.discord;
  gateway.divide({ shards: 4, maxConcurrency: 4 });
  const keeper = openKeeper();
  await keep([keeper], () => there().length === 4);
  gateway.drop(2);
  await keep([keeper], () => gateway.resumes() === 1 && there().length === 4);
  expect(gateway.identifies()).toBe(4);
  world.advance(minuteMs);
  gateway.end(4012, 1);
  await keep([keeper], () => board.noted.get(1)?.code === 'gateway.closed');
  expect([there(), gateway.identifies()]).toEqual([[0, 2, 3], 4]);
  world.advance(minuteMs);
  await keep([keeper], () => there().length === 4);
  expect([gateway.identifies(), gateway.hasty()]).toEqual([5, 0]);
});

it('asks anew when Discord demands shards, and divides at once', async () => {
  const { gateway } = world.discord;
  const limit = { total: 1_000, remaining: 900, reset_after: 7_200_000, max_concurrency: 8 };
  const url = `ws://${new URL(world.discord.url).host}`;
  const body = { url, shards: 1, session_start_limit: limit };
  world.discord.service.faults.plan(/gateway\/bot/, { kind: 'answer', status: 200, body });
  gateway.divide({ shards: 8, maxConcurrency: 8 });
  const keeper = openKeeper();
  await keep([keeper], () => there().length === 8);
  expect([board.total(), gateway.identifies(), gateway.hasty()]).toEqual([8, 9, 0]);
});

it('rests when Discord refuses the number that it advises', async () => {
  const { gateway } = world.discord;
  const limit = { total: 1_000, remaining: 900, reset_after: 7_200_000, max_concurrency: 8 };
  const body = { url: `ws://${new URL(world.discord.url).host}`, shards: 1, session_start_limit: limit };
  for (let n = 0; n < 2; n += 1)
    world.discord.service.faults.plan(/gateway\/bot/, { kind: 'answer', status: 200, body });
  gateway.divide({ shards: 8 });
  const keeper = openKeeper();
  await keep([keeper], () => said.some((text) => text.includes('next try in 1 min')));
  expect(gateway.identifies()).toBe(1);
  expect(said.join()).toContain('4011');
});

it('divides anew when Discord advises more, once an hour has passed', async () => {
  const { gateway } = world.discord;
  gateway.divide({ shards: 2, maxConcurrency: 2 });
  const keeper = openKeeper();
  await keep([keeper], () => there().length === 2);
  gateway.divide({ shards: 4, maxConcurrency: 4 });
  await keeper.round();
  expect(gateway.shards().map(({ total }) => total)).toEqual([2, 2]);
  world.advance(61 * minuteMs);
  await keep([keeper], () => there().length === 4 && gateway.shards().every(({ total }) => total === 4));
  expect(said.join()).toContain('4 shards instead of 2');
});

it('shares the shards with another worker, which takes over when the first is dead', async () => {
  const { gateway } = world.discord;
  gateway.divide({ shards: 4, maxConcurrency: 4 });
  const first = openKeeper('a');
  await keep([first], () => there().length === 4);
  const second = openKeeper('b');
  world.advance(minuteMs);
  await keep([first, second], () => gateway.identifies() === 6 && there().length === 4);
  for (let n = 0; n < 5; n += 1) {
    await first.round();
    await second.round();
  }
  expect([there(), gateway.identifies(), gateway.hasty()]).toEqual([all(4), 6, 0]);
  const [one] = keepers;
  one?.stop.abort();
  await first.end();
  world.advance(minuteMs);
  await keep([second], () => there().length === 4);
  expect([gateway.identifies(), gateway.hasty()]).toEqual([8, 0]);
});

it('leaves its share to the others while Discord refuses it', async () => {
  const { gateway } = world.discord;
  gateway.divide({ shards: 2, maxConcurrency: 2 });
  const refused = openKeeper('a', { token: 'wrong' });
  const other = openKeeper('b');
  await keep([other], () => there().length === 2);
  await refused.round();
  await keep([refused, other], () => there().length === 2);
  expect([said.filter((text) => text.includes('next try')).length, gateway.identifies()]).toEqual([1, 2]);
});
