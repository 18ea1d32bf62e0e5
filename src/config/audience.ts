// Which channels an entry may tell, and which it tells.
import type { Path } from './document.ts';
import type { ConfigIssue } from './issues.ts';
import { spellingHint } from './spelling.ts';

export interface Audience {
  /** Every channel of the file, also those that are off. */
  readonly known: readonly string[];
  /** Where an alert of the entry at a path goes that names these channels; null = names none. */
  readonly told: (to: readonly string[] | null, path: Path) => readonly string[];
}

/** Findings for names in a `to` that no channel of the file has. */
export function unknownChannels(to: unknown, path: Path, audience: Audience): readonly ConfigIssue[] {
  if (!Array.isArray(to)) return [];
  return to.flatMap((name: unknown, index): readonly ConfigIssue[] => {
    if (typeof name !== 'string' || audience.known.includes(name)) return [];
    const hint = audience.known.length === 0 ? 'the file has no channels' : spellingHint(name, audience.known);
    return [{ path: [...path, 'to', index], at: 'value', message: `unknown channel \`${name}\``, hint }];
  });
}
