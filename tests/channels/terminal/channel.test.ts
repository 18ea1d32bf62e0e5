// The terminal channel: what people see, what `--json` prints, and that outside text cannot touch the terminal.
import fc from 'fast-check';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { ChannelWorld, Draft, DraftStyle } from '../../../src/channels/define.ts';
import { terminal } from '../../../src/channels/terminal/channel.ts';
import { wrapped } from '../../../src/infra/text/columns.ts';
import { grok, mark, opened, release, style } from '../../support/channels/stories.ts';

const idle = new AbortController().signal;

async function written(draft: Draft, change: Partial<ChannelWorld> = {}, how: DraftStyle = style): Promise<string> {
  let text = '';
  const channel = opened(terminal, true, {
    ...change,
    write: (part) => {
      text += part;
    },
  });
  for (const page of channel.pages(draft, how, { id: 'd' })) {
    // What is pinned goes through the database.
    const pinned = JSON.parse(JSON.stringify(page));
    const outcome = await channel.send({ id: 'd#0', form: draft.form, page: pinned, to: null, doubtSince: null }, idle);
    expect(outcome).toEqual({ kind: 'sent', messageId: null });
  }
  return text;
}

describe('for people', () => {
  it('draws a card', async () => {
    const text = await written({ form: 'card', story: grok });
    expect(text.split('\n').slice(0, 5)).toEqual([
      '[Released] Grok 2',
      '│ weights published, promise kept 6 days late',
      '│ open weights, limited',
      '│ Promised by Elon Musk (xAI) for 11–17 August 2025: kept 6 days late',
      '│',
    ]);
    expect(text).toContain('│ Weights         published · 42 files · 500 GB (bf16 safetensors)\n');
    expect(text).toContain('│ https://huggingface.co/xai-org/grok-2\n');
    expect(text).toContain('6 August 2025 at 09:00 UTC release promised');
    expect(text.endsWith('\n\n')).toBe(true);
  });

  it("draws it in Korean, in the channel's zone, with columns that line up", async () => {
    const text = await written({ form: 'card', story: grok }, {}, { ...style, locale: 'ko', timezone: 'Asia/Seoul' });
    expect(text).toContain('[공개] Grok 2');
    expect(text).toContain('게시 시각       2025년 8월 24일 03:04 GMT+9');
    const values = ['grok2-community', '조건부', '공개됨'].map(
      (value) => text.split('\n').find((line) => line.includes(value)) ?? '',
    );
    expect(new Set(values.map((line) => stringWidth(line.slice(0, line.search(/grok2|조건부|공개됨/))))).size).toBe(1);
  });

  it('colours only where colour may be used', async () => {
    expect(await written({ form: 'card', story: grok }, { colour: true })).toContain('\u001b[7;32m Released \u001b[0m');
    expect(await written({ form: 'card', story: grok })).not.toContain('\u001b');
  });

  it('names story and turns in a reply, and every item of a group and a digest', async () => {
    const late = grok.marks.filter(({ turn }) => turn === 'kept late');
    expect(await written({ form: 'reply', story: grok, turns: late })).toMatch(
      /^\[Released\] Grok 2\n│ 23 August 2025 at [^\n]+: promise kept 6 days late\n│ Promised by Elon Musk \(xAI\) for 11–17 August 2025: kept 6 days late\n\n$/,
    );
    const released = await written({ form: 'reply', story: grok, turns: grok.marks.slice(2) });
    expect(released).toContain('weights published, promise kept 6 days late');
    expect(released).toContain('42 files · 500 GB');
    const items = Array.from({ length: 43 }, (_, n) => ({
      key: `${n}`,
      title: `item ${n}`,
      url: `https://x.ai/news/${n}`,
      at: null,
    }));
    const group = await written({ form: 'group', title: 'xai-org', url: 'https://github.com/xai-org', items });
    expect(group).toContain('xai-org: 43 new items');
    expect(items.filter(({ title, url }) => group.includes(`│ ${title}\n│ ${url}\n`))).toHaveLength(43);
    const digest = await written({
      form: 'digest',
      from: '2025-08-22T09:00:00Z',
      to: '2025-08-23T09:00:00Z',
      stories: [grok, release],
    });
    expect(digest).toContain('Digest 22–23 August 2025: 2 stories');
    expect(digest).toContain('[Released] vllm-project/vllm v0.9.0: new release');
    expect(await written({ form: 'notice', title: 'A channel is gone', text: 'nothing more is sent' })).toContain(
      'nothing more is sent',
    );
  });

  it.each([24, 40, 80, 200])('keeps within %d columns, but for web addresses', async (columns) => {
    const story = { ...grok, text: `${'가중치 '.repeat(60)} ${'x'.repeat(300)}`, name: '모델 '.repeat(30) };
    const text = await written({ form: 'card', story }, { columns });
    const over = text
      .split('\n')
      .filter((line) => stringWidth(line) > Math.max(columns, 26) && !line.includes('https://'));
    expect(over).toEqual([]);
  });
});

