// One pass: poll → diff → filter → assign → fold → compose → plan → one batch. Knows no source and no channel by name.

import type { Db, Statement } from '../store/define.ts';
import { type Find, saveFind } from '../store/finds.ts';
import { insertTarget, lookSoon, newTargetRow, type TargetRow, targetsById, updateTarget } from '../store/targets.ts';
import { beginWatches } from '../store/watches.ts';
import type { Fresh, Iso, PollResult, Spent, Watch } from '../types/core.ts';
import { iso } from '../types/time.ts';
import { type Asking, askers } from './askers.ts';
import { type ComposeContext, type Composed, compose, type FreshLook } from './compose.ts';
import { finishFanouts } from './finish-fanouts.ts';
import type { LinkedLook } from './linked-looks.ts';
import { partScopes } from './open-scope.ts';
import { type Follow, follow, type Looked, type PollWorld, pollAll } from './poll.ts';

export interface PacedLook {
  readonly row: TargetRow;
  readonly result: PollResult;
  /** Times of publication: `arrivals` of what is new, `history` of what was there at a first look. */
  readonly arrivals: readonly Iso[];
  readonly history: readonly Iso[];
  readonly watches: readonly Watch[];
  readonly nowMs: number;
}

/** What the schedule decides after a look. */
export interface Pacing {
  readonly after: (look: PacedLook) => Pick<TargetRow, 'learned' | 'dueAt' | 'notBefore' | 'hot'>;
  /** Records in the pools what was spent. */
  readonly spend: (
    spent: readonly Spent[],
    /** Who asked for each look. */
    looks: readonly (readonly Watch[])[],
    nowMs: number,
  ) => readonly Statement[];
  /** When targets that were just listed get their first look; `watches`: those on the parent. */
  readonly listed: (
    listed: readonly { readonly row: TargetRow; readonly watches: readonly Watch[] }[],
    nowMs: number,
  ) => Promise<readonly TargetRow[]>;
}

/** A look, and the row that its target has afterwards, without `reportedAt`. */
export interface LookEffect {
  readonly before: TargetRow;
  readonly after: TargetRow;
  /** Something in it changed, at a look that was not the first. */
  readonly changed: boolean;
  /** It gave everything new links at once. */
  readonly restructured: boolean;
}

/** Notices to operators about targets that fail or have gone quiet. */
export interface Reports {
  /** The new `reportedAt` of targets where it changes, by id. */
  readonly reportedAt: ReadonlyMap<string, Iso | null>;
  readonly statements: readonly Statement[];
}

export interface World {
  readonly db: Db;
  readonly asking: Omit<PollWorld, 'context' | 'at'>;
  readonly now: () => number;
  readonly pacing: Pacing;
  readonly report: (effects: readonly LookEffect[], nowMs: number) => Promise<Reports>;
  readonly compose: (now: Iso) => ComposeContext;
  /** Statements that guard the lease of this pass's pool; empty when there is only one worker. */
  readonly guard: () => readonly Statement[];
  /** Called when something is owed before the pass is over, so that delivery need not wait for its end. */
  readonly owed: () => void;
  /** Told of what failed and was set aside. */
  readonly onError?: (error: unknown, what: string) => void;
}

export interface PassReport {
  readonly looked: readonly Looked[];
  readonly spent: readonly Spent[];
  readonly changed: ReadonlySet<string>;
  /** Targets that were listed for the first time and wait for their own first look. */
  readonly listed: readonly string[];
  /** Pools in which something became due because of this pass. */
  readonly pools: readonly string[];
}

/** News of a parent waits no longer than this for the looks at what it found. */
const followMs = 30_000;
const attempts = 5;

interface ComposedLook {
  readonly looked: Looked;
  readonly composed: Composed;
  readonly asking: Asking;
}

/** The row as the look left it; a failed look leaves cursor and baseline as they were. */
function after({ looked, composed, asking: { watches, led } }: ComposedLook, world: World, nowMs: number): TargetRow {
  const { row, result } = looked;
  const now = iso(nowMs);
  const arrivals = composed.arrivals.get(row.target.id) ?? [];
  const history = composed.history.get(row.target.id) ?? [];
  const paced = world.pacing.after({ row, result, arrivals, history, watches, nowMs });
  const tried: TargetRow = { ...row, triedAt: now, result: result.kind, ...paced };
  switch (result.kind) {
    case 'fresh':
    case 'same': {
      const changed = composed.changed.has(row.target.id);
      return {
        ...tried,
        cursor: result.cursor,
        baselineAt: result.kind === 'fresh' && result.replaced !== undefined ? now : (row.baselineAt ?? now),
        lastAt: now,
        changedAt: changed ? now : row.changedAt,
        // An entry asks for one answer only: afterwards the target is not scheduled.
        ...(led ? { dueAt: null, hot: false } : {}),
        reason: null,
        failingSince: null,
        fails: 0,
      };
    }
    case 'later':
    case 'broken':
      return { ...tried, reason: result.reason, failingSince: row.failingSince ?? now, fails: row.fails + 1 };
  }
}

function isFresh(looked: Looked): looked is Looked & { readonly result: Fresh } {
  return looked.result.kind === 'fresh';
}

interface Pass {
  readonly looked: readonly Looked[];
  readonly followed: Follow;
  readonly spent: readonly Spent[];
}

