// Logs looks: one line when something breaks, one when it recovers, and one for many failures with the same cause.

import { type Log, withoutAddress } from '../infra/log.ts';
import type { PassReport } from '../pipeline/run.ts';
import type { Target } from '../types/core.ts';
import type { LookReason } from '../types/reasons/looks.ts';
import { dayMs, hourMs } from '../types/time.ts';

export interface LookLog {
  readonly looked: (report: Pick<PassReport, 'looked'>) => void;
  /** Logs what has accumulated since the last call. */
  readonly flush: () => void;
  /** The number of targets that do not exist yet, according to their source. */
  readonly notThere: () => number;
}

interface LookLogWorld {
  readonly log: Log;
  readonly now: () => number;
  readonly inEnglish: (reason: LookReason) => string;
  /** The number of targets watched. */
  readonly watched: () => number;
}

interface Failed {
  readonly target: Target;
  readonly reason: LookReason;
  readonly atMs: number;
}

/** Failures in one quota pool with the same cause. */
interface Failure {
  readonly cause: string;
  readonly failing: Map<string, Failed>;
  sinceMs: number;
  /** When it was last logged; null = not since it broke. */
  saidMs: number | null;
  /** Not logged again before this time. */
  quietUntilMs: number;
  stepMs: number;
  /** The targets named in the log, to be named again when it is over. */
  named: readonly string[];
}

const firstStepMs = 5 * 60_000;
/** After this long without a failure, the next one is logged at once. */
const forgottenMs = 6 * hourMs;
/** A target not looked at for this long is forgotten. */
const goneMs = 3 * dayMs;
/** When this many quota pools fail with the same cause, they are logged together. */
const stormAtLeast = 5;

const networkCodes: ReadonlySet<string> = new Set([
  'http.no-host',
  'http.no-lookup',
  'http.refused',
  'http.connect-slow',
  'http.cut',
  'http.slow',
  'http.failed',
  'http.failed-code',
  'github.unreachable',
  'github.slow',
]);

/** Network errors count as one cause, whatever their exact code. */
export function causeOf(reason: LookReason): string {
  return networkCodes.has(reason.code) ? 'network' : reason.code;
}

/** Whether so many targets fail with network errors that the cause must be on our side. */
export function isNetworkDown(cause: string, failed: number, tried: number): boolean {
  return cause === 'network' && failed >= 3 && failed >= tried * 0.8;
}

/** `5 min`, `3 h`, `2 d`. */
export function spanOf(ms: number): string {
  if (ms < 90_000) return `${Math.round(ms / 1000)} s`;
  if (ms < 90 * 60_000) return `${Math.round(ms / 60_000)} min`;
  return ms < 36 * hourMs ? `${Math.round(ms / hourMs)} h` : `${Math.round(ms / dayMs)} d`;
}

function nameOf({ source, address }: Target): string {
  return `${source}:${address}`;
}

function count(places: number): string {
  return `${places} ${places === 1 ? 'place' : 'places'}`;
}

/** `tried`: the number of targets looked at so far. */
function brokenLine(list: readonly Failure[], tried: number, { now, inEnglish, watched }: LookLogWorld): string {
  const failed = list.flatMap(({ failing }) => [...failing.values()]);
  const [first] = failed;
  if (first === undefined) return '';
  const sinceMs = Math.min(...list.map((failure) => failure.sinceMs));
  const still = list.some(({ saidMs }) => saidMs !== null) ? `still, for ${spanOf(now() - sinceMs)}: ` : '';
  const example = `${nameOf(first.target)}: ${withoutAddress(inEnglish(first.reason), first.target.address)}`;
  if (failed.length === 1) return `${still}${example}`;
  const down = isNetworkDown(list[0]?.cause ?? '', failed.length, tried);
  const what = `${failed.length} of ${count(Math.max(tried, watched()))} could not be looked at, first: ${example}`;
  return `${still}${down ? 'the network is down: ' : ''}${what}`;
}

