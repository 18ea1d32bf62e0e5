// The types of commands: what they are given, how they print, and the exit code they return.

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
  /** Progress on a terminal: one line on standard error that is overwritten; nothing when standard error is not a terminal. */
  readonly progress: (text: string | null) => void;
  /** For output that does not go through `print` or `say`: removes secrets and control characters. */
  readonly redact: (text: string) => string;
  readonly json: boolean;
  readonly colour: boolean;
  readonly columns: number;
  /** There is a person at a terminal who can be asked questions. */
  readonly interactive: boolean;
}

/** The options of every command. */
export interface Options {
  readonly config: string;
  readonly data: string;
  readonly json: boolean;
}

export interface OpenOptions {
  readonly log: Log;
  readonly record: string | null;
}

/** The HTTP server beside a worker. */
export interface Served extends Pick<WatchingDeps, 'pushes' | 'meter'> {
  readonly close: () => Promise<void>;
}

export interface OpenedWorker {
  readonly worker: Worker;
  /** The usual time between two wakes, in milliseconds. */
  readonly everyMs: () => number;
  readonly clock: (wake: () => Promise<void>, signal: AbortSignal) => Promise<void>;
  readonly pacing: PacingWorld;
  /** Takes over this configuration, except for what needs a restart; no look is made meanwhile. */
  readonly take: (config: Config) => Promise<void>;
  /** Tells operators that a new configuration is invalid and was not taken over. */
  readonly tell: (problems: readonly Problem[]) => Promise<void>;
  /** The configuration is the program's default list, unchanged. */
  readonly builtIn: boolean;
  /** What happened to the database's file; null = it is there. */
  readonly lost: () => string | null;
  /** The bot rings it to wake the worker at once. */
  readonly wakeup: Wakeup;
  /** Counts downloads, derivatives and stars of released models. */
  readonly spread: (signal: AbortSignal) => Promise<void>;
  /** Asks operators about addresses whose owner is not there. */
  readonly questions: (signal: AbortSignal) => Promise<boolean>;
  /** Null when `server.listen` is not set. */
  readonly serve: () => Promise<Served | null>;
  /** Serves the commands in Discord until the signal aborts; resolves at once when they are not enabled. */
  readonly bot: (signal: AbortSignal) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** What is replayed, and where the alerts are printed. */
export interface Replayed {
  readonly directory: string;
  readonly out: Out;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Where the board is served afterwards, with what was seen, until the signal aborts; null = it is not. */
  readonly board: NonNullable<Config['listen']> | null;
}

/** The lists to import, by the name of a user; null = not that list. */
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
  /** Entries that cannot be watched, each with the reason. */
  readonly unfit: readonly string[];
  /** False: a list is longer than what was read of it. */
  readonly whole: boolean;
}

/** `stamp` identifies the files as they were read, to notice later changes. */
export type StampedReading = ConfigReading & { readonly stamp: string };

/** What the composition root offers to commands. */
export interface App {
  readonly version: string;
  /** `sends` false: for a command that sends nothing, so that secrets of channels may be missing. */
  readonly readConfig: (file: string, reads?: { readonly sends?: boolean }) => Promise<StampedReading>;
  /** The stamp that the configuration's files have now; `patterns`: those under `files`. */
  readonly configStamp: (file: string, patterns: readonly string[]) => string;
  readonly schema: () => Json;
  /** The labs that `lab: ID` can name, by their names. */
  readonly labs: () => readonly { readonly value: string; readonly label: string }[];
  /** What is wrong with an address of a kind of source, in words; null = nothing. */
  readonly addressProblem: (kind: string, written: string) => string | null;
  /** `refused`: a message for people, when another worker uses the data directory. */
  readonly openWorker: (
    config: Config,
    options: Options,
    out: Out,
    open: OpenOptions,
  ) => Promise<OpenedWorker | { readonly refused: string }>;
  /** Replays a recording on its own clock, with a throw-away worker. */
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
  /** Entries from these lists, without what is watched already; `failed`: a message for people when a list cannot be read. */
  readonly gather: (
    config: Config,
    wish: ImportWish,
    signal: AbortSignal,
  ) => Promise<Importable | { readonly failed: string }>;
  /** The ids of the known labs. */
  readonly labIds: (config: Config) => readonly string[];
  /** Looks at every target once; targets without anything to report are left out. */
  readonly survey: (
    config: Config,
    signal: AbortSignal,
    progress: (done: number) => void,
  ) => Promise<readonly Surveyed[]>;
  /** The known lab account nearest to this target's account; null = it is one itself, or none is near. */
  readonly nearestAccount: (config: Config, target: Target) => string | null;
  readonly demoDirectory: string;
  readonly identify: IdentifyWorld;
  /** Reads names and headlines. */
  readonly read: Worker['read'];
  /** A link without tracking parameters; null when the text is not a link. */
  readonly linkOf: (written: string) => string | null;
  /** For commands that only read, beside a running worker. */
  readonly openReading: (config: Config, options: Options) => Promise<Db>;
  /** For commands that also leave a request, which the worker takes at its next wake. */
  readonly openAsking: (config: Config, options: Options) => Promise<Db>;
  /** Copies the embedded database of a data directory; resolves to its number of pages. */
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
  /** The value of one of the command's own options; null when it was not given. */
  readonly option: (name: string) => string | null;
  /** Whether one of the command's own options without a value was given. */
  readonly flag: (name: string) => boolean;
  /** The arguments after the command's name. */
  readonly rest: readonly string[];
  readonly log: (config: Config | null) => Log;
  readonly signal: AbortSignal;
  /** Calls the listener at every SIGHUP from now on; without a listener SIGHUP ends the program. */
  readonly hangup: (listener: () => void) => void;
}

/** Runs one command; resolves to the exit code. */
export type RunCommand = (context: CommandContext) => Promise<number>;

/** A command without configuration or anything built from it: health checks run often and must be cheap. */
export type RunAlone = (
  context: Omit<CommandContext, 'app'> & {
    readonly health: (dataDir: string, maxAgeMs: number | null) => Promise<Health>;
  },
) => Promise<number>;

/** Done; something failed; wrong usage or configuration. */
export const exit = { done: 0, failed: 1, wrong: 2 } as const;

/** Prints why a command ends without a result, with `--json` also in the document. Returns the exit code. */
export function fail(out: Out, error: string, ends: number = exit.failed, code?: string): number {
  out.say(error);
  if (out.json) out.print(JSON.stringify({ error, code }));
  return ends;
}