async function statementsFor(world: World, { looked, followed, spent }: Pass, nowMs: number) {
  const known = await askers(world.db, looked, followed);
  const asking = ({ target }: TargetRow): Asking => known.get(target.id) ?? { watches: [], led: false };
  const fresh: FreshLook[] = looked.filter(isFresh).map(({ row, result }) => ({ row, result, ...asking(row) }));
  await partScopes(world.db, fresh, iso(nowMs));
  const composed = await compose(world.db, fresh, world.compose(iso(nowMs)));
  const answered = looked.filter(({ result }) => result.kind === 'fresh' || result.kind === 'same');
  const tried = new Set(looked.map(({ row }) => row.target.id));
  const begun = answered.filter(({ row }) => asking(row).watches.some((watch) => watch.since === null));
  const done = new Set(answered.map(({ row }) => row.target.id));
  const effects = looked.map((entry): LookEffect => {
    const { row } = entry;
    const changed = row.baselineAt !== null && composed.changed.has(row.target.id);
    const restructured = composed.restructured.has(row.target.id);
    const next = after({ looked: entry, composed, asking: asking(row) }, world, nowMs);
    return { before: row, after: next, changed, restructured };
  });
  const reports = await world.report(effects, nowMs);
  const parents = Map.groupBy(followed.finds, ({ childId }) => childId);
  const listed = await world.pacing.listed(
    followed.listed.map((row) => {
      const finds = parents.get(row.target.id) ?? [];
      return { row, watches: finds.flatMap(({ parentId }) => known.get(parentId)?.watches ?? []) };
    }),
    nowMs,
  );
  const led = await linkedRows(world, composed.linked, nowMs);
  const statements: Statement[] = [
    ...world.guard(),
    ...[...listed, ...led.rows].flatMap((row) => [insertTarget(row), lookSoon(row)]),
    ...led.finds.map(saveFind),
    ...looked.filter(({ isNew }) => isNew).map(({ row }) => insertTarget(row)),
    ...composed.statements,
    ...followed.finds.map(saveFind),
    // The find is stored at once; when its look failed, without its mark, so that it is looked at again.
    ...followed.pending
      .filter(({ childId }) => tried.has(childId))
      .map((find) => saveFind(done.has(find.childId) ? find : { ...find, mark: null })),
    ...effects.map(({ after: row }) => {
      const reportedAt = reports.reportedAt.get(row.target.id);
      return updateTarget(reportedAt === undefined ? row : { ...row, reportedAt });
    }),
    ...reports.statements,
    ...beginWatches(
      begun.map(({ row }) => row.target.id),
      iso(nowMs),
    ),
    ...world.pacing.spend(
      spent,
      looked.map(({ row }) => asking(row).watches),
      nowMs,
    ),
  ];
  return { statements, composed, pools: led.rows.map(({ pool }) => pool) };
}

/** Rows for one look each, at once: in the hot lane for the file, within its share for a guild. All that it finds is new. */
async function linkedRows({ asking, pacing }: World, linked: readonly LinkedLook[], nowMs: number) {
  const now = iso(nowMs);
  const known = linked.filter(({ target }) => asking.sources.has(target.source));
  const rows = known.map(({ target, watches }) => {
    const pool = asking.sources.get(target.source)?.pool(target) ?? target.source;
    const hot = watches.every(({ origin }) => origin.by === 'file');
    return { row: { ...newTargetRow(target, pool, now, now), hot }, watches };
  });
  const finds = known.map(
    ({ target, parentId, watches }): Find => ({
      parentId,
      childId: target.id,
      mark: null,
      asked: watches.map(({ id }) => id),
    }),
  );
  return { rows: await pacing.listed(rows, nowMs), finds };
}

/** Leaves out targets that somebody else has looked at meanwhile, because that look is the newer one. */
async function unmoved(db: Db, looked: readonly Looked[]): Promise<readonly Looked[]> {
  const stored = await targetsById(
    db,
    looked.map(({ row }) => row.target.id),
  );
  return looked.filter(({ row, isNew }) => {
    const version = stored.get(row.target.id)?.version;
    return isNew ? version === undefined : version === row.version;
  });
}

/**
 * Looks at these targets and at what they make worth a look, and writes everything in one batch or nothing.
 * When somebody else wrote meanwhile, the same answers are folded again on what is stored now.
 */
export async function pass(world: World, rows: readonly TargetRow[], signal: AbortSignal): Promise<PassReport> {
  const own = rows.map((row) => row.pool);
  // Before anything new is told, because each channel gets its news in order.
  await finishFanouts(world, own, signal);
  const context = { now: world.now, signal };
  const asking = { ...world.asking, at: iso(world.now()) };
  const first = await pollAll(
    rows.map((row) => ({ row, isNew: false })),
    { ...asking, context },
  );
  const followed = await follow(world.db, first.looked, world.asking.sources, iso(world.now()));
  const patience = { now: world.now, signal: AbortSignal.any([signal, AbortSignal.timeout(followMs)]) };
  const second = await pollAll(followed.rows, { ...asking, context: patience }, first.spent);
  // A look that we interrupted is not the other side's failure: it counts as not made.
  const looked = [...first.looked, ...second.looked].filter(
    ({ result }) => !(signal.aborted && result.kind === 'later'),
  );
  const spent = [...first.spent, ...second.spent];
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const ours = attempt === 1 ? looked : await unmoved(world.db, looked);
    const { statements, composed, pools } = await statementsFor(world, { looked: ours, followed, spent }, world.now());
    if ((await world.db.batch(statements)) === 'done') {
      if (composed.isSplit) {
        world.owed();
        await finishFanouts(world, [...own, ...ours.map(({ row }) => row.pool)], signal);
      }
      const listed = followed.listed.map((row) => row.target.id);
      return { looked, spent, changed: composed.changed, listed, pools };
    }
  }
  throw new Error(
    `writing a pass over ${rows
      .map((row) => row.target.id)
      .slice(0, 3)
      .join(', ')}: conflicted ${attempts} times`,
  );
}
