// Limits the looks that guilds cause: each guild's looks per hour are shared among all the targets only it asks for.

import type { Db } from '../store/define.ts';
import { guildLoads } from '../store/guilds.ts';
import type { TargetRow } from '../store/targets.ts';
import type { Watch } from '../types/core.ts';
import { hourMs, iso } from '../types/time.ts';

export interface GuildShare {
  /** By guild: the shortest time between two looks at a target that only this guild asks for, in milliseconds. */
  readonly floors: () => Promise<ReadonlyMap<string, number>>;
  /** Spreads the first looks at new targets, each given with its watches, so that they too keep to the guild's rate. */
  readonly spread: (
    listed: readonly { readonly row: TargetRow; readonly watches: readonly Watch[] }[],
    nowMs: number,
  ) => Promise<readonly TargetRow[]>;
}

/** Counting is expensive where guilds watch large organisations, and every pool asks at every pass. */
const keptMs = 60_000;

/** The watches that decide how a target is looked at: the file's, if the file watches it. */
export function decidingWatches(watches: readonly Watch[]): readonly Watch[] {
  const own = watches.filter(({ origin }) => origin.by === 'file');
  return own.length > 0 ? own : watches;
}

/** Whether a target is watched by guilds only. */
export function isGuildOnly(watches: readonly Watch[]): boolean {
  return watches.length > 0 && watches.every(({ origin }) => origin.by === 'guild');
}

function guildOf(watches: readonly Watch[]): string | null {
  for (const { origin } of watches) if (origin.by === 'guild') return origin.guild;
  return null;
}

export function createGuildShare(db: Db, looksPerHour: () => number, now: () => number): GuildShare {
  const gap = (): number => hourMs / looksPerHour();
  let kept: { readonly at: number; readonly floors: ReadonlyMap<string, number> } | null = null;
  return {
    floors: async () => {
      if (kept !== null && now() - kept.at < keptMs) return kept.floors;
      const loads = await guildLoads(db);
      const floors = new Map([...loads].map(([guild, { targets }]) => [guild, Math.ceil(gap() * targets)]));
      kept = { at: now(), floors };
      return floors;
    },
    spread: async (listed, nowMs) => {
      if (!listed.some(({ watches }) => isGuildOnly(watches))) return listed.map(({ row }) => row);
      // The new targets change the guild's load, so floors computed before must not be used.
      kept = null;
      const loads = await guildLoads(db);
      const ahead = new Map([...loads].map(([guild, { waiting }]) => [guild, waiting]));
      return listed.map(({ row, watches }) => {
        const guild = isGuildOnly(watches) ? guildOf(watches) : null;
        if (guild === null) return row;
        const place = ahead.get(guild) ?? 0;
        ahead.set(guild, place + 1);
        const at = iso(nowMs + Math.ceil(place * gap()));
        return { ...row, dueAt: at, notBefore: at };
      });
    },
  };
}
