// Previews that wait for a word: for a while, in their place, and so many of a server that it drives out no other's.
import { expect, test } from 'vitest';
import { createDrafts } from '../../src/bot/drafts.ts';
import type { WatchDraft } from '../../src/guilds/add-watch.ts';
import { watch } from '../support/pipeline.ts';

const draft = (guild: string, channel = '2'): WatchDraft => ({
  place: { guild, channel },
  target: { id: 'github:o/r', source: 'github', address: 'o/r', shape: null },
  watch: watch(),
  seen: null,
});

function drafts() {
  const clock = { now: 0, ids: 0 };
  const newId = () => {
    clock.ids += 1;
    return `id-${clock.ids}`;
  };
  return { clock, ...createDrafts(() => clock.now, newId) };
}

test('a preview is taken once, where it was asked for, within a quarter of an hour', () => {
  const { clock, keep, take } = drafts();
  const id = keep(draft('1'));
  expect([take('other', draft('1').place), take(id, draft('2').place), take(id, draft('1', '3').place)]).toEqual([
    null,
    null,
    null,
  ]);
  expect(take(id, draft('1').place)).toEqual(draft('1'));
  expect(take(id, draft('1').place)).toBeNull();
  const late = keep(draft('1'));
  clock.now += 16 * 60_000;
  expect(take(late, draft('1').place)).toBeNull();
});

test('a server that asks for many drives out its own oldest, never those of another', () => {
  const { keep, take } = drafts();
  const theirs = keep(draft('1'));
  const [first = '', second = ''] = Array.from({ length: 2_000 }, () => keep(draft('2')));
  const last = keep(draft('2'));
  expect(take(theirs, draft('1').place)).not.toBeNull();
  expect([take(first, draft('2').place), take(second, draft('2').place)]).toEqual([null, null]);
  expect(take(last, draft('2').place)).not.toBeNull();
});

test('of all servers together, no more are kept than memory is for', () => {
  const { keep, take } = drafts();
  const ids = Array.from({ length: 30_000 }, (_, guild) => keep(draft(String(guild))));
  const kept = ids.filter((id, guild) => take(id, draft(String(guild)).place) !== null);
  expect(kept.length).toBeGreaterThan(1_000);
  expect(kept.length).toBeLessThanOrEqual(10_000);
  expect(kept.at(-1)).toBe(ids.at(-1));
});
