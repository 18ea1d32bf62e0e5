// Who asked for what was looked at: its own watches, and those of the targets that found it or link to it.
import type { Db } from '../store/define.ts';
import { type Find, parentsOf } from '../store/finds.ts';
import { watchesOn } from '../store/watches.ts';
import type { Watch } from '../types/core.ts';
import { unfiltered } from './filter.ts';
import type { Follow, Looked } from './poll.ts';

/** The watches on the entry that led there, without filters: what they filter in entries says nothing about artefacts. */
function watchesOfEntry({ parentId, asked }: Find, watches: ReadonlyMap<string, readonly Watch[]>): readonly Watch[] {
  // A watch that did not tell the entry tells nothing here, but still shows whose evidence it is: a guild's is not the file's.
  return (watches.get(parentId) ?? []).map((watch) => {
    const open = unfiltered(watch);
    return asked?.includes(watch.id) === true ? open : { ...open, filters: { ...open.filters, on: [] } };
  });
}

export interface Asking {
  readonly watches: readonly Watch[];
  /** Nobody watches it: entries link to it. */
  readonly led: boolean;
}

/** Everybody who asked for each target: its own watches, and those of the targets that found it. */
export async function askers(
  db: Db,
  looked: readonly Looked[],
  followed: Follow,
): Promise<ReadonlyMap<string, Asking>> {
  const ids = looked.map(({ row }) => row.target.id);
  const finds = [...(await parentsOf(db, ids)), ...followed.finds, ...followed.pending];
  const parents = Map.groupBy(finds, (find) => find.childId);
  const watches = Map.groupBy(
    await watchesOn(db, [...ids, ...finds.map((find) => find.parentId)]),
    (watch) => watch.targetId,
  );
  return new Map(
    ids.map((id) => {
      const found = parents.get(id) ?? [];
      const from = new Set([id, ...found.flatMap(({ parentId, asked }) => (asked === undefined ? [parentId] : []))]);
      const own = [...from].flatMap((target) => watches.get(target) ?? []);
      const led = own.length === 0 && found.some(({ asked }) => asked !== undefined);
      return [
        id,
        led ? { watches: found.flatMap((find) => watchesOfEntry(find, watches)), led } : { watches: own, led },
      ];
    }),
  );
}
