// What there is to win or lose at each target: who asks for it and how often, and what the stories expect of it.

import type { SourceKind } from '../sources/define.ts';
import type { Db } from '../store/define.ts';
import { parentsOf } from '../store/finds.ts';
import type { TargetRow } from '../store/targets.ts';
import { watchesOn } from '../store/watches.ts';
import type { Watch } from '../types/core.ts';
import type { Expected } from './expected.ts';
import { type GuildShare, isGuildOnly, speaking } from './guild-share.ts';
import type { Stake } from './policy/crowd.ts';

export interface StakeWorld {
  readonly db: Db;
  readonly kinds: ReadonlyMap<string, SourceKind>;
  /** Whose account an address is (an id of the lab table); null for nobody's we know. */
  readonly labOf: (address: string) => string | null;
  readonly guests: GuildShare;
  readonly expected: () => Promise<Expected>;
}

/** What the house expects, and what guilds may ask. */
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
  const heard = speaking(watches);
  const wishes = heard.map((watch) => floorOf(watch, floors));
  // Where nothing is expected of anybody, nobody needs to know whose account it is, and the tables stay unread.
  const awaited = expected.promises.size + expected.reported.size > 0;
  const lab = awaited ? world.labOf(row.target.address) : null;
  return {
    weight: Math.max(0.01, ...heard.map((watch) => watch.weight)),
    // Whoever wants it soonest is served; the source's own courtesy holds for all.
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
