// Which channels an entry may name, and where its alerts go.
import type { Path } from './document.ts';
import type { ConfigIssue } from './issues.ts';
import { spellingHint } from './spelling.ts';

export interface Audience {
  /** Every channel of the file, including those that are switched off. */
  readonly known: readonly string[];
  /** The channels that get the alerts of the entry at this path. `to`: the channels it names; null = it names none. */
  readonly told: (to: readonly string[] | null, path: Path) => readonly string[];
}

/** Findings for names in `to` that are not channels of the file. */
export function unknownChannels(to: unknown, path: Path, audience: Audience): readonly ConfigIssue[] {
  if (!Array.isArray(to)) return [];
  return to.flatMap((name: unknown, index): readonly ConfigIssue[] => {
    if (typeof name !== 'string' || audience.known.includes(name)) return [];
    const hint = audience.known.length === 0 ? 'the file has no channels' : spellingHint(name, audience.known);
    return [{ path: [...path, 'to', index], at: 'value', message: `unknown channel \`${name}\``, hint }];
  });
}
