// What a command gets and gives: arguments in, an action, output, an exit code.

import type { Config, ConfigReading } from '../config/shape.ts';
import type { Log } from '../infra/log.ts';
import type { Health } from '../reports/health.ts';
import type { IdentifyWorld } from '../reports/identify.ts';
import type { OpennessAnswer } from '../reports/openness.ts';
import type { Status } from '../reports/status.ts';
import type { PacingWorld } from '../scheduler/pool.ts';
import type { Db } from '../store/define.ts';
import type { Json, Problem, Target } from '../types/core.ts';
import type { WishProblem } from '../types/reasons/wishes.ts';
import type { Worker } from '../worker/context.ts';
import type { WatchingDeps } from '../worker/loop.ts';
import type { Surveyed } from '../worker/survey.ts';
import type { Trial } from '../worker/trial.ts';
import type { Wakeup } from '../worker/wakeup.ts';

export interface Out {
  /** Standard output; one call is one whole line or block. */
  readonly print: (text: string) => void;
  /** Standard error. */
  readonly say: (text: string) => void;
  /** Progress on a terminal: one line on standard error that is written over; nothing where nobody watches. */
  readonly progress: (text: string | null) => void;
  /** What leaves by another way than `print` and `say` goes through here: secrets and control characters are taken out. */
  readonly pass: (text: string) => string;
  readonly json: boolean;
  readonly colour: boolean;
  readonly columns: number;
  /** A person can be asked questions. */
  readonly interactive: boolean;
}

/** What every command takes. */
export interface Options {
  readonly config: string;
  readonly data: string;
  readonly json: boolean;
}

export interface OpenOptions {
  readonly log: Log;
  readonly record: string | null;
}

/** What others reach over HTTP beside a worker. */
export interface Served extends Pick<WatchingDeps, 'pushes' | 'meter'> {
  readonly close: () => Promise<void>;
}

