// The available languages. To add one: its file, and a line here.
import type { Messages } from './define.ts';
import { en } from './en.ts';
import { createLanguage, type Language } from './format.ts';
import { ko } from './ko.ts';

const texts: Readonly<Record<string, Messages>> = { en, ko };

export const locales: readonly string[] = Object.keys(texts);

const languages = new Map<string, Language>();

/** Created when first used: the Intl objects of a language are slow to create. */
function spoken(locale: string): Language | null {
  const known = languages.get(locale) ?? null;
  const messages = Object.hasOwn(texts, locale) ? texts[locale] : undefined;
  if (known !== null || messages === undefined) return known;
  const made = createLanguage(locale, messages);
  languages.set(locale, made);
  return made;
}

/** The language of a locale (`ko`, `ko-KR`); English when there is no file for it. */
export function messagesFor(locale: string): Language {
  return spoken(locale) ?? spoken(locale.split(/[-_]/)[0] ?? '') ?? spoken('en') ?? createLanguage('en', en);
}
