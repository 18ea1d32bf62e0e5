// A burst of owed alerts against a stand-in Discord with its rate limits, on a clock that is only as long as it must be.
import { createDispatcher } from '../../src/outbox/dispatcher.ts';
import type { Db, Statement } from '../../src/store/define.ts';
import { insertDelivery } from '../../src/store/deliveries.ts';
import { aloneHolds } from '../../src/store/holds.ts';
import { channelConfig, openOutbox } from '../support/outbox.ts';
import type { DiscordLimits } from '../support/world/discord/limits.ts';
import type { DiscordState } from '../support/world/discord/state.ts';

export interface Burst {
  readonly channels: number;
  readonly messagesEach: number;
  /** Milliseconds, at least and at most. */
  readonly latency: readonly [number, number];
}

export interface BurstResult {
  readonly channels: number;
  readonly messages: number;
  readonly arrived: number;
  readonly doubled: number;
  readonly inOrder: boolean;
  /** From the first message to the last, in seconds: as it was, and as the limits permit. */
  readonly seconds: number;
  readonly permittedSeconds: number;
  /** `permittedSeconds / seconds`. */
  readonly share: number;
  /** Answers 401, 403 and 429. */
  readonly invalid: number;
  readonly requests: number;
}

interface Virtual {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Moves on to the next sleeper whenever nobody has anything to do, until the work is done. */
  readonly run: (work: Promise<void>, set: (ms: number) => void, busy: () => boolean) => Promise<void>;
}

function createVirtual(startMs: number): Virtual {
  let nowMs = startMs;
  let sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  return {
    now: () => nowMs,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = { at: nowMs + ms, wake: resolve };
        if (signal?.aborted === true) return resolve();
        signal?.addEventListener(
          'abort',
          () => {
            sleepers = sleepers.filter((one) => one !== sleeper);
            resolve();
          },
          { once: true },
        );
        sleepers.push(sleeper);
      }),
    run: async (work, set, busy) => {
      let done = false;
      const ended = work.finally(() => {
        done = true;
      });
      while (!done) {
        // A few turns of the event loop, so that whoever was woken has got as far as it can.
        for (let turn = 0; turn < 6; turn = busy() ? 0 : turn + 1)
          await new Promise((resolve) => setImmediate(resolve));
        const next = sleepers.reduce<(typeof sleepers)[number] | null>(
          (first, one) => (first === null || one.at < first.at ? one : first),
          null,
        );
        if (next === null) continue;
        sleepers = sleepers.filter((one) => one !== next);
        nowMs = Math.max(nowMs, next.at);
        set(nowMs);
        next.wake();
      }
      await ended;
    },
  };
}

/** The same numbers between 0 and 1 every time. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function notice(channel: string, index: number, now: string): Statement {
  const id = `notice:${String(index).padStart(5, '0')}@${now}>${channel}/notice`;
  return insertDelivery(
    {
      id,
      subject: id,
      revision: 1,
      channel,
      form: 'notice',
      seq: index,
      notBefore: now,
      attempts: 0,
      content: { title: `Alert ${index}`, text: 'A model landed.' },
      pinned: null,
      sent: [],
      doubtSince: null,
    },
    now,
  );
}

/** What came of it, beside what the limits permit. Alerts are numbered in their titles. */
export function measured(
  state: Pick<DiscordState, 'history' | 'now'>,
  limits: DiscordLimits,
  { channels, messagesEach }: Pick<Burst, 'channels' | 'messagesEach'>,
  requests: number,
): BurstResult {
  const made = state.history.filter(({ type }) => type === 'create');
  const perChannel = [...Map.groupBy(made, ({ channelId }) => channelId).values()];
  const titles = perChannel.map((list) =>
    list.map(({ message }) => Number(/\d+/.exec(String(message.embeds[0]?.title))?.[0])),
  );
  const total = channels * messagesEach;
  const bucket = limits.buckets.write ?? { limit: 5, windowMs: 5_000 };
  const byBucket = (Math.ceil(messagesEach / bucket.limit) - 1) * bucket.windowMs;
  const byGlobal = (Math.ceil(total / limits.global) - 1) * 1_000;
  const seconds = ((made.at(-1)?.at ?? 0) - (made[0]?.at ?? 0)) / 1_000;
  const permittedSeconds = Math.max(byBucket, byGlobal) / 1_000;
  return {
    channels,
    messages: total,
    arrived: made.length,
    doubled: made.length - new Set(titles.flatMap((list, n) => list.map((t) => `${n}/${t}`))).size,
    inOrder: titles.every((list) => list.every((title, index) => index === 0 || title > (list[index - 1] ?? -1))),
    seconds,
    permittedSeconds,
    share: permittedSeconds / seconds,
    invalid: limits.invalid(state.now()),
    requests,
  };
}

/** The database, and how many of its answers are still awaited: they come after turns of the loop of its own. */
function counted(db: Db): { readonly db: Db; readonly pending: () => number } {
  let pending = 0;
  const count = async <T>(answer: Promise<T>): Promise<T> => {
    pending += 1;
    try {
      return await answer;
    } finally {
      pending -= 1;
    }
  };
  return {
    db: {
      ...db,
      all: (sql, params) => count(db.all(sql, params)),
      batch: (statements) => count(db.batch(statements)),
    },
    pending: () => pending,
  };
}

/** `setClock` makes the clock of the REST client follow. */
export async function burst(
  { channels, messagesEach, latency: [least, most] }: Burst,
  setClock: (ms: number) => void,
): Promise<BurstResult> {
  const start = Date.parse('2026-03-02T10:00:00.000Z');
  const clock = createVirtual(start);
  setClock(start);
  const random = createRandom(7);
  const names = Array.from({ length: channels }, (_, index) => `channel-${index}`);
  const outbox = await openOutbox(
    { now: clock.now, latency: () => clock.sleep(Math.round(least + random() * (most - least))) },
    (handles) => names.map((name) => channelConfig(handles.channel({ name }), name)),
  );
  const now = new Date(start).toISOString();
  await outbox.write(
    names.flatMap((name) => Array.from({ length: messagesEach }, (_, index) => notice(name, index, now))),
  );
  const stop = new AbortController();
  const total = channels * messagesEach;
  const world = outbox.dispatcher();
  const { db, pending } = counted(world.db);
  const dispatcher = createDispatcher(
    {
      ...world,
      db,
      // As one worker beside an embedded database has it. Leases go by the machine's time, which does not pass here.
      holds: aloneHolds(),
      onOutcome: (_, outcome) => {
        if (outcome.kind === 'sent' && outbox.state.messages.size >= total) stop.abort();
      },
    },
    clock.sleep,
  );
  await clock.run(dispatcher.keep(stop.signal), setClock, () => pending() > 0);
  const result = measured(outbox.state, outbox.limits, { channels, messagesEach }, outbox.asked.length);
  await outbox.close();
  return result;
}
