// The recorded August 2025, through the built command: one story told three times, and the promise that the last article also holds.
import { expect, test } from 'vitest';
import { landfall } from '../support/landfall.ts';

interface Line {
  readonly alert: {
    readonly name: string;
    readonly stage: string;
    readonly what: string;
    readonly at: string;
    readonly url: string;
    readonly text: string;
  };
}

test('pledged on the 6th, overdue on the 18th, released late on the 23rd', async () => {
  const ran = await landfall(['demo', '--json']);
  const lines = ran.jsonLines();
  const alerts = lines.slice(0, -1).map((line) => (line as Line).alert);
  expect(ran.code).toBe(0);
  expect(alerts.map(({ name, stage }) => [name, stage])).toEqual([
    ['Grok 2', 'pledged'],
    ['Grok 2', 'pledged'],
    ['Grok 2', 'released'],
    ['Grok 3', 'pledged'],
  ]);
  expect(alerts.map(({ at }) => at.slice(0, 10))).toEqual(['2025-08-06', '2025-08-18', '2025-08-23', '2025-08-23']);
  expect(alerts[1]?.what).toContain('overdue');
  expect(alerts[2]?.what).toContain('6 days late');
  expect(alerts[2]?.url).toBe('https://huggingface.co/xai-org/grok-2');
  expect(alerts[2]?.text).toContain('42 files');
  expect(alerts[2]?.text).toContain('grok2-community');
  expect(alerts[3]?.what).toContain('1 February – 15 March 2026');
  expect(lines.at(-1)).toMatchObject({ told: 4 });
});

test('is drawn for people without an escape sequence where nobody watches', async () => {
  const ran = await landfall(['demo']);
  expect(ran.stdout).toContain('[Overdue] Grok 2');
  expect(ran.stdout.includes('\u001b')).toBe(false);
});
