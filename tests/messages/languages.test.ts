// Every language says everything: the same keys, the same blanks, the plurals that it needs.
import { describe, expect, it } from 'vitest';
import { fill } from '../../src/messages/fill.ts';
import { createLanguage, dayIn, daysBetween, nextDay } from '../../src/messages/format.ts';
import { locales, messagesFor } from '../../src/messages/index.ts';

function leaves(value: unknown, path = ''): readonly (readonly [string, string])[] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => leaves(inner, `${path}/${key}`));
}

/** Plural categories and verdicts differ between languages by nature. */
function comparable(locale: string): ReadonlyMap<string, string> {
  const texts = leaves(messagesFor(locale).texts).filter(
    ([path]) => !/\/(?:one|two|few|many|zero)$|^\/verdicts/.test(path),
  );
  return new Map(texts);
}

function blanks(text: string): readonly string[] {
  return (text.match(/\{\w+\}/g) ?? []).toSorted();
}

describe('languages', () => {
  it('has English and Korean', () => {
    expect(locales).toEqual(['en', 'ko']);
  });

  it.each(locales)('%s has the texts and blanks of English, and none is empty', (locale) => {
    const english = comparable('en');
    const own = comparable(locale);
    expect([...own.keys()].toSorted()).toEqual([...english.keys()].toSorted());
    for (const [path, text] of own) {
      expect(text.trim(), path).not.toBe('');
      const filled = blanks(english.get(path) ?? '');
      // Words for a reason may leave out where it was: whoever reads them knows what they asked for.
      if (path.startsWith('/reasons/')) expect(filled, path).toEqual(expect.arrayContaining([...blanks(text)]));
      else expect(blanks(text), path).toEqual(filled);
    }
  });

  it.each(locales)('%s names every plural category that its rules can choose', (locale) => {
    const { texts } = messagesFor(locale);
    const needed = new Intl.PluralRules(texts.formatting).resolvedOptions().pluralCategories;
    for (const forms of [
      texts.files,
      texts.group,
      texts.digest,
      texts.more,
      texts.keptLate,
      texts.pledge.keptLate,
      texts.labels.items,
    ]) {
      expect(Object.keys(forms)).toEqual(expect.arrayContaining(needed));
    }
  });

  it('takes the language of a region, and English for what it does not have', () => {
    expect(messagesFor('ko-KR').texts.name).toBe('한국어');
    expect(messagesFor('xx').texts.name).toBe('English');
  });

  it('takes a third language as one object', () => {
    const shout = createLanguage('de', {
      ...messagesFor('en').texts,
      formatting: 'de-DE',
      files: { one: '{n} Datei', other: '{n} Dateien' },
    });
    expect(shout.count(shout.texts.files, 1)).toBe('1 Datei');
    expect(shout.count(shout.texts.files, 4_200)).toBe('4.200 Dateien');
  });
});

describe('numbers and dates', () => {
  it.each([
    [0, '0 bytes', '0바이트'],
    [1, '1 byte', '1바이트'],
    [999_999, '1 MB', '1MB'],
    [318_240_000_000, '318 GB', '318GB'],
    [500_000_000_000, '500 GB', '500GB'],
    [1_520_000_000_000, '1.52 TB', '1.52TB'],
  ])('%d bytes', (bytes, english, korean) => {
    expect(messagesFor('en').bytes(bytes)).toBe(english);
    expect(messagesFor('ko').bytes(bytes)).toBe(korean);
  });

  it('writes windows of days', () => {
    const { days } = messagesFor('en');
    expect(days('2025-08-11', '2025-08-17')).toBe('11–17 August 2025');
    expect(days('2025-08-11', '2025-08-11')).toBe('11 August 2025');
    expect(days('2025-12-30', '2026-01-02')).toBe('30 December 2025 – 2 January 2026');
    expect(messagesFor('ko').days('2025-08-11', '2025-08-17')).toBe('2025년 8월 11일~17일');
  });

  it('writes moments in the zone of the reader', () => {
    expect(messagesFor('en').moment('2025-08-23T18:04:00Z', 'Asia/Seoul')).toBe('24 August 2025 at 03:04 GMT+9');
    expect(messagesFor('ko').moment('2025-08-23T18:04:00Z', 'UTC')).toBe('2025년 8월 23일 18:04 UTC');
  });

  it('counts days by the calendar of a zone', () => {
    expect(dayIn('2025-08-17T23:30:00Z', 'Asia/Seoul')).toBe('2025-08-18');
    expect(dayIn('2025-08-17T23:30:00Z', 'America/Los_Angeles')).toBe('2025-08-17');
    expect(daysBetween('2025-08-17', '2025-08-23')).toBe(6);
    expect(nextDay('2025-12-31')).toBe('2026-01-01');
  });

  it('fills blanks once: braces in what is filled in stay', () => {
    expect(fill('{a} and {b}', { a: '{b}', b: 'x' })).toBe('{b} and x');
  });
});
