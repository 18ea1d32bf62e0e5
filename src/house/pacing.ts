// When to look again, and what the pools remember.
import type { Pacing } from '../cycle.ts';
import type { Db, Statement } from '../store/define.ts';
import { poolStates, savePoolState } from '../store/standing.ts';
import type { SourceKind } from '../sources/define.ts';

export function createPacing(db: Db, kinds: readonly SourceKind[], random: () => number): Pacing {
  const floors = new Map(kinds.map((kind) => [kind.kind, kind.floorMs]));
  return {
    after: ({ row, result, watches, nowMs }) => {
      const floor = Math.max(floors.get(row.target.source) ?? 60_000, 60_000, ...watches.map((watch) => watch.floorMs ?? 0));
      const rest = result.kind === 'fresh' || result.kind === 'same' ? (result.restMs ?? 0) : result.kind === 'later' ? (result.afterMs ?? 60_000 * 2 ** Math.min(row.fails, 5)) : 3_600_000;
      const wait = Math.max(rest, floor) * (1 + random() / 10);
      return { learned: row.learned, dueAt: row.dueAt === null && result.kind !== 'later' ? null : new Date(nowMs + wait).toISOString() };
    },
    spend: async (spent, nowMs) => {
      const pauses = spent.filter((one) => one.pauseMs !== undefined);
      if (pauses.length === 0) return [];
      const states = await poolStates(db);
      const statements: Statement[] = [];
      for (const one of pauses) {
        const until = new Date(nowMs + (one.pauseMs ?? 0)).toISOString();
        statements.push(savePoolState({ id: one.pool, pausedUntil: until, doc: states.get(one.pool)?.doc ?? null }));
      }
      return statements;
    },
  };
}
