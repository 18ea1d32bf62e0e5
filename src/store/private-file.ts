// Files that only their owner can read, since what is watched and for whom is confidential.
import { closeSync, openSync } from 'node:fs';

/** Creates the file if it is missing; an existing one keeps its mode. SQLite uses the same mode for its companion files. */
export function makePrivateFile(path: string): void {
  closeSync(openSync(path, 'a', 0o600));
}
