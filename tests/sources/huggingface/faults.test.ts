// When Hugging Face fails or refuses: never "nothing there", and never more asked than is allowed.
import { describe, expect, test } from 'vitest';
import {
  fresh,
  hubModel,
  listedModel,
  lookAt,
  noon,
  type Played,
  playHub,
} from '../../support/sources/huggingface/hub.ts';

const list = '/api/models';
const model = '/api/models/lab/m';

describe('failures are values', () => {
  const cases: readonly (readonly [string, Played, string, string | undefined])[] = [
    ['a broken server', { status: 503 }, 'later', undefined],
    ['too many requests', { status: 429 }, 'later', undefined],
    ['no network', { failed: 'network' }, 'later', undefined],
    ['a time-out', { failed: 'timeout' }, 'later', undefined],
    ['HTML instead of JSON', { body: '<!doctype html><title>Oops</title>' }, 'broken', undefined],
    ['a cut document', { body: '[{"id": "lab/m"' }, 'broken', undefined],
    ['something else', { body: { hello: 'world' } }, 'broken', undefined],
    [
      'a refused token',
      { status: 401, body: { error: 'Invalid credentials in Authorization header' } },
      'broken',
      'hf_x',
    ],
    ['a wall', { status: 403, body: '<html>blocked</html>' }, 'broken', undefined],
  ];
  for (const [name, played, kind, token] of cases) {
    test(`${name}: ${kind}`, async () => {
      const hub = playHub({ [list]: [played], [model]: [played] }, token);
      const results = [await hub.look('lab')];
      // After a 429 the rest would not be asked at all; a new poll has forgotten it.
      results.push(await hub.look('lab/m'));
      expect(results.map((result) => result.kind)).toEqual([kind, kind]);
    });
  }

  test('with a token, a repository that is said to be missing is missing', async () => {
    const hub = playHub({ [model]: [{ status: 401, headers: { 'x-error-code': 'RepoNotFound' }, body: '' }] }, 'hf_x');
    expect(await hub.look('lab/m')).toMatchObject({ kind: 'fresh', there: false });
  });

  test('the token goes out as a bearer, and never into a reason', async () => {
    const hub = playHub({ [model]: [{ status: 403, body: { error: 'no' } }] }, 'hf_canary');
    const result = await hub.look('lab/m');
    expect(hub.asked[0]?.headers).toMatchObject({ authorization: 'Bearer hf_canary' });
    expect(JSON.stringify(result)).not.toContain('canary');
  });

  test('an answer that another host gave is not believed', async () => {
    const hub = playHub({
      [model]: [{ body: hubModel('lab/m'), url: 'https://elsewhere.example/api/models/lab/m?blobs=true' }],
    });
    expect((await hub.look('lab/m')).kind).toBe('broken');
  });

  test('a licence text that fails for a while makes the look wait, one that cannot be had does not', async () => {
    const text = `/lab/m/resolve/${'a1'.repeat(20)}/LICENSE`;
    const answers = (played: Played) => playHub({ [model]: [{ body: hubModel('lab/m') }], [text]: [played] });
    expect((await answers({ status: 502 }).look('lab/m')).kind).toBe('later');
    expect((await answers({ failed: 'too large' }).look('lab/m')).kind).toBe('fresh');
    expect((await answers({ status: 404 }).look('lab/m')).kind).toBe('fresh');
  });

  test('too many files for one answer: asked again without their sizes', async () => {
    const { siblings } = listedModel('lab/m');
    const bare = { ...hubModel('lab/m'), siblings: siblings.filter((one) => one.rfilename !== 'LICENSE') };
    const hub = playHub({ [model]: [{ failed: 'too large' }, { body: bare }] });
    const weights = fresh(await hub.look('lab/m')).observations.find((one) => one.kind === 'weights');
    expect(weights?.facts).toMatchObject({ files: 2 });
    expect(weights?.facts).not.toHaveProperty('bytes');
  });
});

describe('the quota', () => {
  const quota = (left: number) => ({
    ratelimit: `"api";r=${left};t=120`,
    'ratelimit-policy': '"fixed window";"api";q=500;w=300',
  });

  test('what is left is told after each request', async () => {
    const hub = playHub({ [list]: [{ body: [], headers: quota(431) }] });
    const { spent } = await hub.poll(lookAt('lab'));
    expect(spent).toEqual([
      { pool: 'huggingface', cost: 1, tookMs: 0, left: 431, limit: 500, resetAt: '2025-08-23T12:02:00.000Z' },
    ]);
  });

  test('after a 429 the rest of the batch is not asked', async () => {
    const refused = { status: 429, headers: { 'retry-after': '77' } };
    // Eight are under way at once; the ninth would be one too many.
    const hub = playHub({ [list]: Array.from({ length: 8 }, () => refused) });
    const looks = Array.from({ length: 20 }, (_, index) => lookAt(`lab-${index}`));
    const { results, spent } = await hub.poll(...looks);
    expect(hub.asked).toHaveLength(8);
    expect(results.size).toBe(20);
    expect([...results.values()].every((one) => one.kind === 'later' && one.afterMs === 77_000)).toBe(true);
    expect(spent[0]).toMatchObject({ pauseMs: 77_000 });
  });

  test('a 429 without Retry-After waits for the next window, or a minute', async () => {
    const hub = playHub({ [list]: [{ status: 429, headers: quota(0) }, { status: 429 }] });
    expect(await hub.look('lab')).toMatchObject({ kind: 'later', afterMs: 120_000 });
    expect(await hub.look('lab')).toMatchObject({ kind: 'later', afterMs: 60_000 });
    const date = playHub({
      [list]: [{ status: 429, headers: { 'retry-after': new Date(noon + 5000).toUTCString() } }],
    });
    expect(await date.look('lab')).toMatchObject({ afterMs: 5000 });
  });

  test('nothing left: the rest waits without being refused first', async () => {
    const hub = playHub({ [list]: Array.from({ length: 8 }, () => ({ body: [], headers: quota(0) })) });
    const { results } = await hub.poll(...Array.from({ length: 9 }, (_, index) => lookAt(`lab-${index}`)));
    expect([...results.values()].map((one) => one.kind).toSorted()).toEqual([...Array(8).fill('fresh'), 'later']);
    expect(hub.asked).toHaveLength(8);
  });

  test('the wider quota of files is not taken for that of the API', async () => {
    const headers = { ratelimit: '"resolvers";r=0;t=100' };
    const hub = playHub({ [list]: [{ body: [], headers }] });
    const { spent } = await hub.poll(lookAt('lab'));
    expect(spent[0]).not.toHaveProperty('left');
  });
});
