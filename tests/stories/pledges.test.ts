// Promises through time, in the zone of who made them.
import { describe, expect, test } from 'vitest';
import { dayIn, startOfDay } from '../../src/stories/days.ts';
import { isAttested, keep, move, overdueAt, turnOverdue, withdraw, withWord } from '../../src/stories/pledges.ts';
import type { Pledge } from '../../src/types/story.ts';

const grok2: Pledge = {
  by: 'xAI',
  quoteUrl: null,
  saidAt: '2025-08-06T05:40:00.000Z',
  dueFrom: '2025-08-11',
  dueTo: '2025-08-17',
  zone: 'America/Los_Angeles',
  confirmed: false,
  state: 'open',
  said: [{ host: 'x.ai', own: true, dueFrom: '2025-08-11', dueTo: '2025-08-17' }],
};

describe('days in a zone', () => {
  test.each([
    ['2025-08-18', 'America/Los_Angeles', '2025-08-18T07:00:00.000Z'],
    ['2025-08-18', 'Asia/Seoul', '2025-08-17T15:00:00.000Z'],
    ['2025-08-18', 'UTC', '2025-08-18T00:00:00.000Z'],
    ['2026-03-08', 'America/Los_Angeles', '2026-03-08T08:00:00.000Z'],
    ['2026-03-09', 'America/Los_Angeles', '2026-03-09T07:00:00.000Z'],
    ['2026-11-02', 'America/Los_Angeles', '2026-11-02T08:00:00.000Z'],
  ])('%s begins in %s at %s', (day, zone, at) => {
    expect(startOfDay(day, zone)).toBe(at);
    expect(dayIn(at, zone)).toBe(day);
  });
});

describe('a promise', () => {
  test('is overdue at midnight after its last day in its zone, not before', () => {
    expect(overdueAt(grok2)).toBe('2025-08-18T07:00:00.000Z');
    expect(turnOverdue(grok2, '2025-08-18T06:59:59.000Z')).toBeNull();
    expect(turnOverdue(grok2, '2025-08-18T07:00:00.000Z')).toMatchObject({ state: 'overdue' });
  });

  test('without a window is never overdue', () => {
    expect(overdueAt({ ...grok2, dueFrom: null, dueTo: null })).toBeNull();
  });

  test('kept on the last day in its zone is kept, though it is another day elsewhere', () => {
    expect(keep(grok2, '2025-08-18T06:00:00.000Z').state).toBe('kept');
    expect(keep(grok2, '2025-08-23T19:30:00.000Z').state).toBe('kept late');
    expect(keep({ ...grok2, state: 'overdue' }, '2025-08-23T19:30:00.000Z').state).toBe('kept late');
  });

  test('moved counts anew, also when it was overdue', () => {
    const moved = move({ ...grok2, state: 'overdue' }, { from: '2025-09-01', to: '2025-09-30' });
    expect(moved).toMatchObject({ state: 'moved', dueTo: '2025-09-30' });
    expect(move(grok2, { from: '2025-08-11', to: '2025-08-17' })).toBeNull();
  });

  test('that was kept or withdrawn turns no more', () => {
    const kept = keep(grok2, '2025-08-12T00:00:00.000Z');
    expect([overdueAt(kept), move(kept, { from: '2026-01-01', to: '2026-01-31' }), withdraw(kept)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(withdraw(grok2)?.state).toBe('withdrawn');
  });
});

describe('whether somebody is held to it', () => {
  const alone: Pledge = { ...grok2, said: [] };
  const word = (host: string, over: Partial<Parameters<typeof withWord>[1]> = {}) => ({
    host,
    own: false,
    dueFrom: '2025-08-11',
    dueTo: '2025-08-17',
    ...over,
  });
  const said = (...words: readonly ReturnType<typeof word>[]) =>
    words.reduce<Pledge>((pledge, one) => withWord(pledge, one), alone);

  test.each<[string, Pledge, boolean]>([
    ['one host, however often', said(word('a.example'), word('a.example', { dueFrom: '2025-08-12' })), false],
    ['two hosts', said(word('a.example'), word('b.example')), true],
    [
      'two hosts, one of other days',
      said(word('a.example'), word('b.example', { dueFrom: '2025-09-01', dueTo: '2025-09-30' })),
      false,
    ],
    ['two hosts, one of no day', said(word('a.example'), word('b.example', { dueFrom: null, dueTo: null })), false],
    ['the lab itself', said(word('a.example', { own: true })), true],
    ['a person or the file', { ...alone, confirmed: true }, true],
  ])('%s: %s', (_, pledge, expected) => {
    expect(isAttested(pledge)).toBe(expected);
    expect(turnOverdue(pledge, '2025-08-19T00:00:00.000Z') !== null).toBe(expected);
  });
});
