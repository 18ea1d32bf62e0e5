// The command line: which command, with which options; help and version.
import { parseArgs } from 'node:util';
import type { Config } from '../config/shape.ts';
import { nearest } from '../config/spelling.ts';
import { createLog, createScrub, errorText, type Log } from '../infra/log.ts';
import { check } from './check.ts';
import { type App, type Command, exit, type Options, type Out } from './command.ts';
import { demo } from './demo.ts';
import { exportAdditions } from './export.ts';
import { health } from './health.ts';
import { identify } from './identify.ts';
import { once } from './once.ts';
import { openness } from './openness.ts';
import { replay } from './replay.ts';
import { run } from './run.ts';
import { schema } from './schema.ts';
import { sendTest } from './send-test.ts';
import { status } from './status.ts';
import { why } from './why.ts';

/** `init` brings a library for questions that no other command needs: it is loaded when it is asked for. */
const init: Command = {
  summary: 'ask a few questions and write a configuration (never overwrites)',
  takes: '',
  least: 0,
  most: 0,
  run: async (context) => (await import('./init.ts')).init.run(context),
};

const commands: ReadonlyMap<string, Command> = new Map([
  ['run', run],
  ['once', once],
  ['demo', demo],
  ['replay', replay],
  ['check', check],
  ['init', init],
  ['status', status],
  ['why', why],
  ['identify', identify],
  ['openness', openness],
  ['send-test', sendTest],
  ['export', exportAdditions],
  ['health', health],
  ['schema', schema],
]);

export interface Process {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { readonly write: (text: string) => void; readonly terminal: boolean; readonly columns: number };
  readonly stderr: { readonly write: (text: string) => void; readonly terminal: boolean };
  readonly stdin: { readonly terminal: boolean };
  /** Aborts on SIGTERM and SIGINT. */
  readonly signal: AbortSignal;
}

function help(version: string): string {
  const width = Math.max(...[...commands].map(([name, { takes }]) => `${name} ${takes}`.length));
  const lines = [...commands].map(
    ([name, { takes, summary }]) => `  ${`${name} ${takes}`.trim().padEnd(width)}  ${summary}`,
  );
  return [
    `landfall ${version}: know the moment an open model lands`,
    '',
    'Usage: landfall [COMMAND] [OPTIONS]',
    '',
    ...lines,
    '',
    'Options of every command:',
    '  --config FILE  the configuration (default config/landfall.yaml; LANDFALL_CONFIG)',
    '  --data DIR     where state is kept (default data; LANDFALL_DATA)',
    '  --json         one JSON document as the last line of standard output',
    '  --help         this text, or that of a command',
    '  --version      the version',
    'run, once: --record DIR  keep what is seen, for replay',
    '',
    'Exit codes: 0 done, 1 something failed, 2 wrong usage or configuration.',
  ].join('\n');
}

function outOf(process: Process, json: boolean): Out {
  const colour = process.stdout.terminal && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb';
  return {
    print: (text) => process.stdout.write(`${text}\n`),
    say: (text) => process.stderr.write(`${text}\n`),
    progress: (text) => {
      if (process.stderr.terminal) process.stderr.write(text === null ? '\r\u001b[2K' : `\r\u001b[2K${text}`);
    },
    json,
    colour,
    columns: process.stdout.columns,
    interactive: process.stdin.terminal && process.stdout.terminal,
  };
}

function logOf(process: Process): (config: Config | null) => Log {
  return (config) => {
    const scrub = createScrub(config === null ? [] : Object.values(config.secrets));
    const write = (text: string): void => process.stderr.write(scrub(text));
    return createLog({ level: config?.logLevel ?? 'info', write, terminal: process.stderr.terminal });
  };
}

function wrong(process: Process, message: string): number {
  process.stderr.write(`${message}\nlandfall --help lists the commands and options\n`);
  return exit.wrong;
}

/** Runs one command; the returned number is the exit code. */
export async function main(process: Process, app: App): Promise<number> {
  const options = {
    config: { type: 'string' },
    data: { type: 'string' },
    json: { type: 'boolean' },
    help: { type: 'boolean', short: 'h' },
    version: { type: 'boolean' },
    record: { type: 'string' },
    at: { type: 'string' },
  } as const;
  const parsed = ((): ReturnType<typeof parse> | string => {
    try {
      return parse();
    } catch (error) {
      return errorText(error).split('.')[0] ?? '';
    }
  })();
  function parse() {
    return parseArgs({ args: [...process.args], options, allowPositionals: true, strict: true });
  }
  if (typeof parsed === 'string') return wrong(process, parsed);
  const { values, positionals } = parsed;
  const [name = 'run', ...rest] = positionals;
  if (values.version === true) {
    process.stdout.write(`${app.version}\n`);
    return exit.done;
  }
  const command = commands.get(name);
  if (command === undefined) {
    const near = nearest(name, [...commands.keys()]);
    return wrong(process, `there is no command "${name}"${near === null ? '' : `; did you mean \`${near}\`?`}`);
  }
  if (values.help === true) {
    const one = `landfall ${name} ${command.takes}`.trim();
    process.stdout.write(
      positionals.length === 0 ? `${help(app.version)}\n` : `${one}\n  ${command.summary}\n\n${help(app.version)}\n`,
    );
    return exit.done;
  }
  if (rest.length < command.least || rest.length > command.most) {
    return wrong(
      process,
      `landfall ${name} takes ${command.takes === '' ? 'no argument' : command.takes}, got ${rest.length}`,
    );
  }
  if (values.record !== undefined && name !== 'run' && name !== 'once')
    return wrong(process, `--record is an option of run and once`);
  const out = outOf(process, values.json === true);
  const given: Options = {
    config: values.config ?? process.env.LANDFALL_CONFIG ?? 'config/landfall.yaml',
    data: values.data ?? process.env.LANDFALL_DATA ?? 'data',
    json: values.json === true,
    record: values.record ?? null,
    at: values.at ?? null,
  };
  try {
    return await command.run({ app, out, options: given, rest, log: logOf(process), signal: process.signal });
  } catch (error) {
    const scrub = createScrub(
      Object.entries(process.env)
        .filter(([key]) => /TOKEN|SECRET|PASSWORD|WEBHOOK|DATABASE_URL/.test(key))
        .map(([, value]) => value ?? ''),
    );
    out.say(scrub(`landfall ${name}: ${errorText(error)}`));
    return exit.failed;
  }
}
