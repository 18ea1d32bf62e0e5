// The nouns of a story: what it is, how open its model is, what was promised, and the evidence.
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
  /** Shown in words beside the value: why it is not more. */
  readonly note?: DataNote;
}

/** Why named training data does not count as public. */
export type DataNote = 'fine-tuning' | 'extract' | 'not all open' | 'not looked at' | 'not said for what';

/** One complete copy of the weights, and further ones counted by format; sizes in bytes. */
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
  /** Bytes of one usable copy. */
  readonly bytes: Fact<number>;
  readonly formats: Fact<readonly string[]>;
  readonly copies: Fact<WeightCopies>;
  readonly quantisations: Fact<readonly string[]>;
  /** Bytes of the smallest complete copy. */
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
  /** Input and output: `image, text → text`. */
  readonly modality: Fact<string>;
  /** By the hub's name: `text-generation`. */
  readonly task: Fact<string>;
  readonly tuning: Fact<'base' | 'instruct'>;
  /** Tokens. */
  readonly context: Fact<number>;
  readonly languages: Fact<readonly string[]>;
  /** What the licence requires or limits, in the words of the licences table: `naming`, `mau`, `revocable`. */
  readonly duties: Fact<readonly string[]>;
  readonly newestOpen: Fact<string>;
  readonly newestOverall: Fact<string>;
  readonly verdict: Fact<string>;
}

export type Stage = 'reported' | 'pledged' | 'seen' | 'released';

/** What happened in a story; some turns are also told by a reply (stories/turns.ts). */
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
  | 'data published'
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
  /** A known converter published a quantised copy. */
  | 'quantised'
  | 'news'
  | 'added';

export interface Mark {
  readonly revision: number;
  readonly at: Iso;
  readonly turn: Turn;
  /** In plain words or `from → to`; null when the turn needs no detail. */
  readonly detail: string | null;
  readonly url: string | null;
}

/** One source that reported the promise. */
export interface PledgeWord {
  /** The registrable domain of the entry's link. */
  readonly host: string;
  /** It is the lab's own page, feed or account. */
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
  /** Who reported it in the news; left out in pledges stored before sources were counted. */
  readonly said?: readonly PledgeWord[];
  /** Its last day is over, but too few sources attest the promise to call it overdue. */
  readonly passed?: true;
  /** News says that the model is out: nobody waits any more, though nothing in the lab's account has kept the promise. */
  readonly ended?: true;
  /** Operators were asked to review this promise, which has no window. */
  readonly reviewed?: true;
  readonly state: 'open' | 'moved' | 'overdue' | 'kept' | 'kept late' | 'withdrawn';
}

/** One item in a story's list: a release of a repository that appeared, one size of a family. */
export interface StoryItem {
  readonly key: string;
  readonly title: string;
  readonly url: string;
  readonly at: Iso | null;
}

/** How widely a model was used this many days after its release; null = not counted. */
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
  /** `lab/family` of a model; null for everything else, and for models without a known family. */
  readonly family: string | null;
  /** `about` of the artefact that the card describes; null while there is only news. */
  readonly subject: string | null;
  readonly stage: Stage;
  readonly releasedAt: Iso | null;
  /** Grows by one with every fold that changed something. */
  readonly revision: number;
  readonly openedAt: Iso;
  readonly updatedAt: Iso;
  /** When the passing of time changes the story next (a pledge falling due); null = never. */
  readonly nextAt: Iso | null;
  readonly url: string;
  readonly publishedAt: Iso | null;
  readonly lang: string | null;
  /** Notes or summary, at most a few thousand characters. */
  readonly text: string | null;
  readonly items: readonly StoryItem[];
  /** Sizes and variants whose weights were seen (`weights 32b instruct`), or that news reported as out (`news 32b`). */
  readonly parts?: readonly string[];
  /** Derivatives by others that were seen: their number, and the latest of them. */
  readonly spread: { readonly count: number; readonly latest: readonly StoryItem[] };
  /** The usage figures shown on its card; left out before the seventh day. */
  readonly figures?: SpreadFigures;
  /** Channels kept out of it only by what its card says; left out = none. */
  readonly held?: readonly HeldBack[];
  /** Names of the channels that joined it. */
  readonly audience: readonly string[];
  readonly marks: readonly Mark[];
  readonly mergedInto: string | null;
  readonly openness: Openness | null;
  readonly pledge: Pledge | null;
  /** Windows of promises that people of a guild dismissed; null dates for one that named none. */
  readonly dismissed?: readonly Pick<Pledge, 'dueFrom' | 'dueTo'>[];
  readonly evidence: readonly StoryEvidence[];
  /** The facts known about its subject so far; turns are the differences between these. */
  readonly known: Facts;
}

/** A channel that the story is kept from until its card meets the conditions. */
export interface HeldBack {
  readonly channel: string;
  readonly watchId: string;
  /** The watch's conditions; null = only its channel has some. */
  readonly where: Where | null;
  readonly reason: AnyReason;
}

export interface StoryEvidence extends Evidence {
  readonly title: string;
  readonly kind: Kind;
  readonly lang: string | null;
}
