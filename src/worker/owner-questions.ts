// A watched thing that has not been there for a day: if its owner is not there either, operators are asked about the address.

import { errorText } from '../infra/log.ts';
import type { Source, SourceKind } from '../sources/define.ts';
import { ownerOf } from '../sources/define.ts';
import type { Statement } from '../store/define.ts';
import { poolStates } from '../store/pools.ts';
import { doubtfulTargets, dropQuestions, saveQuestion } from '../store/questions.ts';
import type { Target } from '../types/core.ts';
import { dayMs, hourMs, iso } from '../types/time.ts';
import { notices, type Worker } from './context.ts';

/** Owners that are looked at in one round. */
const ownersAtOnce = 10;
const timeoutMs = 30_000;
/** Whoever has not been there for a day is not asked about sooner: a round reads how every target stands. */
const restMs = hourMs;

export interface QuestionDeps {
  readonly worker: Pick<Worker, 'db' | 'now' | 'sources' | 'config' | 'words' | 'holds' | 'log'>;
  readonly kinds: ReadonlyMap<string, SourceKind>;
  /** The account of a known lab that an owner's name is nearest to; null = none is near. */
  readonly nearest: (target: Target) => string | null;
}

type Presence = 'there' | 'absent' | 'unknown';

async function look(
  source: Source,
  owner: Target,
  worker: QuestionDeps['worker'],
  signal: AbortSignal,
): Promise<Presence> {
  const paused = (await poolStates(worker.db)).get(source.pool(owner))?.pausedUntil ?? null;
  if (paused !== null && paused > iso(worker.now())) return 'unknown';
  const context = { now: worker.now, signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]) };
  const { results } = await source.poll([{ target: owner, cursor: null, lastAt: null }], context);
  const result = results.get(owner.id);
  if (result?.kind !== 'fresh') return 'unknown';
  return result.there && result.observations.length > 0 ? 'there' : 'absent';
}

interface Asked {
  readonly statements: readonly Statement[];
  /** The owner could not be looked at. */
  readonly failed: boolean;
}

/** `targets`: all that is awaited of one owner. */
async function askAbout(
  { worker, kinds, nearest }: QuestionDeps,
  targets: readonly Target[],
  signal: AbortSignal,
): Promise<Asked> {
  const [first] = targets;
  const source = worker.sources.get(first?.source ?? '');
  if (first === undefined || source === undefined || signal.aborted) return { statements: [], failed: false };
  const [written = ''] = first.address.split('/');
  const owner = ownerOf(first, kinds.get(first.source));
  // An address without a slash is the owner itself, which has not been there for a day.
  const presence = owner === null ? 'absent' : await look(source, owner, worker, signal);
  if (presence === 'unknown') return { statements: [], failed: true };
  const there = presence === 'there';
  const near = there ? null : nearest(first);
  const question = { at: iso(worker.now()), owner: there ? null : written, near };
  const addresses = targets.map(({ address }) => `${first.source}:${address}`).join(', ');
  const about = { what: [written], reason: null, source: addresses };
  const kind = near === null ? 'ownerAbsent' : 'ownerNear';
  return {
    statements: [
      ...targets.map(({ id }) => saveQuestion(id, question)),
      ...(there ? [] : notices(worker, { kind, ...about, ...(near === null ? {} : { near }) })),
    ],
    failed: false,
  };
}

interface Round {
  /** Something has become owed. */
  readonly owed: boolean;
  /** More owners were to be looked at than one round takes. */
  readonly more: boolean;
}

/** Nothing when another worker is asking. */
async function round(deps: QuestionDeps, signal: AbortSignal): Promise<Round> {
  const { db, now, sources, holds } = deps.worker;
  const awaited = (await doubtfulTargets(db, iso(now() - dayMs))).filter(
    ({ source }) => sources.get(source)?.awaits === true,
  );
  const lease = awaited.length === 0 ? null : await holds.hold('owner questions');
  if (lease === null) return { owed: false, more: false };
  try {
    const owners = Map.groupBy(
      awaited,
      ({ source, address }) => `${source}:${address.toLowerCase().split('/')[0] ?? ''}`,
    );
    const asked: Asked[] = [];
    for (const targets of [...owners.values()].slice(0, ownersAtOnce))
      asked.push(await askAbout(deps, targets, signal));
    const statements = asked.flatMap((one) => one.statements);
    const more = owners.size > ownersAtOnce && asked.every((one) => !one.failed);
    if (statements.length === 0) return { owed: false, more };
    return { owed: (await db.batch([dropQuestions(), ...statements])) === 'done', more };
  } finally {
    await lease.release();
  }
}

/** Called at each wake; one round at a time. True when something has become owed. */
export function createOwnerQuestions(deps: QuestionDeps): (signal: AbortSignal) => Promise<boolean> {
  const { worker } = deps;
  let running = false;
  let restUntil = 0;
  return async (signal) => {
    if (running || (worker.now() < restUntil && restUntil <= worker.now() + restMs)) return false;
    running = true;
    try {
      const { owed, more } = await round(deps, signal);
      if (!more) restUntil = worker.now() + restMs;
      return owed;
    } catch (error) {
      worker.log.error(`asking whether owners are there: ${errorText(error)}`);
      return false;
    } finally {
      running = false;
    }
  };
}
