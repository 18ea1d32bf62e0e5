// An address that belongs to another thing now: what was known is set aside, and the newcomer takes a baseline. Pure.
import type { Difference, Known } from '../types/change.ts';
import type { Fresh, Replaced } from '../types/core.ts';
import { diff } from './diff.ts';

/** No tag, repository or model has such a sign in its name, so that what was set aside meets nothing new. */
export function asideMark({ before }: Replaced): string {
  return `~${before}`;
}

/** That the thing known until now has lost its address; also of one that had vanished before. */
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

/** Everything that stands there now is a baseline. */
export function newcomers(seen: Fresh, replaced: Replaced): readonly Difference[] {
  return diff(new Map(), null, seen).map((change) => ({ ...change, replaced }));
}
