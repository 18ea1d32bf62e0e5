// Rereads the configuration while a worker runs: when its files change, or on request.

import { changesOf } from '../config/changes.ts';
import { formatProblem } from '../config/problem.ts';
import type { Config, ConfigReading } from '../config/shape.ts';
import { errorText, type Log } from '../infra/log.ts';
import type { Problem } from '../types/core.ts';

export interface ReloadWorld {
  /** `stamp`: identifies the state of the files when they were read. */
  readonly read: () => Promise<ConfigReading & { readonly stamp: string }>;
  /** Identifies the present state of the files without reading them; `patterns` as in the configuration's `files`. */
  readonly stamp: (patterns: readonly string[]) => string;
  /** The reading made at the start. */
  readonly first: ConfigReading & { readonly stamp: string };
  /** The configuration in use. */
  readonly current: () => Config;
  /** Tells operators why a changed configuration was rejected, and that the old one stays in use. */
  readonly tell: (problems: readonly Problem[]) => Promise<void>;
  readonly log: Log;
  /** Resolves after so many milliseconds, or at once when the signal aborts. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface Reload {
  /** A valid configuration that was not taken over yet, returned once; null = there is none. */
  readonly next: () => Config | null;
  /** Requests that the configuration is read now. */
  readonly ask: () => void;
  /** Watches the files until the signal aborts. */
  readonly keep: (signal: AbortSignal) => Promise<void>;
}

/** Polling, because file system events do not work for mounted directories and replaced symbolic links. */
const everyMs = 1_000;

function problemLine(problem: Problem): string {
  return formatProblem(problem)
    .split('\n')
    .map((line) => line.trim())
    .join('; ');
}

export function createReload(world: ReloadWorld): Reload {
  const { log } = world;
  let { patterns } = world.first;
  let read = world.first.stamp;
  let waiting: Config | null = null;
  /** The problems last reported; null = the last reading was valid. */
  let said: string | null = null;
  let asked = new AbortController();

  const refuse = async (problems: readonly Problem[]): Promise<void> => {
    waiting = null;
    const lines = problems.filter(({ severity }) => severity === 'error').map(problemLine);
    const text = lines.join('\n');
    if (text === said) return;
    const first = said === null;
    said = text;
    const count = lines.length === 1 ? 'a problem' : `${lines.length} problems`;
    log.error(`the configuration has ${count}, the one before goes on`);
    for (const line of lines) log.error(line);
    if (first) await world.tell(problems);
  };
  const accept = (config: Config, warnings: readonly Problem[]): void => {
    if (said !== null) log.info('the configuration is good again');
    said = null;
    for (const warning of warnings) log.warn(problemLine(warning));
    const { taken, restart } = changesOf(world.current(), config);
    for (const name of restart) log.warn(`${name} has changed, which needs a restart`);
    waiting = taken.length > 0 ? config : null;
    if (taken.length > 0) log.info(`the configuration has changed: ${taken.join('; ')}; taken over at the next wake`);
    else if (restart.length === 0) log.info('the configuration was read again: nothing has changed');
  };
  const readAgain = async (): Promise<void> => {
    const reading = await world.read();
    read = reading.stamp;
    patterns = reading.patterns;
    if ('problems' in reading) await refuse(reading.problems);
    else accept(reading.config, reading.warnings);
  };

  return {
    next: () => {
      const config = waiting;
      waiting = null;
      return config;
    },
    ask: () => asked.abort(),
    keep: async (signal) => {
      let seen = read;
      while (!signal.aborted) {
        await world.wait(everyMs, AbortSignal.any([signal, asked.signal]));
        if (signal.aborted) return;
        const wanted = asked.signal.aborted;
        if (wanted) asked = new AbortController();
        const stamp = world.stamp(patterns);
        // Waits until the stamp is stable, so that a file is not read while it is being written.
        const settled = stamp === seen;
        seen = stamp;
        if (!wanted && (stamp === read || !settled)) continue;
        try {
          await readAgain();
        } catch (error) {
          log.error(`reading the configuration again: ${errorText(error)}`);
        }
      }
    },
  };
}
