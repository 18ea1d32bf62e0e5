// Keeps this worker's shards at Discord's gateway: how many shards there are, which of them it holds, when each logs in.

import { inEnglish } from '../messages/reasons/en.ts';
import type { GatewayReason } from '../types/reasons/gateway.ts';
import { minuteMs } from '../types/time.ts';
import { askInformation, backOffMs, type Discord, type Information, textOf } from './client.ts';
import { type Attendance, attend, shardName } from './session.ts';
import { type BotWorld, type Shard, type Standing, surplus, totalOf, wanted } from './shards.ts';

/** Time between two rounds, in milliseconds; also how often a standby worker tries to take over a shard. */
const roundMs = 4_000;
/** The longest time between two rounds while the database does not answer, in milliseconds. */
const troubleMs = minuteMs;
/** A session that lasted this long resets the back-off. */
const steadyMs = 10 * minuteMs;
/** How old Discord's answer about its gateway may be: before a login, and otherwise. */
const freshMs = minuteMs;
const adviceMs = 60 * minuteMs;
const confirmMs = 30_000;
/** Logins left unused, for people who restart the bot by hand. */
const spare = 50;

/** https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes */
const refusesTotal: readonly number[] = [4010, 4011];
/** Codes that concern the whole bot, not one shard. */
const refusesAll: readonly number[] = [4004, 4012, 4013, 4014];

interface Attending {
  readonly leave: AbortController;
  readonly done: Promise<void>;
  /** Whether it has not identified yet. */
  entering: boolean;
}

