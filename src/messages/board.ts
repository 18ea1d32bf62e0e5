// The texts that a language has for the board, the pages that `server.listen` serves.
import type { Plural } from './plural.ts';

export type PageName = 'landed' | 'promises' | 'openness' | 'status';
export type PledgeState = 'open' | 'moved' | 'overdue' | 'kept' | 'kept late' | 'withdrawn';
/** Time from publication to our message, in steps. */
export type DelayStep = 'minute' | 'five' | 'half' | 'hours' | 'day' | 'longer';
export type WatchState = 'failing' | 'broken' | 'absent' | 'quiet' | 'new' | 'paused' | 'well';
export type Measure = 'likes' | 'downloads' | 'downloadsAll' | 'stars' | 'forks' | 'derivatives';
export type Relation = 'quantized' | 'finetune' | 'adapter' | 'merge';

export interface BoardMessages {
  readonly tagline: string;
  readonly skip: string;
  readonly navigation: string;
  /** Name of the language switch. */
  readonly languages: string;
  readonly pages: Readonly<Record<PageName, { readonly name: string; readonly title: string; readonly lead: string }>>;
  readonly footer: {
    readonly about: string;
    readonly feeds: string;
    readonly api: string;
  };
  readonly columns: Readonly<
    Record<
      | 'model'
      | 'lab'
      | 'when'
      | 'verdict'
      | 'size'
      | 'promisedBy'
      | 'window'
      | 'state'
      | 'said'
      | 'kept'
      | 'month'
      | 'total'
      | 'day'
      | 'count'
      | 'delay'
      | 'watch'
      | 'lastLook'
      | 'nextLook'
      | 'lastChange'
      | 'pace'
      | 'channel'
      | 'owed'
      | 'pool'
      | 'targets'
      | 'spent'
      | 'left'
      | 'question'
      | 'answer'
      | 'how'
      | 'read'
      | 'onTime'
      | 'late'
      | 'broken',
      string
    >
  >;
  /** Questions of the openness card for which alerts have no label; one that is missing here is shown by its key. */
  readonly questions: Readonly<Record<string, string>>;
  /** What a null answer means, by question. */
  readonly absent: Readonly<Record<string, string>>;
  readonly yes: string;
  readonly no: string;
  readonly unknown: string;
  readonly none: string;
  readonly noVerdict: string;
  /** Marks a link that leads to another site. */
  readonly external: string;
  readonly filter: {
    readonly name: string;
    readonly search: string;
    readonly lab: string;
    readonly verdict: string;
    readonly kind: string;
    readonly all: string;
    readonly apply: string;
    readonly clear: string;
    readonly kinds: Readonly<Record<'model' | 'software' | 'repository' | 'news', string>>;
  };
  readonly pager: { readonly name: string; readonly older: string; readonly first: string };
  readonly empty: {
    readonly landed: string;
    readonly filtered: string;
    readonly promises: string;
    readonly watches: string;
  };
  readonly strip: { readonly name: string; readonly overdue: string; readonly due: string; readonly all: string };
  readonly model: {
    readonly evidenceOf: string;
    readonly card: string;
    readonly timeline: string;
    readonly evidence: string;
    readonly notKnown: string;
    readonly items: string;
    readonly derivatives: string;
    readonly derivativesSeen: Plural;
    readonly links: string;
    readonly notes: string;
    readonly promise: string;
    /** `{delay}`: from publication to our message. */
    readonly told: string;
    readonly revision: string;
    readonly how: Readonly<Record<'observed' | 'declared' | 'derived' | 'unknown', string>>;
    readonly source: string;
    readonly compare: string;
  };
  readonly promises: {
    readonly states: Readonly<Record<PledgeState, string>>;
    readonly record: string;
    readonly recordLead: string;
    readonly noDate: string;
    readonly unconfirmed: string;
    readonly quote: string;
  };
  readonly openness: {
    readonly csv: string;
    /** `{column}`. */
    readonly sortBy: string;
    readonly newest: string;
    readonly scroll: string;
  };
  readonly status: {
    readonly beat: string;
    readonly noBeat: string;
    readonly watches: string;
    readonly channels: string;
    readonly pools: string;
    readonly states: Readonly<Record<WatchState, string>>;
    readonly held: string;
    readonly gone: string;
    readonly off: string;
    readonly well: string;
    readonly owedNothing: string;
    readonly search: string;
  };
  readonly charts: {
    readonly landings: { readonly title: string; readonly about: string };
    readonly promises: { readonly title: string; readonly about: string };
    readonly spread: { readonly title: string; readonly about: string };
    readonly delay: { readonly title: string; readonly about: string; readonly median: string };
    readonly figures: string;
    readonly nothing: string;
    readonly dueFor: string;
    readonly keptOn: string;
    readonly steps: Readonly<Record<DelayStep, string>>;
    readonly measures: Readonly<Record<Measure, string>>;
    readonly relations: Readonly<Record<Relation, string>>;
  };
  readonly errors: {
    readonly notFound: { readonly title: string; readonly text: string; readonly hint: string };
    readonly failed: { readonly title: string; readonly text: string; readonly hint: string };
    readonly tooMany: { readonly title: string; readonly text: string; readonly hint: string };
    readonly badRequest: { readonly title: string; readonly text: string; readonly hint: string };
    readonly home: string;
  };
}
