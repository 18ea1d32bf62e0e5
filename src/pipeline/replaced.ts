// An address that belongs to something else now: what was known is set aside, and the new thing gets a baseline. Pure.
import type { Difference, Known } from '../types/change.ts';
import type { Fresh, Replaced } from '../types/core.ts';
import { diff } from './diff.ts';

/** A mark that no tag, repository or model can have in its name, so that what is set aside never meets anything new. */
export function asideMark({ before }: Replaced): string {
  return `~${before}`;
}

/** The change that tells that the old thing has lost its address, even if it had vanished before. */
export function lostAddress(known: ReadonlyMap<string, Known>, replaced: Replaced): readonly Difference[] {
  const whole = [...known.values()].filter(({ observation: { kind } }) => kind === 'repo' || kind === 'model');
  return whole
    .filter(({ observation: { key } }) => known.has(key) && !key.includes('~'))
    .map(({ observation }) => ({
      type: 'gone',
      baseline: false,
      observation: { ...observation, key: `${observation.key}${asideMark(replaced)}` },
      previous: observation,
      quiet: null,
      replaced,
    }));
}

/** Everything that is there now is a baseline. */
export function newcomers(seen: Fresh, replaced: Replaced): readonly Difference[] {
  return diff(new Map(), null, seen).map((change) => ({ ...change, replaced }));
}
