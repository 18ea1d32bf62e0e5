// The nouns of a story: what it is, how open its model is, what was promised, and what it is known from.
import type { Facts, Iso, Kind, Where } from './core.ts';
import type { AnyReason } from './reasons/reason.ts';

export type LicenceClass = 'osi' | 'open-data' | 'permissive-with-limits' | 'non-commercial' | 'research-only' | 'none';

export interface Evidence {
  readonly url: string;
  readonly field?: string;
  readonly revision?: string;
  readonly at: Iso;
}

/** A statement that can be traced. For 'unknown', `because` says where we looked. */
export interface Fact<T> {
  readonly value: T | 'unknown';
  readonly how: 'observed' | 'declared' | 'derived' | 'unknown';
  readonly because: Evidence;
  /** Said in words beside the value: why it is not more. */
  readonly note?: DataNote;
}

/** Why named training data does not count as public. */
export type DataNote = 'fine-tuning' | 'extract' | 'not all open' | 'not said for what';

/** A whole copy of the weights, and how many further ones there are of a format; bytes. */
export interface WeightCopies {
  readonly main: { readonly format: string; readonly precision: string | null; readonly files: number };
  readonly others: readonly {
    readonly format: string;
    readonly count: number;
    readonly least?: number;
    readonly most?: number;
  }[];
}

export interface Openness {
  readonly licence: Fact<string | null>;
  readonly licenceClass: Fact<LicenceClass>;
  /** What text and metadata each say when they disagree; null = they agree. */
  readonly licenceConflict: Fact<string | null>;
  /** 'yes', 'no', or 'conditional: <at most five words>'. */
  readonly commercialUse: Fact<string>;
  readonly territory: Fact<string | null>;
  readonly kind: Fact<'model' | 'adapter' | 'quantisation' | 'merge' | 'other'>;
  readonly weights: Fact<'published' | 'withdrawn' | 'adapter' | 'not found'>;
  /** Weight files of all copies. */
  readonly files: Fact<number>;
  /** One usable copy. */
  readonly bytes: Fact<number>;
  readonly formats: Fact<readonly string[]>;
  readonly copies: Fact<WeightCopies>;
  readonly quantisations: Fact<readonly string[]>;
  /** Bytes of the smallest whole copy. */
  readonly smallestDownload: Fact<number>;
  /** Rough memory need of one copy, in bytes. */
  readonly memory: Fact<number>;
  readonly parameters: Fact<string>;
  readonly activeParameters: Fact<string>;
  readonly gated: Fact<'no' | 'form' | 'approval'>;
  readonly inferenceCode: Fact<'yes' | 'library'>;
  readonly trainingCode: Fact<'linked' | null>;
  readonly trainingData: Fact<'public' | 'named' | 'not stated' | 'not looked at'>;
  readonly report: Fact<string | null>;
  readonly derivativeOf: Fact<readonly string[] | null>;
  /** What goes in and out: `image, text → text`. */
  readonly modality: Fact<string>;
  /** As the hub calls it: `text-generation`. */
  readonly task: Fact<string>;
  readonly tuning: Fact<'base' | 'instruct'>;
  /** Tokens. */
  readonly context: Fact<number>;
  readonly languages: Fact<readonly string[]>;
  /** What the licence asks for or limits, by the words of the licence table: `naming`, `mau`, `revocable`. */
  readonly duties: Fact<readonly string[]>;
  readonly newestOpen: Fact<string>;
  readonly newestOverall: Fact<string>;
  readonly verdict: Fact<string>;
}

export type Stage = 'reported' | 'pledged' | 'seen' | 'released';

/** What a story went through; the ones in REPLIED are also told by a reply. */
export type Turn =
  | 'opened'
  | 'seen'
  | 'released'
  | 'tagged'
  | 'pledged'
  | 'pledge moved'
  | 'overdue'
  | 'day passed'
  | 'kept'
  | 'kept late'
  | 'pledge withdrawn'
  | 'withdrawn'
  | 'back'
  | 'licence changed'
  | 'gated'
  | 'ungated'
  | 'disabled'
  | 'enabled'
  | 'archived'
  | 'unarchived'
  | 'renamed'
  /** Its name belongs to another repository now. */
  | 'replaced'
  | 'made private'
  | 'tag moved'
  | 'code pushed'
  | 'weights arrived'
  | 'said to be out'
  | 'promoted'
  | 'merged'
  | 'support'
  | 'support merged'
  | 'news'
  | 'added';

