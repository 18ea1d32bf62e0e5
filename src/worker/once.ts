// `once`: looks at every target whatever its interval, then delivers everything due.

import { setTimeout as sleep } from 'node:timers/promises';
import { isGuildChannel } from '../guilds/context.ts';
import { catchUp } from '../outbox/catch-up.ts';
import { createDispatcher } from '../outbox/dispatcher.ts';
import { finishFanouts } from '../pipeline/finish-fanouts.ts';
import { pass } from '../pipeline/run.ts';
import { openPool, type PacingWorld } from '../scheduler/pool.ts';
import { countOwedIn } from '../store/deliveries.ts';
import { fanoutPools } from '../store/fanouts.ts';
import { askedByGuildsOnly } from '../store/guilds.ts';
import { emptyTargets } from '../store/items.ts';
import { saveMeta } from '../store/meta.ts';
import { poolState } from '../store/pools.ts';
import { type LookResult, type ScheduledTarget, scheduledTargets, targetsById } from '../store/targets.ts';
import type { Target } from '../types/core.ts';
import type { LookReason } from '../types/reasons/looks.ts';
import { iso } from '../types/time.ts';
import { createClockWatch } from './clock-watch.ts';
import { dispatcherWorld, fanning, pipelineWorld, type Worker } from './context.ts';
import { turnStories } from './due-stories.ts';
import { registerWatches } from './register.ts';
import { tidy } from './retention.ts';

export interface OnceResult {
  readonly watches: readonly {
    readonly target: string;
    readonly result: LookResult;
    readonly reason?: LookReason;
    /** The target names something that does not exist: not yet, or it is misspelt. */
    readonly absent?: true;
  }[];
  /** Targets whose first look succeeded in this run: what is there is remembered and not told. */
  readonly begun: number;
  /** Messages sent in this run. */
  readonly told: number;
  /** Messages owed but not sent, including those waiting for quiet hours or a digest. */
  readonly owed: number;
  /** Nothing in the configuration failed; failures of what was only added in Discord are listed but do not count. */
  readonly ok: boolean;
}

export interface OnceProgress {
  readonly looked: (done: number, all: number) => void;
}

/** The longest wait for a host or channel, in milliseconds. */
const patienceMs = 30_000;
const againMs = 1_000;
const rowsPerPass = 300;
const poolsAtOnce = 16;

interface OnceAlso {
  /** As the worker that goes on for ever has it. */
  readonly questions?: (signal: AbortSignal) => Promise<boolean>;
}

type Results = Map<
  string,
  {
    readonly target: Target;
    readonly result: LookResult;
    readonly reason: LookReason | null;
    readonly afterMs: number | null;
    readonly begun: boolean;
  }
>;

interface Round {
  readonly worker: Worker;
  readonly pacing: PacingWorld;
  readonly results: Results;
  readonly signal: AbortSignal;
  readonly progress: () => void;
}

async function lookAt({ worker, pacing, results, signal, progress }: Round, pool: string, targets: readonly Target[]) {
  const stored = await targetsById(
    worker.db,
    targets.map(({ id }) => id),
  );
  const rows = targets.map(({ id }) => stored.get(id)).filter((row) => row !== undefined);
  const session = await openPool(pacing, pool);
  const report = await pass(
    pipelineWorld(worker, () => [], session.pacing('main')),
    rows,
    signal,
  );
  for (const { row, result } of report.looked) {
    const reason = result.kind === 'later' || result.kind === 'broken' ? result.reason : null;
    results.set(row.target.id, {
      target: row.target,
      result: result.kind,
      reason,
      afterMs: result.kind === 'later' ? result.afterMs : null,
      begun: row.baselineAt === null && (result.kind === 'fresh' || result.kind === 'same'),
    });
  }
  progress();
}

/**
 * How many targets make one pass: as many as the source asks for at once, but fewer for first looks, which return
 * everything.
 */
function passSize(worker: Worker, left: readonly ScheduledTarget[]): number {
  const [first] = left;
  const batch = first === undefined ? 0 : (worker.sources.get(first.target.source)?.batch ?? 0);
  const most = Math.max(rowsPerPass, batch);
  return left.slice(0, most).every(({ begun }) => begun) ? most : rowsPerPass;
}

