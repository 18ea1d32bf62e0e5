// The command line: chooses the command and its options; help and version.
import { Command, CommanderError } from 'commander';
import { secretsIn } from '../config/conceal.ts';
import type { Config } from '../config/shape.ts';
import { nearest } from '../config/spelling.ts';
import { createLog, errorText, type Log } from '../infra/log.ts';
import { createRedactor, type Redactor } from '../infra/redactor.ts';
import type { Health } from '../reports/health.ts';
import { type App, type CommandContext, exit, fail, type Out } from './command.ts';
import { type CommandSpec, commands } from './commands.ts';

export interface Process {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: { readonly write: (text: string) => void; readonly terminal: boolean; readonly columns: number };
  readonly stderr: { readonly write: (text: string) => void; readonly terminal: boolean };
  readonly stdin: { readonly terminal: boolean };
  /** Aborts on SIGTERM and SIGINT. */
  readonly signal: AbortSignal;
  /** Calls the listener at every SIGHUP from now on. */
  readonly hangup: (listener: () => void) => void;
}

export interface Program {
  readonly version: string;
  /** Loads what the commands work with, only when one runs, so that help and version stay fast. */
  readonly load: () => Promise<App>;
  /** Whether the worker of this data directory is alive, by its last beat. */
  readonly health: (dataDir: string, maxAgeMs: number | null) => Promise<Health>;
}

const codes = 'Exit codes: 0 done, 1 something failed, 2 wrong usage or configuration.';

function outOf(process: Process, json: boolean, redactor: Redactor): Out {
  const colour = process.stdout.terminal && process.env.NO_COLOR === undefined && process.env.TERM !== 'dumb';
  return {
    print: (text) => process.stdout.write(`${(colour ? redactor.redactForTerminal : redactor.redact)(text)}\n`),
    say: (text) => process.stderr.write(`${redactor.redact(text)}\n`),
    progress: (text) => {
      if (process.stderr.terminal)
        process.stderr.write(text === null ? '\r\u001b[2K' : `\r\u001b[2K${redactor.redact(text)}`);
    },
    redact: redactor.redact,
    json,
    colour,
    columns: process.stdout.columns || 80,
    interactive: process.stdin.terminal && process.stdout.terminal,
  };
}

function logOf(process: Process, redactor: Redactor): (config: Config | null) => Log {
  const write = (text: string): void => process.stderr.write(redactor.redact(text));
  return (config) => createLog({ level: config?.logLevel ?? 'info', write, terminal: process.stderr.terminal });
}

/** The same app, but once a configuration is read its secrets are removed from all output. */
function learning(app: App, redactor: Redactor): App {
  return {
    ...app,
    readConfig: async (file, reads) => {
      const reading = await app.readConfig(file, reads);
      if ('secrets' in reading) redactor.learn(reading.secrets);
      return reading;
    },
  };
}

/** Until the configuration is read, or when it cannot be: hides what looks like a secret in the environment. */
function openRedactor(process: Process): Redactor {
  const redactor = createRedactor();
  const named = Object.entries(process.env).filter(([name]) => /TOKEN|SECRET|PASSWORD|WEBHOOK|DATABASE_URL/.test(name));
  redactor.learn(secretsIn(named.map(([name, value = '']) => [name, value.trim()] as const)));
  return redactor;
}

function withExamples(command: Command, examples: CommandSpec['examples']): Command {
  // Made on demand, because every start builds every command but few show a help.
  return command.addHelpText('after', () => {
    const widest = Math.max(...examples.map(([line]) => line.length));
    const lines = examples.map(([line, purpose]) => `  ${line.padEnd(widest)}  ${purpose}`.trimEnd());
    return ['', examples.length === 1 ? 'Example:' : 'Examples:', ...lines, '', codes].join('\n');
  });
}