describe('--json', () => {
  it('is one line with the promised keys', async () => {
    const text = await written({ form: 'card', story: grok }, { json: true, colour: true });
    expect(text.indexOf('\n')).toBe(text.length - 1);
    const { alert } = JSON.parse(text);
    expect(Object.keys(alert)).toEqual(['name', 'stage', 'what', 'url', 'at', 'text', 'evidence']);
    expect(alert).toMatchObject({
      name: 'Grok 2',
      stage: 'released',
      what: 'weights published, promise kept 6 days late',
      url: grok.url,
      at: grok.publishedAt,
    });
    expect(alert.text).toContain('Commercial use: conditional: xAI acceptable use policy');
    expect(alert.evidence).toEqual([
      expect.objectContaining({
        url: 'https://www.example.co.kr/news/1',
        title: '머스크 "다음 주 그록 2 오픈소스로 공개"',
      }),
      expect.objectContaining({ url: grok.url, revision: expect.any(String) }),
    ]);
  });

  it('says from what to what', async () => {
    const story = { ...release, marks: [mark('licence changed', 1, release.updatedAt, 'MIT → Apache-2.0')] };
    expect(JSON.parse(await written({ form: 'card', story }, { json: true })).alert.what).toBe(
      'licence changed: MIT → Apache-2.0',
    );
  });

  it('lists the items of a group in one alert', async () => {
    const items = [
      { key: 'a', title: 'A', url: 'https://x.ai/a', at: null },
      { key: 'b', title: 'B', url: 'https://x.ai/b', at: null },
    ];
    const { alert } = JSON.parse(
      await written({ form: 'group', title: 'x.ai/news', url: null, items }, { json: true }),
    );
    expect(alert).toMatchObject({ name: 'x.ai/news', stage: 'group', text: 'A\nhttps://x.ai/a\nB\nhttps://x.ai/b' });
  });
});

describe('text from outside', () => {
  const esc = '\u001b';
  it('loses escape sequences with all that belongs to them', async () => {
    const story = {
      ...grok,
      name: `Grok${esc}[2J${esc}]0;owned\u0007 2${esc}[31m`,
      text: `a${esc}Pq#0${esc}\\b\u009b31mc\u202edone`,
    };
    const text = await written({ form: 'card', story });
    expect(text).toContain('[Released] Grok 2\n');
    expect(text).toContain('│ abcdone\n');
  });

  it('never puts a control character on the terminal', async () => {
    const nasty = fc.string({
      unit: fc.oneof(
        fc.constantFrom(esc, '[', ']', '\u0007', '\r', '\u009b', '\u2028', '\u202e', 'm'),
        fc.string({ unit: 'binary' }),
      ),
    });
    await fc.assert(
      fc.asyncProperty(nasty, fc.boolean(), async (text, json) => {
        const story = {
          ...grok,
          name: text,
          text,
          url: text,
          evidence: [{ url: text, title: text, at: grok.updatedAt, kind: 'entry' as const, lang: null }],
        };
        const shown = await written({ form: 'card', story }, { json });
        expect(shown).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u2028\u202e]/u);
      }),
      { numRuns: 60 },
    );
  });
});

describe('width', () => {
  it.each([
    ['abc', 3],
    ['가나', 4],
    ['👩‍👩‍👧', 2],
    ['e\u0301', 1],
    ['🇰🇷', 2],
    ['', 0],
  ])('%s', (text, width) => {
    expect(stringWidth(text)).toBe(width);
  });

  it('breaks lines between words, and words only when they must', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('abcdefgh', 3)).toEqual(['abc', 'def', 'gh']);
    expect(wrapped('see https://example.org/long now', 8)).toEqual(['see', 'https://example.org/long', 'now']);
  });
});
