// What answers over HTTP beside the worker: health, metrics, and Hugging Face's webhooks.

import { describe, expect, it, onTestFinished } from 'vitest';
import { pacingWorld } from '../../src/app/open-worker.ts';
import { boardWorld } from '../../src/app/serve.ts';
import { createMetrics } from '../../src/server/metrics.ts';
import { createApp, listen } from '../../src/server/server.ts';
import { huggingface } from '../../src/sources/huggingface/source.ts';
import { saveMeta } from '../../src/store/meta.ts';
import type { Spent } from '../../src/types/core.ts';
import { createPushes } from '../../src/worker/pushes.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { refusal } from '../support/reasons.ts';
import { configOf, hourMs, noon, type Staged, stage } from '../support/worker.ts';

const secret = 'correct-horse-battery-staple';
const model = 'huggingface:acme/one';

function beat(staged: Staged, at: number): Promise<unknown> {
  const value = JSON.stringify({ at: new Date(at).toISOString(), everyMs: 30_000 });
  return staged.worker.db.batch([saveMeta('beat', value)]);
}

async function serverOf(given: string | null = secret, over: Parameters<typeof stage>[0] = {}) {
  const staged = await stage({
    sources: { huggingface: {} },
    targets: [model],
    config: configOf({ secrets: { HF_WEBHOOK_SECRET: secret } }),
    ...over,
  });
  const { db, now, sources, log } = staged.worker;
  const pushes = createPushes();
  const metrics = createMetrics({ db, now, sources, channels: ['releases', 'operators'] });
  const hook = { db, address: huggingface.address, pushes };
  const board = boardWorld(staged.worker, pacingWorld(staged.worker));
  const app = createApp({ now, metrics, hook, secret: given, log, board });
  return { staged, pushes, metrics, app };
}

const body = JSON.stringify({
  event: { action: 'update', scope: 'repo.content' },
  repo: { type: 'model', name: 'acme/one', id: '66f0', private: false },
  updatedRefs: [{ ref: 'refs/heads/main', oldSha: null, newSha: 'b2' }],
  webhook: { id: '66f1', version: 3 },
});

function post(text: string, headers: Readonly<Record<string, string>> = { 'x-webhook-secret': secret }): RequestInit {
  return { method: 'POST', body: text, headers: { 'content-type': 'application/json', ...headers } };
}

describe('/healthz', () => {
  it.each([
    ['before the first beat', null, 503],
    ['on time', 29_000, 200],
    ['three wakes late', 90_000, 200],
    ['later than that', 91_000, 503],
  ])('%s', async (_, ageMs, status) => {
    const { app, staged } = await serverOf();
    if (ageMs !== null) await beat(staged, noon - ageMs);
    const answer = await app.request('/healthz');
    expect(answer.status).toBe(status);
    expect(await answer.json()).toEqual({
      ok: status === 200,
      code: expect.stringMatching(/^health\./),
      reason: expect.any(String),
    });
  });

  it('says 503 when the database does not answer, and the log says why', async () => {
    const { app, staged } = await serverOf();
    await staged.worker.db.batch([{ sql: 'DROP TABLE meta', params: [] }]);
    expect((await app.request('/healthz')).status).toBe(503);
    expect(staged.logged.at(-1)).toMatch(/^\/healthz: .*meta/);
  });
});

describe('/hooks/huggingface', () => {
  it('takes a push with the secret', async () => {
    const { app, pushes } = await serverOf();
    const answer = await app.request('/hooks/huggingface', post(body));
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(pushes.take('huggingface')).toEqual([model]);
  });

  it.each([
    ['no secret', post(body, {}), 401],
    ['an empty secret', post(body, { 'x-webhook-secret': '' }), 401],
    ['a wrong secret', post(body, { 'x-webhook-secret': 'correct-horse-battery-stapl' }), 401],
    ['no JSON', post('{"event":'), 400],
    ['another shape', post('{"event":{"action":"update"}}'), 400],
    ['nothing', post(''), 400],
    ['more than 1 MiB', post(JSON.stringify({ padding: 'x'.repeat(1024 * 1024) })), 413],
    ['another method', { method: 'PUT', body, headers: { 'x-webhook-secret': secret } }, 404],
  ])('refuses %s', async (_, request, status) => {
    const { app, pushes } = await serverOf();
    const answer = await app.request('/hooks/huggingface', request);
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toContain(secret);
    expect(pushes.pools()).toEqual([]);
  });

  it('refuses a wrong secret before it reads the body', async () => {
    const { app } = await serverOf();
    const large = post('x'.repeat(2 * 1024 * 1024), { 'x-webhook-secret': 'wrong' });
    expect((await app.request('/hooks/huggingface', large)).status).toBe(401);
  });

  it.each([null, ''])('is not there without a configured secret (%j), and one line says so', async (none) => {
    const { app, staged, pushes } = await serverOf(none);
    for (const headers of [{}, { 'x-webhook-secret': '' }]) {
      expect((await app.request('/hooks/huggingface', post(body, headers))).status).toBe(404);
    }
    expect(staged.logged.filter((line) => line.includes('HF_WEBHOOK_SECRET'))).toHaveLength(1);
    expect(pushes.pools()).toEqual([]);
  });
});

