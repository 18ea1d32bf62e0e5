// The schedule applied to one quota pool: what may be looked at now, and what each look teaches.

import type { PacedLook, Pacing } from '../pipeline/run.ts';
import type { Source } from '../sources/define.ts';
import type { Statement } from '../store/define.ts';
import { anyGuildWatches } from '../store/guilds.ts';
import { countTargets, poolCounts, poolState, poolStates, restPool, savePoolState } from '../store/pools.ts';
import { type AskedBy, nextTargets, poolTargets, type TargetRow, type TargetStanding } from '../store/targets.ts';
import type { Json, Quota, Spent, Watch } from '../types/core.ts';
import type { PaceReason } from '../types/reasons/pace.ts';
import { iso } from '../types/time.ts';
import { isGuildOnly } from './guild-share.ts';
import {
  allowance,
  type Budget,
  COURTESY,
  type Grant,
  guildAllowance,
  type Lane,
  spend,
  spendPreviews,
} from './policy/budget.ts';
import type { Member, Stake } from './policy/crowd.ts';
import { type Due, nextDue, type Scene } from './policy/interval.ts';
import { pick } from './policy/lanes.ts';
import {
  guildPart,
  type PoolMemory,
  readPace,
  readPool,
  sceneOf,
  surveyed,
  wantsSurvey,
  writePace,
  writePool,
} from './policy/memory.ts';
import { backfill, freshPace, type LookOutcome, learn, type Pace } from './policy/pace.ts';
import { expectation } from './policy/why.ts';
import { type Outlook, outlookOf, type StakeWorld, stakeOf, stakes } from './urgency.ts';

export interface PacingWorld extends StakeWorld {
  readonly now: () => number;
  readonly random: () => number;
  readonly sources: ReadonlyMap<string, Source>;
  /** Returns, and removes, what previews of a pool have cost since the last call. */
  readonly previewed: (pool: string) => readonly Spent[];
}

/** A pool with its budget; valid while its lease is held. */
export interface PoolSession {
  readonly grant: Grant;
  /** The rows to look at now, by lane. */
  readonly choose: () => Promise<Readonly<Record<Lane, readonly TargetRow[]>>>;
  readonly pacing: (lane: Lane) => Pacing;
}

/** The most rows looked at in one pass, whatever the budget allows: folding and writing them blocks everything else. */
const rowsPerPass = 100;
/** How many rows of a large watch list are surveyed at a time. */
const rowsPerPart = 500;

function findingOf({ result, arrivals }: PacedLook): LookOutcome {
  switch (result.kind) {
    case 'fresh':
      return {
        kind: 'answered',
        restMs: result.restMs,
        releases: arrivals.map((at) => ({ at: Date.parse(at), weight: 1 })),
      };
    case 'same':
      return { kind: 'answered', restMs: result.restMs, releases: [] };
    case 'later':
      return { kind: 'later', afterMs: result.afterMs };
    case 'broken':
      return { kind: 'broken' };
  }
}

async function membersOf(
  world: PacingWorld,
  pool: string,
  outlook: Outlook,
  nowMs: number,
): Promise<readonly Member[]> {
  const rows = await poolTargets(world.db, pool);
  const members: Member[] = [];
  // In parts, because the watches of a large list alone take tens of megabytes.
  for (let start = 0; start < rows.length; start += rowsPerPart) {
    const part = rows.slice(start, start + rowsPerPart);
    const known = await stakes(world, part, outlook);
    for (const { target, learned } of part) {
      const stake = known.get(target.id);
      if (stake !== undefined) members.push({ pace: readPace(learned, nowMs), stake });
    }
  }
  return members;
}

function quotaOf(world: PacingWorld, pool: string, source: string | undefined, targets: number): Quota {
  return (source === undefined ? undefined : world.sources.get(source)?.quota?.(pool, targets)) ?? COURTESY;
}

/** Learns from the history that the first look found, so that there is no cold start. */
function taught({ history, nowMs }: PacedLook): Pace {
  const past = history.map((at) => ({ at: Date.parse(at), weight: 1 }));
  return backfill(freshPace(nowMs), past, Math.min(...past.map(({ at }) => at)), nowMs);
}

