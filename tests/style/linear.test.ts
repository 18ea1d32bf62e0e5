// No expression over text from outside takes more than linear time: every literal of the program, and every expression that it
// builds out of lists of words, is held against recheck.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { checkSync } from 'recheck';
import { expect, test, vi } from 'vitest';

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

function isLinear({ pattern, flags }: Pick<Literal, 'pattern' | 'flags'>): boolean {
  const checked = checkSync(pattern, flags, { timeout: 60_000 });
  return checked.status === 'safe' && /^(?:safe|linear)$/.test(checked.complexity.type);
}

const literals = filesOf().flatMap(literalsOf);
const allowed = ({ file, pattern }: Literal): boolean =>
  bounded.some((one) => one.file === file && pattern.startsWith(one.begins));

test('every expression is linear, or asked of a text of bounded length', () => {
  expect(literals.length).toBeGreaterThan(500);
  const slow = literals.flatMap((literal) => {
    if (allowed(literal)) return [];
    return isLinear(literal) ? [] : [`${literal.file}: /${literal.pattern}/${literal.flags} is more than linear`];
  });
  expect(slow).toEqual([]);
});

test('every exception is still needed', () => {
  const stale = bounded.filter(
    (one) => !literals.some(({ file, pattern }) => one.file === file && pattern.startsWith(one.begins)),
  );
  expect(stale).toEqual([]);
});

/** Made when the program runs: what is built while its files are read and its tables are compiled. */
async function builtWhileRunning(): Promise<readonly Literal[]> {
  const built = new Map<string, Literal>();
  const native = globalThis.RegExp;
  globalThis.RegExp = new Proxy(native, {
    construct: (target, args: readonly unknown[], made) => {
      const maker = /\/src\/([\w/-]+\.ts)/.exec(
        new Error('where').stack?.split('\n').find((line) => line.includes('/src/')) ?? '',
      );
      const [file, pattern, flags] = [maker?.[1] ?? '', String(args[0]), String(args[1] ?? '')];
      if (file !== '') built.set([file, flags, pattern].join(' '), { file, pattern, flags });
      return Reflect.construct(target, args, made);
    },
  });
  // What other tests have read already is read once more.
  vi.resetModules();
  try {
    for (const file of makers) await import(join(source, file));
    const { tables } = await import('../stories/tables.ts');
    expect([tables.cues.english, tables.cues.korean, tables.dates.english, tables.support]).not.toContain(null);
    const { readQuota } = await import('../../src/sources/hub/quota.ts');
    readQuota(new Headers({ ratelimit: '"api";r=1;t=1', 'ratelimit-policy': '"api";q=1;w=1' }));
    const { formatsClaimed } = await import('../../src/sources/quantised/formats.ts');
    formatsClaimed(['GGUF']);
  } finally {
    globalThis.RegExp = native;
  }
  return [...built.values()];
}

const makers = filesOf().filter((file) => readFileSync(join(source, file), 'utf8').includes('RegExp('));
/** Their `v` flag is none that recheck reads: one character, or a colour of at most twenty digits. */
const unread = 'infra/redactor.ts';
/** Reads at most `mostRead` characters, which a test of its own holds; its expressions never leave it. */
const cutting = 'stories/phrases.ts';

test('what is built out of words is linear too, or asked of the beginning of a text and bounded in every repetition', async () => {
  const built = await builtWhileRunning();
  expect(makers.filter((file) => !built.some((one) => one.file === file))).toEqual([]);
  expect(built.filter(({ file }) => file === cutting).length).toBeGreaterThan(100);
  const slow = built.flatMap(({ file, pattern, flags }) => {
    if (file === unread) return [];
    if (file === cutting) {
      const plain = pattern.replace(/\\[pP]\{[^}]*\}|\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
      return /[*+]|\{\d+,\}/.test(plain) ? [`${file}: ${pattern} repeats without a bound`] : [];
    }
    return isLinear({ pattern, flags }) ? [] : [`${file}: ${pattern} is more than linear`];
  });
  expect(slow).toEqual([]);
});
