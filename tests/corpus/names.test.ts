// Labelled names and headlines that stay outside the project (LANDFALL_LABELS names their folder).
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readAt } from '../../src/reports/identify.ts';
import { identify } from '../../src/stories/names/identify.ts';
import { tables as labs } from '../stories/tables.ts';
import { macroF1 } from '../support/stories/scores.ts';

const folder = process.env.LANDFALL_LABELS ?? '';
const there = folder !== '' && existsSync(join(folder, 'names.csv')) && existsSync(join(folder, 'headlines.csv'));
if (!there) console.log('corpus-names: skipped, LANDFALL_LABELS names no folder with names.csv and headlines.csv');

type Row = Readonly<Record<string, string>>;

/** RFC 4180, without line breaks inside a cell. */
function rowsOf(file: string): readonly Row[] {
  const lines = readFileSync(join(folder, file), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line !== '');
  const [keys = [], ...rows] = lines.map((line) =>
    [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
      ([, quoted, bare]) => quoted?.replaceAll('""', '"') ?? bare ?? '',
    ),
  );
  return rows.map((cells) => Object.fromEntries(keys.map((key, index) => [key, cells[index] ?? ''])));
}

describe.skipIf(!there)('labelled outside', () => {
  const names = there ? rowsOf('names.csv') : [];
  const headlines = there ? rowsOf('headlines.csv') : [];
  const textOf = (row: Row): string => row.title ?? row.text ?? Object.values(row)[2] ?? '';
  const readings = headlines.map((row) => ({
    row,
    found: identify(textOf(row), { labs, at: readAt(row.published ?? '') ?? '2026-11-20' }),
  }));

  test('names are exact over family, version, size, variant and format', () => {
    const keys = ['family', 'version', 'size', 'variant', 'format'] as const;
    const wrong = names.filter((row) => {
      const found = identify(row.input ?? '', { labs, at: '2026-11-20' });
      return keys.some((key) => (found[key] ?? '') !== row[key]);
    });
    expect(1 - wrong.length / names.length, wrong.map((row) => row.input).join('\n')).toBeGreaterThanOrEqual(0.97);
  });

  test('labels reach their macro F1', () => {
    const wrong = readings.filter(({ row, found }) => row.label !== found.label);
    const score = macroF1(readings.map(({ row, found }) => [row.label ?? '', found.label ?? '']));
    expect(
      score,
      wrong.map(({ row, found }) => `${found.label}, not ${row.label}: ${textOf(row)}`).join('\n'),
    ).toBeGreaterThanOrEqual(0.9);
  });

  test('due windows are exact', () => {
    const wrong = readings.filter(
      ({ row, found }) => (found.dueFrom ?? '') !== row.due_from || (found.dueTo ?? '') !== row.due_to,
    );
    expect(1 - wrong.length / readings.length, wrong.map(({ row }) => textOf(row)).join('\n')).toBeGreaterThanOrEqual(
      0.85,
    );
  });
});
