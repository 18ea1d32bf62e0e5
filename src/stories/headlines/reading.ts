// What one clause of a headline says, in terms that no longer depend on its language.

export interface HeadlineReading {
  /** Words of openness: open source, weights, a free licence, Hugging Face. */
  readonly opening: boolean;
  /** It names a model, or what only a model has. */
  readonly model: boolean;
  /** Something was released, or is being released. */
  readonly act: boolean;
  /** Where the words of a finished act stand; -1 = none. */
  readonly done: number;
  /** Where the words of a plan, promise or date to come stand; -1 = none. */
  readonly future: number;
  /** It is said to come later than was said. */
  readonly delayed: boolean;
  /** Where somebody else's guess, leak or report begins; -1 = none. */
  readonly hedged: number;
  /** Somebody has seen it where it should not be yet: leaked, spotted, hinted at. */
  readonly sighted: boolean;
  /** Where it is said that it was there and is not any more; -1 = nowhere. */
  readonly withdrawn: number;
  /** It will not be opened. */
  readonly denied: boolean;
  /** About using, judging, explaining: not about an event. */
  readonly commentary: boolean;
  /** Also about something else; a clear event outweighs it. */
  readonly aside: boolean;
  /** A program or data is named: 'itself' as what is opened, 'beside' somewhere. */
  readonly tool: 'none' | 'beside' | 'itself';
  /** Offered on somebody's cloud or as an interface. */
  readonly hosted: boolean;
  /** Another program learns to run it. */
  readonly spread: boolean;
  /** Nobody is named as the one who did it. */
  readonly nobody: boolean;
}

export const place = (pattern: RegExp, text: string): number => text.search(pattern);
