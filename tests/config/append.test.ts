// Entries added to a file's `watch` list: what stands there, comments included, stays as it is.
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { withWatches } from '../../src/config/append.ts';

const added = [
  { value: { github: 'acme/one' }, lines: ['- github: acme/one'] },
  {
    value: { feed: 'https://b.example/f', only: 'models' },
    lines: ['- feed: https://b.example/f   # B', '  only: models'],
  },
];

const files: Readonly<Record<string, string>> = {
  'a list between sections': `# top
channels:   # where
  a: { terminal: true }
watch:   # what
  # GitHub
  - github: acme/zero   # keep
    include: '^v'
    # exclude: x

  # - huggingface: not-yet

# promises
pledges: []
`,
  'a list at the end, without a newline': 'watch:\n- github: acme/zero\n- feed: >-\n    https://a.example/f',
  'a list without indentation before a section': 'watch:\n- github: acme/zero\n# of the next\nlocale: en\n',
  'lines that end as on Windows': 'watch:\r\n    - github: acme/zero\r\nlocale: en\r\n',
  'a list in brackets': 'watch: [ { github: acme/zero }, ] # all\nlocale: en\n',
  'a list in brackets over lines': 'watch: [\n  { github: acme/zero } # one\n]\n',
  'an empty list': 'watch: []\nlocale: en\n',
  'nothing under it': 'watch:\n  # - github: acme/x\n\nlocale: en\n',
  'no list': 'locale: en',
  'comments alone': '# nothing yet\n',
  'nothing at all': '',
};

const notesIn = (text: string): readonly string[] => [...text.matchAll(/#.*/g)].map(([note]) => note.trim());

it.each(Object.entries(files))('%s', (_name, text) => {
  const before = (parse(text) ?? {}) as { readonly watch?: readonly unknown[] | null };
  const after = withWatches(text, added) ?? '';
  const read = parse(after) as { readonly watch: readonly unknown[] };
  expect(read).toEqual({ ...before, watch: [...(before.watch ?? []), ...added.map(({ value }) => value)] });
  expect(notesIn(after).filter((note) => note !== '# B')).toEqual(notesIn(text));
  expect(after.includes('\r\n')).toBe(text.includes('\r\n'));
});

it('keeps what is commented below the last entry with that entry', () => {
  const lines = (withWatches(files['a list between sections'] ?? '', added) ?? '').split('\n');
  expect(lines.indexOf('  - github: acme/one')).toBeGreaterThan(lines.indexOf('  # - huggingface: not-yet'));
  expect(lines.indexOf('  - github: acme/one')).toBeLessThan(lines.indexOf('# promises'));
});

it.each(['- a\n- b\n', '{ watch: [] }\n', 'watch: text\n', 'watch: { a: 1 }\n'])('does not go on with %j', (text) => {
  expect(withWatches(text, added)).toBeNull();
});
