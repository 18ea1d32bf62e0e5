// Runs one of the programs in `children/` as a separate process, for the test to kill.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export interface Child {
  /** The lines it prints, as they arrive. */
  readonly lines: AsyncIterableIterator<string>;
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
}

export function startChild(name: 'writer' | 'worker', ...parameters: readonly string[]): Child {
  const file = fileURLToPath(new URL(`children/${name}.ts`, import.meta.url));
  const child: ChildProcess = spawn(process.execPath, [file, ...parameters], { stdio: ['pipe', 'pipe', 'ignore'] });
  const exit = once(child, 'exit');
  if (child.stdout === null) throw new Error('the child has no output');
  const reader = createInterface({ input: child.stdout });
  return {
    lines: reader[Symbol.asyncIterator](),
    end: async (signal) => {
      child.kill(signal);
      const [code] = await exit;
      return typeof code === 'number' ? code : null;
    },
  };
}
