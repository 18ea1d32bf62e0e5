// Parses a table of config/: YAML as people write it, or the JSON that a build makes from it.
import { parse } from 'yaml';

/** A table takes tens of milliseconds to parse as YAML, and one as JSON. None of ours is a YAML flow map, so `{` means JSON. */
export function parseTable(text: string): unknown {
  return text.startsWith('{') ? (JSON.parse(text) as unknown) : parse(text);
}
