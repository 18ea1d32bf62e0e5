// A packed copy by a known converter as channels say it: in both languages, with its link, which is the news.
import { expect, it } from 'vitest';
import { told } from '../../src/channels/alert.ts';
import { render } from '../../src/channels/discord/render.ts';
import { messagesFor } from '../../src/messages/index.ts';
import { grok, mark, style } from '../support/channels/stories.ts';

const url = 'https://hub.example/unsloth/grok-2-GGUF';
const turn = { ...mark('quantised', 3, '2026-03-01T00:00:00.000Z', 'GGUF unsloth/grok-2-GGUF'), url };
const draft = { form: 'reply', story: grok, turns: [turn] } as const;

it.each([
  ['en', 'GGUF by unsloth: grok-2-GGUF', 'Quantised copy'],
  ['ko', 'unsloth의 GGUF 파일: grok-2-GGUF', '양자화 사본'],
])('%s', (locale, words, link) => {
  const own = { ...style, locale };
  const { alert, drawing } = told(draft, own, messagesFor(locale));
  expect(alert.what).toBe(words);
  expect(alert.text).toContain(url);
  expect(drawing.rows).toEqual([{ label: link, value: url }]);
  const [page] = render(draft, own, 'x', { labName: (id) => id });
  expect(page?.message.content).toContain(`[${link} · hub.example](${url})`);
});
