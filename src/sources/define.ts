// What a source is: one kind of address in the watch list, and how a look at it is made.
import type { z } from 'zod';
import type { Http } from '../infra/http/client.ts';
import type { Look, PollResult, Quota, RecordedAnswer, Spent, Target } from '../types/core.ts';
import type { LookReason } from '../types/reasons/looks.ts';
import type { WishProblem } from '../types/reasons/wishes.ts';

/** How a source reads an address of the YAML; `problem` is shown to the person who wrote it; `about`: the option that is wrong, when it is not the address itself. */
export type AddressReading = { readonly target: Target } | (WishProblem & { readonly about?: string });

/** What the table of labs says of an address, `owner/name`. */
export interface NameSense {
  /** The id of the lab whose own account it stands in; null = nobody's that is known. */
  readonly account: string | null;
  /** The lab that its name speaks of, as people write it; null = none that is known. */
  readonly named: string | null;
}

/** What the composition root knows about the world and hands to sources. */
export interface SourceWorld {
  readonly http: Http;
  /** `github.apiUrl`, `huggingface.endpoint`, …, without a trailing slash. */
  readonly addresses: Readonly<Record<string, string>>;
  /** `GITHUB_TOKEN`, `HF_TOKEN`; absent when not set. */
  readonly secrets: Readonly<Record<string, string>>;
  /** By kind: the part of the other side's limit that looks may take on average, when the configuration says it. */
  readonly shares?: Readonly<Record<string, number>>;
  /** Which model a pull request of this title adds support for, by a key of its own; left out = nobody can tell. */
  readonly supportedIn?: (title: string) => string | null;
  /** Whose the names of repositories are; left out = nobody can tell. */
  readonly senseOf?: (address: string) => NameSense;
}

export interface PollContext {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly signal: AbortSignal;
}

export interface PollAnswer {
  /** By target id; every look that was asked for has a result. */
  readonly results: ReadonlyMap<string, PollResult>;
  readonly spent: readonly Spent[];
}

export interface SpreadAnswer {
  /** Counts by measure: `likes`, `downloads` (of 30 days), `downloadsAll`, `stars`, `forks`, `derivatives`, `derivatives:RELATION`;
   *  null = there is nothing to count, or it could not be asked now. */
  readonly measures: Readonly<Record<string, number>> | null;
  readonly spent: readonly Spent[];
}

/** A list of addresses that a person keeps; `whole` false: it goes on. */
export type Collected =
  | { readonly kind: 'list'; readonly addresses: readonly string[]; readonly whole: boolean }
  /** There is no such person, or no such list. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'failed'; readonly reason: LookReason };

export interface Source {
  readonly kind: string;
  /** Targets that one `poll` takes at most. */
  readonly batch: number;
  /** The quota that a look at this target spends: `github`, `huggingface`, `feed:example.org`. */
  readonly pool: (target: Target) => string;
  /** What that pool allows when it holds this many targets; left out: the courtesy that any host is owed. */
  readonly quota?: (pool: string, targets: number) => Quota;
  /** True: people publish here all the time (a feed, a page), so a long silence is worth a word to operators. */
  readonly expectsNews?: boolean;
  /** True: an address names a thing, which may not be there yet, or be misspelt. */
  readonly awaits?: boolean;
  /** Never sleeps, never retries, never throws for what the other side does. */
  readonly poll: (looks: readonly Look[], context: PollContext) => Promise<PollAnswer>;
  /** How far something spread, for one small request; left out where nothing is counted. Never sleeps, never retries. */
  readonly spread?: (target: Target, context: PollContext) => Promise<SpreadAnswer>;
  /** What a person keeps in one of the source's lists (`stars`, `likes`); left out where there are none. Never sleeps, never retries. */
  readonly collect?: (list: string, user: string, context: PollContext) => Promise<Collected>;
  /** Reads a recorded answer of one target; what `poll` does after the network. Pure (a promise only where a parser gives one). */
  readonly read: (look: Look, answer: RecordedAnswer, at: number) => PollResult | Promise<PollResult>;
}

/** The static half: known before anything is opened, used to check the configuration. */
export interface SourceKind {
  /** The key in the YAML: `github`, `huggingface`, `feed`, … */
  readonly kind: string;
  /** The values of `on`, in the order of the documentation; empty when the source has no `on`. */
  readonly events: readonly string[];
  /** Options beside the address, beyond those every watch has (`every`, `to`, `weight`, `firstRun`). */
  readonly options: z.ZodRawShape;
  /** Which options of the entry are part of the target (`select` of a page) come as `entry`. */
  readonly address: (written: string, entry: Readonly<Record<string, unknown>>) => AddressReading;
  /** Shortest polite interval in milliseconds, whatever the configuration says. */
  readonly floorMs: number;
  readonly open: (world: SourceWorld) => Source;
}
