// Every form as Discord messages: within every limit, inert, and saying what it has to say.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Draft, DraftStyle } from '../../../src/channels/define.ts';
import { discord } from '../../../src/channels/discord/channel.ts';
import { type Embed, limits, weightOf } from '../../../src/channels/discord/embed.ts';
import { markerOf } from '../../../src/channels/discord/marker.ts';
import type { DiscordPage } from '../../../src/channels/discord/page.ts';
import type { Story } from '../../../src/types/story.ts';
import { anyText, liveMention } from '../../support/channels/nasty.ts';
import { payloadCheck } from '../../support/channels/payload.ts';
import { fact, grok, grokOpenness, mark, release, style, worldOf } from '../../support/channels/stories.ts';
import { byBot, byWebhook } from '../../support/channels/wire.ts';

const bot = discord.open(byBot, worldOf());
const webhook = discord.open(byWebhook, worldOf());

function pages(draft: Draft, how: Partial<DraftStyle> = {}, channel = bot): readonly DiscordPage[] {
  // What is pinned goes through the database.
  return JSON.parse(JSON.stringify(channel.pages(draft, { ...style, ...how }, { id: 'story@3>releases/card' })));
}

function first(
  draft: Draft,
  how: Partial<DraftStyle> = {},
  channel = bot,
): DiscordPage['message'] & { readonly embed: Embed } {
  const message = pages(draft, how, channel)[0]?.message;
  if (message === undefined) throw new Error('no page');
  return { ...message, embed: message.embeds?.[0] ?? {} };
}

function field(embed: Embed, name: string): string | undefined {
  return embed.fields?.find((each) => each.name === name)?.value;
}

