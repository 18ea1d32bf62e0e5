// One look at every target, whatever its interval; then delivery of all that is due.
import { setTimeout as sleep } from 'node:timers/promises';
import { deliverAll } from '../courier.ts';
import { pass } from '../cycle.ts';
import { countOwedIn } from '../store/deliveries.ts';
import { poolStates } from '../store/standing.ts';
import { allTargets, type LookResult, type TargetRow } from '../store/targets.ts';
import { openDesk, type PacingWorld } from './pacing.ts';
import { registerWatches } from './register.ts';
import { beltWorld, courierWorld, iso, type Worker } from './worker.ts';

export interface OnceResult {
  readonly watches: readonly { readonly target: string; readonly result: LookResult; readonly reason?: string }[];
  /** Messages sent in this run. */
  readonly told: number;
  /** Messages that are owed and not sent, those that wait for quiet hours or a digest included. */
  readonly owed: number;
  readonly ok: boolean;
}

export interface OnceProgress {
  readonly looked: (done: number, all: number) => void;
}

/** Longest wait that is sat out, for a host or for a channel. */
const patienceMs = 30_000;
const rowsPerPass = 300;
const poolsAtOnce = 16;

type Results = Map<string, { readonly result: LookResult; readonly reason: string | null; readonly afterMs: number | null }>;

interface Round {
  readonly worker: Worker;
  readonly pacing: PacingWorld;
  readonly results: Results;
  readonly signal: AbortSignal;
  readonly progress: () => void;
}

async function lookAt({ worker, pacing, results, signal, progress }: Round, pool: string, rows: readonly TargetRow[]) {
  const desk = await openDesk(pacing, pool);
  const report = await pass(beltWorld(worker, () => [], desk.pacing('main')), rows, signal);
  for (const { row, result } of report.looked) {
    const reason = result.kind === 'later' || result.kind === 'broken' ? result.reason : null;
    results.set(row.target.id, { result: result.kind, reason, afterMs: result.kind === 'later' ? result.afterMs : null });
  }
  progress();
}

async function lookAtPool(round: Round, pool: string, rows: readonly TargetRow[]) {
  const { worker, results, signal } = round;
  const paused = (await poolStates(worker.db)).get(pool)?.pausedUntil ?? null;
  const waitMs = paused === null ? 0 : Date.parse(paused) - worker.now();
  if (waitMs > patienceMs) {
    const reason = `the host asked not to be asked before ${paused}`;
    for (const row of rows) results.set(row.target.id, { result: 'later', reason, afterMs: waitMs });
    return;
  }
  if (waitMs > 0) await sleep(waitMs, undefined, { signal });
  for (let start = 0; start < rows.length && !signal.aborted; start += rowsPerPass) {
    await lookAt(round, pool, rows.slice(start, start + rowsPerPass));
  }
  const again = rows.filter((row) => {
    const after = results.get(row.target.id)?.afterMs ?? null;
    return after !== null && after <= patienceMs;
  });
  if (again.length === 0 || signal.aborted) return;
  const longest = Math.max(...again.map((row) => results.get(row.target.id)?.afterMs ?? 0));
  await sleep(longest, undefined, { signal });
  const stored = new Map((await allTargets(worker.db)).map((row) => [row.target.id, row]));
  await lookAt(round, pool, again.map((row) => stored.get(row.target.id) ?? row));
}

async function lookAtAll(worker: Worker, pacing: PacingWorld, signal: AbortSignal, progress: OnceProgress): Promise<Results> {
  const results: Results = new Map();
  for (let rows = await scheduled(worker, results); rows.length > 0 && !signal.aborted; rows = await scheduled(worker, results)) {
    const all = results.size + rows.length;
    const round: Round = { worker, pacing, results, signal, progress: () => progress.looked(results.size, all) };
    const pools = [...Map.groupBy(rows, (row) => row.pool)];
    const next = async (): Promise<void> => {
      for (let pool = pools.shift(); pool !== undefined && !signal.aborted; pool = pools.shift()) {
        await lookAtPool(round, pool[0], pool[1]);
      }
    };
    await Promise.all(Array.from({ length: poolsAtOnce }, next));
  }
  return results;
}

/** What the schedule looks at and this run has not: also what a first look has just listed. */
async function scheduled(worker: Worker, results: Results): Promise<readonly TargetRow[]> {
  return (await allTargets(worker.db)).filter((row) => row.dueAt !== null && !results.has(row.target.id));
}

/** Empties the outbox, sitting out waits of up to thirty seconds. */
export async function deliverDue(worker: Worker, signal: AbortSignal): Promise<{ readonly sent: number; readonly dead: number }> {
  let sent = 0;
  let dead = 0;
  const courier = courierWorld(worker, (_, outcome) => {
    if (outcome.kind === 'sent') sent += 1;
    if (outcome.kind === 'dead' && outcome.reason !== 'message deleted') dead += 1;
  });
  for (;;) {
    const at = await deliverAll(courier, signal);
    if (at === null || signal.aborted) break;
    const wait = at - worker.now();
    if (wait > patienceMs) break;
    if (wait > 0) await sleep(wait, undefined, { signal });
  }
  return { sent, dead };
}

export async function once(worker: Worker, pacing: PacingWorld, signal: AbortSignal, progress: OnceProgress): Promise<OnceResult> {
  await registerWatches(worker);
  const results = await lookAtAll(worker, pacing, signal, progress);
  const { sent, dead } = await deliverDue(worker, signal);
  const open = worker.outlets.map((outlet) => outlet.name);
  const { owed, due } = await countOwedIn(worker.db, open, iso(worker.now()));
  const names = new Map((await allTargets(worker.db)).map((row) => [row.target.id, `${row.target.source}:${row.target.address}`]));
  const watches = [...results].map(([id, { result, reason }]) => ({
    target: names.get(id) ?? id,
    result,
    ...(reason === null ? {} : { reason }),
  }));
  const failed = watches.some(({ result }) => result === 'later' || result === 'broken');
  return { watches, told: sent, owed, ok: !failed && due === 0 && dead === 0 && !signal.aborted };
}
