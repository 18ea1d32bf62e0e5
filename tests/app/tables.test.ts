// The tables that ship: the build's JSON says what the YAML says, and only as long as the YAML is as it was.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { writeTables } from '../../deploy/tables.mjs';
import { tableIn } from '../../src/app/files.ts';
import { parseTable } from '../../src/stories/table-text.ts';

const config = fileURLToPath(new URL('../../config', import.meta.url));
const names = readdirSync(config).flatMap((file) =>
  file.endsWith('.yaml') && file !== 'landfall.yaml' ? [file.replace('.yaml', '')] : [],
);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'landfall-tables-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true });
  });
  return path;
}

test('the build makes of every table what its YAML says', () => {
  const to = folder();
  writeTables(config, to);
  for (const name of names) {
    const text = tableIn(config, to, name);
    expect(text.startsWith('{'), name).toBe(true);
    expect(parseTable(text), name).toEqual(parse(readFileSync(join(config, `${name}.yaml`), 'utf8')));
  }
});

test('a table that was edited since, or that no build has met, is read as it is written', () => {
  const from = folder();
  const to = folder();
  writeFileSync(join(from, 'labs.yaml'), 'labs: [one]\n');
  writeTables(from, to);
  expect(tableIn(from, to, 'labs')).toBe('{"labs":["one"]}');
  writeFileSync(join(from, 'labs.yaml'), 'labs: [two]\n');
  expect(tableIn(from, to, 'labs')).toBe('labs: [two]\n');
  const nowhere = join(to, 'none');
  mkdirSync(nowhere);
  expect(tableIn(from, nowhere, 'labs')).toBe('labs: [two]\n');
});
