// Wrong files: every problem at once, at its line and column, with a hint.
import { describe, expect, test } from 'vitest';
import { formatProblem, problemJson } from '../../src/config/problem.ts';
import { bad, read } from '../support/config/kinds.ts';

const cases: readonly (readonly [name: string, yaml: string, expected: readonly string[]])[] = [
  ['a misspelt section', 'wach: []\n', ['1:1 unknown key `wach` | did you mean `watch`?']],
  ['a locale that is not spoken', 'locale: fr\n', ['1:9 `locale`: `fr` is not known here | one of: en, ko']],
  [
    'a time zone off by a letter',
    'timezone: Asia/Soul\n',
    ['1:11 `timezone`: `Asia/Soul` is not a time zone | did you mean `Asia/Seoul`?'],
  ],
  [
    'a city for a zone',
    'timezone: Seoul\n',
    ['1:11 `timezone`: `Seoul` is not a time zone | did you mean `Asia/Seoul`?'],
  ],
  [
    'a schedule of three fields',
    'schedule: "* * *"\n',
    [
      '1:11 `schedule`: `* * *` is not a node-cron schedule | five fields, or six with seconds first, such as "*/30 * * * * *"',
    ],
  ],
  [
    'a URL where a host is wanted',
    'http:\n  allowPrivate: ["http://rsshub.internal:1200/x"]\n',
    ['2:18 `allowPrivate`: is not a host | only the name, without scheme, port and path: rsshub.internal'],
  ],
  ['a port alone', 'server:\n  listen: "8080"\n', ['2:11 `listen`: is not HOST:PORT | such as "127.0.0.1:8080"']],
  [
    'an address without scheme',
    'github:\n  apiUrl: ghe.example\n',
    ['2:11 `apiUrl`: is not a web address | such as https://api.github.com'],
  ],
  ['text for true or false', 'bot: { commands: yes }\n', ['1:18 `commands`: expected true or false, got text']],
  [
    'half a watch',
    'bot: { watchesPerGuild: 0.5 }\n',
    ['1:25 `watchesPerGuild`: expected a whole number, got a number'],
  ],
  ['a list for the whole file', '- a\n', ['1:1 expected keys with values, got a list']],
];

const pledgeCases: typeof cases = [
  [
    'dates, zone, state and source',
    'pledges:\n  - model: Grok 3\n    said: 2025-02-30\n    due: 2026-03-15..2026-02-01\n    source: x.com\n    zone: KST\n    state: withdrawm\n',
    [
      '2:5 `by` is missing',
      '3:11 `said`: there is no day 2025-02-30 | YYYY-MM-DD, such as 2026-03-15',
      '4:10 `due`: 2026-03-15 comes after 2026-02-01 | 2026-02-01..2026-03-15',
      '5:13 `source`: is not a web address | it begins with https://',
      '6:11 `zone`: `KST` is not a time zone | an IANA name such as Asia/Seoul',
      '7:12 `state`: `withdrawm` is not known here | did you mean `withdrawn`?',
    ],
  ],
  [
    'due too early',
    'pledges:\n  - { model: a, by: b, said: 2025-01-02, due: 2025-01-01 }\n',
    ['2:47 due before the day it was said (2025-01-02)'],
  ],
  [
    'a half date',
    'pledges:\n  - { model: a, by: b, said: 2025-01-02, due: 2025-13 }\n',
    [
      '2:47 `due`: `2025-13` is not a date | a date (2026-03-15), FROM..TO, or words such as "next week", "by the end of March", "in about 6 months", "다음 주"',
    ],
  ],
  [
    'an unknown channel',
    'channels: { a: { terminal: true } }\npledges:\n  - { model: a, by: b, said: 2025-01-02, to: [c] }\n',
    ['3:47 unknown channel `c` | one of: a'],
  ],
];

