// How the watching stands, as everybody may see it: the file's watches, channels and quotas, without what is private. Only reads.
import type { Config } from '../config/shape.ts';
import { isGuildChannel } from '../guilds/context.ts';
import type { PoolStanding } from '../scheduler/status.ts';
import { channelStates } from '../store/channel-states.ts';
import type { Db } from '../store/define.ts';
import { owedByChannel } from '../store/deliveries.ts';
import { emptyTargets, privateTargets } from '../store/items.ts';
import { readMeta } from '../store/meta.ts';
import { type TargetRow, targetsById } from '../store/targets.ts';
import { fileWatches } from '../store/watches.ts';
import type { Beat } from '../types/beat.ts';
import type { Iso, Watch } from '../types/core.ts';
import type { PaceReason } from '../types/reasons/pace.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import { troubleOf } from '../worker/source-health.ts';
import type { Status } from './status.ts';

/** From what needs somebody to what is well. */
export const watchStates = ['broken', 'failing', 'absent', 'quiet', 'new', 'paused', 'well'] as const;

export interface StandingWatch {
  /** `KIND:ADDRESS`. */
  readonly target: string;
  /** A page's selector; null for everything else. */
  readonly select: string | null;
  readonly state: (typeof watchStates)[number];
  readonly lastLook: Iso | null;
  readonly nextLook: Iso | null;
  readonly lastChange: Iso | null;
  readonly failingSince: Iso | null;
  /** Why the last look failed; null = it did not. */
  readonly reason: AnyReason | null;
  /** Why it is looked at as often as it is. */
  readonly pace: PaceReason | null;
}

export interface Standings {
  /** The worker's last beat. */
  readonly beat: Iso | null;
  /** The worst first. */
  readonly watches: readonly StandingWatch[];
  readonly channels: readonly (Pick<Status['channels'][number], 'channel' | 'on' | 'owed' | 'holdUntil' | 'gone'> & {
    readonly reason: AnyReason | null;
  })[];
  readonly pools: readonly PoolStanding[];
}

export interface StandingsDeps {
  readonly db: Db;
  /** The file's; channels that people in Discord added are left out. */
  readonly config: Pick<Config, 'channels'>;
  /** Whether an address of this kind of source names a thing, which may not be there yet. */
  readonly awaits: (source: string) => boolean;
  readonly paces: () => Promise<ReadonlyMap<string, PaceReason>>;
  readonly pools: () => Promise<readonly PoolStanding[]>;
}

function stateOf(watch: Watch, row: TargetRow, absent: boolean): StandingWatch['state'] {
  if (watch.paused) return 'paused';
  if (row.result === 'broken') return 'broken';
  if (row.result === 'later') return 'failing';
  if (row.result === null) return 'new';
  // Not there yet, or misspelt.
  if (absent) return 'absent';
  return troubleOf(row) === 'quiet' ? 'quiet' : 'well';
}

function standingOf(watch: Watch, row: TargetRow, pace: PaceReason | null, absent: boolean): StandingWatch {
  const fails = row.result === 'broken' || row.result === 'later';
  return {
    target: `${row.target.source}:${row.target.address}`,
    select: row.target.shape,
    state: stateOf(watch, row, absent),
    lastLook: row.lastAt,
    nextLook: row.dueAt,
    lastChange: row.changedAt,
    failingSince: row.failingSince,
    reason: fails ? row.reason : null,
    pace,
  };
}

/** `words`: only watches whose address holds them; '' = all. */
export async function standings(deps: StandingsDeps, words: string): Promise<Standings> {
  const { db } = deps;
  const watches = await fileWatches(db);
  const ids = [...new Set(watches.map(({ targetId }) => targetId))];
  const rows = await targetsById(db, ids);
  const filed = new Set([...rows.values()].map(({ pool }) => pool));
  const hidden = await privateTargets(db, ids);
  const paces = await deps.paces();
  const empty = await emptyTargets(db);
  const wanted = words.trim().toLowerCase();
  const rank = ({ state }: StandingWatch): number => watchStates.indexOf(state);
  const shown = watches
    .flatMap((watch) => {
      const row = rows.get(watch.targetId);
      if (row === undefined || hidden.has(watch.targetId)) return [];
      const absent = empty.has(watch.targetId) && deps.awaits(row.target.source);
      return [standingOf(watch, row, paces.get(watch.targetId) ?? null, absent)];
    })
    .filter(({ target }) => target.toLowerCase().includes(wanted))
    .toSorted((one, other) => rank(one) - rank(other) || one.target.localeCompare(other.target, 'en'));
  const owed = new Map((await owedByChannel(db)).map((entry) => [entry.channel, entry]));
  const states = await channelStates(db);
  const beat = await readMeta(db, 'beat');
  return {
    beat: beat === null ? null : (JSON.parse(beat) as Beat).at,
    watches: shown,
    channels: deps.config.channels
      .filter(({ name }) => !isGuildChannel(name))
      .map(({ name, on }) => {
        const state = states.get(name);
        const waiting = owed.get(name);
        return {
          channel: name,
          on,
          owed: waiting?.owed ?? 0,
          holdUntil: state?.holdUntil ?? null,
          reason: state?.reason ?? waiting?.reason ?? null,
          gone: state?.goneAt != null,
        };
      }),
    // The host of a feed that only a Discord server added names that feed.
    pools: (await deps.pools()).filter(({ pool }) => filed.has(pool)),
  };
}
