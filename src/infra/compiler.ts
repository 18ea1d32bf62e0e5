// The engine's compiler, which a worker that mostly waits does without.
import { setFlagsFromString } from 'node:v8';

/** From how many bytes on a document is worth it: its loops then run some ten times as fast, for three MiB of machine code. */
export const worthCompiling = 256 * 1024;

/** From here on, loops that run hot are compiled. */
export function compileHotLoops(): void {
  setFlagsFromString('--maglev');
}