/** The schedule's part of a target's row after a look. */
function paced(
  look: PacedLook,
  sceneFor: (stake: Stake) => Scene,
  world: PacingWorld,
  outlook: Outlook,
): ReturnType<Pacing['after']> {
  const { row, nowMs } = look;
  const finding = findingOf(look);
  const began = row.baselineAt === null && look.history.length > 0 ? taught(look) : readPace(row.learned, nowMs);
  const pace = learn(began, finding, nowMs);
  const stake = stakeOf(row, look.watches, world, outlook);
  const due: Due = nextDue({ pace, stake, scene: sceneFor(stake) }, finding, nowMs, world.random());
  const parentLed = row.dueAt === null && finding.kind === 'answered';
  const { againMs } = { againMs: undefined, ...look.result };
  if (againMs !== undefined && !parentLed) return atOwnInterval(againMs, stake, writePace(pace), nowMs);
  // A failed look is retried soon, but a guild gets no additional looks for that.
  const least = stake.guest === true && finding.kind !== 'answered' ? nowMs + stake.floorMs : 0;
  return {
    learned: writePace(pace),
    dueAt: parentLed ? null : iso(Math.max(due.dueAt, least)),
    notBefore: iso(Math.max(due.notBefore, least)),
    hot: due.hot,
  };
}

/** For a source that sets the interval itself: what was learned does not change it. */
function atOwnInterval(
  againMs: number | null,
  stake: Stake,
  learned: Json,
  nowMs: number,
): ReturnType<Pacing['after']> {
  const next = againMs === null ? null : iso(nowMs + Math.max(againMs, stake.floorMs));
  return { learned, dueAt: next, notBefore: next, hot: false };
}

function pausedUntil(budget: Budget, nowMs: number): string | null {
  return budget.pauseUntil > nowMs ? iso(budget.pauseUntil) : null;
}

/** Opens a pool while its lease is held. Surveys its targets if the last survey is an hour old. */
export async function openPool(world: PacingWorld, pool: string): Promise<PoolSession> {
  const nowMs = world.now();
  const state = await poolState(world.db, pool);
  const [first] = await nextTargets(world.db, { pool, now: iso(nowMs), limit: 1 });
  const targets = await countTargets(world.db, pool);
  const quota = quotaOf(world, pool, first?.target.source, targets);
  const kept = await withPreviews(world, { pool, memory: readPool(state?.doc ?? null, quota, nowMs), quota }, nowMs);
  const outlook = await outlookOf(world);
  const stale = wantsSurvey(kept, targets, nowMs);
  const memory = stale ? surveyed(kept, quota, await membersOf(world, pool, outlook, nowMs), nowMs) : kept;
  const scenes = { file: sceneOf(memory, quota, nowMs), guests: sceneOf(memory, quota, nowMs, true) };
  const grant = allowance(memory.budget, quota, nowMs);
  return {
    grant,
    choose: async () => {
      const most = Math.min(rowsPerPass, grant.main + grant.hot);
      const next = (askers: AskedBy) => nextTargets(world.db, { pool, now: iso(nowMs), limit: most, askers });
      const mixed = await anyGuildWatches(world.db);
      const guests = mixed ? await next('guilds') : [];
      const rows = [...(await next(mixed ? 'file' : 'all')), ...guests];
      const strangers = new Set(guests.map((row) => row.target.id));
      const candidates = rows.map((row) => ({
        id: row.target.id,
        guest: strangers.has(row.target.id),
        dueAt: Date.parse(row.dueAt ?? ''),
        notBefore: row.notBefore === null ? 0 : Date.parse(row.notBefore),
        hot: row.hot,
      }));
      const picked = pick(candidates, grant, nowMs, guildAllowance(memory.budget, quota, guildPart(memory), nowMs));
      const byId = new Map(rows.map((row) => [row.target.id, row]));
      const of = (ids: readonly string[]): readonly TargetRow[] =>
        ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
      return { hot: of(picked.hot), main: of(picked.main) };
    },
    pacing: (lane) => ({
      after: (look) => paced(look, (stake) => (stake.guest === true ? scenes.guests : scenes.file), world, outlook),
      spend: (spent, looks, atMs) => booked({ pool, memory, quota, lane }, spent, looks, atMs),
      listed: (listed, atMs) => world.guests.spread(listed, atMs),
    }),
  };
}

