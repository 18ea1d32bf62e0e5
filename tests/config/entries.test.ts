// Wrong entries of `watch` and `channels`, each at its line and column, with a hint.
import { describe, expect, test } from 'vitest';
import { bad } from '../support/config/kinds.ts';

const watchCases: readonly (readonly [name: string, yaml: string, expected: readonly string[]])[] = [
  [
    'a misspelt source',
    'watch:\n  - huggingfase: xai-org\n',
    ['2:5 unknown source `huggingfase` | did you mean `huggingface`?'],
  ],
  [
    'an abbreviated source',
    'watch:\n  - hugging: xai-org\n',
    ['2:5 unknown source `hugging` | did you mean `huggingface`?'],
  ],
  [
    'no source',
    'watch:\n  - to: []\n',
    ['2:5 this watch has no source | one of: github, huggingface, feed, page, sitemap, lab'],
  ],
  [
    'two sources',
    'watch:\n  - github: a/b\n    feed: https://b.example\n',
    ['3:5 a watch has one source, this one has `github` and `feed` | write one entry for each'],
  ],
  ['a text for a watch', 'watch:\n  - xai-org\n', ['2:5 a watch is a source with an address | such as `- github: …`']],
  [
    'an address its source refuses',
    'watch:\n  - github: a/b/c\n',
    ['2:13 `a/b/c` is not an address of github | see the documentation'],
  ],
  [
    'a misspelt event',
    'watch:\n  - github: a/b\n    on: [tag, license]\n',
    ['3:15 `on`: `license` is not known here | did you mean `licence`?'],
  ],
  [
    "another source's event",
    'watch:\n  - huggingface: a\n    on: [release]\n',
    ['3:10 `on`: `release` is not known here | one of: model, weights, licence, gated, state'],
  ],
  [
    'events where there are none',
    'watch:\n  - feed: https://a.example\n    on: [entry]\n',
    ['3:5 unknown key `on` | one of: feed, include, exclude, match, where, every, to, weight, firstRun'],
  ],
  [
    'an option of another source',
    'watch:\n  - huggingface: a\n    prereleases: true\n',
    ['3:5 unknown key `prereleases` | one of: huggingface, include, exclude, on, where, every, to, weight, firstRun'],
  ],
  [
    'a page without its selector',
    'watch:\n  - page: https://a.example\n',
    ['2:5 `select` is missing | such as select: a'],
  ],
  [
    'a number without unit',
    'watch:\n  - github: a/b\n    every: 15\n',
    ['3:12 `every`: expected text, got a number | put it in quotes: "15"'],
  ],
  [
    'a unit that is none',
    'watch:\n  - github: a/b\n    every: 15x\n',
    ['3:12 `every`: is not a duration | such as 30s, 15m, 2h or 1d'],
  ],
  ['no weight at all', 'watch:\n  - github: a/b\n    weight: 0\n', ['3:13 `weight`: must be more than 0']],
  [
    'a misspelt first run',
    'watch:\n  - github: a/b\n    firstRun: lates\n',
    ['3:15 `firstRun`: `lates` is not known here | did you mean `latest`?'],
  ],
  [
    'lookaround',
    "watch:\n  - github: a/b\n    exclude: '^(?!v)'\n",
    [
      '3:14 `exclude`: not a regular expression that RE2 takes: invalid or unsupported Perl syntax: `(?!` | lookaround is not supported: use `include` and `exclude` together',
    ],
  ],
  [
    'a backreference',
    "watch:\n  - github: a/b\n    include: '(a)\\1'\n",
    [
      '3:14 `include`: not a regular expression that RE2 takes: invalid escape sequence: `\\1` | backreferences are not supported',
    ],
  ],
  [
    'an expression that would take minutes',
    'watch:\n  - github: a/b\n    include: "(?:(?:.?){100}){10}(?:.?){1000}(?:.?){1000}(?:.?){1000}(?:.?){1000}(?:.?){1000}"\n',
    ['3:14 `include`: repeats too much: 12002 steps at each character | use `+` or `*`'],
  ],
  [
    'a misspelt match',
    'watch:\n  - feed: https://a.example\n    match: { al: [x] }\n',
    ['3:14 unknown key `al` | one of: any, none'],
  ],
  [
    'a channel that is not there',
    'channels: { releases: { terminal: true } }\nwatch:\n  - github: a/b\n    to: [relases]\n',
    ['4:10 unknown channel `relases` | did you mean `releases`?'],
  ],
  [
    'a text for a list',
    'channels: { a: { terminal: true } }\nwatch:\n  - github: a/b\n    to: a\n',
    ['4:9 `to`: expected a list, got text | write it as a list: [a]'],
  ],
];

