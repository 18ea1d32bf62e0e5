// Asks the sources: the looks of a pass, and further looks that their answers make worthwhile.
import type { PollContext, Source } from '../sources/define.ts';
import type { Db } from '../store/define.ts';
import { type Find, findsOf } from '../store/finds.ts';
import { newTargetRow, type TargetRow, targetsById } from '../store/targets.ts';
import type { FoundTarget, Iso, Kind, PollResult, RecordedAnswer, Spent } from '../types/core.ts';
import type { LookReason } from '../types/reasons/looks.ts';

export interface Looked {
  readonly row: TargetRow;
  /** The row is not in the database yet. */
  readonly isNew: boolean;
  readonly result: PollResult;
}

export interface Polled {
  readonly looked: readonly Looked[];
  readonly spent: readonly Spent[];
}

/** What a pass adds to the finds: which target was found through which. */
export interface Follow {
  /** To be looked at in this pass. */
  readonly rows: readonly { readonly row: TargetRow; readonly isNew: boolean }[];
  /** Targets that the schedule looks at from now on. */
  readonly listed: readonly TargetRow[];
  /** Marks to store at once; those of followed targets (`pending`) are stored when their look succeeds. */
  readonly finds: readonly Find[];
  readonly pending: readonly Find[];
}

export interface PollWorld {
  readonly sources: ReadonlyMap<string, Source>;
  readonly context: PollContext;
  /** When the pass began; its recordings all carry this time, so that a replay sees them together. */
  readonly at: Iso;
  /** Stores answers for `run --record`. */
  readonly keep?: (row: TargetRow, answer: RecordedAnswer, at: Iso) => Promise<void>;
  readonly onError: (error: unknown, what: string) => void;
  /** For these targets, the kinds that are looked for only because a watch names them; left out = none. */
  readonly wanted?: (targetIds: readonly string[]) => Promise<ReadonlyMap<string, readonly Kind[]>>;
  /** Those of these targets that may reach no private address, whatever the configuration exempts; left out = none. */
  readonly strict?: (targetIds: readonly string[]) => Promise<ReadonlySet<string>>;
}

function withoutAnswer(looked: Looked): Looked {
  const { result } = looked;
  return result.kind === 'fresh' ? { ...looked, result: { ...result, answer: null } } : looked;
}

async function pollBatch(
  source: Source,
  rows: readonly { row: TargetRow; isNew: boolean }[],
  asking: PollWorld,
): Promise<Polled> {
  try {
    const ids = rows.map(({ row }) => row.target.id);
    const strict = await asking.strict?.(ids);
    const wanted = await asking.wanted?.(ids);
    const looks = rows.map(({ row: { target, cursor, lastAt } }) => ({
      target,
      cursor,
      lastAt,
      ...(strict?.has(target.id) === true ? { strict: true } : {}),
      ...(wanted?.has(target.id) === true ? { wants: wanted.get(target.id) ?? [] } : {}),
    }));
    const answer = await source.poll(looks, asking.context);
    const looked = rows.map(({ row, isNew }) => ({
      row,
      isNew,
      result: answer.results.get(row.target.id) ?? {
        kind: 'later' as const,
        reason: { code: 'look.late' as const, params: {} },
        afterMs: null,
      },
    }));
    for (const { row, result } of looked) {
      if (result.kind !== 'fresh' || result.answer === null) continue;
      // A full disk must not keep alerts back.
      await asking
        .keep?.(row, result.answer, asking.at)
        .catch((error: unknown) => asking.onError(error, `recording ${row.target.id}`));
    }
    // The answer is needed only for the recording, and may be as large as a document may be.
    return { looked: looked.map(withoutAnswer), spent: answer.spent };
  } catch (error) {
    // A source that throws has a bug: its targets are treated like any other failure, so that everything else continues.
    asking.onError(
      error,
      `looking at ${rows
        .map(({ row }) => row.target.id)
        .slice(0, 3)
        .join(', ')}`,
    );
    const detail = error instanceof Error ? error.message : String(error);
    const reason: LookReason = { code: 'look.internal', params: { detail } };
    return {
      looked: rows.map(({ row, isNew }) => ({ row, isNew, result: { kind: 'later', reason, afterMs: null } })),
      spent: [],
    };
  }
}

