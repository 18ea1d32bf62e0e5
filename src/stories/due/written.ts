// Dates written in digits: 2026-03-15, FROM..TO.
import { dayOf } from './calendar.ts';
import type { Found } from './rules.ts';

const written = /(?<!\d)(20\d\d)[-/.](\d\d?)[-/.](\d\d?)(?:\.\.(20\d\d)-(\d\d?)-(\d\d?))?(?!\d)/g;

export function readWritten(text: string): readonly Found[] {
  return [...text.matchAll(written)].flatMap((match) => {
    const [year, month, day, ...end] = match.slice(1).map((part) => (part === undefined ? null : Number(part)));
    const from = valid(year, month, day);
    const to = end[0] === null ? from : valid(...end);
    return from === null || to === null || to < from ? [] : [{ at: match.index, window: { from, to } }];
  });
}

function valid(year?: number | null, month?: number | null, day?: number | null): string | null {
  if (year == null || month == null || day == null || month < 1 || month > 12) return null;
  return dayOf(year, month, day);
}
