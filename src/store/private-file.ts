// Files for their owner alone: what is watched, and for whom, is nobody else's business.
import { closeSync, openSync } from 'node:fs';

/** Makes the file if there is none; one that is there keeps its mode. SQLite gives what it makes beside it the same. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}
