// The nouns that all rooms share: data only, every field readonly.
// Times are ISO 8601 strings in UTC; `null` means known to be absent; 'unknown' means not known.

import type { ModelFacts } from './model-facts.ts';
import type { LookReason } from './reasons/looks.ts';

export type Iso = string;
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** What is looked at once, whoever asked for it. `id` is `kind:address` in the source's normal form (plus `#shape`). */
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

/** Conditions on a model's openness card; a value that is unknown passes. */
export interface Where {
  /** `yes`, `conditional`, `no`. */
  readonly commercial?: readonly string[];
  /** The smallest complete copy has at most this many bytes. */
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
  /** What a release's openness card must say; left out = no filter. */
  readonly where?: Where;
  /** In milliseconds: what was published longer than this before the last good look is not told; left out = no limit. */
  readonly maxAgeMs?: number;
}

export interface Watch {
  readonly id: string;
  readonly targetId: string;
  readonly origin: Origin;
  readonly filters: Filters;
  /** Names of the channels that are told. */
  readonly to: readonly string[];
  /** How much an hour of delay matters compared with other watches; 1 is usual. */
  readonly weight: number;
  /** Shortest time between two looks, in milliseconds; null = the schedule decides. */
  readonly floorMs: number | null;
  readonly firstRun: 'quiet' | 'latest';
  /** Nothing is told while it is paused, nor afterwards what came in between. */
  readonly paused: boolean;
  /** The first look made for this watch; null before it. What was there then is its baseline. */
  readonly since: Iso | null;
  /** Ids of whom its alerts ping, in addition to the channel's own rules. Left out = nobody. */
  readonly mention?: readonly string[];
  /** What a preview had shown (by `shownAs`) to whoever added this watch, and so is not told as new. Left out = nothing. */
  readonly seen?: readonly string[];
}

