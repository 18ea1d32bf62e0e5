// Which story a change belongs to. Pure.
import type { Difference } from '../diff.ts';
import type { Observation } from '../types.ts';

/** `github:o/r@v1` is a part of `github:o/r`; null for what is no part of anything. */
function whole(about: string): string | null {
  const cut = about.lastIndexOf('@');
  return cut <= 0 ? null : about.slice(0, cut);
}

/**
 * What a look saw appear as a whole (a repository, a model): what comes with it joins its story, so that a repository
 * that appears with a history is one story that lists its releases.
 */
export function appearing(changes: readonly Difference[]): ReadonlySet<string> {
  const abouts = changes
    .filter(({ type, baseline, observation }) => type === 'new' && !baseline && observation.sort === 'thing')
    .filter(({ observation }) => observation.kind === 'repo' || observation.kind === 'model')
    .map(({ observation }) => observation.about);
  return new Set(abouts);
}

/** The key of the story that an observation seen for the first time belongs to. */
export function storyKey(observation: Observation, appeared: ReadonlySet<string>): string {
  const parent = whole(observation.about);
  return parent !== null && appeared.has(parent) ? parent : observation.about;
}