function mendedLine(list: readonly Failure[], nowMs: number): string {
  const names = list.flatMap(({ named }) => named);
  const span = spanOf(nowMs - Math.min(...list.map(({ sinceMs }) => sinceMs)));
  return names.length === 1
    ? `works again after ${span}: ${names[0]}`
    : `${count(names.length)} work again after ${span}, first: ${names[0]}`;
}

function markSaid(list: readonly Failure[], nowMs: number): void {
  for (const failure of list) {
    failure.saidMs = nowMs;
    failure.quietUntilMs = nowMs + failure.stepMs;
    failure.stepMs = Math.min(dayMs, failure.stepMs * 3);
    failure.named = [...failure.failing.values()].map(({ target }) => nameOf(target));
  }
}

/** The failure's record, restarted if nothing of it was failing. */
function begin(failures: Map<string, Failure>, key: string, cause: string, nowMs: number): Failure {
  const fresh = { sinceMs: nowMs, saidMs: null, quietUntilMs: 0, stepMs: firstStepMs, named: [] };
  const failure: Failure = failures.get(key) ?? { cause, failing: new Map(), ...fresh };
  failures.set(key, failure);
  if (failure.failing.size > 0) return failure;
  // If its end was not logged, it counts as continuing.
  if (failure.saidMs === null) failure.sinceMs = nowMs;
  if (nowMs - failure.quietUntilMs > forgottenMs) failure.stepMs = firstStepMs;
  return failure;
}

export function createLookLog(world: LookLogWorld): LookLog {
  const { log, now } = world;
  const failures = new Map<string, Failure>();
  /** Every target looked at, with the failure it belongs to; null = it answered. */
  const places = new Map<string, string | null>();
  const absent = new Set<string>();

  const move = (id: string, key: string | null): void => {
    const before = places.get(id) ?? null;
    if (before !== null && before !== key) failures.get(before)?.failing.delete(id);
    places.set(id, key);
  };
  const forgetGone = (nowMs: number): void => {
    for (const { failing } of failures.values())
      for (const [id, { atMs }] of failing)
        if (nowMs - atMs > goneMs) {
          failing.delete(id);
          places.delete(id);
        }
  };
  const say = (cause: string, list: readonly Failure[], nowMs: number): void => {
    const failing = list.filter((failure) => failure.failing.size > 0);
    const mended = list.filter((failure) => failure.failing.size === 0 && failure.saidMs !== null);
    // A storm is reported as over in one line, once most of it has recovered.
    if (mended.length > 0 && (failing.length < stormAtLeast || failing.length < mended.length)) {
      log.info(mendedLine(mended, nowMs));
      for (const failure of mended) failure.saidMs = null;
    }
    const due = failing.filter(({ quietUntilMs }) => nowMs >= quietUntilMs);
    const storm = failing.length >= stormAtLeast;
    const lately = storm && failing.some(({ saidMs }) => saidMs !== null && nowMs - saidMs < firstStepMs);
    if (due.length === 0 || lately) return;
    const told = storm ? failing : due;
    log.warn(brokenLine(told, places.size, world), { cause });
    markSaid(told, nowMs);
  };

  return {
    looked: ({ looked }) => {
      for (const { row, result } of looked) {
        const { target, pool } = row;
        if (result.kind === 'later' || result.kind === 'broken') {
          const { reason } = result;
          const cause = causeOf(reason);
          const key = `${pool}\n${cause}`;
          move(target.id, key);
          begin(failures, key, cause, now()).failing.set(target.id, { target, reason, atMs: now() });
          continue;
        }
        move(target.id, null);
        if (result.kind === 'fresh' && !result.there) absent.add(target.id);
        else if (result.kind === 'fresh') absent.delete(target.id);
      }
    },
    flush: () => {
      const nowMs = now();
      forgetGone(nowMs);
      for (const [cause, list] of Map.groupBy(failures.values(), (failure) => failure.cause)) say(cause, list, nowMs);
    },
    notThere: () => absent.size,
  };
}
