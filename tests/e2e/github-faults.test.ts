// What GitHub does on a bad day, through the built command: everything is told once, whatever answered in between.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

const names = Array.from({ length: 40 }, (_, n) => `acme/repo${n}`);

describe('GitHub in batches', () => {
  let place: Place;
  const release = (name: string, tag: string): void => void place.world.github.repo(name).release({ tag });
  const heads = ({ said }: Once): readonly string[] => said.map((text) => text.split('\n', 1)[0] ?? '').toSorted();

  beforeAll(async () => {
    place = await openPlace();
    const { github } = place.world;
    for (const name of names) github.repo(name, {}).release({ tag: 'v1' });
    github.repo('acme/slow', { lagMs: 60_000 });
    await place.configure([...names, 'acme/slow'].map((name) => `- github: ${name}`).join('\n'));
    await place.once();
  });

  afterAll(() => place.close());

  it('a query that is killed after ten seconds is asked again in halves', async () => {
    release('acme/repo3', 'v2');
    place.world.github.graphql.kill = 1;
    const look = await place.once();
    expect([look.code, heads(look)]).toEqual([0, ['acme/repo3 v2']]);
  });

  it('what a partial answer leaves out is asked again, and nothing else', async () => {
    release('acme/repo5', 'v2');
    release('acme/repo30', 'v2');
    place.world.github.graphql.exhaust = { times: 1, after: 10 };
    const look = await place.once();
    expect([look.code, heads(look)]).toEqual([0, ['acme/repo30 v2', 'acme/repo5 v2']]);
  });

  it('the secondary limit is waited out when it is short', async () => {
    release('acme/repo7', 'v2');
    const body = JSON.stringify({ message: 'You have exceeded a secondary rate limit.' });
    const headers = { 'retry-after': '1', 'content-type': 'application/json' };
    place.world.github.api.faults.plan(/graphql/, { kind: 'answer', status: 403, headers, body }, { times: 1 });
    const looks = [await place.once(), await place.once()];
    expect(looks.flatMap(heads)).toEqual(['acme/repo7 v2']);
    expect(looks[1]?.code).toBe(0);
  });

  it('another token, which makes every validator another one, tells nothing again', async () => {
    place.world.github.limits.addToken('ghp_another');
    const look = await place.once({ env: { GITHUB_TOKEN: 'ghp_another' } });
    expect([look.code, heads(look)]).toEqual([0, []]);
  });

  it('a release whose tag is seen before the listing has it is one message', async () => {
    release('acme/slow', 'v1');
    const before = await place.once();
    place.world.advance(61_000);
    const after = await place.once();
    expect([before, after].flatMap(heads)).toEqual(['acme/slow v1']);
    expect(place.world.unexpected()).toEqual([]);
  });
});
