// What operators are told about sources: one keeps failing, has gone quiet, or works again.

import type { Notice } from '../outbox/target.ts';
import type { LookEffect, Reports } from '../pipeline/run.ts';
import { readPace } from '../scheduler/policy/memory.ts';
import type { Source } from '../sources/define.ts';
import type { Db, Statement } from '../store/define.ts';
import { askedByGuildsOnly } from '../store/guilds.ts';
import { comingsOf } from '../store/items.ts';
import { saveRestructured } from '../store/meta.ts';
import { countReported, type TargetRow } from '../store/targets.ts';
import type { Iso } from '../types/core.ts';
import type { LookReason } from '../types/reasons/looks.ts';
import { dayMs, hourMs, iso } from '../types/time.ts';

/** The problem of a target that operators have been told about. */
export type Trouble = 'failing' | 'quiet';

export interface ReportWorld {
  readonly db: Db;
  readonly sources: ReadonlyMap<string, Source>;
  readonly notices: (notice: Notice) => readonly Statement[];
}

const failsAtLeast = 5;
const failingAtLeastMs = hourMs;
/** A broken target does not recover by itself, so fewer looks are enough. */
const brokenAtLeast = 3;
const quietAtLeastMs = 14 * dayMs;
const quietGaps = 8;
/** How many days with something new are needed to know a target's habit. */
const leastDays = 3;
/** Failures of many targets with one cause: after this many, further ones are not reported until the end of this time. */
const stormAtLeast = 5;
const stormMs = 2 * hourMs;

/** Null = nothing was reported, or it has worked since. */
export function troubleOf(row: Pick<TargetRow, 'reportedAt' | 'failingSince'>): Trouble | null {
  if (row.reportedAt === null) return null;
  return row.failingSince !== null && row.reportedAt >= row.failingSince ? 'failing' : 'quiet';
}

function keepsFailing(before: TargetRow, after: TargetRow, failingSince: Iso, nowMs: number): boolean {
  const broken = before.result === 'broken' && after.result === 'broken' && after.fails >= brokenAtLeast;
  return broken || (after.fails >= failsAtLeast && nowMs - Date.parse(failingSince) >= failingAtLeastMs);
}

/** When something last appeared, in milliseconds since the epoch, according to the row. */
function lastCame(row: TargetRow, nowMs: number): number {
  const { changedAt, baselineAt } = row;
  const released = readPace(row.learned, nowMs).lastRelease ?? Number.NEGATIVE_INFINITY;
  const moved = changedAt !== null && baselineAt !== null && changedAt > baselineAt ? Date.parse(changedAt) : released;
  const last = Math.max(released, moved);
  return Number.isFinite(last) ? last : Date.parse(baselineAt ?? changedAt ?? row.lastAt ?? '');
}

/** Null = not quiet for long, or not for long by its habit. Counts days, not items, as ten at once are one event. */
async function silenceOf(db: Db, row: TargetRow, nowMs: number): Promise<NonNullable<Notice['silence']> | null> {
  const last = lastCame(row, nowMs);
  if (!(nowMs - last >= quietAtLeastMs)) return null;
  const comings = await comingsOf(db, row.target.id);
  const days = [...new Set(comings.map((at) => Math.floor(Math.min(Date.parse(at), nowMs) / dayMs)))].sort(
    (one, other) => one - other,
  );
  const [first, latest] = [days[0], days.at(-1)];
  if (first === undefined || latest === undefined || days.length < leastDays) return null;
  const usualDays = (latest - first) / (days.length - 1);
  const silentDays = (nowMs - Math.max(last, latest * dayMs)) / dayMs;
  if (silentDays * dayMs < quietAtLeastMs || silentDays < quietGaps * usualDays) return null;
  return { days: Math.floor(silentDays), usualDays: Math.ceil(usualDays) };
}

const unknown: LookReason = { code: 'look.unanswered', params: {} };

function nameOf({ target }: TargetRow): string {
  return `${target.source}:${target.address}`;
}

interface Reporting {
  readonly reportedAt: Map<string, Iso | null>;
  readonly statements: Statement[];
}

/** Targets that fail for the same reason share one notice; in a storm only the first ones are reported at once. */
async function tellFailing(world: ReportWorld, rows: readonly TargetRow[], now: Iso, into: Reporting): Promise<void> {
  const groups = Map.groupBy(rows, (row) =>
    JSON.stringify(row.result === 'broken' ? [row.pool, row.reason] : [row.pool]),
  );
  for (const list of groups.values()) {
    const [row] = list;
    if (row === undefined) continue;
    const since = iso(Date.parse(now) - stormMs);
    const alike = row.result === 'broken' ? { pool: row.pool, reason: row.reason ?? unknown } : null;
    if ((await countReported(world.db, since, alike)) >= stormAtLeast) continue;
    for (const { target } of list) into.reportedAt.set(target.id, now);
    into.statements.push(...world.notices({ kind: 'sourceFailing', what: list.map(nameOf), reason: row.reason }));
  }
}

/**
 * What a pass has to report to operators: each problem once, and once when it is over. Written in the pass's batch, so that it
 * is
 * reported exactly when `reportedAt` changes.
 */
export async function report(world: ReportWorld, effects: readonly LookEffect[], nowMs: number): Promise<Reports> {
  const now = iso(nowMs);
  const into: Reporting = { reportedAt: new Map(), statements: [] };
  // Operators are not told about addresses that people in Discord chose; these people see the state of their watches there.
  const strangers = await askedByGuildsOnly(
    world.db,
    effects.map(({ after }) => after.target.id),
  );
  const failing: TargetRow[] = [];
  const back: TargetRow[] = [];
  for (const { before, after, changed, restructured } of effects) {
    if (restructured) into.statements.push(saveRestructured(after.target.id, now));
    if (strangers.has(after.target.id)) continue;
    if (restructured)
      into.statements.push(...world.notices({ kind: 'sourceRestructured', what: [nameOf(after)], reason: null }));
    const trouble = troubleOf(before);
    if (after.failingSince !== null) {
      if (trouble !== 'failing' && keepsFailing(before, after, after.failingSince, nowMs)) failing.push(after);
      continue;
    }
    if (trouble === 'quiet' && !changed) continue;
    const listens =
      world.sources.get(after.target.source)?.expectsNews === true && before.baselineAt !== null && !changed;
    const silence = listens ? await silenceOf(world.db, after, nowMs) : null;
    if (silence !== null) {
      into.reportedAt.set(after.target.id, now);
      into.statements.push(...world.notices({ kind: 'sourceStale', what: [nameOf(after)], reason: null, silence }));
    } else if (trouble !== null) back.push(after);
  }
  await tellFailing(world, failing, now, into);
  if (back.length > 0) {
    for (const { target } of back) into.reportedAt.set(target.id, null);
    into.statements.push(...world.notices({ kind: 'sourceBack', what: back.map(nameOf), reason: null }));
  }
  return into;
}
