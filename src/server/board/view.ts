// How a page is rendered: its language and the address it was requested at.
import type { BoardMessages } from '../../messages/board.ts';
import { boardTexts } from '../../messages/board-texts.ts';
import type { Language } from '../../messages/format.ts';
import { locales, messagesFor } from '../../messages/index.ts';
import type { Iso } from '../../types/core.ts';

export interface BoardView {
  readonly language: Language;
  readonly words: BoardMessages;
  /** The language chosen in the address; null = the browser's own, which links need not repeat. */
  readonly chosen: string | null;
  /** The requested path, with its leading slash. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** True = a public board, without /status, /metrics and /api/v1/watches. */
  readonly public: boolean;
  readonly now: Iso;
  /** Version of stylesheet and script in their addresses, so that both can be cached for ever. */
  readonly assets: string;
}

/** `ko-KR,ko;q=0.9,en;q=0.8` → the best supported language, or English. */
export function preferred(header: string | undefined): string {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .map((part, index) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const quality = parameters.map((one) => one.trim()).find((one) => one.startsWith('q='));
      const weight = quality === undefined ? 1 : Number(quality.slice(2));
      return { tag: tag.split('-')[0] ?? '', weight: Number.isFinite(weight) ? weight : 0, index };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((one, other) => other.weight - one.weight || one.index - other.index);
  return wanted.find(({ tag }) => locales.includes(tag))?.tag ?? 'en';
}

/** The language named by `?lang=`, if it is supported. */
export function chosenLanguage(query: URLSearchParams): string | null {
  const written = query.get('lang');
  return written !== null && locales.includes(written) ? written : null;
}

export function createView(
  parts: Omit<BoardView, 'language' | 'words' | 'chosen'>,
  header: string | undefined,
): BoardView {
  const chosen = chosenLanguage(parts.query);
  const locale = chosen ?? preferred(header);
  return { ...parts, chosen, language: messagesFor(locale), words: boardTexts(locale) };
}

/** A link to a path of the board; empty parameters are dropped, the chosen language is kept. */
export function href(view: BoardView, path: string, query: Readonly<Record<string, string | null>> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== '') parameters.set(name, value);
  if (view.chosen !== null && !parameters.has('lang')) parameters.set('lang', view.chosen);
  const text = parameters.toString();
  return text === '' ? path : `${path}?${text}`;
}