export interface OpenedWorker {
  readonly worker: Worker;
  /** The usual time between two wakes, in milliseconds. */
  readonly everyMs: () => number;
  readonly clock: (wake: () => Promise<void>, signal: AbortSignal) => Promise<void>;
  readonly pacing: PacingWorld;
  /** From now on the worker goes by this configuration, but for what needs a restart; nothing is looked at meanwhile. */
  readonly take: (config: Config) => Promise<void>;
  /** Tells operators of a configuration that is not taken over. */
  readonly tell: (problems: readonly Problem[]) => Promise<void>;
  /** The configuration is the program's own list, unchanged. */
  readonly builtIn: boolean;
  /** What has happened to the database's file; null = it is there. */
  readonly lost: () => string | null;
  /** Rung by the bot. */
  readonly wakeup: Wakeup;
  /** Counts how models spread. */
  readonly spread: (signal: AbortSignal) => Promise<void>;
  /** Null where `server.listen` is not set. */
  readonly serve: () => Promise<Served | null>;
  /** Commands in Discord, until the signal aborts; at once over where they are not wanted. */
  readonly bot: (signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What is replayed, and to whom it is told. */
export interface Replayed {
  readonly directory: string;
  readonly out: Out;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Afterwards the board is served here with what was seen, until the signal aborts; null = it is not. */
  readonly board: NonNullable<Config['listen']> | null;
}

/** Whose lists are wanted, by the name of a user; null = not that list. */
export interface ImportWish {
  readonly stars: string | null;
  readonly following: string | null;
  readonly likes: string | null;
  readonly feeds: readonly { readonly url: string; readonly title: string | null }[];
}

export interface Importable {
  readonly entries: readonly { readonly entry: Readonly<Record<string, string>>; readonly title: string | null }[];
  /** `kind:address` of what is watched already. */
  readonly watched: readonly string[];
  /** What cannot be watched, and why. */
  readonly unfit: readonly string[];
  /** False: a list goes on behind what was read of it. */
  readonly whole: boolean;
}

/** `stamp` tells the files as they were read from what they are later. */
export type StampedReading = ConfigReading & { readonly stamp: string };

/** What the composition root offers to commands. */
export interface App {
  readonly version: string;
  /** `sends` false: for a command that never sends, so that secrets of channels may be missing. */
  readonly readConfig: (file: string, reads?: { readonly sends?: boolean }) => Promise<StampedReading>;
  /** The stamp that a reading of the configuration would have now; `patterns`: what stands under `files`. */
  readonly configStamp: (file: string, patterns: readonly string[]) => string;
  readonly schema: () => Json;
  /** The labs that `lab: ID` can name, by their names. */
  readonly labs: () => readonly { readonly value: string; readonly label: string }[];
  /** What is wrong with an address of a kind of source, in words; null = nothing. */
  readonly addressProblem: (kind: string, written: string) => string | null;
  /** Refused (a message for people) when another worker has the data directory. */
  readonly openWorker: (
    config: Config,
    options: Options,
    out: Out,
    open: OpenOptions,
  ) => Promise<OpenedWorker | { readonly refused: string }>;
  /** A throw-away worker that replays a recording on its own clock. */
  readonly replay: (config: Config, replayed: Replayed) => Promise<Json>;
  readonly openness: (
    config: Config,
    address: string,
    signal: AbortSignal,
  ) => Promise<OpennessAnswer | ({ readonly kind: 'wrong' } & WishProblem)>;
  /** One look at what an entry of `watch` stands for; nothing is stored. */
  readonly tryEntry: (
    config: Config,
    entry: Readonly<Record<string, unknown>>,
    signal: AbortSignal,
  ) => Promise<
    | { readonly kind: 'tried'; readonly trials: readonly Trial[] }
    | {
        readonly kind: 'wrong';
        readonly problems: readonly { readonly message: string; readonly hint: string | null }[];
      }
  >;
  /** Entries out of lists of others, without what is watched already; a message for people when a list cannot be had. */
  readonly gather: (
    config: Config,
    wish: ImportWish,
    signal: AbortSignal,
  ) => Promise<Importable | { readonly failed: string }>;
  /** The ids of the labs that are known. */
  readonly labIds: (config: Config) => readonly string[];
  /** Looks at every target once; what has nothing to say of it is left out. */
  readonly survey: (
    config: Config,
    signal: AbortSignal,
    progress: (done: number) => void,
  ) => Promise<readonly Surveyed[]>;
  /** The account of a known lab that this target's is nearest to; null = it is one, or none is near. */
  readonly nearestAccount: (config: Config, target: Target) => string | null;
  readonly demoDirectory: string;
  readonly identify: IdentifyWorld;
  /** What names and headlines say. */
  readonly read: Worker['read'];
  /** A link without what only tracks its reader; null for what is none. */
  readonly linkOf: (written: string) => string | null;
  /** For commands that only read, beside a running worker. */
  readonly openReading: (config: Config, options: Options) => Promise<Db>;
  /** The same, for commands that leave a request which the worker takes at its next wake. */
  readonly openAsking: (config: Config, options: Options) => Promise<Db>;
  /** Copies the embedded database of a data directory; resolves to its pages. */
  readonly backup: (dataDir: string, file: string) => Promise<number>;
  readonly status: (config: Config, db: Db) => Promise<Status>;
  readonly sendTest: (
    config: Config,
    wish: { readonly channel: string | null; readonly mention: boolean; readonly out: Out; readonly log: Log },
    signal: AbortSignal,
  ) => Promise<number>;
}

export interface CommandContext {
  readonly app: App;
  readonly out: Out;
  readonly options: Options;
  /** The command's own option with a value; null when it was not given. */
  readonly option: (name: string) => string | null;
  /** Whether the command's own option without a value was given. */
  readonly flag: (name: string) => boolean;
  /** What stands after the command's name. */
  readonly rest: readonly string[];
  readonly log: (config: Config | null) => Log;
  readonly signal: AbortSignal;
  /** Calls the listener at every SIGHUP from now on, which ends the program until then. */
  readonly hangup: (listener: () => void) => void;
}

/** Runs one command; resolves to the exit code. */
export type RunCommand = (context: CommandContext) => Promise<number>;

/** A command that needs no configuration, nor what is built from one: asked often, it costs next to nothing. */
export type RunAlone = (
  context: Omit<CommandContext, 'app'> & {
    readonly health: (dataDir: string, maxAgeMs: number | null) => Promise<Health>;
  },
) => Promise<number>;

/** Done; something failed; wrong usage or configuration. */
export const exit = { done: 0, failed: 1, wrong: 2 } as const;

/** Says why a command ends without its answer; with `--json` the document says it as well. Returns the exit code. */
export function fail(out: Out, error: string, ends: number = exit.failed, code?: string): number {
  out.say(error);
  if (out.json) out.print(JSON.stringify({ error, code }));
  return ends;
}
