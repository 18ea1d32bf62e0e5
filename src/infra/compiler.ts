// What the engine is told when a large document comes: a worker that mostly waits does without it.
import { setFlagsFromString } from 'node:v8';

/** From how many bytes on a document is worth it: its loops then run some ten times as fast, for three MiB of machine code. */
export const worthCompiling = 256 * 1024;

/** From here on, loops that run hot are compiled, and what is no longer needed makes room sooner. */
export function compileHotLoops(): void {
  for (const flag of ['--maglev', '--heap-growing-percent=10']) setFlagsFromString(flag);
}
