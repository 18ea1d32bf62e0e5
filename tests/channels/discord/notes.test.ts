// Release notes on a card: what people need of them, inert, and within a phone's screen.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type NotesRoom, notes } from '../../../src/channels/discord/notes.ts';
import { anyText, liveLink, liveMention } from '../../support/channels/nasty.ts';

const home = 'https://github.com/lab/engine/releases/tag/v1.2.0';
const room: NotesRoom = {
  most: 700,
  lines: 14,
  url: home,
  said: ['lab/engine v1.2.0'],
  rest: (left) => `… ${left} more`,
};
const shown = (text: string, other: Partial<NotesRoom> = {}) => notes(text, { ...room, ...other });
const repository = 'https://github.com/lab/engine';

describe('what Discord is shown of', () => {
  it.each([
    ['<!-- hidden --># What is new\n\ntext', '**What is new**\ntext'],
    ['<!-- never closed\n# What', ''],
    ['Title\n=====\n- one\n- two', '**Title**\n- one\n- two'],
    ['![chart](https://a.example/c.png) after', 'after'],
    ['[![badge](https://a.example/b.svg)](https://a.example) after', 'after'],
    ['<a href="https://a.example"><img src="https://a.example/b.svg"></a> after', 'after'],
    [
      '[docs](https://b.example/x) and [same](https://a.example/)',
      'docs (<https://b.example/x>) and same (<https://a.example/>)',
    ],
    ['<a href="https://b.example/x">docs</a>', 'docs (<https://b.example/x>)'],
    ['[docs][d] stands\n\n[d]: https://b.example/x', 'docs (<https://b.example/x>) stands'],
    ['[https://good.example](https://evil.example/)', 'https://good.example (<https://evil.example/>)'],
    ['[wiki](https://a.example/Go_(game))', 'wiki (<https://a.example/Go_(game)>)'],
    ['[x](javascript:alert(1)) [y](https://user:pass@evil.example)', '\\[x\\]​(javascript:alert(1)) y'],
    ['<details><summary>More</summary>\n\ninside</details>', 'More\n\ninside'],
    ['hello @here <@123>', 'hello @​here <​@123>'],
    ['a\n\n\n\n\nb', 'a\n\nb'],
    ['one\ntwo', 'one\ntwo'],
    ['snake_case and **bold** and *thin*', 'snake\\_case and **bold** and *thin*'],
    ['R&amp;D &lt;tag&gt; &eacute;', 'R&D <tag> é'],
    ['use `List<String>` here', 'use `List<String>` here'],
    ['```ts\nlet x: Array<string>;\n```', '```ts\nlet x: Array<string>;\n```'],
    ['| model | size |\n|---|---|\n| a | 7B |', 'model · size\na · 7B'],
    ['<table><tr><td>a</td><td>b</td></tr></table>', 'a · b'],
    ['> [!WARNING]\n> The format changed.', '> ⚠️ The format changed.'],
    ['> said\n> twice', '> said\n> twice'],
    ['- [x] done\n- [ ] open', '- ☑ done\n- ☐ open'],
    ['* a\n  * b\n* c', '- a\n  - b\n- c'],
    ['3. c\n4. d', '3. c\n4. d'],
    ['-# tiny', '\\-# tiny'],
    [`by @dev in ${repository}/pull/12.`, `by @dev in [#12](<${repository}/pull/12>).`],
    [`[fix it](${repository}/pull/12)`, `fix it ([#12](<${repository}/pull/12>))`],
    [`([abc1234](${repository}/commit/abc1234def))`, `([abc1234](<${repository}/commit/abc1234def>))`],
    [`${repository}/compare/v1.1.0...v1.2.0`, `[v1.1.0...v1.2.0](<${repository}/compare/v1.1.0...v1.2.0>)`],
    ['see https://github.com/other/tool/issues/3', 'see [other/tool#3](<https://github.com/other/tool/issues/3>)'],
    ['see https://evil.example/lab/engine/pull/12', 'see https://evil.example/lab/engine/pull/12'],
  ])('%j', (text, wanted) => {
    expect(shown(text)).toBe(wanted);
  });
});

describe('the room of a card', () => {
  it('is folded by lines, and says how many more there are', () => {
    expect(shown('a\nb\nc\nd', { lines: 2 })).toBe('a\nb\n… 2 more');
    expect(shown('a\nb', { lines: 2 })).toBe('a\nb');
  });

  it('is folded by length, and never ends in half an address', () => {
    expect(shown(`${'word '.repeat(10)}https://github.com/a/b`, { most: 65 })).toBe(`${'word '.repeat(10)}…`);
    expect(shown(`${'x'.repeat(40)}\n${'y'.repeat(40)}\nz`, { most: 50 })).toBe(`${'x'.repeat(40)}\n… 2 more`);
  });

  it('keeps what stands around code that is too long', () => {
    expect(shown(`before\n\n\`\`\`\n${'code\n'.repeat(30)}\`\`\`\n\nafter`)).toBe('before\n\n…\n\nafter\n… 30 more');
  });

  it.each(['# v1.2.0\n\ntext', '## Release v1.2.0\ntext', '# lab/engine v1.2.0\n\ntext', '# 1.2.0\n\ntext'])(
    'does not repeat the title: %j',
    (text) => {
      expect(shown(text)).toBe('text');
    },
  );

  it('takes hostile text in time', () => {
    const started = performance.now();
    for (const text of [
      '![',
      '[a](',
      '<!--',
      '<a',
      '[',
      '(',
      '`',
      '# #',
      '>',
      '[a](https://x.y ',
      '- ',
      '**a',
      '| ',
    ].map((part) => part.repeat(20_000 / part.length))) {
      shown(text);
    }
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is never live, and leaves no code open', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 700 }), (text, most) => {
        const made = shown(text, { most });
        expect(made).not.toMatch(liveMention);
        expect(made).not.toMatch(liveLink);
        expect(made.isWellFormed()).toBe(true);
      }),
    );
  });
});