const channelCases: typeof watchCases = [
  [
    'a channel with nowhere to go',
    'channels:\n  a:\n  b: { locale: ko }\n',
    [
      '2:3 channel `a` says nowhere to send to | give it one of: terminal, discord',
      '3:3 channel `b` says nowhere to send to | give it one of: terminal, discord',
    ],
  ],
  [
    'a misspelt kind',
    'channels:\n  a: { discrod: { channel: "1" } }\n',
    ['2:8 unknown kind of channel `discrod` | did you mean `discord`?'],
  ],
  [
    'two kinds',
    'channels:\n  a:\n    terminal: true\n    discord: { webhook: "" }\n',
    ['4:5 a channel goes to one place, `a` has 2 | write two channels'],
  ],
  [
    'an id that loses digits',
    'channels:\n  a:\n    discord: { channel: 123456789012345678 }\n',
    ['3:25 `channel`: expected text, got a number | put it in quotes: "123456789012345678"'],
  ],
  [
    'a misspelt way',
    'channels:\n  a:\n    discord: { webhok: x }\n',
    ['3:16 unknown key `webhok` | did you mean `webhook`?'],
  ],
  ['neither way', 'channels:\n  a:\n    discord: {}\n', ['3:14 `channel` or `webhook` is missing']],
  [
    'both ways',
    'channels:\n  a:\n    discord: { channel: "1", webhook: "2" }\n',
    ['3:16 only one of `webhook` and `channel` can be given'],
  ],
  ['a bot without its token', 'channels:\n  a:\n    discord: { channel: "1" }\n', ['3:5 DISCORD_TOKEN is not set']],
  [
    'a name with a meaning',
    'channels:\n  a/b: { terminal: true }\n',
    ['2:3 a channel needs a name of letters, digits, `-`, `_` and `.`'],
  ],
  [
    'options',
    'channels:\n  a:\n    terminal: true\n    quiet: 22:00\n    digest: dayly\n    digestAt: 25:00\n    silent: [sen]\n',
    [
      '4:12 `quiet`: is not a span of hours | such as "22:00-08:00"',
      '5:13 `digest`: `dayly` is not known here | did you mean `daily`?',
      '6:15 `digestAt`: is not a time of day | such as "09:00"',
      '7:14 `silent`: `sen` is not known here | did you mean `seen`?',
    ],
  ],
  [
    'mentions',
    'channels:\n  a:\n    terminal: true\n    mention:\n      - 345678901234567890\n      - "@everyone"\n      - { whom: "role:1" }\n      - { who: "role:234567890123456789", stages: [out], labs: [xia] }\n',
    [
      '5:9 `mention`: expected text or keys with values, got a number | put it in quotes: "345678901234567890"',
      '6:9 `mention`: is not a role or user | such as "role:234567890123456789" or "user:…" (copy the id in Discord)',
      '7:11 unknown key `whom` | did you mean `who`?',
      '8:52 `stages`: `out` is not known here | one of: reported, pledged, seen, released',
    ],
  ],
];

describe.each([
  ['watch', watchCases],
  ['channels', channelCases],
])('%s', (_section, table) => {
  test.each(table)('%s', (_name, yaml, expected) => {
    expect(bad(yaml)).toEqual(expected);
  });
});
