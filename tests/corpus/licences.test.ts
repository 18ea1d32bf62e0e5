// Real licence texts, recognised by their text alone; they stay outside the project (LANDFALL_CORPUS names them).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readText } from '../../src/stories/openness/text.ts';
import { licenceTable as table } from '../stories/licence-table.ts';

const corpus = process.env.LANDFALL_CORPUS;
const folder = join(corpus ?? '', 'aboutcode-org__scancode-licensedb', 'docs');
const there = corpus !== undefined && existsSync(folder);
if (!there) console.log('corpus/licences: skipped, LANDFALL_CORPUS names no folder with licence texts');

describe.skipIf(!there)('licence texts', () => {
  const names = there ? readdirSync(folder).filter((name) => name.endsWith('.LICENSE')) : [];

  test('there are texts to read', () => {
    expect(names.length).toBeGreaterThan(0);
  });

  test.each(names)('%s is the text of its entry', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const key = name.replace(/\.LICENSE$/, '');
    const entry = table.entries.find(({ id, scancode }) => scancode.includes(key) || id === key);
    expect(entry, 'a text that the table does not know').toBeDefined();
    expect(readText(text, table)).toMatchObject({ kind: 'known', entry: { id: entry?.id } });
    expect(entry?.read).not.toBeNull();
    const bare = text.replace(/^---\n[\s\S]*?\n---\n/, '');
    expect(readText(bare, table)).toMatchObject({ kind: 'known', entry: { id: entry?.id } });
    const changed = `${bare}\nThis model is for non-commercial use only.\n`;
    // Whoever adds a sentence to a standard text has a licence of their own.
    if (entry?.spdx != null)
      expect(readText(changed, table)).toMatchObject({ kind: 'modified', base: { id: entry.id } });
  });
});

const listing = join(corpus ?? '', 'huggingface__hub-docs', 'docs', 'hub', 'repositories-licenses.md');

describe.skipIf(!(there && existsSync(listing)))('identifiers of the hub', () => {
  const rows = there && existsSync(listing) ? readFileSync(listing, 'utf8').matchAll(/^\| .+? \| `([^`]+)` +\|/gm) : [];
  const ids = [...rows].flatMap(([, id]) => (id === undefined ? [] : [id]));

  test('every identifier that the hub offers stands in the table by itself', () => {
    expect(ids.length).toBeGreaterThan(80);
    expect(ids.filter((id) => !table.entries.some(({ hf }) => hf.includes(id)))).toEqual([]);
  });
});
