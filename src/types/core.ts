// The shared nouns of the whole house: data only, every field readonly.
// Times are ISO 8601 strings in UTC; `null` means known to be absent; 'unknown' means not known.

import type { ModelFacts } from './model-facts.ts';
import type { LookReason } from './reasons/looks.ts';

export type Iso = string;
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Looked at once, whoever asked for it. `id` is `kind:address` in the source's normal form (plus `#shape`). */
export interface Target {
  readonly id: string;
  readonly source: string;
  /** As people write it: `xai-org/grok-1`, `https://x.ai/news`. */
  readonly address: string;
  /** A page's `select`; null for everything else. */
  readonly shape: string | null;
}

/** Who asked: the configuration file, a Discord guild, or a parent watch whose target found this one. */
export type Origin =
  | { readonly by: 'file' }
  | { readonly by: 'guild'; readonly guild: string }
  | { readonly by: 'found'; readonly parent: string; readonly guild: string | null };

/** What is not known of a card passes. */
export interface Where {
  /** `yes`, `conditional`, `no`. */
  readonly commercial?: readonly string[];
  /** The smallest whole copy has at most so many bytes. */
  readonly maxBytes?: number;
  readonly tasks?: readonly string[];
  /** Verdicts, or parts of one. */
  readonly verdict?: readonly string[];
}

export interface Filters {
  /** Kinds of observation that are told; null = all. */
  readonly on: readonly Kind[] | null;
  readonly prereleases: boolean;
  /** RE2 expressions over `Observation.subject`; null = no filter. */
  readonly include: string | null;
  readonly exclude: string | null;
  /** Case-insensitive text in title or summary; null = no filter. */
  readonly match: { readonly any: readonly string[]; readonly none: readonly string[] } | null;
  /** Only what is read as the release, promise or rumour of a model; left out = no filter. */
  readonly only?: 'models';
  /** What the card of a release has to say; left out = no filter. */
  readonly where?: Where;
  /** Published longer than this before the last good look: not told; left out = whatever its age. In milliseconds. */
  readonly maxAgeMs?: number;
}

export interface Watch {
  readonly id: string;
  readonly targetId: string;
  readonly origin: Origin;
  readonly filters: Filters;
  /** Names of channels that are told. */
  readonly to: readonly string[];
  /** How much an hour of delay matters beside other watches; 1 is usual. */
  readonly weight: number;
  /** Shortest time between two looks, in milliseconds; null = the schedule decides. */
  readonly floorMs: number | null;
  readonly firstRun: 'quiet' | 'latest';
  /** Not looked at for telling: what comes meanwhile is not told. */
  readonly paused: boolean;
  /** The first look made for this watch; null before it. What was there then is its baseline. */
  readonly since: Iso | null;
  /** Ids of whom what it tells pings, beside the channel's own rules. Left out = nobody. */
  readonly mention?: readonly string[];
  /** What was new to us but not to whoever added this watch: a preview had shown it (`shownAs`). Left out = nothing. */
  readonly seen?: readonly string[];
}

/** One look to be made. `cursor` is what the source left after the last one (validators, ids); null at first. */
export interface Look {
  readonly target: Target;
  readonly cursor: Json;
  /** When the last fresh or unchanged answer came; null at first. */
  readonly lastAt: Iso | null;
  /** Kinds that are looked for only where a watch names them, and one does; left out = none. */
  readonly wants?: readonly Kind[];
  /** Only people in Discord asked: reaches no private address, not even a host of `http.allowPrivate`. */
  readonly strict?: boolean;
}

export type Kind =
  | 'release'
  | 'tag'
  | 'repo'
  | 'code'
  | 'licence'
  | 'state'
  | 'model'
  | 'weights'
  | 'gated'
  | 'support'
  | 'entry'
  | 'link';

/** What a look saw. Two looks that see the same thing yield the same `key` and `fingerprint`. */
export interface Observation {
  readonly targetId: string;
  /** Unique within the target, stable over time: `release:123`, `tag:v1`, `repo`, `licence`, `model:org/name`. */
  readonly key: string;
  /** Changes exactly when what is said here changes in a way that matters (never for download counts). */
  readonly fingerprint: string;
  readonly kind: Kind;
  /** 'thing': a new one is news. 'trait': only a changed value is news (a licence, a gate, a state). */
  readonly sort: 'thing' | 'trait';
  /** What it is about; observations about one thing make one story: `github:o/r`, `github:o/r@v1`, `huggingface:o/m`. */
  readonly about: string;
  /** What `include` and `exclude` read (tag, model name, title, absolute link); null = these filters do not apply. */
  readonly subject: string | null;
  readonly title: string;
  readonly url: string;
  /** When it was published, not created or committed; null = unknown. */
  readonly publishedAt: Iso | null;
  readonly lang: string | null;
  /** Notes or summary, as plain text or Markdown; null = none. */
  readonly text: string | null;
  readonly facts: Facts;
}