describe('the card', () => {
  it('says what landed, how open it is, when, and where', () => {
    const { embed, components, allowed_mentions: mentions, content, flags } = first({ form: 'card', story: grok });
    expect(embed).toMatchObject({
      title: 'Grok 2',
      url: grok.url,
      color: 0x2ecc71,
      author: { name: '🟢 Released · huggingface.co' },
    });
    expect(content).toBe('🟢 **Grok 2** released · open weights, limited · xai');
    expect(embed.description?.split('\n').slice(0, 3)).toEqual([
      '**weights published, promise kept 6 days late**',
      'open weights, limited',
      'Promised by Elon Musk (xAI) for 11–17 August 2025: kept 6 days late',
    ]);
    expect(embed.description).toContain('**Usage**\nServe them with `sglang`.');
    expect(embed.description).toContain('**Weights** published · 42 files · 500 GB (bf16 safetensors)');
    expect(embed.description).toContain('**Published** <t:1755972240:F> (<t:1755972240:R>)');
    expect(embed.description).not.toContain('Newest open');
    expect(embed.description?.split('\n**Usage**')[0]?.split('\n').length).toBeLessThanOrEqual(20);
    expect(field(embed, 'So far')?.split('\n')[0]).toBe('<t:1755475200:d> promise overdue');
    expect(field(embed, 'So far')?.split('\n')).toHaveLength(3);
    expect(field(embed, 'Evidence')).toContain(
      '[Weights · huggingface.co](https://huggingface.co/xai-org/grok-2) @ 9f1c2d3e4',
    );
    expect(JSON.stringify([content, embed])).not.toContain(markerOf('story@3>releases/card#0'));
    expect(components?.[0]?.components.map(({ label }) => label)).toEqual(['Model', 'Article']);
    expect(flags).toBeUndefined();
    expect(mentions).toEqual({ parse: [], roles: [], users: [] });
  });

  it('speaks Korean', () => {
    const { embed } = first({ form: 'card', story: grok }, { locale: 'ko' });
    expect(embed.author?.name).toBe('🟢 공개 · huggingface.co');
    expect(embed.description).toContain('**가중치** 공개됨 · 파일 42개 · 500GB (bf16 safetensors)');
  });

  it('has its buttons by webhook too', () => {
    expect(first({ form: 'card', story: grok }, {}, webhook).components?.[0]?.components).toHaveLength(2);
  });

  it('pings exactly who it was told to, and is silent when it should be', () => {
    const mention = [
      'role:234567890123456789',
      'user:345678901234567890',
      '456789012345678901',
      'everyone',
      'role:234567890123456789',
    ];
    const message = first({ form: 'card', story: grok }, { mention, silent: true });
    expect(message.content).toBe(
      '<@&234567890123456789> <@345678901234567890> <@&456789012345678901> 🟢 **Grok 2** released · open weights, limited · xai',
    );
    expect(message.allowed_mentions).toEqual({
      parse: [],
      roles: ['234567890123456789', '456789012345678901'],
      users: ['345678901234567890'],
    });
    expect(message.flags).toBe(4_096);
  });

  it('takes as many pings as the content holds, and allows only those', () => {
    const mention = Array.from({ length: 150 }, (_, n) => `role:${234_567_890_123_000_000n + BigInt(n)}`);
    const message = first({ form: 'card', story: grok }, { mention });
    expect(message.content?.length).toBeLessThanOrEqual(limits.content);
    expect(message.content?.split(' ').filter((word) => word.startsWith('<@'))).toEqual(
      message.allowed_mentions.roles.map((id) => `<@&${id}>`),
    );
  });

  it('is red while a promise is overdue, and one line once it was merged', () => {
    const pledge = grok.pledge === null ? null : { ...grok.pledge, state: 'overdue' as const };
    expect(first({ form: 'card', story: { ...grok, stage: 'pledged', pledge } }).embed).toMatchObject({
      color: 0xe74c3c,
      author: { name: '🔴 Overdue · huggingface.co' },
    });
    const merged = { ...grok, mergedInto: 's2', marks: [mark('merged', 4, grok.updatedAt, 'Grok 2.5')] };
    expect(first({ form: 'card', story: merged })).toMatchObject({
      embed: { description: 'This is told as Grok 2.5 now.' },
      components: [],
    });
  });

  it('counts down to a promise, shows whose account it is, and is not green for what was withdrawn', () => {
    const due = '2025-08-31T07:00:00.000Z';
    const pledge = grok.pledge === null ? null : { ...grok.pledge, state: 'open' as const };
    const waiting = { ...grok, stage: 'pledged' as const, pledge, nextAt: due, publishedAt: null };
    const at = Date.parse(due) / 1_000;
    expect(first({ form: 'card', story: waiting }).embed.description).toContain(`**Due** <t:${at}:F> (<t:${at}:R>)`);
    const shown = first({ form: 'card', story: { ...release, items: [] } }).embed;
    expect(shown.thumbnail?.url).toMatch(/^https:\/\/github\.com\/[\w-]+\.png$/);
    const marks = [...release.marks, mark('withdrawn', 9, grok.updatedAt, 'v1')];
    const gone = first({ form: 'card', story: { ...release, items: [], marks } });
    expect(gone.content).toMatch(/^⚫ /);
    expect(gone.embed.url).toBeUndefined();
    expect(JSON.stringify(gone.components)).not.toContain(`"${release.url}"`);
  });

  it('lists the releases that a repository appeared with', () => {
    const items = Array.from({ length: 60 }, (_, n) => ({
      key: `${n}`,
      title: `v1.${n}`,
      url: `https://github.com/xai-org/x/releases/tag/v1.${n}`,
      at: null,
    }));
    const few =
      first({ form: 'card', story: { ...release, sort: 'repository', items: items.slice(0, 3) } }).embed.description ??
      '';
    expect(few).toContain('**3 items**\n• v1.0 [github.com](https://github.com/xai-org/x/releases/tag/v1.0)\n');
    const many = first({ form: 'card', story: { ...release, sort: 'repository', items } }).embed.description ?? '';
    expect(items.filter(({ title }) => many.split('\n').includes(`• ${title}`))).toHaveLength(60);
  });

  it('does not link a title that names another place, nor a host that Discord refuses', () => {
    const lying = { ...release, name: 'https://good.example/x', url: 'https://evil.example/x' };
    expect(first({ form: 'card', story: lying }).embed.url).toBeUndefined();
    const local = first({ form: 'card', story: { ...release, url: 'http://localhost/x', evidence: [] } });
    expect([local.embed.url, local.components]).toEqual([undefined, []]);
  });
});

