// No expression over text from outside takes more than linear time: every literal of these rooms is held against recheck.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { checkSync } from 'recheck';
import { expect, test } from 'vitest';

const source = join(import.meta.dirname, '../../src');
const rooms = [
  'infra',
  'config/variables.ts',
  'config/conceal.ts',
  'sources/document',
  'sources/feed',
  'sources/page',
  'sources/sitemap',
  'channels/discord/text.ts',
  'messages/outside.ts',
];

/** What may be more than linear, because what it is asked of is never longer than this. */
const bounded: readonly { readonly file: string; readonly begins: string; readonly because: string }[] = [
  { file: 'sources/feed/dates.ts', begins: '(?:[\\s\\d)]|utc|gmt)', because: 'a date is cut at 100 characters' },
  { file: 'sources/document/decode.ts', begins: '<meta[^>]{1,200}?', because: 'the first 2,048 bytes of a document' },
];

interface Literal {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

function filesOf(room: string): readonly string[] {
  const path = join(source, room);
  if (!statSync(path).isDirectory()) return [room];
  return readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(room, name));
}

function literalsOf(file: string): readonly Literal[] {
  const found: Literal[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('regex' in node && typeof node.regex === 'object' && node.regex !== null)
      found.push({ file, ...(node.regex as { readonly pattern: string; readonly flags: string }) });
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(parseSync(file, readFileSync(join(source, file), 'utf8')).program);
  return found;
}

const literals = rooms.flatMap(filesOf).flatMap(literalsOf);
const allowed = ({ file, pattern }: Literal): boolean =>
  bounded.some((one) => one.file === file && pattern.startsWith(one.begins));

test('every expression is linear, or asked of a text of bounded length', () => {
  expect(literals.length).toBeGreaterThan(50);
  const slow = literals.flatMap((literal) => {
    if (allowed(literal)) return [];
    const checked = checkSync(literal.pattern, literal.flags, { timeout: 10_000 });
    const isLinear = checked.status === 'safe' && /^(?:safe|linear)$/.test(checked.complexity.type);
    return isLinear ? [] : [`${literal.file}: /${literal.pattern}/${literal.flags} is ${checked.status}`];
  });
  expect(slow).toEqual([]);
});

test('every exception is still needed', () => {
  const stale = bounded.filter(
    (one) => !literals.some(({ file, pattern }) => one.file === file && pattern.startsWith(one.begins)),
  );
  expect(stale).toEqual([]);
});
