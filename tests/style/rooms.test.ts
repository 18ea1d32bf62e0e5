// How the rooms are kept: one meaning a word, and no file without a room.
import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const src = fileURLToPath(new URL('../../src/', import.meta.url));

test('no type name is exported by two files', () => {
  const owners = new Map<string, string[]>();
  for (const file of readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')))
    for (const [, name = ''] of readFileSync(`${src}/${file}`, 'utf8').matchAll(/^export (?:interface|type) (\w+)/gm))
      owners.set(name, [...(owners.get(name) ?? []), file]);
  expect([...owners].filter(([, files]) => files.length > 1)).toEqual([]);
});

const entries = readdirSync(src, { recursive: true, withFileTypes: true });

test('no file lies at the root but the program and what npm scripts need before anything is installed', () => {
  const files = entries
    .filter((entry) => entry.isFile() && resolve(entry.parentPath) === resolve(src))
    .map(({ name }) => name);
  expect(files.toSorted()).toEqual(['main.ts', 'ready.mjs']);
});

test('no file lies beside a folder of the same name', () => {
  const folders = new Set(entries.filter((entry) => entry.isDirectory()).map((one) => `${one.parentPath}/${one.name}`));
  const beside = entries
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath}/${entry.name.replace(/\.\w+$/, '')}`)
    .filter((path) => folders.has(path));
  expect(beside).toEqual([]);
});
