// What every channel keeps; a channel in the folder that is not listed, tested or written to here fails.

import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Draft, DraftStyle } from '../../src/channels/define.ts';
import { channelKinds } from '../../src/channels/index.ts';
import type { Json } from '../../src/types/core.ts';
import type { Story } from '../../src/types/story.ts';
import { grok, mark, release, style, worldOf } from '../support/channels/stories.ts';
import { byBot, byWebhook } from '../support/channels/wire.ts';
import { saying } from '../support/reasons.ts';
import { checkMessage } from '../support/world/discord/check.ts';
import { checkForm } from '../support/world/discord/forms.ts';

interface Use {
  readonly name: string;
  readonly options: unknown;
  /** What is wrong with a page, by the rules of the place it goes to and not by ours. */
  readonly wrong: (page: Json) => readonly unknown[];
}

const bodyOf = (page: Json): Readonly<Record<string, unknown>> => {
  const message = typeof page === 'object' && page !== null && 'message' in page ? page.message : null;
  if (typeof message !== 'object' || message === null) throw new Error(`no message: ${JSON.stringify(page)}`);
  return { ...message };
};
const wrongMessage = (page: Json) => checkMessage(checkForm, 'message', bodyOf(page)).faults;
// Nothing but a line's end may move the cursor.
const unprintable = /\\(?:u00[01]|[bfr])|[\x7f-\x9f]/;
const wrongText = (page: Json) => (unprintable.test(JSON.stringify(page)) ? ['moves the cursor'] : []);

/** By the channel's kind. A new channel is written to here, too. */
const uses: Readonly<Record<string, readonly Use[]>> = {
  discord: [
    { name: 'by bot', options: byBot, wrong: wrongMessage },
    { name: 'by webhook', options: byWebhook, wrong: wrongMessage },
  ],
  terminal: [{ name: 'by itself', options: true, wrong: wrongText }],
  webhook: [{ name: 'by address', options: { url: 'https://hooks.example/1' }, wrong: wrongText }],
};

const much = (text: string) => text.repeat(400);
/** Everything that comes from outside, longer and stranger than it should be. */
const wild: Story = {
  ...grok,
  name: much('Grok @everyone '),
  text: much('<@1> \u001b[2J \u0007 \u009b \b **bold** '),
  items: Array.from({ length: 60 }, (_, n) => ({
    key: `${n}`,
    title: `${n} ${much('title ')}`,
    url: `https://lab.example/${n}`,
    at: null,
  })),
  marks: Array.from({ length: 30 }, (_, n) => mark('licence changed', n, '2025-08-24T00:00:00Z', much('mit → other '))),
  evidence: Array.from({ length: 30 }, (_, n) => ({
    url: `https://lab.example/${n}/${much('a')}`,
    at: '2025-08-24T00:00:00Z',
    title: much('] evil '),
    kind: 'entry' as const,
    lang: 'ko',
  })),
};
const bare: Story = { ...release, name: 'n', publishedAt: null, marks: [], evidence: [], items: [] };

const line = { key: 'k', title: 't', url: 'https://lab.example/t', at: null };
const draftsOf = (story: Story): readonly Draft[] => [
  { form: 'card', story },
  { form: 'reply', story, turns: story.marks },
  { form: 'group', title: story.name, url: story.url, items: [line, ...story.items] },
  { form: 'digest', from: '2025-08-23T00:00:00Z', to: '2025-08-24T00:00:00Z', stories: Array(30).fill(story) },
  { form: 'notice', title: story.name, text: story.text ?? 'text' },
];
const stories: readonly (readonly [string, Story])[] = Object.entries({ grok, release, wild, bare });
const drafts = stories.flatMap(([, story]) => draftsOf(story));

const styles: readonly DraftStyle[] = ['en', 'ko', 'en-not-known'].flatMap((locale): readonly DraftStyle[] => [
  { ...style, locale },
  {
    ...style,
    locale,
    timezone: 'Asia/Seoul',
    silent: true,
    thread: true,
    mention: Array.from({ length: 150 }, (_, n) => `role:${10_000 + n}`),
  },
]);

describe('the folder', () => {
  it('and the list of channels name the same kinds, each by its own name', async () => {
    const folder = new URL('../../src/channels/', import.meta.url);
    const found: string[] = [];
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const file = entry.isDirectory() ? `${entry.name}/channel.ts` : entry.name;
      if (!file.endsWith('.ts') || !existsSync(new URL(file, folder))) continue;
      const module: Record<string, unknown> = await import(new URL(file, folder).href);
      const kinds = Object.entries(module).filter(
        ([, value]) => typeof value === 'object' && value !== null && 'usable' in value && 'open' in value,
      );
      expect(kinds.map(([name]) => name).filter((name) => name !== entry.name.replace(/\.ts$/, ''))).toEqual([]);
      found.push(...kinds.map(([name]) => name));
    }
    expect(found.toSorted()).toEqual(channelKinds.map(({ kind }) => kind).toSorted());
  });

  it.each(channelKinds.map(({ kind }) => kind))('%s has tests, and is written to here', (kind) => {
    const here = new URL('./', import.meta.url);
    const beside = existsSync(new URL(`${kind}/`, here)) ? readdirSync(new URL(`${kind}/`, here)) : [];
    const tests = [...readdirSync(here).filter((name) => name.startsWith(kind)), ...beside];
    expect(tests.filter((name) => name.endsWith('.test.ts'))).not.toEqual([]);
    expect(uses[kind] ?? []).not.toEqual([]);
  });
});

const cases = channelKinds.flatMap((kind) => (uses[kind.kind] ?? []).map((use) => ({ kind, use, name: kind.kind })));

describe.each(cases)('$name $use.name', ({ kind, use }) => {
  let fetched = 0;
  const world = worldOf({
    fetch: () => {
      fetched += 1;
      return Promise.reject(new Error('no network here'));
    },
  });
  const channel = kind.open(use.options, world);
  const pages = (draft: Draft, how: DraftStyle = style) => channel.pages(draft, how, { id: 'story@3>releases/card' });

  it('accepts its own options, and none that are no options', () => {
    expect(kind.options.safeParse(use.options).success).toBe(true);
    expect(kind.usable(use.options, world.secrets)).toBe(true);
    for (const options of [{ nonsense: 1 }, 7, null]) expect(kind.options.safeParse(options).success).toBe(false);
  });

  it.each(stories)('writes every form of the %s story within the limits', (_, story) => {
    for (const draft of draftsOf(story)) {
      for (const how of styles) {
        const written = pages(draft, how);
        expect([draft.form, written.length > 0]).toEqual([draft.form, true]);
        for (const page of written)
          expect([draft.form, how.locale, use.wrong(page)]).toEqual([draft.form, how.locale, []]);
      }
    }
  });

  it('writes the same twice, and what it writes outlives the database', () => {
    for (const draft of drafts) {
      const written = pages(draft);
      expect(pages(draft)).toEqual(written);
      expect(JSON.parse(JSON.stringify(written))).toEqual(written);
    }
  });

  it('gives up a page that it cannot read, without asking anybody', async () => {
    const [good] = pages({ form: 'notice', title: 'A', text: 'B' });
    const outgoing = { id: 'story@3>releases/card#0', form: 'card', to: null, doubtSince: null } as const;
    for (const page of [null, 'text', 7, [], {}, { alert: 1 }, { message: {} }, [good ?? null]] as const) {
      const outcome = await channel.send({ ...outgoing, page }, new AbortController().signal);
      expect(outcome).toMatchObject({ kind: 'dead', gone: false, reason: saying(/\S/) });
    }
    expect(fetched).toBe(0);
  });
});
