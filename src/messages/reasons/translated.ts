// Why something is wrong or failed, as far as a language has words of its own for it.
import { reasonsKo } from './sentences-ko.ts';

const tables: Readonly<Record<string, typeof reasonsKo>> = { ko: reasonsKo };

/** English is what the program says everywhere else; what a language has no words for stays English too. */
export function reasonIn(locale: string, reason: string): string {
  const found = (tables[locale] ?? []).find(([fits]) => fits.test(reason));
  return found === undefined ? reason : reason.replace(found[0], found[1]).trim();
}
