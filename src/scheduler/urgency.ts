// What is at stake for each target: who asks for it and how often, and what the stories lead us to expect.

import type { SourceKind } from '../sources/define.ts';
import type { Db } from '../store/define.ts';
import { parentsOf } from '../store/finds.ts';
import type { TargetRow } from '../store/targets.ts';
import { watchesOn } from '../store/watches.ts';
import type { Watch } from '../types/core.ts';
import type { Expected } from './expected.ts';
import { decidingWatches, type GuildShare, isGuildOnly } from './guild-share.ts';
import type { Stake } from './policy/crowd.ts';

export interface StakeWorld {
  readonly db: Db;
  readonly kinds: ReadonlyMap<string, SourceKind>;
  /** The lab that an address belongs to, by its id in the lab table; null = no known lab. */
  readonly labOf: (address: string) => string | null;
  readonly guests: GuildShare;
  readonly expected: () => Promise<Expected>;
}

/** Expectations of labs, and the floors that apply to guilds. */
export interface Outlook {
  readonly expected: Expected;
  readonly floors: ReadonlyMap<string, number>;
}

export async function outlookOf(world: StakeWorld): Promise<Outlook> {
  return { expected: await world.expected(), floors: await world.guests.floors() };
}

function floorOf({ origin, floorMs }: Watch, floors: Outlook['floors']): number {
  return (origin.by === 'guild' ? floors.get(origin.guild) : floorMs) ?? 0;
}

export function stakeOf(
  row: Pick<TargetRow, 'target'>,
  watches: readonly Watch[],
  world: StakeWorld,
  { expected, floors }: Outlook,
): Stake {
  const deciding = decidingWatches(watches);
  const wishes = deciding.map((watch) => floorOf(watch, floors));
  // Without any expectation the lab does not matter, so the lab table need not be loaded.
  const awaited = expected.promises.size + expected.reported.size > 0;
  const lab = awaited ? world.labOf(row.target.address) : null;
  return {
    weight: Math.max(0.01, ...deciding.map((watch) => watch.weight)),
    // The watch with the shortest floor counts; the source's own floor applies to all.
    floorMs: Math.max(world.kinds.get(row.target.source)?.floorMs ?? 0, wishes.length === 0 ? 0 : Math.min(...wishes)),
    promise: lab === null ? null : (expected.promises.get(lab) ?? null),
    reportedAt: lab === null ? null : (expected.reported.get(lab) ?? null),
    ...(isGuildOnly(watches) ? { guest: true } : {}),
  };
}

export async function stakes(
  world: StakeWorld,
  rows: readonly Pick<TargetRow, 'target'>[],
  outlook: Outlook,
): Promise<ReadonlyMap<string, Stake>> {
  const ids = rows.map((row) => row.target.id);
  const finds = await parentsOf(world.db, ids);
  const parents = Map.groupBy(finds, (find) => find.childId);
  const askers = new Set([...ids, ...finds.map((find) => find.parentId)]);
  const watches = Map.groupBy(await watchesOn(world.db, [...askers]), (watch) => watch.targetId);
  return new Map(
    rows.map((row) => {
      const asked = [row.target.id, ...(parents.get(row.target.id) ?? []).map((find) => find.parentId)];
      return [
        row.target.id,
        stakeOf(
          row,
          asked.flatMap((id) => watches.get(id) ?? []),
          world,
          outlook,
        ),
      ];
    }),
  );
}