describe('other forms', () => {
  it('a reply names story and turns, and repeats no link', () => {
    const message = first({ form: 'reply', story: grok, turns: grok.marks.slice(2) });
    expect(message.content).toBe('🟢 **Grok 2**: weights published, promise kept 6 days late');
    expect(message.embeds).toBeUndefined();
  });

  it('a group names every item with its link, on as many pages as it needs', () => {
    const items = Array.from({ length: 300 }, (_, n) => ({
      key: `${n}`,
      title: `model number ${n}`,
      url: `https://huggingface.co/xai-org/model-${n}`,
      at: grok.publishedAt,
    }));
    const list = pages(
      { form: 'group', title: 'xai-org', url: 'https://huggingface.co/xai-org', items },
      { mention: ['role:234567890123456789'] },
    );
    expect(list.length).toBeGreaterThan(5);
    const text = list
      .map(({ message }) => message.embeds?.[0]?.description ?? '')
      .join('\n')
      .split('\n');
    expect(
      items.filter(({ title, url }) => text.some((line) => line.includes(`**${title}**`) && line.includes(`(${url})`))),
    ).toHaveLength(300);
    expect(list[1]?.message.embeds?.[0]?.title).toBe(`xai-org: 300 new items (2/${list.length})`);
    expect(list.map(({ message }) => message.content)).toEqual([
      '<@&234567890123456789>',
      ...list.slice(1).map(() => undefined),
    ]);
    expect(new Set(list.map(({ marker }) => marker)).size).toBe(list.length);
    expect(list[1]?.marker).toBe(markerOf('story@3>releases/card#1'));
  });

  it('a digest names its stories, and says so when there are none', () => {
    const digest = { form: 'digest' as const, from: '2025-08-22T09:00:00Z', to: '2025-08-23T09:00:00Z' };
    const full = first({ ...digest, stories: [grok, release] }, { locale: 'ko' }).embed;
    expect(full.title).toBe('2025년 8월 22일~23일 모아 보기: 소식 2건');
    expect(full.description?.split('\n')).toHaveLength(2);
    expect(first({ ...digest, stories: [] }).embed.description).toBe('Nothing landed.');
  });
});

describe('whatever a story says', () => {
  const story = fc
    .record({
      name: anyText,
      text: anyText,
      url: fc.oneof(fc.webUrl(), anyText),
      title: anyText,
      detail: anyText,
      long: fc.boolean(),
    })
    .map(({ name, text, url, title, detail, long }): Story => {
      const much = (part: string) => (long ? part.repeat(60) : part);
      return {
        ...grok,
        name: much(name),
        text: much(text),
        url,
        items: Array.from({ length: long ? 80 : 2 }, (_, n) => ({ key: `${n}`, title, url, at: null })),
        marks: [mark('renamed', 3, grok.updatedAt, much(detail)), mark('withdrawn', 3, grok.updatedAt, detail)],
        pledge: grok.pledge === null ? null : { ...grok.pledge, by: much(detail) },
        openness: {
          ...grokOpenness,
          licence: fact(much(title)),
          commercialUse: fact(`conditional: ${much(title)}`),
          derivativeOf: fact([much(name), title]),
        },
        evidence: Array.from({ length: long ? 24 : 1 }, (_, n) => ({
          url: `${url}?${n}`,
          title: much(title),
          at: grok.updatedAt,
          kind: 'entry' as const,
          lang: null,
          revision: detail,
        })),
      };
    });

  function drafts(one: Story): readonly Draft[] {
    return [
      { form: 'card', story: one },
      { form: 'reply', story: one, turns: one.marks },
      { form: 'group', title: one.name, url: one.url, items: one.items },
      { form: 'digest', from: grok.openedAt, to: grok.updatedAt, stories: [one, one] },
      { form: 'notice', title: one.name, text: one.text ?? '' },
    ];
  }

  /** Masked links may only be ours: the shown host is that of the target, or what is shown looks like no address. */
  function foreignLinks(text: string): readonly string[] {
    return [...text.matchAll(/\[([^[\]]*)\]\(([^)]*)\)/g)]
      .filter(([, shown, target]) => URL.parse(target ?? '')?.host !== shown?.split(' · ').at(-1))
      .filter(([, shown = '']) => /https?:|www|[\p{L}\p{N}]\.\p{L}{2}/iu.test(shown))
      .map(([whole]) => whole);
  }

  it("every message is within every limit, whole, inert and accepted by Discord's own description", () => {
    fc.assert(
      fc.property(story, fc.constantFrom('en', 'ko'), (one, locale) => {
        for (const draft of drafts(one)) {
          for (const { message } of pages(draft, { locale })) {
            const texts: string[] = [message.content ?? ''];
            for (const embed of message.embeds ?? []) {
              expect(weightOf(embed)).toBeLessThanOrEqual(limits.total);
              expect(embed.description ?? embed.title).toBeDefined();
              texts.push(
                embed.title ?? '',
                embed.description ?? '',
                embed.author?.name ?? '',
                ...(embed.fields ?? []).flatMap(({ name, value }) => [name, value]),
              );
            }
            expect(message.content?.length ?? 0).toBeLessThanOrEqual(limits.content);
            for (const text of texts) {
              expect(text.isWellFormed()).toBe(true);
              expect(text.replaceAll(/<t:\d+:[FfdR]>/g, '')).not.toMatch(liveMention);
              expect(foreignLinks(text)).toEqual([]);
            }
            expect(payloadCheck(message)).toEqual([]);
          }
        }
      }),
      { numRuns: 40 },
    );
  });
});
