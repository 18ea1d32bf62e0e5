// Runs the built command as a child process: once to its end, or for as long as a test needs it.
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

export interface RunOptions {
  /** Added to a minimal environment (only PATH, HOME and LANG are inherited); undefined removes a variable. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly cwd?: string;
  /** Sent to standard input, which is then closed; by default it is closed at once. */
  readonly input?: string;
  /** After this many milliseconds the child is killed and the run fails; default 30,000. */
  readonly timeoutMs?: number;
  /** Flags of Node itself (`--max-old-space-size=64`). */
  readonly nodeFlags?: readonly string[];
  /** Another built file to run instead of the command. */
  readonly main?: string;
}

export interface Ran {
  /** Null when it was killed by a signal. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly tookMs: number;
  /** The last line of standard output, as JSON. */
  readonly json: () => unknown;
  /** Every line of standard output that is JSON. */
  readonly jsonLines: () => readonly unknown[];
}

export interface Running {
  readonly pid: number;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Resolves when the output (of both streams) contains this; rejects when the child ends first or the time is up. */
  readonly says: (what: string | RegExp, timeoutMs?: number) => Promise<void>;
  /** Sends a signal (default SIGTERM) and waits for the end. */
  readonly stop: (signal?: NodeJS.Signals) => Promise<Ran>;
  readonly kill: () => Promise<Ran>;
  readonly ended: Promise<Ran>;
}

/** Starts the command; `stop` or `kill` it. */
export function startLandfall(args: readonly string[], options: RunOptions = {}): Running {
  const began = performance.now();
  const child = spawn(process.execPath, [...(options.nodeFlags ?? []), options.main ?? MAIN, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: environment(options.env ?? {}),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const out: string[] = [];
  const err: string[] = [];
  const listeners = new Set<() => void>();
  const gather = (stream: ChildProcess['stdout'], into: string[]): void => {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      into.push(text);
      for (const listener of listeners) listener();
    });
  };
  gather(child.stdout, out);
  gather(child.stderr, err);
  // A child that exits early closes the pipe; its exit code explains why.
  child.stdin?.on('error', () => {});
  child.stdin?.end(options.input ?? '');
  let over = false;
  const ended = new Promise<Ran>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      over = true;
      resolve(outcome(code, signal, out.join(''), err.join(''), performance.now() - began));
      for (const listener of listeners) listener();
    });
  });
  const stop = (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ran> => {
    if (!over) child.kill(signal);
    return ended;
  };
  return {
    pid: child.pid ?? 0,
    stdout: () => out.join(''),
    stderr: () => err.join(''),
    ended,
    stop,
    kill: () => stop('SIGKILL'),
    says: (what, timeoutMs = 15_000) =>
      new Promise((resolve, reject) => {
        const all = (): string => out.join('') + err.join('');
        const finish = (failure: string | null): void => {
          clearTimeout(timer);
          listeners.delete(listen);
          if (failure === null) resolve();
          else reject(new Error(`${failure} before it said ${what}:\n${all()}`));
        };
        const listen = (): void => {
          if (typeof what === 'string' ? all().includes(what) : what.test(all())) finish(null);
          else if (over) finish('landfall ended');
        };
        const timer = setTimeout(() => finish(`${timeoutMs} ms were over`), timeoutMs);
        listeners.add(listen);
        listen();
      }),
  };
}

/** Runs the command to its end. */
export async function landfall(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  const running = startLandfall(args, options);
  const timeoutMs = options.timeoutMs ?? 30_000;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    void running.kill();
  }, timeoutMs);
  const ran = await running.ended;
  clearTimeout(timer);
  if (late)
    throw new Error(`landfall ${args.join(' ')} did not end within ${timeoutMs} ms:\n${ran.stdout}${ran.stderr}`);
  return ran;
}

/** The files of one test: a folder with a configuration and a data directory. */
export interface Home {
  readonly dir: string;
  readonly data: string;
  readonly config: string;
  /** `--config` and `--data` for this folder. */
  readonly args: readonly string[];
  readonly write: (name: string, text: string) => Promise<string>;
  readonly configure: (yaml: string) => Promise<void>;
  /** Removes the folder. */
  readonly remove: () => Promise<void>;
}

export async function makeHome(yaml?: string): Promise<Home> {
  const dir = await mkdtemp(join(tmpdir(), 'landfall-test-'));
  const config = join(dir, 'landfall.yaml');
  const data = join(dir, 'data');
  const write = async (name: string, text: string): Promise<string> => {
    const file = join(dir, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
    return file;
  };
  const home: Home = {
    dir,
    data,
    config,
    args: ['--config', config, '--data', data],
    write,
    configure: async (text) => {
      await write('landfall.yaml', text);
    },
    remove: () => rm(dir, { recursive: true, force: true, maxRetries: 3 }),
  };
  if (yaml !== undefined) await home.configure(yaml);
  return home;
}

/** Checks the condition every 20 ms until it is true; for changes that no event announces. */
export async function until(condition: () => boolean, what: string, timeoutMs = 15_000): Promise<void> {
  const end = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > end) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await new Promise((resolve) => {
      setTimeout(resolve, 20);
    });
  }
}

function environment(more: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const own = { PATH: process.env.PATH, HOME: process.env.HOME, LANG: 'C.UTF-8', TZ: 'UTC', NO_COLOR: '1', ...more };
  return Object.fromEntries(Object.entries(own).flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function outcome(
  code: number | null,
  signal: NodeJS.Signals | null,
  stdout: string,
  stderr: string,
  tookMs: number,
): Ran {
  const lines = (): readonly string[] => stdout.split('\n').filter((line) => line.trim() !== '');
  return {
    code,
    signal,
    stdout,
    stderr,
    tookMs,
    json: () => {
      const last = lines().at(-1);
      if (last === undefined) throw new Error(`no output; standard error says:\n${stderr}`);
      try {
        return JSON.parse(last) as unknown;
      } catch (cause) {
        throw new Error(`not JSON: ${last}\nstandard error says:\n${stderr}`, { cause });
      }
    },
    jsonLines: () =>
      lines()
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as unknown),
  };
}
