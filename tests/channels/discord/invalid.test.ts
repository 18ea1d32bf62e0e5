// Invalid requests: a token that was revoked must not get the whole address blocked.
import { expect, it } from 'vitest';
import { createInvalidRequests } from '../../../src/channels/discord/invalid.ts';

const start = Date.parse('2026-03-02T10:00:00.000Z');
const minute = 60_000;
const none = new Headers();

function scene() {
  const clock = { now: start };
  const invalid = createInvalidRequests(() => clock.now);
  const note = (count: number, status: number, headers = none): void => {
    for (let n = 0; n < count; n += 1) invalid.note(status, headers);
  };
  return { clock, invalid, note };
}

it.each([401, 403, 429])('after 5,000 answers of %i nothing is sent until those are ten minutes old', (status) => {
  const { clock, invalid, note } = scene();
  note(4_999, status);
  expect(invalid.restMs()).toBe(0);
  note(1, status);
  expect(invalid.restMs()).toBe(11 * minute);
  clock.now += 11 * minute - 1;
  expect(invalid.restMs()).toBe(1);
  clock.now += 1;
  expect(invalid.restMs()).toBe(0);
});

it('waits for no more than it must: the oldest answers leave first', () => {
  const { clock, invalid, note } = scene();
  note(2_000, 403);
  clock.now += 5 * minute;
  note(3_000, 403);
  expect(invalid.restMs()).toBe(6 * minute);
});

it('what was answered well, went wrong at Discord or is a limit shared with others does not count', () => {
  const { invalid, note } = scene();
  for (const status of [200, 204, 400, 404, 500]) note(6_000, status);
  note(6_000, 429, new Headers({ 'x-ratelimit-scope': 'shared' }));
  expect(invalid.restMs()).toBe(0);
});

it('a clock that is set back makes nobody wait for hours', () => {
  const { clock, invalid, note } = scene();
  note(6_000, 401);
  clock.now -= 24 * 60 * minute;
  expect(invalid.restMs()).toBe(0);
});