export interface Mark {
  readonly revision: number;
  readonly at: Iso;
  readonly turn: Turn;
  /** In plain words or `from → to`; null when the turn says it all. */
  readonly detail: string | null;
  readonly url: string | null;
}

/** One voice that said so. */
export interface PledgeWord {
  /** The registrable domain of the entry's link. */
  readonly host: string;
  /** The lab's own page, feed or account. */
  readonly own: boolean;
  readonly dueFrom: string | null;
  readonly dueTo: string | null;
}

export interface Pledge {
  readonly by: string;
  readonly quoteUrl: string | null;
  readonly saidAt: Iso;
  /** Dates (YYYY-MM-DD) in `zone`; null = no window. */
  readonly dueFrom: string | null;
  readonly dueTo: string | null;
  readonly zone: string;
  readonly confirmed: boolean;
  /** Who said so in the news; left out = as far as nobody counted. */
  readonly said?: readonly PledgeWord[];
  /** Its last day is over, and it was not said by enough to be held against anybody. */
  readonly passed?: true;
  /** News says that the model is out: nobody waits for it any more, though nothing in the lab's account has kept it. */
  readonly ended?: true;
  /** A promise without a window was brought to the operators' attention. */
  readonly reviewed?: true;
  readonly state: 'open' | 'moved' | 'overdue' | 'kept' | 'kept late' | 'withdrawn';
}

/** One item that a story lists: a release of a repository that appeared, one size of a family. */
export interface StoryItem {
  readonly key: string;
  readonly title: string;
  readonly url: string;
  readonly at: Iso | null;
}

/** How a model spread, so many days after its release; null = not counted. */
export interface SpreadFigures {
  readonly days: number;
  readonly downloads: number | null;
  readonly derivatives: number | null;
  readonly stars: number | null;
  readonly likes: number | null;
}

export interface Story {
  readonly id: string;
  /** What it is about; unique within its scope. */
  readonly key: string;
  readonly scope: 'file' | { readonly guild: string };
  readonly sort: 'model' | 'software' | 'repository' | 'news';
  readonly name: string;
  readonly lab: string | null;
  /** `lab/family` of a model; null for everything that is no model we can name. */
  readonly family: string | null;
  /** `about` of the artefact that the card speaks of; null while there is only news. */
  readonly subject: string | null;
  readonly stage: Stage;
  readonly releasedAt: Iso | null;
  /** Grows by one with every fold that changed something. */
  readonly revision: number;
  readonly openedAt: Iso;
  readonly updatedAt: Iso;
  /** When time alone will turn it (a pledge falling due); null = never. */
  readonly nextAt: Iso | null;
  readonly url: string;
  readonly publishedAt: Iso | null;
  readonly lang: string | null;
  /** Notes or summary, at most a few thousand characters. */
  readonly text: string | null;
  readonly items: readonly StoryItem[];
  /** Sizes and variants whose weights were seen (`weights 32b instruct`), or that news called out (`news 32b`). */
  readonly parts?: readonly string[];
  /** Derivatives by others that were seen: how many, and the latest of them. */
  readonly spread: { readonly count: number; readonly latest: readonly StoryItem[] };
  /** How it spread, as its card says it; left out before the seventh day. */
  readonly figures?: SpreadFigures;
  /** Who would have joined it, but for what its card says; left out = nobody. */
  readonly held?: readonly HeldBack[];
  /** Names of the channels that joined it. */
  readonly audience: readonly string[];
  readonly marks: readonly Mark[];
  readonly mergedInto: string | null;
  readonly openness: Openness | null;
  readonly pledge: Pledge | null;
  /** Days that people of a guild said are no promise; without days, of one that named none. */
  readonly dismissed?: readonly Pick<Pledge, 'dueFrom' | 'dueTo'>[];
  readonly evidence: readonly StoryEvidence[];
  /** What is known of its subject so far, by observation kind; turns are differences in here. */
  readonly known: Facts;
}

/** Kept back until the card fits. */
export interface HeldBack {
  readonly channel: string;
  readonly watchId: string;
  /** Of the watch; null = its channel alone asks for something. */
  readonly where: Where | null;
  readonly reason: AnyReason;
}

export interface StoryEvidence extends Evidence {
  readonly title: string;
  readonly kind: Kind;
  readonly lang: string | null;
}
