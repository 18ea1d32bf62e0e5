// The state of watches, channels and quotas, as everybody may see it: only the file's, nothing private. Only reads.
import type { Config } from '../config/shape.ts';
import { isGuildChannel } from '../guilds/context.ts';
import type { PoolStanding } from '../scheduler/status.ts';
import { channelStates } from '../store/channel-states.ts';
import type { Db } from '../store/define.ts';
import { owedByChannel } from '../store/deliveries.ts';
import { readMeta } from '../store/meta.ts';
import { type StandingRow, standingRows } from '../store/standing-rows.ts';
import { type TargetRow, type TargetStanding, targetsById } from '../store/targets.ts';
import type { Beat } from '../types/beat.ts';
import type { Iso } from '../types/core.ts';
import type { PaceReason } from '../types/reasons/pace.ts';
import type { AnyReason } from '../types/reasons/reason.ts';
import { troubleOf } from '../worker/source-health.ts';
import type { Status } from './status.ts';

/** Those that need attention first. */
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
  /** The worst first; `standingsOf` reads the details of some of them. */
  readonly watches: readonly Placed[];
  readonly channels: readonly (Pick<Status['channels'][number], 'channel' | 'on' | 'owed' | 'holdUntil' | 'gone'> & {
    readonly reason: AnyReason | null;
  })[];
  readonly pools: readonly PoolStanding[];
}

export interface StandingsDeps {
  readonly db: Db;
  /** The file's channels; those that people in Discord added are left out. */
  readonly config: Pick<Config, 'channels'>;
  /** Whether addresses of this kind of source name a thing that may not exist yet. */
  readonly awaits: (source: string) => boolean;
  readonly paces: (rows: readonly TargetStanding[]) => Promise<ReadonlyMap<string, PaceReason>>;
  readonly pools: () => Promise<readonly PoolStanding[]>;
}

type Placed = Pick<StandingRow, 'targetId'> & Pick<StandingWatch, 'target' | 'select' | 'state'>;

function stateOf(row: StandingRow, awaits: boolean): StandingWatch['state'] {
  if (row.paused) return 'paused';
  if (row.result === 'broken') return 'broken';
  if (row.result === 'later') return 'failing';
  if (row.result === null) return 'new';
  // Not there yet, or misspelt.
  if (row.empty && awaits) return 'absent';
  return troubleOf(row) === 'quiet' ? 'quiet' : 'well';
}

function standingOf({ target, select, state }: Placed, row: TargetRow, pace: PaceReason | null): StandingWatch {
  const fails = row.result === 'broken' || row.result === 'later';
  return {
    target,
    select,
    state,
    lastLook: row.lastAt,
    nextLook: row.dueAt,
    lastChange: row.changedAt,
    failingSince: row.failingSince,
    reason: fails ? row.reason : null,
    pace,
  };
}

/** In the order of the list; only these rows are read in full. */
export async function standingsOf(deps: StandingsDeps, list: readonly Placed[]): Promise<readonly StandingWatch[]> {
  const rows = await targetsById(deps.db, [...new Set(list.map(({ targetId }) => targetId))]);
  const paces = await deps.paces([...rows.values()]);
  return list.flatMap((placed) => {
    const row = rows.get(placed.targetId);
    return row === undefined ? [] : [standingOf(placed, row, paces.get(placed.targetId) ?? null)];
  });
}

const byAddress = new Intl.Collator('en');

function placed(rows: readonly StandingRow[], words: string, awaits: StandingsDeps['awaits']): readonly Placed[] {
  const wanted = words.trim().toLowerCase();
  const rank = ({ state }: Placed): number => watchStates.indexOf(state);
  return rows
    .map((row) => ({
      targetId: row.targetId,
      target: `${row.source}:${row.address}`,
      select: row.shape,
      state: stateOf(row, awaits(row.source)),
    }))
    .filter(({ target }) => target.toLowerCase().includes(wanted))
    .toSorted((one, other) => rank(one) - rank(other) || byAddress.compare(one.target, other.target));
}

async function channelsOf({ db, config }: StandingsDeps): Promise<Standings['channels']> {
  const [waiting, states] = await Promise.all([owedByChannel(db), channelStates(db)]);
  const owed = new Map(waiting.map((entry) => [entry.channel, entry]));
  return config.channels
    .filter(({ name }) => !isGuildChannel(name))
    .map(({ name, on }) => {
      const state = states.get(name);
      return {
        channel: name,
        on,
        owed: owed.get(name)?.owed ?? 0,
        holdUntil: state?.holdUntil ?? null,
        reason: state?.reason ?? owed.get(name)?.reason ?? null,
        gone: state?.goneAt != null,
      };
    });
}

/** `words`: only watches whose address contains them; '' = all. */
export async function standings(deps: StandingsDeps, words: string): Promise<Standings> {
  const { db } = deps;
  const [rows, channels, beat, pools] = await Promise.all([
    standingRows(db),
    channelsOf(deps),
    readMeta(db, 'beat'),
    deps.pools(),
  ]);
  const filed = new Set(rows.map(({ pool }) => pool));
  return {
    beat: beat === null ? null : (JSON.parse(beat) as Beat).at,
    watches: placed(rows, words, deps.awaits),
    channels,
    // The pool of a feed is its host, which would reveal a feed that only a Discord server added.
    pools: pools.filter(({ pool }) => filed.has(pool)),
  };
}
