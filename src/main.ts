#!/usr/bin/env node
// Starts Landfall. The version of Node.js is checked before anything is imported that an older one could not load.

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 19)) {
  process.stderr.write(
    `landfall needs Node.js 22.19 or later; this is ${process.versions.node}. In the project folder \`npx landfall\` brings its own.\n`,
  );
  process.exit(2);
}

// A worker that mostly waits should be small: what is compiled is kept between starts, the heap grows in small steps, and
// nothing is optimised while it runs, which takes more memory and, in a run of a second, more time than it saves.
const [{ enableCompileCache }, { setFlagsFromString }, { closeSync, openSync }] = await Promise.all([
  import('node:module'),
  import('node:v8'),
  import('node:fs'),
]);
enableCompileCache();
for (const flag of ['--semi-space-growth-factor=1', '--heap-growing-percent=50', '--no-maglev', '--no-opt'])
  setFlagsFromString(flag);

// Node.js 22 calls its SQLite experimental at every start; nobody who runs Landfall can do anything about that.
const emitWarning = process.emitWarning.bind(process);
process.emitWarning = ((warning: string | Error, ...rest: []) => {
  if (!String(warning).includes('SQLite is an experimental feature')) emitWarning(warning, ...rest);
}) as typeof process.emitWarning;

const [{ main }, { ownVersion }] = await Promise.all([import('./cli/main.ts'), import('./app/files.ts')]);
const stop = new AbortController();
for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => stop.abort());
const atTerminal = process.stdin.isTTY || process.stdout.isTTY || process.stderr.isTTY;

/** SIGHUP is also how a terminal says that it was closed: then there is none any more. */
function isTerminalClosed(): boolean {
  if (process.platform === 'win32') return true;
  if (!atTerminal) return false;
  try {
    closeSync(openSync('/dev/tty', 'r'));
    return false;
  } catch {
    return true;
  }
}

// A terminal that says nothing of its size, as under some tools, is taken for a usual one: who asks questions wraps by it.
for (const stream of [process.stdout, process.stderr]) {
  if (!stream.isTTY) continue;
  stream.columns ||= 80;
  stream.rows ||= 24;
}

// Whoever reads us through a pipe may have enough: `landfall status | head`.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE' && error.code !== 'EIO') throw error;
  process.exit();
});

const write = (stream: NodeJS.WriteStream) => (text: string) => {
  stream.write(text);
};
process.exitCode = await main(
  {
    args: process.argv.slice(2),
    env: process.env,
    stdout: {
      write: write(process.stdout),
      terminal: process.stdout.isTTY === true,
      columns: process.stdout.columns || 80,
    },
    stderr: { write: write(process.stderr), terminal: process.stderr.isTTY === true },
    stdin: { terminal: process.stdin.isTTY === true },
    signal: stop.signal,
    hangup: (listener) => {
      process.on('SIGHUP', () => (isTerminalClosed() ? stop.abort() : listener()));
    },
  },
  {
    version: ownVersion(),
    load: async () => (await import('./app/commands.ts')).createApp(process.env),
    health: async (dataDir, maxAgeMs) => (await import('./app/reading.ts')).healthOf(process.env, dataDir, maxAgeMs),
  },
);
// Discord's client leaves a timer behind that lasts as long as the rate limit it met, up to an hour: nobody waits for it.
setTimeout(() => process.exit(), 250).unref();
