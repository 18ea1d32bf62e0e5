// The text of a table of config/: YAML, as people write it, or the JSON that a build makes of it.
import { parse } from 'yaml';

/** Reading YAML takes tens of milliseconds for a table, of JSON one. No table of ours is a YAML flow map. */
export function parseTable(text: string): unknown {
  return text.startsWith('{') ? (JSON.parse(text) as unknown) : parse(text);
}
