// The languages there are. A further one: its file, and a line here.
import type { Messages } from './define.ts';
import { en } from './en.ts';
import { createLanguage, type Language } from './format.ts';
import { ko } from './ko.ts';

const texts: Readonly<Record<string, Messages>> = { en, ko };

export const locales: readonly string[] = Object.keys(texts);

const languages = new Map(
  Object.entries(texts).map(([locale, messages]) => [locale, createLanguage(locale, messages)]),
);
const fallback = createLanguage('en', en);

/** The language of a locale (`ko`, `ko-KR`); English for one that there is no file for. */
export function messagesFor(locale: string): Language {
  return languages.get(locale) ?? languages.get(locale.split(/[-_]/)[0] ?? '') ?? fallback;
}
