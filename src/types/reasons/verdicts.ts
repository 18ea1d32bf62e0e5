// A watch's verdict on a change: it is told, or why it is not.
import type { AnyReason, None, ReasonOf } from './reason.ts';
import type { Span } from './span.ts';

export interface VerdictCodes {
  'verdict.told': None;
  'verdict.baseline': None;
  'verdict.first-look': None;
  'verdict.before-window': None;
  /** The site gave everything new links. */
  'verdict.moved': None;
  /** The address belongs to another repository than before; both are permanent ids. */
  'verdict.replaced': { readonly before: string; readonly after: string };
  'verdict.no-news': None;
  /** `on`: the kinds that the watch asks for. */
  'verdict.not-in-on': { readonly kind: string; readonly on: string };
  'verdict.prerelease': None;
  'verdict.not-included': { readonly pattern: string };
  'verdict.excluded': { readonly pattern: string };
  'verdict.no-match': { readonly texts: string };
  'verdict.matches-none': { readonly text: string };
  'verdict.no-model': None;
  /** The pull request supports a model that is out already. */
  'verdict.out-already': None;
  /** Another copy of the same model in the same format was there before. */
  'verdict.quantised-already': { readonly format: string };
  'verdict.too-old': { readonly most: Span };
  /** The card does not meet the watch's `where`. */
  'verdict.where-commercial': { readonly value: string; readonly wanted: string };
  'verdict.where-size': { readonly size: string; readonly most: string };
  'verdict.where-task': { readonly value: string; readonly wanted: string };
  'verdict.where-verdict': { readonly value: string; readonly wanted: string };
  'verdict.paused': None;
  'verdict.private': None;
  /** No message, because of `cause`. */
  'verdict.not-told': { readonly cause: AnyReason };
  /** The same, but another change of its story has a message. */
  'verdict.no-own-message': { readonly cause: AnyReason };
}

export type VerdictReason = ReasonOf<VerdictCodes>;

/** A verdict as people are told it; `carried`: another change of its story has a message. */
export function outcomeOf(
  verdict: { readonly told: boolean; readonly reason: AnyReason },
  carried: boolean,
): AnyReason {
  const { told, reason } = verdict;
  if (told || reason.code === 'verdict.no-news') return reason;
  return { code: carried ? 'verdict.no-own-message' : 'verdict.not-told', params: { cause: reason } };
}
