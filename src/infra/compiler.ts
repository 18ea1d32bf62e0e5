// Engine settings for large documents; a worker that mostly waits does without them.
import { setFlagsFromString } from 'node:v8';

/** Bytes from which it pays: the loops over a document then run some ten times as fast, for three MiB of machine code. */
export const worthCompiling = 256 * 1024;

/** From now on hot loops are compiled, and memory that is no longer needed is freed sooner. */
export function compileHotLoops(): void {
  for (const flag of ['--maglev', '--heap-growing-percent=10']) setFlagsFromString(flag);
}