async function lookAtPool(round: Round, pool: string, scheduled: readonly ScheduledTarget[]) {
  const { worker, results, signal } = round;
  const targets = scheduled.map(({ target }) => target);
  for (let start = 0, size = 0; start < targets.length && !signal.aborted; start += size) {
    const paused = (await poolState(worker.db, pool))?.pausedUntil ?? null;
    const waitMs = paused === null ? 0 : Date.parse(paused) - worker.now();
    if (waitMs > patienceMs) {
      const reason: LookReason = { code: 'look.host-rests-until', params: { until: paused ?? '' } };
      for (const target of targets.slice(start))
        results.set(target.id, { target, result: 'later', reason, afterMs: waitMs, begun: false });
      return;
    }
    if (waitMs > 0) await sleep(waitMs, undefined, { signal });
    size = passSize(worker, scheduled.slice(start));
    await lookAt(round, pool, targets.slice(start, start + size));
  }
  const again = targets.filter(({ id }) => {
    const after = results.get(id)?.afterMs ?? null;
    return after !== null && after <= patienceMs;
  });
  if (again.length === 0 || signal.aborted) return;
  const longest = Math.max(...again.map(({ id }) => results.get(id)?.afterMs ?? 0));
  await sleep(longest, undefined, { signal });
  await lookAt(round, pool, again);
}

async function lookAtAll(
  worker: Worker,
  pacing: PacingWorld,
  signal: AbortSignal,
  progress: OnceProgress,
): Promise<Results> {
  const results: Results = new Map();
  for (
    let left = await scheduled(worker, results);
    left.length > 0 && !signal.aborted;
    left = await scheduled(worker, results)
  ) {
    const all = results.size + left.length;
    const round: Round = { worker, pacing, results, signal, progress: () => progress.looked(results.size, all) };
    const pools = [...Map.groupBy(left, ({ pool }) => pool)];
    const next = async (): Promise<void> => {
      for (let pool = pools.shift(); pool !== undefined && !signal.aborted; pool = pools.shift()) {
        await lookAtPool(round, pool[0], pool[1]);
      }
    };
    await Promise.all(Array.from({ length: poolsAtOnce }, next));
  }
  return results;
}

/** Scheduled targets that this run has not looked at, including those just listed by a first look. */
async function scheduled(worker: Worker, results: Results): Promise<readonly ScheduledTarget[]> {
  return (await scheduledTargets(worker.db)).filter(({ target }) => !results.has(target.id));
}

/** Delivers what is due, waiting up to thirty seconds where needed. */
export async function deliverDue(
  worker: Worker,
  signal: AbortSignal,
): Promise<{ readonly sent: number; readonly dead: number }> {
  let sent = 0;
  let dead = 0;
  const world = dispatcherWorld(worker, (delivery, outcome) => {
    if (outcome.kind === 'sent') sent += 1;
    if (outcome.kind === 'dead' && outcome.reason.code !== 'message.deleted' && !isGuildChannel(delivery.channel))
      dead += 1;
  });
  const wait = (ms: number, until: AbortSignal) => sleep(ms, undefined, { signal: until }).catch(() => undefined);
  await createDispatcher(world, wait).drain(patienceMs, signal);
  // Whatever is left after that time is done by the next run.
  const until = performance.now() + patienceMs;
  while (performance.now() < until && (await catchUp(worker, { old: false }, signal)) !== null)
    await wait(againMs, signal);
  return { sent, dead };
}

export async function once(
  worker: Worker,
  pacing: PacingWorld,
  signal: AbortSignal,
  { questions, ...progress }: OnceProgress & OnceAlso,
): Promise<OnceResult> {
  await createClockWatch(worker, () => performance.now())();
  await registerWatches(worker);
  await turnStories(worker);
  // Fan-outs left unfinished by a run that was killed.
  const left = fanning(
    worker,
    () => [],
    () => undefined,
  );
  await finishFanouts(left, await fanoutPools(worker.db), signal);
  const results = await lookAtAll(worker, pacing, signal, progress);
  await questions?.(signal);
  const { sent, dead } = await deliverDue(worker, signal);
  if (!signal.aborted) await tidy(worker);
  // For `health --max-age`: an aborted run does not count.
  if (!signal.aborted) await worker.db.batch([saveMeta('once', iso(worker.now()))]);
  const open = worker.outboxTargets.map((outboxTarget) => outboxTarget.name);
  const now = iso(worker.now());
  const { owed } = await countOwedIn(worker.db, open, now);
  const own = open.filter((name) => !isGuildChannel(name));
  const { due } = await countOwedIn(worker.db, own, now);
  const strangers = await askedByGuildsOnly(worker.db, [...results.keys()]);
  const empty = await emptyTargets(worker.db);
  const isAbsent = ({ id, source, shape }: Target): boolean =>
    shape === null && empty.has(id) && worker.sources.get(source)?.awaits === true;
  const watches = [...results.values()].map(({ target, result, reason }) => ({
    target: `${target.source}:${target.address}`,
    result,
    ...(reason === null ? {} : { reason }),
    ...(isAbsent(target) ? { absent: true as const } : {}),
  }));
  const failed = [...results].some(([id, { result }]) => !strangers.has(id) && /^(?:later|broken)$/.test(result));
  const begun = [...results.values()].filter((entry) => entry.begun).length;
  return { watches, begun, told: sent, owed, ok: !failed && due === 0 && dead === 0 && !signal.aborted };
}