interface PoolNow {
  readonly pool: string;
  readonly memory: PoolMemory;
  readonly quota: Quota;
}

/** Books the cost of previews made since, to the guests' part and to the pool. */
async function withPreviews(world: PacingWorld, { pool, memory, quota }: PoolNow, nowMs: number): Promise<PoolMemory> {
  const spent = world.previewed(pool);
  if (spent.length === 0) return memory;
  const budget = spendPreviews(memory.budget, quota, { spent, part: guildPart(memory), now: nowMs });
  const paid = { ...memory, budget };
  await world.db.batch([savePoolState({ id: pool, pausedUntil: pausedUntil(budget, nowMs), doc: writePool(paid) })]);
  return paid;
}

interface Booking {
  readonly pool: string;
  readonly memory: PoolMemory;
  readonly quota: Quota;
  readonly lane: Lane;
}

function booked(
  { pool, memory, quota, lane }: Booking,
  spent: readonly Spent[],
  looks: readonly (readonly Watch[])[],
  atMs: number,
): readonly Statement[] {
  const mine = spend(memory.budget, quota, {
    lane,
    spent: spent.filter((one) => one.pool === pool),
    looks: looks.length,
    now: atMs,
    guests: { looks: looks.filter(isGuildOnly).length, part: guildPart(memory) },
  });
  const statements = [
    savePoolState({ id: pool, pausedUntil: pausedUntil(mine, atMs), doc: writePool({ ...memory, budget: mine }) }),
  ];
  // A look may have used other pools: their pauses are stored here, their spending is booked by their own sessions.
  for (const [id, list] of Map.groupBy(
    spent.filter((one) => one.pool !== pool),
    (one) => one.pool,
  )) {
    const rest = Math.max(0, ...list.map((one) => one.pauseMs ?? 0));
    if (rest > 0) statements.push(restPool(id, iso(atMs + rest)));
  }
  return statements;
}

/** For replay, where the recording determines the times. */
export const idlePacing: Pacing = {
  after: ({ row }) => ({ learned: row.learned, dueAt: row.dueAt, notBefore: row.notBefore, hot: row.hot }),
  spend: () => [],
  listed: (listed) => Promise.resolve(listed.map(({ row }) => row)),
};

/** Explains how often each target is looked at. */
export async function paceReasons(
  world: PacingWorld,
  targets: readonly TargetStanding[],
): Promise<ReadonlyMap<string, PaceReason>> {
  const nowMs = world.now();
  const rows = targets.filter((row) => row.dueAt !== null && row.learned !== null);
  const known = await stakes(world, rows, await outlookOf(world));
  const states = await poolStates(world.db);
  const counts = new Map((await poolCounts(world.db, iso(nowMs))).map(({ pool, targets: count }) => [pool, count]));
  const reasons = new Map<string, PaceReason>();
  // A pool is read once for all its targets, as the file's and as guests' looks find it.
  const scenes = new Map<string, (guest: boolean) => Scene>();
  const scenesOf = (row: TargetStanding, doc: Json): ((guest: boolean) => Scene) => {
    const quota = quotaOf(world, row.pool, row.target.source, counts.get(row.pool) ?? 0);
    const memory = readPool(doc, quota, nowMs);
    const own = sceneOf(memory, quota, nowMs);
    const guests = sceneOf(memory, quota, nowMs, true);
    return (guest) => (guest ? guests : own);
  };
  for (const row of rows) {
    const stake = known.get(row.target.id);
    const state = states.get(row.pool);
    if (state === undefined || stake === undefined) continue;
    const open = scenes.get(row.pool) ?? scenesOf(row, state.doc);
    scenes.set(row.pool, open);
    const scene = open(stake.guest === true);
    const notBefore = row.notBefore === null ? 0 : Date.parse(row.notBefore);
    const due: Due = { dueAt: Date.parse(row.dueAt ?? ''), notBefore, hot: row.hot };
    reasons.set(row.target.id, expectation({ pace: readPace(row.learned, nowMs), stake, scene }, due, nowMs).reason);
  }
  return reasons;
}
