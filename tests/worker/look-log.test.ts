// The log of looks: a cause is one line, again at growing intervals, and its end is one line.
import { expect, it } from 'vitest';
import { inEnglish } from '../../src/messages/reasons/en.ts';
import { newTargetRow } from '../../src/store/targets.ts';
import type { PollResult } from '../../src/types/core.ts';
import { createLookLog } from '../../src/worker/look-log.ts';
import { fresh } from '../support/pipeline.ts';
import { hourMs, targetOf } from '../support/worker.ts';

const minuteMs = 60_000;
const same: PollResult = { kind: 'same', cursor: null, restMs: null };

function offline(id: string): PollResult {
  const where = id.slice(id.indexOf(':') + 1);
  return { kind: 'later', reason: { code: 'http.no-lookup', params: { where } }, afterMs: null };
}

function open() {
  const clock = { now: 0 };
  const lines: string[] = [];
  const say = (text: string): void => void lines.push(text);
  const looks = createLookLog({
    log: { debug: () => undefined, info: say, warn: say, error: say },
    now: () => clock.now,
    inEnglish,
    watched: () => 84,
  });
  /** Every place has a quota of its own. */
  const look = (ids: readonly string[], answer: (id: string) => PollResult): readonly string[] => {
    const looked = ids.map((id) => ({ row: newTargetRow(targetOf(id), id, ''), isNew: false, result: answer(id) }));
    looks.looked({ looked });
    looks.flush();
    return lines.splice(0);
  };
  return { clock, looks, look };
}

const many = Array.from({ length: 82 }, (_, index) => `feed:https://host${index}.example/feed`);

it('a network that is down is one line, again ever more rarely, and one when it is back', () => {
  const { clock, look } = open();
  expect(look(['github:a/b', 'github:c/d'], () => same)).toEqual([]);
  expect(look(many, offline)).toEqual([
    'the network is down: 82 of 84 places could not be looked at, first: feed:https://host0.example/feed: the name could not be looked up just now',
  ]);
  const saidAt: number[] = [];
  for (let minute = 1; minute <= 24 * 60; minute += 1) {
    clock.now += minuteMs;
    if (look(many, offline).length > 0) saidAt.push(minute);
  }
  expect(saidAt).toEqual([5, 20, 65, 200, 605]);
  expect(look(many, () => same)).toEqual(['82 places work again after 24 h, first: feed:https://host0.example/feed']);
  expect(look(many, () => same)).toEqual([]);
});

it('one place that breaks and mends is two lines, however often it is looked at', () => {
  const { clock, look } = open();
  const [id = ''] = many;
  expect(look([id], offline)).toEqual([`${id}: the name could not be looked up just now`]);
  clock.now += minuteMs;
  expect(look([id], offline)).toEqual([]);
  clock.now += minuteMs;
  expect(look([id], () => same)).toEqual([`works again after 2 min: ${id}`]);
});

it('a place that comes and goes is not said each time', () => {
  const { clock, look } = open();
  const [id = ''] = many;
  const lines: string[] = [];
  for (let time = 0; time < 12 * 60; time += 1) {
    lines.push(...look([id], time % 2 === 0 ? offline : () => same));
    clock.now += minuteMs;
  }
  expect(lines.length).toBeLessThanOrEqual(12);
  clock.now += 48 * hourMs;
  expect(look([id], offline)).toHaveLength(1);
});

it('two causes are two lines, and what is not there is counted', () => {
  const { looks, look } = open();
  const broken: PollResult = { kind: 'broken', reason: { code: 'feed.html', params: {} } };
  const lines = look(many.slice(0, 10), (id) => (id < 'feed:https://host5' ? offline(id) : broken));
  expect(lines).toHaveLength(2);
  look(['github:x/y'], () => fresh([], { there: false }));
  expect(looks.notThere()).toBe(1);
});
