// Outside text in Discord: inert, whole characters, readable.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitEmbed, fitLines, limits, weightOf } from '../../../src/channels/discord/embed.ts';
import { cut, hostLink, inline, lines, namesOtherPlace } from '../../../src/channels/discord/text.ts';
import { anyText, liveLink, liveMention } from '../../support/channels/nasty.ts';

describe('cut', () => {
  it.each([
    ['short', 10, 'short'],
    ['  trimmed  ', 7, 'trimmed'],
    ['abcdef', 4, 'abc…'],
    ['ab  cdef', 5, 'ab…'],
    ['ab👩‍👩‍👧', 6, 'ab…'],
    ['각각', 2, '각각'],
    ['가\u0301나다라', 4, '가\u0301나…'],
    ['abc\\_def', 5, 'abc…'],
    ['x', 0, ''],
  ])('%j within %d', (text, most, wanted) => {
    expect(cut(text, most)).toBe(wanted);
  });

  it('holds for any text, also for one endless cluster', () => {
    const text = fc.oneof(anyText, fc.constant(`a${'\u0301'.repeat(5_000)}`), fc.constant('\ud83d'.repeat(50)));
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 300 }), (any, most) => {
        const made = cut(any, most);
        expect(made.length).toBeLessThanOrEqual(most);
        expect(made.isWellFormed()).toBe(true);
        expect(made).toBe(made.trim());
      }),
    );
  });
});

describe('inline', () => {
  it.each([
    ['snake_case *bold* `code`', 'snake\\_case \\*bold\\* \\`code\\`'],
    ['[docs](https://evil.example)', '\\[docs\\]\u200b(https://evil.example)'],
    ['see https://x.ai/a_b?c=d now_', 'see https://x.ai/a_b?c=d now\\_'],
    [
      '@everyone <@1> <@&2> <#3> </a:4> <t:5> <:e:6> <a:e:7>',
      '@\u200beveryone <\u200b@1> <\u200b@&2> <\u200b#3> <\u200b/a:4> <\u200bt:5> <\u200b:e:6> <\u200ba:e:7>',
    ],
    ['# not a heading\nnext', '\\# not a heading next'],
    ['1. first', '1\\. first'],
    ['a || b ~ c', 'a \\|| b ~ c'],
  ])('%s', (text, wanted) => {
    expect(inline(text)).toBe(wanted);
  });
});

describe('lines', () => {
  it('keeps lines, and nothing of them is live', () => {
    expect(lines('first *x*\n# second', 300)).toBe('first \\*x\\*\n\\# second');
    fc.assert(
      fc.property(anyText, (text) => {
        for (const made of [lines(text, 700), inline(text)]) {
          expect(made).not.toMatch(liveMention);
          expect(made).not.toMatch(liveLink);
        }
      }),
    );
  });
});

describe('links of our own', () => {
  it('show the host they lead to', () => {
    expect(hostLink('https://huggingface.co/xai-org/grok-2')).toBe(
      '[huggingface.co](https://huggingface.co/xai-org/grok-2)',
    );
    expect(hostLink('https://a.example/x)](https://evil.example/')).toBe(
      '[a.example](https://a.example/x%29%5D%28https://evil.example/)',
    );
    expect(hostLink('https://a.example/m_x/@everyone')).toBe('[a.example](https://a.example/m_x/%40everyone)');
    expect(hostLink('https://good.example@evil.example/')).toBeNull();
    expect(hostLink('javascript:alert(1)')).toBeNull();
  });

  it('a title that names another place is no link', () => {
    const address = new URL('https://evil.example/x');
    expect(namesOtherPlace('see https://good.example/x', address)).toBe(true);
    expect(namesOtherPlace('www.good.example', address)).toBe(true);
    expect(namesOtherPlace('at https://evil.example/y', address)).toBe(false);
    expect(namesOtherPlace('Grok 2.5', address)).toBe(false);
  });
});

describe('fitEmbed', () => {
  const embed = fc.record({
    title: anyText,
    url: fc.webUrl(),
    description: fc.oneof(
      anyText,
      anyText.map((text) => text.repeat(200)),
    ),
    author: fc.record({ name: anyText }),
    fields: fc.array(
      fc.record({
        name: anyText,
        value: fc.oneof(
          anyText,
          anyText.map((text) => text.repeat(40)),
        ),
      }),
      { maxLength: 40 },
    ),
    footer: fc.constant({ text: 'Landfall #abcdefghij' }),
  });

  it('keeps every limit and the total, drops what is empty, keeps the footer', () => {
    fc.assert(
      fc.property(embed, fc.integer({ min: 600, max: 6_000 }), (any, room) => {
        const made = fitEmbed(any, room);
        expect(weightOf(made)).toBeLessThanOrEqual(room);
        expect(made.title?.length ?? 0).toBeLessThanOrEqual(limits.title);
        expect(made.description?.length ?? 0).toBeLessThanOrEqual(limits.description);
        expect(made.fields?.length ?? 0).toBeLessThanOrEqual(limits.fields);
        for (const { name, value } of made.fields ?? []) {
          expect(name.trim().length * value.trim().length).toBeGreaterThan(0);
          expect(name.length <= limits.fieldName && value.length <= limits.fieldValue).toBe(true);
        }
        expect(made.footer?.text).toBe('Landfall #abcdefghij');
        expect(JSON.stringify(made)).not.toMatch(/\\ud[89a-f]/i);
      }),
      { numRuns: 60 },
    );
  });

  it('the description gives way before the fields', () => {
    const fields = Array.from({ length: 5 }, (_, n) => ({ name: `f${n}`, value: 'v'.repeat(1_000) }));
    const made = fitEmbed({ title: 't', description: 'd'.repeat(4_000), fields });
    expect(made.fields).toHaveLength(5);
    expect(weightOf(made)).toBe(6_000);
  });

  it('lists whole lines only, and counts what it leaves out', () => {
    const rest = (left: number) => `and ${left} more`;
    expect(fitLines(['aaaa', 'bbbb'], 9, rest)).toBe('aaaa\nbbbb');
    expect(fitLines(['aaaa', 'bbbb', 'cccc'], 16, rest)).toBe('aaaa\nbbbb\ncccc');
    expect(fitLines(['aaaa', 'bbbb', 'cccccccc'], 16, rest)).toBe('aaaa\nand 2 more');
  });
});