interface Rest {
  readonly failures: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** What the rounds work with and remember. */
interface Keeping {
  readonly world: BotWorld;
  readonly discord: Discord;
  readonly signal: AbortSignal;
  /** Makes the next round start at once. */
  readonly ring: () => void;
  readonly attending: Map<number, Attending>;
  readonly resting: Map<number, Rest>;
  /** No shard logs in until this is over. */
  all: Rest;
  total: number;
  asked: { readonly information: Information; readonly at: number; logins: number } | null;
  /** Why Discord refused the number of shards; null = it did not. */
  refused: GatewayReason | null;
  confirmedAt: number;
  /** Failed rounds in a row. */
  troubles: number;
}

/** Notes that cannot be written are logged and do not end a session. */
function quietly({ world }: Keeping, work: Promise<void>): Promise<void> {
  return work.catch((error: unknown) => world.log.warn(`the bot: ${textOf(error, world.token)}`));
}

function sayAway({ world }: Keeping, reason: GatewayReason, name: string, waitMs: number): void {
  const minutes = Math.ceil(waitMs / minuteMs);
  world.log.warn(
    `no connection to Discord's gateway${name}: ${inEnglish(reason)}. Alerts go out all the same; next try in ${minutes} min.`,
  );
}

async function restAll(keeping: Keeping, reason: GatewayReason, atLeastMs = 0): Promise<void> {
  const { world, attending } = keeping;
  const failures = keeping.all.failures + 1;
  const waitMs = Math.max(backOffMs(failures), atLeastMs);
  keeping.all = { failures, until: world.now() + waitMs };
  sayAway(keeping, reason, '', waitMs);
  if (attending.size > 0) return;
  // Noted for the number that `status` goes by, also when this worker does not know it yet.
  const note = async (): Promise<void> => {
    const total = (await world.shards.total()) ?? keeping.total;
    await world.shards.note({ id: 0, total }, reason);
  };
  await quietly(keeping, note());
}

async function failed(keeping: Keeping, shard: Shard, reason: GatewayReason, lastedMs: number): Promise<void> {
  const { world, resting } = keeping;
  const code = reason.code === 'gateway.closed' ? reason.params.code : 0;
  await quietly(keeping, world.shards.note(shard, reason));
  if (refusesTotal.includes(code)) {
    keeping.refused = reason;
  } else if (refusesAll.includes(code)) {
    // Several shards refused at the same time count as one failure.
    if (keeping.all.until <= world.now()) await restAll(keeping, reason);
  } else {
    const failures = lastedMs > steadyMs ? 1 : (resting.get(shard.id)?.failures ?? 0) + 1;
    resting.set(shard.id, { failures, until: world.now() + backOffMs(failures) });
    sayAway(keeping, reason, shardName(shard), backOffMs(failures));
  }
}

/** Runs the session of one shard and handles its end. */
async function run(keeping: Keeping, attendance: Attendance): Promise<void> {
  const { world, signal, attending } = keeping;
  const { shard, lease } = attendance;
  const began = world.now();
  await quietly(keeping, world.shards.note(shard, { code: 'gateway.connecting', params: {} }));
  const ended = await attend(world, attendance, signal);
  // If the database does not answer, the lease expires by itself.
  await lease.release().catch(() => undefined);
  if (ended.kind === 'failed') await failed(keeping, shard, ended.reason, world.now() - began);
  else await quietly(keeping, world.shards.forget(shard));
  attending.delete(shard.id);
  keeping.ring();
}

/** False = another worker holds the shard. */
async function start(keeping: Keeping, id: number, information: Information): Promise<boolean> {
  const { world, discord, attending } = keeping;
  const shard = { id, total: keeping.total };
  const lease = await world.shards.hold(shard);
  if (lease === null) return false;
  const leave = new AbortController();
  const attendance: Attendance = {
    shard,
    lease,
    information,
    discord,
    leave: leave.signal,
    cameIn: () => {
      if (keeping.asked !== null) keeping.asked.logins += 1;
      one.entering = false;
      keeping.ring();
    },
    standing: (away) => {
      if (away === null) keeping.all = { ...keeping.all, failures: 0 };
      void quietly(keeping, world.shards.note(shard, away));
    },
  };
  const one: Attending = { leave, entering: true, done: Promise.resolve().then(() => run(keeping, attendance)) };
  attending.set(id, one);
  return true;
}

async function leaveAll({ attending }: Keeping): Promise<void> {
  for (const { leave } of attending.values()) leave.abort();
  await Promise.all([...attending.values()].map(({ done }) => done));
}

/** Discord's answer about its gateway, at most `mostMs` old; null = it did not answer, and no shard logs in for a while. */
async function ask(keeping: Keeping, mostMs: number): Promise<Information | null> {
  const { world, discord, asked, attending } = keeping;
  const at = world.now();
  if (asked !== null && keeping.refused === null && at - asked.at <= mostMs) return asked.information;
  try {
    const information = await askInformation(discord, world);
    keeping.asked = { information, at, logins: 0 };
    return information;
  } catch (error) {
    // Connected shards do not need the answer; it is asked for again in an hour, or before the next login.
    if (attending.size > 0 && asked !== null && mostMs === adviceMs && keeping.refused === null) {
      keeping.asked = { ...asked, at };
      return asked.information;
    }
    await restAll(keeping, { code: 'gateway.failed', params: { detail: textOf(error, world.token) } });
    return null;
  }
}

/** Settles on the number of shards that all workers use; false = there is none for now. */
async function agree(keeping: Keeping, taken: readonly Shard[]): Promise<boolean> {
  const { world, attending, resting } = keeping;
  const known = await ask(keeping, adviceMs);
  if (known === null) return false;
  const { refused } = keeping;
  keeping.refused = null;
  const agreed = await world.shards.total();
  const live = attending.size > 0 || taken.length > 0;
  const total = totalOf({ advised: known.shards, agreed, live, refused: refused !== null });
  if (total !== agreed) await world.shards.setTotal(total);
  if (total === keeping.total) {
    if (refused !== null) await restAll(keeping, refused);
    return refused === null;
  }
  if (attending.size > 0)
    world.log.info(`Discord's gateway is divided anew: ${total} shards instead of ${keeping.total}`);
  await leaveAll(keeping);
  keeping.refused = null;
  resting.clear();
  keeping.total = total;
  return true;
}

async function fill(keeping: Keeping, standing: Standing): Promise<void> {
  const { most, ids } = wanted(standing);
  if (most === 0 || ids.length === 0) return;
  const information = await ask(keeping, freshMs);
  if (information === null) return;
  const { remaining, max_concurrency: buckets, reset_after: resetMs } = information.session_start_limit;
  if (remaining - (keeping.asked?.logins ?? 0) <= spare)
    return restAll(keeping, { code: 'gateway.logins-spent', params: {} }, resetMs);
  const entering = new Set([...keeping.attending].filter(([, one]) => one.entering).map(([id]) => id % buckets));
  let left = most;
  for (const id of ids) {
    if (left === 0) return;
    if (entering.has(id % buckets) || !(await start(keeping, id, information))) continue;
    entering.add(id % buckets);
    left -= 1;
  }
}

async function work(keeping: Keeping): Promise<void> {
  const { world, attending, resting } = keeping;
  const now = world.now();
  if (now - keeping.confirmedAt >= confirmMs) {
    keeping.confirmedAt = now;
    await world.shards.confirm();
  }
  const rests = keeping.all.until > now;
  // A worker that Discord refuses leaves its share to the others.
  if (rests && attending.size === 0) return world.shards.absent();
  const workers = await world.shards.present();
  const taken = await world.shards.taken();
  if (!rests && !(await agree(keeping, taken))) return;
  if (taken.some(({ total }) => total !== keeping.total)) return;
  const standing: Standing = {
    total: keeping.total,
    workers,
    mine: [...attending.keys()],
    taken: new Set(taken.map(({ id }) => id)),
    resting: new Set([...resting].filter(([, { until }]) => until > now).map(([id]) => id)),
  };
  const one = surplus(standing);
  if (one !== null) attending.get(one)?.leave.abort();
  else if (!rests) await fill(keeping, standing);
}

export interface Keeper {
  /** Does what is due and resolves with the milliseconds until the next round. Never throws. */
  readonly round: () => Promise<number>;
  /** Resolves when something has happened since the last round began that the next one should not wait for. */
  readonly rung: () => Promise<void>;
  /** Ends all sessions and gives up every lease. */
  readonly end: () => Promise<void>;
}

export function createKeeper(world: BotWorld, discord: Discord, signal: AbortSignal): Keeper {
  let bell = Promise.withResolvers<void>();
  const keeping: Keeping = {
    world,
    discord,
    signal,
    ring: () => bell.resolve(),
    attending: new Map(),
    resting: new Map(),
    all: { failures: 0, until: 0 },
    total: 1,
    asked: null,
    refused: null,
    confirmedAt: world.now(),
    troubles: 0,
  };
  return {
    rung: () => bell.promise,
    round: async () => {
      bell = Promise.withResolvers();
      try {
        await work(keeping);
        keeping.troubles = 0;
      } catch (error) {
        keeping.troubles += 1;
        world.log.warn(`the bot: ${textOf(error, world.token)}`);
        return Math.min(troubleMs, roundMs * 2 ** Math.min(10, keeping.troubles - 1));
      }
      const restMs = keeping.all.until - world.now();
      return keeping.attending.size === 0 && restMs > 0 ? restMs : roundMs;
    },
    end: async () => {
      await leaveAll(keeping);
      await world.shards.leave().catch(() => undefined);
    },
  };
}

/** Keeps the bot connected until the signal aborts. Never throws. */
export async function keepBot(world: BotWorld, signal: AbortSignal): Promise<void> {
  const { discord } = await import('./discord.ts');
  const keeper = createKeeper(world, discord, signal);
  while (!signal.aborted) {
    const waitMs = await keeper.round();
    const over = new AbortController();
    await Promise.race([world.wait(waitMs, AbortSignal.any([signal, over.signal])), keeper.rung()]);
    over.abort();
  }
  await keeper.end();
}
