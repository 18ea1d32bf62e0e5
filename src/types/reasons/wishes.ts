// Why something that people wrote cannot be watched, and what would help.
import type { None, ReasonOf } from './reason.ts';

type Written = { readonly written: string };
/** `include` or `exclude`. */
type Option = { readonly option: string };

export interface WishCodes {
  'address.empty': { readonly kind: string };
  'address.github-elsewhere': Written;
  'address.github-slashes': Written;
  'address.github-owner': Written;
  'address.github-repository': Written;
  'address.hub-elsewhere': Written;
  'address.hub-not-models': Written;
  'address.hub': Written;
  'address.discover': Written;
  'address.discover-query': None;
  'address.discover-option': { readonly option: string; readonly place: string };
  'address.feed': Written;
  'address.modelscope': Written;
  'address.page': Written;
  /** For a source without words of its own. */
  'address.unfit': Written & { readonly kind: string };
  'address.sitemap': Written;
  'address.select-missing': None;
  'address.select': { readonly detail: string };
  'option.unknown': { readonly key: string };
  'source.unknown': { readonly kind: string };
  'expression.empty': Option;
  'expression.long': Option & { readonly most: number };
  'expression.steps': Option & { readonly steps: number };
  'expression.invalid': Option & { readonly said: string };
  /** Limits for people in Discord, which are stricter than the file's. */
  'expression.too-long': Option & { readonly most: number };
  'expression.repeats': Option;
  'address.repository': Written;
  'help.repository': None;
  'help.github': None;
  'help.github-server': None;
  'help.hub': None;
  'help.discover-query': None;
  'help.modelscope': None;
  'help.in-full': { readonly example: string };
  'help.such-as': { readonly example: string };
  'help.select': { readonly example: string };
  'help.select-missing': { readonly example: string };
  'help.leave-out': None;
  'help.match': None;
  'help.repeat-freely': None;
  'help.lookaround': None;
  'help.backreference': None;
  'help.atomic': None;
  'help.glob': None;
  'help.did-you-mean': { readonly word: string };
  'help.one-of': { readonly list: string };
  /** Problems that only the file can have, which are reported in English only. */
  'file.words': { readonly text: string };
}

export type WishReason = ReasonOf<WishCodes>;

/** What is wrong, and what would help; null = no hint is known. */
export interface WishProblem {
  readonly problem: WishReason;
  readonly help: WishReason | null;
}
