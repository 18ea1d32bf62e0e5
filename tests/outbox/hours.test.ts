// Quiet hours and digests by a zone's clock: over midnight, and where the clock is changed.
import { describe, expect, it } from 'vitest';
import { digestPeriod, sendableAt } from '../../src/outbox/hours.ts';

const at = (text: string): number => Date.parse(text);
const iso = (ms: number): string => new Date(ms).toISOString();
const night = { from: 22 * 60, to: 8 * 60 };

describe('quiet hours', () => {
  it.each([
    ['before them', '2026-01-10T20:59:00Z', '2026-01-10T20:59:00.000Z'],
    ['as they begin', '2026-01-10T21:00:00Z', '2026-01-11T07:00:00.000Z'],
    ['after midnight', '2026-01-11T01:30:00Z', '2026-01-11T07:00:00.000Z'],
    ['as they end', '2026-01-11T07:00:00Z', '2026-01-11T07:00:00.000Z'],
    ['the night that loses an hour', '2026-03-28T22:00:00Z', '2026-03-29T06:00:00.000Z'],
    ['the night that gains an hour', '2026-10-24T21:00:00Z', '2026-10-25T07:00:00.000Z'],
  ])('%s', (_name, now, wanted) => {
    expect(iso(sendableAt(at(now), night, 'Europe/Berlin'))).toBe(wanted);
  });

  it('within one day', () => {
    const noon = { from: 12 * 60, to: 13 * 60 };
    expect(iso(sendableAt(at('2026-01-10T03:20:30Z'), noon, 'Asia/Seoul'))).toBe('2026-01-10T04:00:00.000Z');
    expect(iso(sendableAt(at('2026-01-10T04:00:00Z'), noon, 'Asia/Seoul'))).toBe('2026-01-10T04:00:00.000Z');
  });
});

describe('digests', () => {
  const daily = { every: 'daily', minute: 9 * 60 } as const;
  const weekly = { every: 'weekly', minute: 9 * 60 } as const;

  it.each([
    ['later today', daily, '2026-01-10T07:00:00Z', '2026-01-10T08:00:00.000Z'],
    ['at its very time: the next one', daily, '2026-01-10T08:00:00Z', '2026-01-11T08:00:00.000Z'],
    ['over a clock change', daily, '2026-03-28T12:00:00Z', '2026-03-29T07:00:00.000Z'],
    ['on Monday', weekly, '2026-01-10T12:00:00Z', '2026-01-12T08:00:00.000Z'],
    ['on Monday, once it is past', weekly, '2026-01-12T08:00:01Z', '2026-01-19T08:00:00.000Z'],
    [
      'at a time that this night leaves out',
      { every: 'daily', minute: 150 } as const,
      '2026-03-29T00:45:00Z',
      '2026-03-29T01:30:00.000Z',
    ],
  ])('%s', (_name, times, now, wanted) => {
    expect(iso(digestPeriod(at(now), times, 'Europe/Berlin').to)).toBe(wanted);
  });

  it('reach back as long as they come apart', () => {
    const { from, to } = digestPeriod(at('2026-01-10T12:00:00Z'), weekly, 'UTC');
    expect(to - from).toBe(7 * 86_400_000);
  });
});
