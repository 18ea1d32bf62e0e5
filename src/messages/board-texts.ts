// The board's texts by language; kept apart from the texts of alerts, because a worker without a board needs none of them.
import type { BoardMessages } from './board.ts';
import { en } from './board-en.ts';
import { ko } from './board-ko.ts';

const texts: ReadonlyMap<string, BoardMessages> = new Map([
  ['en', en],
  ['ko', ko],
]);

/** English for a language that has no texts for the board. */
export function boardTexts(locale: string): BoardMessages {
  return texts.get(locale) ?? en;
}