/** How long each pool was told to rest, in milliseconds. */
function restsOf(spent: readonly Spent[]): ReadonlyMap<string, number> {
  return new Map(spent.flatMap(({ pool, pauseMs = 0 }) => (pauseMs > 0 ? [[pool, pauseMs] as const] : [])));
}

/** `before`: what this pass has spent already; a pool that was told to rest is not asked again in it. */
export async function pollAll(
  rows: readonly { row: TargetRow; isNew: boolean }[],
  asking: PollWorld,
  before: readonly Spent[] = [],
): Promise<Polled> {
  const looked: Looked[] = [];
  const spent: Spent[] = [];
  for (const [kind, list] of Map.groupBy(rows, ({ row }) => row.target.source)) {
    const source = asking.sources.get(kind);
    if (source === undefined) {
      const result: PollResult = { kind: 'broken', reason: { code: 'look.no-source', params: { kind } } };
      looked.push(...list.map(({ row, isNew }) => ({ row, isNew, result })));
      continue;
    }
    for (let start = 0; start < list.length; start += source.batch) {
      const rests = restsOf([...before, ...spent]);
      const batch = list.slice(start, start + source.batch);
      for (const { row, isNew } of batch) {
        const afterMs = rests.get(row.pool);
        if (afterMs === undefined) continue;
        looked.push({
          row,
          isNew,
          result: { kind: 'later', reason: { code: 'look.host-rests', params: {} }, afterMs },
        });
      }
      const open = batch.filter(({ row }) => !rests.has(row.pool));
      if (open.length === 0) continue;
      const polled = await pollBatch(source, open, asking);
      looked.push(...polled.looked);
      spent.push(...polled.spent);
    }
  }
  return { looked, spent };
}

function poolOf(found: FoundTarget, sources: ReadonlyMap<string, Source>): string {
  return sources.get(found.target.source)?.pool(found.target) ?? found.target.source;
}

/**
 * The found targets worth a look in this pass: those found for the first time after the parent's baseline, and those whose
 * mark changed. At the parent's first look they are only listed.
 */
export async function follow(
  db: Db,
  looked: readonly Looked[],
  sources: ReadonlyMap<string, Source>,
  now: Iso,
): Promise<Follow> {
  const rows = new Map<string, { row: TargetRow; isNew: boolean }>();
  const listed = new Map<string, TargetRow>();
  const finds: Find[] = [];
  const pending: Find[] = [];
  for (const { row: parent, result } of looked) {
    if (result.kind !== 'fresh' || result.found.length === 0) continue;
    const known = await findsOf(db, parent.target.id);
    const moved = result.found.filter((found) => {
      const find = known.get(found.target.id);
      return find === undefined || (found.mark !== null && found.mark !== find.mark);
    });
    const stored = await targetsById(
      db,
      moved.map((found) => found.target.id),
    );
    for (const found of moved) {
      const find: Find = { parentId: parent.target.id, childId: found.target.id, mark: found.mark };
      const row = stored.get(found.target.id);
      if (!known.has(found.target.id) && parent.baselineAt === null) {
        finds.push(find);
        // The row may exist without being scheduled, because an entry linked there once.
        if ((row === undefined || row.dueAt === null) && !found.whole)
          listed.set(found.target.id, newTargetRow(found.target, poolOf(found, sources), now));
        continue;
      }
      pending.push(find);
      // Found after the baseline: it was absent before, so all of it is new. Known from the baseline: its first look is quiet.
      const absent = known.has(found.target.id) || found.quiet === true ? null : now;
      const fresh = newTargetRow(found.target, poolOf(found, sources), found.whole ? null : now, absent);
      rows.set(found.target.id, row === undefined ? { row: fresh, isNew: true } : { row, isNew: false });
    }
  }
  const already = new Set(looked.map(({ row }) => row.target.id));
  return {
    rows: [...rows.values()].filter(({ row }) => !already.has(row.target.id)),
    listed: [...listed.values()],
    finds: [...finds, ...pending.filter(({ childId }) => already.has(childId))],
    pending: pending.filter(({ childId }) => !already.has(childId)),
  };
}
