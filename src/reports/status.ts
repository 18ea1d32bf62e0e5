// What `landfall status` shows: each watch, each pool, each channel, and what is owed. Only reads.

import type { Config } from '../config/shape.ts';
import { partLacks } from '../infra/lacks.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import type { PoolStanding } from '../scheduler/status.ts';
import { channelStates } from '../store/channel-states.ts';
import type { Db } from '../store/define.ts';
import { givenUpSince, owedByChannel } from '../store/deliveries.ts';
import { findCounts } from '../store/finds.ts';
import { emptyTargets } from '../store/items.ts';
import { readMeta, restructuredTargets } from '../store/meta.ts';
import { ownerQuestions } from '../store/questions.ts';
import type { TargetRow, TargetStanding } from '../store/targets.ts';
import { allWatches } from '../store/watches.ts';
import type { Iso } from '../types/core.ts';
import type { Lack } from '../types/reasons/lacks.ts';
import type { PaceReason } from '../types/reasons/pace.ts';
import { iso } from '../types/time.ts';
import { type Trouble, troubleOf } from '../worker/source-health.ts';
import { type GatewayStanding, gatewayStanding } from './gateway.ts';

export interface WatchStatus {
  readonly target: string;
  /** A page's selector; null for everything else. */
  readonly select: string | null;
  readonly origin: 'file' | 'discord';
  readonly paused: boolean;
  readonly lastLook: Iso | null;
  readonly nextLook: Iso | null;
  readonly lastChange: Iso | null;
  readonly result: TargetRow['result'];
  /** It names a thing that does not exist: not yet, or it is misspelt. */
  readonly absent: boolean;
  /** Its owner is not there either: what operators were asked about, with the nearest known account; null = nothing. */
  readonly question: { readonly owner: string; readonly near: string | null } | null;
  readonly error: string | null;
  /** The code of the error. */
  readonly code: string | null;
  readonly failingSince: Iso | null;
  /** The trouble that operators were told about, and when; null = none since it last worked. */
  readonly trouble: { readonly kind: Trouble; readonly reportedAt: Iso } | null;
  /** When it last gave everything new links at once; null = never. */
  readonly restructured: Iso | null;
  /** Targets that were found through this one. */
  readonly found: number;
  /** Why it is looked at as often as it is. */
  readonly pace: string | null;
  readonly paceCode: string | null;
  readonly to: readonly string[];
}

export interface Status {
  readonly beat: Iso | null;
  /** Null = no worker runs a bot. */
  readonly gateway: GatewayStanding | null;
  readonly watches: readonly WatchStatus[];
  readonly pools: readonly PoolStanding[];
  readonly channels: readonly {
    readonly channel: string;
    readonly on: boolean;
    readonly owed: number;
    readonly oldest: Iso | null;
    readonly holdUntil: Iso | null;
    readonly reason: string | null;
    /** The code of the reason. */
    readonly code: string | null;
    readonly gone: boolean;
    /** Messages that the channel refused in the last seven days, with the newest reason; null = none. */
    readonly refused: { readonly messages: number; readonly at: Iso; readonly reason: string } | null;
    /** Permissions that are missing, by name. */
    readonly missing: readonly string[];
    readonly missingCodes: readonly string[];
    /** Why it is not known at the moment whether more is missing. */
    readonly checking: readonly string[];
  }[];
}

export interface StatusDeps {
  readonly config: Config;
  readonly db: Db;
  readonly targets: readonly TargetStanding[];
  readonly pace: (row: TargetStanding) => PaceReason | null;
  readonly pools: readonly PoolStanding[];
  readonly missing: ReadonlyMap<string, readonly Lack[]>;
  /** Milliseconds. */
  readonly now: number;
  /** Whether addresses of this source name a thing that may not exist. */
  readonly awaits: (source: string) => boolean;
}

type GivenUp = Awaited<ReturnType<typeof givenUpSince>>[number];

const refusedShownMs = 7 * 86_400_000;

/** Messages given up because they were refused; those that were deleted, or whose channel is gone, are not counted. */
function refusedBy(given: readonly GivenUp[]): Status['channels'][number]['refused'] {
  const refused = given.flatMap(({ at, reason }) =>
    reason === null || reason.code === 'message.deleted' ? [] : [{ at, reason }],
  );
  const [newest] = refused;
  return newest === undefined ? null : { messages: refused.length, at: newest.at, reason: inEnglish(newest.reason) };
}

export async function status({ config, db, targets, pace, pools, missing, awaits, now }: StatusDeps): Promise<Status> {
  const rows = new Map(targets.map((row) => [row.target.id, row]));
  const found = await findCounts(db);
  const restructured = await restructuredTargets(db);
  const empty = await emptyTargets(db);
  const questions = await ownerQuestions(db);
  const watches: WatchStatus[] = [];
  for (const watch of await allWatches(db)) {
    const row = rows.get(watch.targetId);
    if (row === undefined) continue;
    const kind = troubleOf(row);
    const often = pace(row);
    watches.push({
      target: `${row.target.source}:${row.target.address}`,
      select: row.target.shape,
      origin: watch.origin.by === 'guild' ? 'discord' : 'file',
      paused: watch.paused,
      lastLook: row.lastAt,
      nextLook: row.dueAt,
      lastChange: row.changedAt,
      result: row.result,
      absent: awaits(row.target.source) && empty.has(row.target.id),
      question: empty.has(row.target.id) ? (questions.get(row.target.id) ?? null) : null,
      error: row.reason === null ? null : inEnglish(row.reason),
      code: row.reason?.code ?? null,
      failingSince: row.failingSince,
      trouble: kind === null || row.reportedAt === null ? null : { kind, reportedAt: row.reportedAt },
      restructured: restructured.get(row.target.id) ?? null,
      found: found.get(row.target.id) ?? 0,
      pace: often === null ? null : inEnglish(often),
      paceCode: often?.code ?? null,
      to: watch.to,
    });
  }
  const owed = new Map((await owedByChannel(db)).map((entry) => [entry.channel, entry]));
  const states = await channelStates(db);
  const refused = Map.groupBy(await givenUpSince(db, iso(now - refusedShownMs)), ({ channel }) => channel);
  const beat = await readMeta(db, 'beat');
  return {
    beat: beat === null ? null : (JSON.parse(beat) as { at: Iso }).at,
    gateway: await gatewayStanding(db, now),
    watches,
    pools,
    channels: config.channels.map((channel) => {
      const state = states.get(channel.name);
      const waiting = owed.get(channel.name);
      const reason = state?.reason ?? waiting?.reason ?? null;
      const lacks = partLacks(missing.get(channel.name) ?? []);
      return {
        channel: channel.name,
        on: channel.on,
        owed: waiting?.owed ?? 0,
        oldest: waiting?.oldest ?? null,
        holdUntil: state?.holdUntil ?? null,
        reason: reason === null ? null : inEnglish(reason),
        code: reason?.code ?? null,
        gone: state?.goneAt != null,
        refused: state?.goneAt != null ? null : refusedBy(refused.get(channel.name) ?? []),
        missing: lacks.missing.map(inEnglish),
        missingCodes: lacks.missing.map(({ code }) => code),
        checking: lacks.checking.map(inEnglish),
      };
    }),
  };
}