describe('/metrics', () => {
  const repository = 'github:lab/model';
  const spent: readonly Spent[] = [
    { pool: 'github', cost: 2, tookMs: 300, left: 4_998, limit: 5_000, resetAt: new Date(noon + hourMs).toISOString() },
  ];
  const quota = () => ({
    limit: 5_000,
    windowMs: hourMs,
    share: 0.2,
    peak: 1,
    hot: 60,
    batch: 100,
    worst: 3,
    lanes: 1,
  });

  async function read(app: Awaited<ReturnType<typeof serverOf>>['app']): Promise<readonly string[]> {
    const answer = await app.request('/metrics');
    expect(answer.headers.get('content-type')).toContain('text/plain');
    return (await answer.text()).split('\n');
  }

  it('counts looks, requests and deliveries, and shows what is owed, spent, left and due', async () => {
    const publishedAt = new Date(noon).toISOString();
    const results = [fresh([]), fresh([seen('v1', { targetId: repository, publishedAt })])].values();
    const poll = () => Promise.resolve({ results: new Map([[repository, results.next().value ?? fresh([])]]), spent });
    const { app, metrics, staged } = await serverOf(secret, {
      sources: { github: { poll, quota } },
      targets: [repository],
    });
    await beat(staged, noon - 12_000);
    metrics.meter.looked(await staged.look(repository));
    metrics.meter.looked(await staged.look(repository));
    const delivery = { channel: 'releases' } as Parameters<typeof metrics.meter.settled>[0];
    metrics.meter.settled(delivery, { kind: 'later', reason: refusal('429'), afterMs: 1, doubtful: false });
    staged.clock.now += 2 * hourMs;
    const lines = await read(app);
    expect(lines).toEqual(
      expect.arrayContaining([
        'landfall_looks_total{pool="github",result="fresh"} 2',
        'landfall_spent_total{pool="github"} 4',
        'landfall_request_seconds_count{pool="github"} 2',
        'landfall_deliveries_total{channel="releases",outcome="later"} 1',
        'landfall_owed{channel="releases"} 1',
        'landfall_owed{channel="operators"} 0',
        'landfall_targets{pool="github"} 1',
        'landfall_targets_due{pool="github"} 1',
        'landfall_targets_failing{pool="github"} 0',
        'landfall_pool_cap{pool="github"} 1060',
        'landfall_pool_spent{pool="github"} 0',
        'landfall_beat_age_seconds 7212',
      ]),
    );
    staged.clock.now -= 2 * hourMs;
    expect(await read(app)).toEqual(
      expect.arrayContaining(['landfall_pool_spent{pool="github"} 4', 'landfall_pool_left{pool="github"} 4998']),
    );
    // The other side's window is over, so what was left in it says nothing.
    expect(lines.some((line) => line.startsWith('landfall_pool_left{'))).toBe(false);
  });

  it('says nothing of what is not there, and holds no secret', async () => {
    const { app } = await serverOf();
    const lines = await read(app);
    expect(lines.some((line) => line.startsWith('landfall_beat_age_seconds '))).toBe(false);
    expect(lines.join('\n')).not.toContain(secret);
    expect(await Promise.all([read(app), read(app)])).toEqual([lines, lines]);
  });
});

describe('listening', () => {
  it('answers on a port of its own, tells of one that is taken, and ends at once', async () => {
    const { app, staged, pushes } = await serverOf();
    await beat(staged, noon);
    const own = [globalThis.Request, globalThis.Response];
    const server = await listen(app, { host: '127.0.0.1', port: 0 });
    onTestFinished(server.close);
    expect([globalThis.Request, globalThis.Response]).toEqual(own);
    expect((await fetch(`${server.address}/healthz`)).status).toBe(200);
    expect((await fetch(`${server.address}/hooks/huggingface`, post(body))).status).toBe(204);
    expect(pushes.take('huggingface')).toEqual([model]);
    expect((await fetch(`${server.address}/`)).status).toBe(200);
    const large = await fetch(`${server.address}/hooks/huggingface`, post('x'.repeat(3 * 1024 * 1024))).then(
      ({ status }) => status,
      () => 'cut',
    );
    expect([413, 'cut']).toContain(large);
    const port = Number(new URL(server.address).port);
    await expect(listen(app, { host: '127.0.0.1', port })).rejects.toThrow(`listening on 127.0.0.1:${port}`);
    await server.close();
    await expect(fetch(`${server.address}/healthz`)).rejects.toThrow('fetch failed');
  });
});