/** The options of every command, which may stand anywhere on the line. */
function programOf(process: Process, version: string): Command {
  const program = new Command('landfall');
  program
    .description(`landfall ${version}: know the moment an open model lands`)
    .usage('[command] [options]')
    .option('--config <FILE>', 'the configuration (default: config/landfall.yaml; LANDFALL_CONFIG)')
    .option('--data <DIR>', 'where state is kept (default: data; LANDFALL_DATA)')
    .option('--json', 'one JSON document as the last line of standard output')
    .helpOption('-h, --help', 'this text, or that of a command')
    .version(version, '--version', 'the version')
    .helpCommand('help [command]', 'the help of a command')
    .exitOverride()
    .configureHelp({ showGlobalOptions: true, helpWidth: process.stdout.columns || 80 })
    .configureOutput({
      writeOut: (text) => process.stdout.write(text),
      writeErr: (text) => process.stderr.write(text),
      // The error is printed once, below, where it is caught.
      outputError: () => undefined,
    });
  return withExamples(program, [
    ['landfall check', 'is the configuration good?'],
    ['landfall once --help', 'a command, its options and examples'],
  ]);
}

interface Chosen {
  readonly spec: CommandSpec;
  readonly rest: readonly string[];
  readonly values: Readonly<Record<string, unknown>>;
}

function choose(process: Process, version: string): Chosen {
  const program = programOf(process, version);
  let chosen: Chosen | null = null;
  for (const spec of commands) {
    const command = program.command(spec.name, { isDefault: spec.name === 'run' }).description(spec.summary);
    command.copyInheritedSettings(program);
    if (spec.takes !== undefined) command.arguments(spec.takes);
    for (const { flags, says } of spec.options ?? []) command.option(flags, says);
    withExamples(command, spec.examples).action(() => {
      chosen = { spec, rest: command.args, values: command.optsWithGlobals() };
    });
  }
  try {
    program.parse(process.args, { from: 'user' });
  } catch (error) {
    const first = program.args[0];
    // Commander takes an unknown command for an argument of the default command.
    if (!(error instanceof CommanderError) || first === undefined || error.code !== 'commander.excessArguments')
      throw error;
    if (commands.some(({ name }) => name === first)) throw error;
    const near = nearest(
      first,
      commands.map(({ name }) => name),
    );
    throw new CommanderError(
      exit.wrong,
      'landfall.unknownCommand',
      `there is no command "${first}"${near === null ? '' : `; did you mean \`${near}\`?`}`,
    );
  }
  if (chosen === null) throw new Error('no command was chosen');
  return chosen;
}

/** Commander reports help and version as an error with exit code 0, and wrong usage with another code. */
function ended(process: Process, redactor: Redactor, error: unknown): number {
  if (!(error instanceof CommanderError)) throw error;
  if (error.exitCode === 0) return exit.done;
  const reason = error.message.replace(/^error: /, '').replace('\n', ' ');
  const code = fail(outOf(process, process.args.includes('--json'), redactor), reason, exit.wrong);
  process.stderr.write('landfall --help lists the commands and options\n');
  return code;
}

/** Runs one command; the returned number is the exit code. */
export async function main(process: Process, program: Program): Promise<number> {
  const redactor = openRedactor(process);
  let chosen: Chosen;
  try {
    chosen = choose(process, program.version);
  } catch (error) {
    return ended(process, redactor, error);
  }
  const { spec, rest, values } = chosen;
  const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const out = outOf(process, values.json === true, redactor);
  const context: Omit<CommandContext, 'app'> = {
    out,
    options: {
      config: textOf(values.config) ?? process.env.LANDFALL_CONFIG ?? 'config/landfall.yaml',
      data: textOf(values.data) ?? process.env.LANDFALL_DATA ?? 'data',
      json: values.json === true,
    },
    option: (name) => textOf(values[name]),
    flag: (name) => values[name] === true,
    rest,
    log: logOf(process, redactor),
    signal: process.signal,
    hangup: process.hangup,
  };
  try {
    if ('loadAlone' in spec) return await (await spec.loadAlone())({ ...context, health: program.health });
    const [run, app] = await Promise.all([spec.load(), program.load()]);
    return await run({ ...context, app: learning(app, redactor) });
  } catch (error) {
    return fail(out, `landfall ${spec.name}: ${errorText(error)}`);
  }
}
