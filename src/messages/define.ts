// What a language must have: every text that an alert can contain. A new language is one file beside en.ts and ko.ts.

import type { DataNote, LicenceClass, Openness, Pledge, Stage, Story, Turn } from '../types/story.ts';
import type { BotMessages } from './bot.ts';
import type { Plural } from './plural.ts';
import type { AllTexts } from './reasons/define.ts';

export type BySort = Readonly<Record<Story['sort'], string>>;

/** Names in braces are blanks; translators may move them but must leave none out. */
export interface Messages {
  /** The language's own name. */
  readonly name: string;
  /** BCP 47 tag for dates, numbers and sizes. */
  readonly formatting: string;
  readonly unknown: string;
  /** Joins several things that happened at once. */
  readonly and: string;

  readonly stages: Readonly<Record<Stage, string>>;
  /** Side states, shown in place of the stage. */
  readonly overdue: string;
  readonly gone: string;

  /** What happened when a story opens or reaches a stage, by what the story is about. */
  readonly opened: BySort;
  /** It has a lab's name but is in an account that is not known to be the lab's: {name}, {account}, {lab}. */
  readonly unvouched: string;
  /** A program gains support for it by a pull request: {name}, {program}, {number}. */
  readonly support: string;
  readonly supportMerged: string;
  /** A known converter published a quantised copy: {format}, {by}, {repository}. */
  readonly quantised: string;
  readonly seen: BySort;
  readonly released: BySort;
  readonly turns: Readonly<
    Record<
      Exclude<Turn, 'opened' | 'seen' | 'released' | 'kept late' | 'support' | 'support merged' | 'quantised'>,
      string
    >
  >;
  readonly keptLate: Plural;
  readonly keptLateUncounted: string;
  /** `{what}: {detail}`. */
  readonly detailed: string;
  /** Details of turns that are codes of ours. */
  readonly details: Readonly<Record<'no' | 'form' | 'approval' | 'none', string>>;

  readonly labels: Readonly<
    Record<
      Exclude<
        keyof Openness,
        | 'licenceClass'
        | 'files'
        | 'bytes'
        | 'formats'
        | 'copies'
        | 'quantisations'
        | 'smallestDownload'
        | 'activeParameters'
        | 'modality'
        | 'tuning'
        | 'context'
        | 'verdict'
      >,
      string
    >
  > & {
    readonly published: string;
    readonly timeline: string;
    readonly evidence: string;
    readonly items: Plural;
    readonly notKnown: string;
    /** When a promise falls due. */
    readonly due: string;
  };
  /** Names the page that a link leads to, on a button and in a line. */
  readonly links: Readonly<
    Record<'model' | 'weights' | 'licence' | 'article' | 'notes' | 'repository' | 'pull' | 'quantised', string>
  >;
  readonly licenceClasses: Readonly<Record<LicenceClass, string>>;
  readonly noLicence: string;
  readonly commercial: { readonly yes: string; readonly no: string; readonly conditional: string };
  readonly weights: Readonly<Record<'published' | 'withdrawn' | 'adapter' | 'not found', string>>;
  readonly files: Plural;
  readonly gated: Readonly<Record<'no' | 'form' | 'approval', string>>;
  readonly inferenceCode: Readonly<Record<'yes' | 'library', string>>;
  readonly trainingCode: Readonly<Record<'linked', string>>;
  readonly trainingData: Readonly<Record<'public' | 'named' | 'not stated' | 'not looked at', string>>;
  readonly dataNotes: Readonly<Record<DataNote, string>>;
  readonly kinds: Readonly<Record<Exclude<Openness['kind']['value'], 'unknown'>, string>>;
  /** `{list}` of further copies. */
  readonly also: string;
  /** `{format}` with its range of sizes, in `{n}` variants. */
  readonly variants: Plural;
  /** `byItsName` follows a number that only the name states, `storedElements` a number of packed elements. */
  readonly byItsName: string;
  readonly storedElements: string;
  /** `{total}` parameters of which `{active}` are active. */
  readonly activeOf: string;
  readonly tuning: Readonly<Record<'base' | 'instruct', string>>;
  readonly contextTokens: Plural;
  readonly memoryNeed: string;
  readonly smallest: string;
  /** What a licence requires or limits, by the words of the licences table; one without a text here is shown unchanged. */
  readonly duties: Readonly<Record<string, string>>;
  readonly noReport: string;
  /** The verdicts of the openness card, by their English words; one without a text here is shown unchanged. */
  readonly verdicts: Readonly<Record<string, string>>;

  readonly pledge: {
    /** `{by}` promised it for `{window}`. */
    readonly dated: string;
    readonly undated: string;
    readonly unconfirmed: string;
    readonly states: Readonly<Record<Exclude<Pledge['state'], 'kept late' | 'overdue'>, string>>;
    /** `{since}`: the first day after the window. */
    readonly overdueSince: string;
    readonly overdue: string;
    /** Its last day is over, but too few sources attest the promise to call it overdue. */
    readonly passed: string;
    /** News says that the model is out. */
    readonly ended: string;
    readonly keptLate: Plural;
    readonly keptLateUncounted: string;
  };

  /** How widely a model is used: a label, `{measures}` counted `{days}` after its release, and `{n}` of each measure. */
  readonly spread: {
    readonly label: string;
    readonly after: string;
    readonly measures: Readonly<Record<'downloads' | 'derivatives' | 'stars' | 'likes', string>>;
  };
  readonly merged: string;
  readonly mergedInto: string;
  /** `{title}`: what was looked at. */
  readonly group: Plural;
  readonly digest: Plural;
  readonly digestEmpty: string;
  readonly page: string;
  readonly more: Plural;
  readonly moreLines: Plural;
  readonly fullNotes: string;
  readonly notice: string;
  readonly test: { readonly title: string; readonly text: string };
  /** Notices to operators: title and text. Most take `{what}` and `{reason}`; a quiet source `{silent}` and `{usual}`, in days;
   * the first notice `{places}` and `{models}`. */
  readonly notices: Readonly<
    Record<
      | 'sourceFailing'
      | 'sourceStale'
      | 'sourceRestructured'
      | 'sourceBack'
      | 'ownerAbsent'
      | 'ownerNear'
      | 'channelHeld'
      | 'channelGone'
      | 'messageRefused'
      | 'pledgeUndated'
      | 'reminder'
      | 'configRefused'
      | 'watching',
      { readonly title: string; readonly text: string }
    >
  >;
  readonly bot: BotMessages;
  /** Why something was not looked at, not sent or not told. */
  readonly reasons: AllTexts;
}