/** One look to be made. `cursor` is what the source returned from the last one (validators, ids); null at first. */
export interface Look {
  readonly target: Target;
  readonly cursor: Json;
  /** When the last fresh or unchanged answer came; null at first. */
  readonly lastAt: Iso | null;
  /** Those kinds that a watch names, of the kinds that are looked for only then; left out = none. */
  readonly wants?: readonly Kind[];
  /** Only people in Discord asked: no private address may be reached, not even a host of `http.allowPrivate`. */
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
  | 'quantised'
  | 'entry'
  | 'link';

/** One thing that a look saw. Two looks that see the same thing yield the same `key` and `fingerprint`. */
export interface Observation {
  readonly targetId: string;
  /** Unique within the target, stable over time: `release:123`, `tag:v1`, `repo`, `licence`, `model:org/name`. */
  readonly key: string;
  /** Changes exactly when the observation changes in a way that matters (never for download counts). */
  readonly fingerprint: string;
  readonly kind: Kind;
  /** 'thing': a new one is news. 'trait': only a changed value is news (a licence, a gate, a state). */
  readonly sort: 'thing' | 'trait';
  /** What it is about; observations about one thing make one story: `github:o/r`, `github:o/r@v1`, `huggingface:o/m`. */
  readonly about: string;
  /** What `include` and `exclude` match (tag, model name, title, absolute link); null = these filters do not apply. */
  readonly subject: string | null;
  readonly title: string;
  readonly url: string;
  /** When it was published, which is not when it was created or committed; null = unknown. */
  readonly publishedAt: Iso | null;
  readonly lang: string | null;
  /** Notes or summary, as plain text or Markdown; null = none. */
  readonly text: string | null;
  readonly facts: Facts;
}

/** What sources read from an answer besides the text; fields that were not seen are left out. */
export interface Facts extends ModelFacts {
  /** Commit or revision at which the facts were read. */
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
  /** The licence file: its text (at most 64 KiB), and its address. */
  readonly licenceText?: string;
  readonly licenceTextUrl?: string;
  /**
   * Further texts (at most 64 KiB each): other licence files, one that is for code only, and what `licenceLink` leads to;
   * 'page': the text of a web page that contains the licence.
   */
  readonly licenceTexts?: readonly {
    readonly from: 'file' | 'link' | 'page' | 'code';
    readonly url: string;
    readonly text: string;
  }[];
  /** Licence identifiers that are among the tags but not in the card. */
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
  /** Links in an entry that look like repositories (two path segments), as written; at most five. */
  readonly links?: readonly string[];
  /** A feed entry's author, as given. */
  readonly author?: string;
  /** It has this lab's name (as people write it) but is in an account not known to be the lab's; null = it has not. */
  readonly unvouched?: { readonly account: string; readonly lab: string } | null;
  /** The pull request by which a program gains support for a model. */
  readonly support?: { readonly repository: string; readonly number: number; readonly merged: boolean };
  /** A quantised copy by a known converter: the format (`GGUF`), the account, and the repository (`owner/name`). */
  readonly quantised?: { readonly format: string; readonly by: string; readonly repository: string };
  /** The time is that of an update; the time of publication is not stated. */
  readonly dated?: 'updated';
}

/** A recorded answer about one target, independent of how it was requested. */
export interface RecordedAnswer {
  readonly type: 'json' | 'xml' | 'html';
  readonly body: string;
  /** Where it was read. */
  readonly url: string;
}

/** A further target that a look found: an organisation's repository, a new model's page. */
export interface FoundTarget {
  readonly target: Target;
  /** Changes when the found target should be looked at again; null when the parent cannot tell. */
  readonly mark: string | null;
  /** True when the parent's answer already contains everything that a first look at the target would yield. */
  readonly whole: boolean;
  /** The target existed before it was found, so its first look is a baseline even if it comes after the parent's. */
  readonly quiet?: boolean;
}

/** Permanent ids of what the address belonged to, and of what it belongs to now. */
export interface Replaced {
  readonly before: string;
  readonly after: string;
}

export type PollResult =
  | {
      readonly kind: 'fresh';
      /** False: the look worked, but the repository, model or organisation was not there. */
      readonly there: boolean;
      readonly observations: readonly Observation[];
      readonly cursor: Json;
      /** Set when the address now belongs to something else, so that nothing known is about it. */
      readonly replaced?: Replaced;
      /** Keys that this answer proves absent, whatever the window. */
      readonly gone: readonly string[];
      /** 'all': what is not among `observations` is gone. 'newest': only the newest items were seen. */
      readonly window: 'all' | 'newest';
      readonly found: readonly FoundTarget[];
      /** Recorded by `run --record`; null when the source has none. */
      readonly answer: RecordedAnswer | null;
      /** The source asks not to look again within this many milliseconds; null = it asks for nothing. */
      readonly restMs: number | null;
      readonly againMs?: number | null;
    }
  /** `againMs`: replaces the learned interval to the next look; null = never again; left out = the learned one. */
  | { readonly kind: 'same'; readonly cursor: Json; readonly restMs: number | null; readonly againMs?: number | null }
  /** Temporary and their fault: 429, 5xx, network. The state is unchanged. */
  | { readonly kind: 'later'; readonly reason: LookReason; readonly afterMs: number | null }
  /** Somebody has to mend it, we or they: a refused token, the 404 of a feed, not a feed. The state is unchanged. */
  | { readonly kind: 'broken'; readonly reason: LookReason };

export type Fresh = Extract<PollResult, { kind: 'fresh' }>;

/** What one request (or query) cost in a quota pool. */
export interface Spent {
  readonly pool: string;
  /** Requests or points. */
  readonly cost: number;
  readonly left?: number;
  readonly limit?: number;
  readonly resetAt?: Iso;
  readonly tookMs: number;
  /** How long the whole pool must rest (429, secondary limit). */
  readonly pauseMs?: number;
}

/** What a quota pool allows, stated by the source as data so that the scheduler need not know its name. */
export interface Quota {
  /** Requests or points per window, until an answer states otherwise. */
  readonly limit: number;
  readonly windowMs: number;
  /** Part of the limit that looks may spend, 0 to 1. */
  readonly share: number;
  /** Most that one window may spend, as a multiple of the share; above 1, busy hours may use what quiet hours saved. */
  readonly peak: number;
  /** Additional budget per window for the hot lane; 0 = there is no such lane. */
  readonly hot: number;
  /** Most looks that one request carries. */
  readonly batch: number;
  /** Most that one such batch may cost. */
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
  /** The address belongs to something else now: why a gone thing is gone, and whose place a new thing has taken. */
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
