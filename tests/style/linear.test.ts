// No expression over text from outside takes more than linear time: every literal of the program is held against recheck.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { checkSync } from 'recheck';
import { expect, test } from 'vitest';
import * as formats from '../../src/sources/weights/formats.ts';

const source = join(import.meta.dirname, '../../src');
/** What may be more than linear, because what it is asked of is never longer than this. */
const bounded: readonly { readonly file: string; readonly begins: string; readonly because: string }[] = [
  { file: 'sources/feed/dates.ts', begins: '(?:[\\s\\d)]|utc|gmt)', because: 'a date is cut at 100 characters' },
  { file: 'sources/document/decode.ts', begins: '<meta[^>]{1,200}?', because: 'the first 2,048 bytes of a document' },
  { file: 'config/document.ts', begins: '(https?:', because: 'an error in the configuration, by who runs it' },
  { file: 'config/scalars.ts', begins: '(\\d+)([smhd])', because: 'a duration has at most nine digits a part' },
  { file: 'config/scalars.ts', begins: ':\\d+$|', because: 'one value of the configuration, by who runs it' },
  { file: 'sources/discover/address.ts', begins: '^(\\S+)\\s*(.*)$', because: 'one line, which it always fits' },
  { file: 'store/marks.ts', begins: "'(?:[^']|'')*'", because: 'statements of the program itself' },
  { file: 'stories/phrases.ts', begins: '(?:\\([^)]*', because: 'words of the tables that come with the program' },
  { file: 'stories/phrases.ts', begins: '^([^(]*)', because: 'words of the tables that come with the program' },
  { file: 'stories/openness/template.ts', begins: '<(?!http)', because: 'texts that come with the program' },
  { file: 'stories/openness/text.ts', begins: '\\(c\\)|©', because: '300 characters of a line' },
  { file: 'stories/openness/words.ts', begins: '^\\W*(?:[\\p{L}-]+ )', because: 'a line of at most 200 characters' },
  { file: 'stories/openness/link.ts', begins: '[-_.]v?\\d', because: 'a name of at most 200 characters' },
  { file: 'stories/names/chain.ts', begins: 'v\\d-\\d', because: 'a title is cut at 500 characters' },
  { file: 'server/feeds/write.ts', begins: '>\\n {1,40}', because: 'our own feed: lines of at most 400 characters' },
  { file: 'sources/huggingface/client.ts', begins: '<([^>]+)>', because: '4,000 characters of a header' },
  { file: 'sources/huggingface/licence.ts', begins: '^\\/((?:spaces', because: 'a path of at most 1,000 characters' },
  {
    file: 'sources/huggingface/readme.ts',
    begins: '(?<![.,;:])[.,;:]+$',
    because:
      'it begins only where no such mark stands before, so each is read once, and the text is one link of a line',
  },
  {
    file: 'sources/huggingface/report.ts',
    begins: 'https:\\/\\/[^\\s)',
    because: 'reads 400 characters behind a beginning',
  },
  { file: 'sources/weights/role.ts', begins: '(?:^|\\/)ckpt', because: 'longer paths are no weights' },
  { file: 'sources/weights/role.ts', begins: '(?:^|\\/)(?:variables', because: 'longer paths are no weights' },
  { file: 'sources/weights/role.ts', begins: '\\.(?:mlpackage', because: 'longer paths are no weights' },
  {
    file: 'sources/weights/formats.ts',
    begins: '(?:^|[-_.])(?:layer_',
    because: 'longer paths are no weights',
  },
];

interface Literal {
  readonly file: string;
  readonly pattern: string;
  readonly flags: string;
}

function filesOf(): readonly string[] {
  return readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
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

const literals = filesOf().flatMap(literalsOf);
const allowed = ({ file, pattern }: Literal): boolean =>
  bounded.some((one) => one.file === file && pattern.startsWith(one.begins));

test('every expression is linear, or asked of a text of bounded length', () => {
  expect(literals.length).toBeGreaterThan(500);
  const slow = literals.flatMap((literal) => {
    if (allowed(literal)) return [];
    const checked = checkSync(literal.pattern, literal.flags, { timeout: 60_000 });
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

const built = Object.entries(formats).flatMap(([name, value]) =>
  value instanceof RegExp ? [[name, value] as const] : [],
);

test.each(built)('%s, which is made of a list of words, is linear', (_, expression) => {
  expect(checkSync(expression.source, expression.flags, { timeout: 60_000 }).status).toBe('safe');
});