const yamlCases: typeof cases = [
  [
    'a list left open',
    'watch: [1\nlocale: en',
    ['2:1 YAML: Flow sequence in block collection must be sufficiently indented and end with a ]'],
  ],
  ['a tab', 'http:\n\tallowPrivate: []\n', ['2:1 YAML: tabs are not allowed as indentation | use spaces']],
  [
    'a key twice, and what else is wrong',
    'locale: en\nlocale: xx\nwatch:\n  - feed: x\n',
    [
      '2:1 this key stands here twice | keep one of them',
      '2:9 `locale`: `xx` is not known here | one of: en, ko',
      '4:11 `x` is not an address of feed | see the documentation',
    ],
  ],
  [
    'a backslash in double quotes',
    'watch:\n  - github: a/b\n    include: "^v\\d"\n',
    ['3:17 YAML: Invalid escape sequence \\d | write expressions in single quotes, or double each backslash'],
  ],
  [
    'an unquoted variable among braces',
    'channels: { a: { discord: { webhook: $' + '{HOOK} } } }\n',
    ['1:39 YAML: Unexpected flow-map-start at node end | put texts that hold `${` in quotes'],
  ],
  [
    'two documents',
    'locale: en\n---\nlocale: ko\n',
    ['2:1 the file holds more than one YAML document | take out the line `---`'],
  ],
  [
    'an anchor that is not there',
    'watch:\n  - *there\n',
    ['2:5 the anchor `there` does not exist above', '2:5 a watch is a source with an address | such as `- github: …`'],
  ],
  [
    'an anchor within itself',
    'watch: &a [*a]\n',
    ['1:1 anchors and aliases unfold into too much | write the entries out'],
  ],
  [
    'keys that are no words',
    '? [a]\n: 1\n__proto__: 2\n',
    ['1:3 a key must be a plain word', '3:1 a key must be a plain word'],
  ],
];

describe.each([
  ['the file', cases],
  ['pledges', pledgeCases],
  ['YAML', yamlCases],
])('%s', (_section, table) => {
  test.each(table)('%s', (_name, yaml, expected) => {
    expect(bad(yaml)).toEqual(expected);
  });
});

test('an alias bomb is refused, not unfolded', () => {
  const names = [...'abcdefghij'];
  const lines = names
    .slice(1)
    .map((name, index) => `${name}: &${name} [${Array.from({ length: 9 }, () => `*${names[index]}`).join(',')}]`);
  expect(bad(['a: &a [x,x,x,x,x,x,x,x,x]', ...lines].join('\n'))).toEqual([
    '1:1 anchors and aliases unfold into too much | write the entries out',
  ]);
});

test('a text nested too deeply is refused', () => {
  expect(bad('['.repeat(20_000))).toEqual(['1:1 the YAML is nested too deeply']);
});

test('labs are checked when they are known', () => {
  const yaml =
    'channels:\n  a:\n    terminal: true\n    mention: [{ who: "user:234567890123456789", labs: [xia] }]\npledges:\n  - { model: a, by: b, said: 2025-01-02, lab: mistrl }\n';
  expect(bad(yaml, { labs: () => ['xai', 'mistral'] })).toEqual([
    '4:56 unknown lab `xia` | did you mean `xai`?',
    '6:47 unknown lab `mistrl` | did you mean `mistral`?',
  ]);
  expect(bad(yaml)).toEqual([]);
});

test('a file that is not there', () => {
  expect(read(null)).toEqual({
    problems: [
      {
        file: 'landfall.yaml',
        line: 1,
        column: 1,
        message: 'there is no such file',
        hint: '`landfall init` writes one; `--config FILE` names another',
        severity: 'error',
      },
    ],
    patterns: [],
  });
});

test('a file that watches nothing is only warned about', () => {
  const reading = read('# nothing yet\nwatch:\n  # - github: a/b\n');
  expect('warnings' in reading && reading.warnings.map(({ message }) => message)).toEqual(['nothing is watched']);
});

test('problems as lines and as JSON', () => {
  const problem = {
    file: 'a.yaml',
    line: 3,
    column: 5,
    message: 'unknown key `x`',
    hint: 'did you mean `y`?',
    severity: 'error',
  } as const;
  expect(formatProblem(problem)).toBe('a.yaml:3:5: unknown key `x`\n    hint: did you mean `y`?');
  expect(formatProblem({ ...problem, hint: null, severity: 'warning' })).toBe('a.yaml:3:5: warning: unknown key `x`');
  expect(problemJson(problem)).toEqual({
    file: 'a.yaml',
    line: 3,
    column: 5,
    message: 'unknown key `x`',
    hint: 'did you mean `y`?',
  });
});
