// Looks once at everything that is watched, and reports what is absent, silent or moved. Stores nothing.
import { ownerOf, type SourceKind } from '../sources/define.ts';
import type { Iso, Json, PollResult, Target } from '../types/core.ts';
import type { LookReason } from '../types/reasons/looks.ts';
import { dayMs, iso } from '../types/time.ts';
import { type LookOnceDeps, lookOnce } from './look-once.ts';

export type Surveyed = { readonly target: Target } & (
  | { readonly kind: 'absent'; readonly owner: 'there' | 'absent' | 'not looked at' }
  | { readonly kind: 'silent'; readonly since: Iso }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'failed'; readonly reason: LookReason }
);

export interface SurveyDeps extends LookOnceDeps {
  readonly kinds: readonly SourceKind[];
}

const silentMs = 180 * dayMs;

/** Where permanent redirects led, from a document's cursor. */
function movedIn(cursor: Json): string | null {
  if (typeof cursor !== 'object' || cursor === null) return null;
  for (const [name, value] of Object.entries(cursor)) if (name === 'moved' && typeof value === 'string') return value;
  return (
    Object.values(cursor)
      .map(movedIn)
      .find((to) => to !== null) ?? null
  );
}

function findingOf(target: Target, result: PollResult | undefined, deps: SurveyDeps): Surveyed | null {
  if (result === undefined || result.kind === 'same')
    return { target, kind: 'failed', reason: { code: 'look.unanswered', params: {} } };
  if (result.kind !== 'fresh') return { target, kind: 'failed', reason: result.reason };
  // An account without any content cannot be told from one that does not exist.
  const awaits = deps.sources.get(target.source)?.awaits === true;
  if (!result.there || (awaits && result.observations.length === 0))
    return { target, kind: 'absent', owner: 'not looked at' };
  const renamed = result.observations.map(({ facts }) => facts.renamedTo).find((to) => to !== undefined);
  const isAccount = awaits && !target.address.includes('/');
  const to = (isAccount ? undefined : renamed) ?? movedIn(result.cursor);
  if (to !== null && to !== target.address) return { target, kind: 'moved', to };
  const speaks = isAccount || deps.sources.get(target.source)?.expectsNews === true;
  const times = result.observations.flatMap(({ publishedAt, facts }) => publishedAt ?? facts.createdAt ?? []);
  const newest = times.toSorted().at(-1);
  return speaks && newest !== undefined && newest < iso(deps.now() - silentMs)
    ? { target, kind: 'silent', since: newest }
    : null;
}

/** Targets without a finding are left out. */
export async function survey(deps: SurveyDeps, targets: readonly Target[]): Promise<readonly Surveyed[]> {
  const ownerIn = (target: Target) =>
    ownerOf(
      target,
      deps.kinds.find(({ kind }) => kind === target.source),
    );
  const results = await lookOnce(deps, targets);
  const found = targets.flatMap((target) => findingOf(target, results.get(target.id), deps) ?? []);
  const owners = found.flatMap(({ kind, target }) => (kind === 'absent' ? (ownerIn(target) ?? []) : []));
  const asked = await lookOnce(deps, [...new Map(owners.map((owner) => [owner.id, owner])).values()]);
  return found.map((one) => {
    if (one.kind !== 'absent') return one;
    const owner = ownerIn(one.target);
    const result = owner === null ? undefined : asked.get(owner.id);
    if (result?.kind !== 'fresh') return one;
    return { ...one, owner: result.there && result.observations.length > 0 ? 'there' : 'absent' };
  });
}
