// The interface of a source: one kind of address in the watch list, and how such a target is looked at.
import type { z } from 'zod';
import type { Http } from '../infra/http/client.ts';
import type { Look, PollResult, Quota, RecordedAnswer, Spent, Target } from '../types/core.ts';
import type { LookReason } from '../types/reasons/looks.ts';
import type { WishProblem } from '../types/reasons/wishes.ts';

/** Reads an address of the YAML. `problem` is shown to whoever wrote it; `about`: the option at fault, if not the address. */
export type AddressReading = { readonly target: Target } | (WishProblem & { readonly about?: string });

/** What the lab table (`config/labs.yaml`) knows about an address of the form `owner/name`. */
export interface NameSense {
  /** Id of the lab that owns the account; null = not a known lab's account. */
  readonly account: string | null;
  /** Display name of the lab that the repository's name mentions; null = no known lab. */
  readonly named: string | null;
}

/** What the composition root hands to every source. */
export interface SourceWorld {
  readonly http: Http;
  /** `github.apiUrl`, `huggingface.endpoint`, …, without a trailing slash. */
  readonly addresses: Readonly<Record<string, string>>;
  /** `GITHUB_TOKEN`, `GITHUB_APP_ID`, `GITHUB_APP_KEY`, `HF_TOKEN`; absent when not set. */
  readonly secrets: Readonly<Record<string, string>>;
  /** By source kind: the share of the service's rate limit that looks may use on average, where the configuration sets one. */
  readonly shares?: Readonly<Record<string, number>>;
  /** A key for the model that a pull request's title adds support for, null if none; left out = nothing is recognised. */
  readonly supportedIn?: (title: string) => string | null;
  /** Whether an account of a source kind is known for packing other people's models; left out = no account is. */
  readonly isConverter?: (source: string, account: string) => boolean;
  /** Looks an `owner/name` up in the lab table; left out = no labs are known. */
  readonly senseOf?: (address: string) => NameSense;
}

export interface PollContext {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface PollAnswer {
  /** By target id; contains a result for every look that was passed in. */
  readonly results: ReadonlyMap<string, PollResult>;
  readonly spent: readonly Spent[];
}

export interface SpreadAnswer {
  /**
   * Counts by measure: `likes`, `downloads` (last 30 days), `downloadsAll`, `stars`, `forks`, `derivatives`,
   * `derivatives:RELATION`; null = nothing is counted for this target, or the request failed.
   */
  readonly measures: Readonly<Record<string, number>> | null;
  readonly spent: readonly Spent[];
}

/** One of a user's public lists; `whole` is false when it was cut short. */
export type Collected =
  | { readonly kind: 'list'; readonly addresses: readonly string[]; readonly whole: boolean }
  /** No such user, or no such list. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: LookReason };

export interface Source {
  readonly kind: string;
  /** The most targets that one `poll` call accepts. */
  readonly batch: number;
  /** The quota pool that a look at this target draws on: `github`, `huggingface`, `feed:example.org`. */
  readonly pool: (target: Target) => string;
  /**
   * Learns which pools there are, if that is due; left out = they never change. `moved`: `pool` now answers differently for
   * some targets. Never sleeps and never retries.
   */
  readonly learnPools?: (
    context: PollContext,
  ) => Promise<{ readonly moved: boolean; readonly problem: LookReason | null }>;
  /** The pool's quota when it holds this many targets; left out = the polite default for any host. */
  readonly quota?: (pool: string, targets: number) => Quota;
  /** True = people publish here regularly (a feed, a page), so a long silence is worth reporting to operators. */
  readonly expectsNews?: boolean;
  /** True = an address names one thing that may not exist yet or may be misspelt. */
  readonly awaits?: boolean;
  /**
   * Whether `after` is the entry `before` with changed options, where options are part of a target: what is known is kept.
   * Left out = never.
   */
  readonly continues?: (before: Target, after: Target) => boolean;
  /** Never sleeps and never retries; failures of the other side are results, not exceptions. */
  readonly poll: (looks: readonly Look[], context: PollContext) => Promise<PollAnswer>;
  /** Popularity counts, in one cheap request; left out where the service has none. Never sleeps, never retries. */
  readonly spread?: (target: Target, context: PollContext) => Promise<SpreadAnswer>;
  /** Reads one of a user's lists (`stars`, `likes`); left out where there are none. Never sleeps, never retries. */
  readonly collect?: (list: string, user: string, context: PollContext) => Promise<Collected>;
  /** Reads a recorded answer: what `poll` does with a response. Pure (a promise only because some parsers are asynchronous). */
  readonly read: (look: Look, answer: RecordedAnswer, at: number) => PollResult | Promise<PollResult>;
}

/** The static half of a source: known before anything is opened, and used to check the configuration. */
export interface SourceKind {
  /** The key in the YAML: `github`, `huggingface`, `feed`, … */
  readonly kind: string;
  /** The values that `on` accepts, in the order of the documentation; empty when the source has no `on`. */
  readonly events: readonly string[];
  /** Options of a watch besides those that every watch has (`every`, `to`, `weight`, `firstRun`). */
  readonly options: z.ZodRawShape;
  /** `entry` holds the watch's other options: some of them are part of the target (`select` of a page). */
  readonly address: (written: string, entry: Readonly<Record<string, unknown>>) => AddressReading;
  /** The shortest polite interval in milliseconds; the configuration cannot go below it. */
  readonly floorMs: number;
  readonly open: (world: SourceWorld) => Source;
}

/** The account that a thing of this kind belongs to; null for what is an account itself. */
export function ownerOf({ address }: Target, kind: SourceKind | undefined): Target | null {
  const [owner = '', name] = address.split('/');
  const reading = name === undefined ? undefined : kind?.address(owner, {});
  return reading !== undefined && 'target' in reading ? reading.target : null;
}
