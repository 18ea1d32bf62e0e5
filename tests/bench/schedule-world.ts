// A simulated pool of targets on its own clock, scheduled by the product's own functions.

import { allowance, type Budget, meansOf, openBudget, spend } from '../../src/scheduler/policy/budget.ts';
import { type Crowd, type Stake, survey } from '../../src/scheduler/policy/crowd.ts';
import { type Due, nextDue, type Scene, type Situation } from '../../src/scheduler/policy/interval.ts';
import { type Candidate, pick } from '../../src/scheduler/policy/lanes.ts';
import { backfill, freshPace, type LookOutcome, learn, type Pace } from '../../src/scheduler/policy/pace.ts';
import type { Quota } from '../../src/types/core.ts';
import { hourMs } from '../../src/types/time.ts';
import { createQueue } from './schedule-queue.ts';

export type Policy = (situation: Situation, finding: LookOutcome, now: number, random: number, index: number) => Due;

export interface Actor {
  /** Releases, ascending; those before the start teach. */
  readonly times: readonly number[];
  readonly since: number;
  readonly stake: Stake;
}

export interface Play {
  readonly actors: readonly Actor[];
  readonly quota: Quota;
  readonly from: number;
  readonly to: number;
  readonly wakeMs: number;
  readonly seed: number;
  readonly policy?: Policy;
  /** Everything is put through JSON at these times, as a restart does. */
  readonly restartEveryMs?: number;
}

export interface Played {
  /** Milliseconds from release to the look that saw it. */
  readonly delays: readonly number[];
  readonly hotDelays: readonly number[];
  readonly looks: number;
  readonly cost: number;
  readonly peakHourCost: number;
  readonly longestGapMs: number;
  readonly wallMs: number;
}

/** mulberry32: the same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), 1 | state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Standing {
  pace: Pace;
  due: Due;
  lastAt: number;
  next: number;
}

export function play({ actors, quota, from, to, wakeMs, seed, policy = nextDue, restartEveryMs }: Play): Played {
  const began = performance.now();
  const random = randomFrom(seed);
  const queue = createQueue();
  const hotQueue = createQueue();
  const delays: number[] = [];
  const hotDelays: number[] = [];
  const perHour = new Map<number, number>();
  let looks = 0;
  let cost = 0;
  let longestGapMs = 0;
  let budget: Budget = openBudget(quota, from);
  const all = actors.map((actor): Standing => {
    const next = actor.times.findIndex((at) => at >= from);
    const known = next < 0 ? actor.times : actor.times.slice(0, next);
    const pace = backfill(
      freshPace(from),
      known.map((at) => ({ at, weight: 1 })),
      actor.since,
      from,
    );
    return {
      pace,
      due: { dueAt: from, notBefore: from, hot: false },
      lastAt: from,
      next: next < 0 ? actor.times.length : next,
    };
  });
  const members = (): { pace: Pace; stake: Stake }[] =>
    all.flatMap(({ pace }, i) => {
      const stake = actors[i]?.stake;
      return stake === undefined ? [] : [{ pace, stake }];
    });
  let crowd: Crowd = survey(members(), meansOf(budget, quota, from), from);
  const enqueue = (index: number, due: Due): void => (due.hot ? hotQueue : queue).push(index, due.dueAt);
  all.forEach((one, index) => {
    const means = meansOf(budget, quota, from);
    const due = from + (random() * (hourMs * actors.length)) / means.looksPerHour;
    one.due = { dueAt: due, notBefore: from, hot: false };
    enqueue(index, one.due);
  });

  const draw = (from_: typeof queue, most: number, now: number, early: boolean, into: number[]): void => {
    for (let n = 0; n < most; n += 1) {
      const head = from_.peek();
      if (head === undefined || (!early && head.dueAt > now)) break;
      from_.pop();
      into.push(head.id);
    }
  };

  const look = (index: number, now: number): void => {
    const one = all[index];
    const actor = actors[index];
    if (one === undefined || actor === undefined) return;
    const wasHot = one.due.hot;
    const releases: { at: number; weight: number }[] = [];
    for (let at = actor.times[one.next]; at !== undefined && at <= now; at = actor.times[one.next]) {
      releases.push({ at, weight: 1 });
      (wasHot ? hotDelays : delays).push(now - at);
      one.next += 1;
    }
    longestGapMs = Math.max(longestGapMs, now - one.lastAt);
    one.lastAt = now;
    const finding: LookOutcome = { kind: 'answered', releases, restMs: null };
    one.pace = learn(one.pace, finding, now);
    const scene: Scene = { crowd, means: current, hotLane: quota.hot > 0 };
    one.due = policy({ pace: one.pace, stake: actor.stake, scene }, finding, now, random(), index);
    enqueue(index, one.due);
    looks += 1;
  };

  let current = meansOf(budget, quota, from);
  let surveyedAt = from;
  for (let now = from; now <= to; now += wakeMs) {
    if (now - surveyedAt >= hourMs) {
      crowd = survey(members(), current, now);
      surveyedAt = now;
      if (
        restartEveryMs !== undefined &&
        Math.floor(now / restartEveryMs) !== Math.floor((now - hourMs) / restartEveryMs)
      ) {
        budget = JSON.parse(JSON.stringify(budget)) as Budget;
        crowd = JSON.parse(JSON.stringify(crowd)) as Crowd;
        for (const one of all) one.pace = JSON.parse(JSON.stringify(one.pace)) as Pace;
      }
    }
    const grant = allowance(budget, quota, now);
    if (grant.main + grant.hot === 0) continue;
    current = meansOf(budget, quota, now);
    const drawn: number[] = [];
    draw(hotQueue, grant.hot + grant.main, now, false, drawn);
    draw(queue, grant.main + grant.hot, now, grant.early > 0 || grant.hot > 0, drawn);
    if (drawn.length === 0) continue;
    const candidates: Candidate[] = drawn.map((index) => ({
      id: String(index),
      ...(all[index]?.due ?? { dueAt: now, notBefore: now, hot: false }),
    }));
    const picked = pick(
      candidates.sort((a, b) => a.dueAt - b.dueAt),
      grant,
      now,
    );
    const taken = new Set([...picked.hot, ...picked.main].map(Number));
    for (const index of drawn) {
      const due = all[index]?.due;
      if (!taken.has(index) && due !== undefined) enqueue(index, due);
    }
    for (const index of taken) look(index, now);
    for (const lane of ['hot', 'main'] as const) {
      const count = picked[lane].length;
      if (count === 0) continue;
      const price = Math.ceil(count / quota.batch);
      budget = spend(budget, quota, {
        lane,
        spent: [{ pool: 'simulated', cost: price, tookMs: 300 }],
        looks: count,
        now,
      });
      cost += price;
      const hour = Math.floor((now - from) / hourMs);
      perHour.set(hour, (perHour.get(hour) ?? 0) + price);
    }
  }
  return {
    delays,
    hotDelays,
    looks,
    cost,
    peakHourCost: Math.max(0, ...perHour.values()),
    longestGapMs,
    wallMs: performance.now() - began,
  };
}