/** What sources read out of an answer beyond the text; every field is optional and left out when not seen. */
export interface Facts extends ModelFacts {
  /** Commit or revision the facts were read at. */
  readonly revision?: string;
  readonly tag?: string;
  readonly commit?: string;
  readonly prerelease?: boolean;
  /** Identifier as the source gives it (an SPDX id, a Hugging Face licence tag); null = none stated. */
  readonly licence?: string | null;
  /** `cardData.license` when it is a list. */
  readonly licences?: readonly string[];
  readonly licenceName?: string;
  readonly licenceLink?: string;
  /** The licence file: its text (at most 64 KiB), and where it stands. */
  readonly licenceText?: string;
  readonly licenceTextUrl?: string;
  /**
   * Further texts (at most 64 KiB each): other licence files, one for code only, and what `licenceLink` leads to;
   * 'page': the words of a web page, of which the licence is a part.
   */
  readonly licenceTexts?: readonly {
    readonly from: 'file' | 'link' | 'page' | 'code';
    readonly url: string;
    readonly text: string;
  }[];
  /** Licence identifiers that stand among the tags and not in the card. */
  readonly licenceTags?: readonly string[];
  readonly gated?: 'no' | 'form' | 'approval';
  readonly disabled?: boolean;
  readonly archived?: boolean;
  readonly visibility?: 'public' | 'private';
  readonly renamedTo?: string;
  readonly empty?: boolean;
  readonly createdAt?: Iso;
  readonly baseModels?: readonly { readonly id: string; readonly relation: string }[];
  readonly datasets?: readonly string[];
  readonly arxiv?: readonly string[];
  readonly library?: string;
  /** Own inference code beside the weights (`*.py`, custom_code). */
  readonly customCode?: boolean;
  /** A code repository linked from the model's card, `owner/name` on GitHub. */
  readonly codeRepository?: string;
  readonly stars?: number;
  readonly forks?: number;
  /** Links in an entry that look like those of repositories (two parts of a path), as written; at most five. */
  readonly links?: readonly string[];
  /** A feed entry's author, as given. */
  readonly author?: string;
  /** It bears a name of this lab's (as people write it) in an account that is not known as the lab's; null = it does not. */
  readonly unvouched?: { readonly account: string; readonly lab: string } | null;
  /** A pull request, by which a program gains support for a model. */
  readonly support?: { readonly repository: string; readonly number: number; readonly merged: boolean };
  /** The time is that of an update: when it was published is not said. */
  readonly dated?: 'updated';
}

/** A recorded answer of one target, independent of how it was asked for. */
export interface RecordedAnswer {
  readonly type: 'json' | 'xml' | 'html';
  readonly body: string;
  /** Where it was read. */
  readonly url: string;
}

/** A further target that a look found: an organisation's repository, a new model's page. */
export interface FoundTarget {
  readonly target: Target;
  /** Moves when the found target should be looked at again; null when the parent cannot tell. */
  readonly mark: string | null;
  /** True when the parent's answer already says all that a first look at the target would say. */
  readonly whole: boolean;
}

/** Lasting ids of what an address belonged to, and of what it belongs to now. */
export interface Replaced {
  readonly before: string;
  readonly after: string;
}

export type PollResult =
  | {
      readonly kind: 'fresh';
      /** False: looked, and the repository, model or organisation was not there. */
      readonly there: boolean;
      readonly observations: readonly Observation[];
      readonly cursor: Json;
      /** Set when the address belongs to another thing than the known one: nothing that is known is about it. */
      readonly replaced?: Replaced;
      /** Keys proved absent by this answer, whatever the window. */
      readonly gone: readonly string[];
      /** 'all': what is not among `observations` is gone. 'newest': only the newest items were seen. */
      readonly window: 'all' | 'newest';
      readonly found: readonly FoundTarget[];
      /** Kept by `run --record`; null when the source has none to give. */
      readonly answer: RecordedAnswer | null;
      /** Etiquette: do not look again before this many milliseconds; null = no wish. */
      readonly restMs: number | null;
    }
  | { readonly kind: 'same'; readonly cursor: Json; readonly restMs: number | null }
  /** Their fault: 429, 5xx, network. State stays as it was. */
  | { readonly kind: 'later'; readonly reason: LookReason; readonly afterMs: number | null }
  /** Ours or theirs to mend: a refused token, the 404 of a feed, not a feed. State stays as it was. */
  | { readonly kind: 'broken'; readonly reason: LookReason };

export type Fresh = Extract<PollResult, { kind: 'fresh' }>;

/** What one request (or query) of a quota pool cost. */
export interface Spent {
  readonly pool: string;
  /** Requests or points. */
  readonly cost: number;
  readonly left?: number;
  readonly limit?: number;
  readonly resetAt?: Iso;
  readonly tookMs: number;
  /** The whole pool must rest this long (429, secondary limit). */
  readonly pauseMs?: number;
}

/** What a quota pool allows: data that a source states about itself, so that the schedule need not know its name. */
export interface Quota {
  /** Requests or points per window, until an answer says otherwise. */
  readonly limit: number;
  readonly windowMs: number;
  /** Part of the limit that looks may spend, 0 to 1. */
  readonly share: number;
  /** The most that one window may spend, as a multiple of the share; above 1, what quiet hours leave is saved for busy ones. */
  readonly peak: number;
  /** On top, per window, for the hot lane; 0 = no such lane. */
  readonly hot: number;
  /** Looks that one request carries at most. */
  readonly batch: number;
  /** The most that one such batch may cost. */
  readonly worst: number;
  /** Requests made at the same time. */
  readonly lanes: number;
}

export interface Change {
  readonly type: 'new' | 'edited' | 'gone';
  /** Part of the target's first look. */
  readonly baseline: boolean;
  readonly observation: Observation;
  readonly previous: Observation | null;
  /** The address belongs to another thing: of what is gone, why it is; of what is new, in whose place it stands. */
  readonly replaced?: Replaced;
}

/** A problem found in the configuration, with its place. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string | null;
  readonly severity: 'error' | 'warning';
}
