// What is known + what was seen → changes. Pure.
import type { Difference, Known } from '../types/change.ts';
import type { Facts, Fresh, Iso, Observation } from '../types/core.ts';

/**
 * Counts change all the time: they are shown when something else changes, but never cause a change themselves. That a thing
 * is private is told once, by its state, and the kind of an entry's date is not news.
 */
const counts: ReadonlySet<keyof Facts> = new Set(['stars', 'forks', 'visibility', 'dated', 'links']);

function lasting(observation: Observation): string {
  const facts = Object.entries(observation.facts).filter(([name]) => !counts.has(name as keyof Facts));
  facts.sort(([left], [right]) => (left < right ? -1 : 1));
  return JSON.stringify([
    observation.title,
    observation.url,
    observation.text === null ? null : observation.text.slice(0, 2_000),
    facts,
  ]);
}

/** Indexes of unknown observations at the old end of the window, beyond which nothing is known. */
function oldEnd(seen: readonly Observation[], known: ReadonlyMap<string, Known>): ReadonlySet<number> {
  // Known items show which end is old, because an unknown item's date may be anything; in doubt an item is news.
  const dated = seen.filter((observation) => observation.publishedAt !== null && known.has(observation.key));
  const first = dated[0]?.publishedAt ?? '';
  const last = dated.at(-1)?.publishedAt ?? '';
  const order = seen.map((_, index) => index);
  if (first < last) order.reverse();
  const end = new Set<number>();
  for (const index of order.toReversed()) {
    const observation = seen[index];
    if (observation === undefined || known.has(observation.key)) break;
    end.add(index);
  }
  return end;
}

function oldestKnown(known: ReadonlyMap<string, Known>): Iso | null {
  let oldest: Iso | null = null;
  for (const { observation } of known.values()) {
    const at = observation.publishedAt;
    if (at !== null && (oldest === null || at < oldest)) oldest = at;
  }
  return oldest;
}

/**
 * What changed between what is stored of a target and what one look saw.
 *
 * `baselineAt` is null at the target's first look: everything is then new and part of the baseline. Only `window: 'all'` or
 * an explicit `gone` proves absence. In a window of the newest, an unknown item is old only when it was published before
 * everything known and is at the window's old end; without a time of publication it is new.
 */
export function diff(known: ReadonlyMap<string, Known>, baselineAt: Iso | null, seen: Fresh): readonly Difference[] {
  const differences: Difference[] = [];
  const baseline = baselineAt === null;
  const end = baseline || seen.window === 'all' ? new Set<number>() : oldEnd(seen.observations, known);
  const oldest = end.size === 0 ? null : oldestKnown(known);
  const met = new Set<string>();

  seen.observations.forEach((observation, index) => {
    if (met.has(observation.key)) return;
    met.add(observation.key);
    const before = known.get(observation.key);
    if (before === undefined || before.goneAt !== null) {
      const at = observation.publishedAt;
      const old = before === undefined && end.has(index) && at !== null && oldest !== null && at < oldest;
      differences.push({
        type: 'new',
        baseline,
        observation,
        previous: before?.observation ?? null,
        quiet: old ? 'old' : null,
      });
      return;
    }
    if (before.observation.fingerprint !== observation.fingerprint) {
      differences.push({ type: 'edited', baseline, observation, previous: before.observation, quiet: null });
    } else if (lasting(before.observation) !== lasting(observation)) {
      differences.push({ type: 'edited', baseline, observation, previous: before.observation, quiet: 'noted' });
    }
  });

  const gone = new Set(seen.gone);
  for (const [key, { observation, goneAt }] of known) {
    if (goneAt !== null || met.has(key)) continue;
    if (gone.has(key) || (seen.window === 'all' && seen.there)) {
      differences.push({ type: 'gone', baseline, observation, previous: observation, quiet: null });
    }
  }
  return differences;
}
