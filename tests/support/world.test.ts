// Checks that the stand-in world behaves like what is known of the real services: validators, budgets, faults.
import { get } from 'node:http';
import { connect, type Socket } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWorld, type World } from './world/open.ts';

let world: World;
let at = Date.parse('2026-03-02T10:00:00Z');
beforeEach(async () => {
  at = Date.parse('2026-03-02T10:00:00Z');
  world = await openWorld({ now: () => at });
});
afterEach(() => world.close());

const agent = { 'user-agent': 'Landfall/test' };

describe('faults', () => {
  it('commits and then resets, once, and lets the next through', async () => {
    const channel = world.discord.channel();
    world.discord.service.faults.plan('POST */messages', { kind: 'reset', commit: true });
    const post = () =>
      fetch(`${world.discord.url}/v10/channels/${channel.id}/messages`, {
        method: 'POST',
        headers: { ...agent, authorization: `Bot ${world.discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify({ content: 'hello', allowed_mentions: { parse: [] } }),
      });
    await expect(post()).rejects.toThrow('fetch failed');
    expect(channel.messages().map((message) => message.content)).toEqual(['hello']);
    expect((await post()).status).toBe(200);
    expect(world.discord.service.log.map((entry) => [entry.fault, entry.status])).toEqual([
      ['reset', null],
      [null, 200],
    ]);
  });

  it('skips, counts and answers in place of the service', async () => {
    const feed = world.web.feed('/feed.xml', {});
    const plan = world.web.service.faults.plan(
      'GET /feed.xml',
      { kind: 'answer', status: 503, headers: { 'retry-after': '7' } },
      { skip: 1, times: 2 },
    );
    const statuses: number[] = [];
    for (let turn = 0; turn < 4; turn += 1) statuses.push((await fetch(feed.url)).status);
    expect(statuses).toEqual([200, 503, 503, 200]);
    expect(plan.left()).toBe(0);
  });

  it('hangs until the caller gives up, and cuts bodies short', async () => {
    const url = world.web.raw('/x', 'a'.repeat(1000), 'text/plain');
    world.web.service.faults.plan('GET /x', { kind: 'hang' });
    await expect(fetch(url, { signal: AbortSignal.timeout(30) })).rejects.toThrow('aborted due to timeout');
    world.web.service.faults.plan('GET /x', { kind: 'truncated' });
    const cut = await fetch(url);
    expect(cut.headers.get('content-length')).toBe('1000');
    await expect(cut.text()).rejects.toThrow('terminated');
  });

  it('streams without end and sends small bombs', async () => {
    const url = world.web.raw('/x', '', 'text/plain');
    world.web.service.faults.plan('GET /x', { kind: 'endless' });
    const endless = await fetch(url);
    const reader = endless.body?.getReader();
    let read = 0;
    while (read < 1_000_000) read += (await reader?.read())?.value?.length ?? 0;
    await reader?.cancel();
    world.web.service.faults.plan('GET /x', { kind: 'bomb', bytes: 3 * 1024 ** 2, start: '<rss>' });
    const raw = await rawGet(url);
    expect(raw.length).toBeLessThan(10_000);
    expect(gunzipSync(raw).length).toBe(3 * 1024 ** 2 + 5);
  });

  it('counts an unfinished request as nothing of its own', async () => {
    const { server, url } = world.web.service;
    const gone = new Promise((resolve) => {
      server.once('connection', (socket: Socket) => socket.once('close', resolve));
    });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST /x HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf', () => socket.destroy());
    await gone;
    await fetch(world.web.raw('/y', '', 'text/plain'));
    expect(world.unexpected()).toEqual([]);
  });

  it('notes routes that nobody knows', async () => {
    expect((await fetch(`${world.huggingface.service.url}/api/spaces`)).status).toBe(501);
    expect(world.unexpected()).toEqual(['Hugging Face: GET /api/spaces']);
  });
});

describe('web', () => {
  it('writes a feed in the encoding asked for and answers 304 until it changes', async () => {
    const feed = world.web.feed('/k.xml', {
      title: '새 소식',
      encoding: 'euc-kr',
      entries: [{ title: '그록 공개', link: 'https://x.ai/a', published: at }],
    });
    const first = await fetch(feed.url);
    const text = new TextDecoder('euc-kr').decode(await first.arrayBuffer());
    expect(text).toContain('encoding="euc-kr"');
    expect(text).toContain('<title>그록 공개</title>');
    const etag = first.headers.get('etag') ?? '';
    const modified = first.headers.get('last-modified') ?? '';
    const conditional = () => fetch(feed.url, { headers: { 'if-none-match': etag, 'if-modified-since': modified } });
    expect((await conditional()).status).toBe(304);
    feed.add({ title: 'more', link: 'https://x.ai/b' });
    expect((await conditional()).status).toBe(200);
    expect((await fetch(feed.url, { headers: { 'if-modified-since': modified } })).status).toBe(200);
  });

  it('redirects, removes and lists a sitemap index', async () => {
    const to = world.web.redirect('/away', 'http://10.0.0.1/', 301);
    const away = await fetch(to, { redirect: 'manual' });
    expect([away.status, away.headers.get('location')]).toEqual([301, 'http://10.0.0.1/']);
    const index = world.web.sitemap('/sitemap.xml', { index: [{ loc: `${world.web.service.url}/a.xml.gz` }] });
    expect(await (await fetch(index.url)).text()).toContain('<sitemapindex');
    world.web.sitemap('/a.xml.gz', { urls: [{ loc: 'https://x.ai/news/grok' }], gzip: true });
    const zipped = await fetch(`${world.web.service.url}/a.xml.gz`);
    expect(gunzipSync(await zipped.arrayBuffer()).toString()).toContain('<loc>https://x.ai/news/grok</loc>');
    world.web.remove('/away', 410);
    expect((await fetch(to)).status).toBe(410);
    expect(world.unexpected()).toEqual([]);
  });
});

describe('Hugging Face', () => {
  const api = (path: string, headers: Record<string, string> = {}) =>
    fetch(`${world.huggingface.service.url}${path}`, { headers, redirect: 'manual' });

  it('pages a listing by Link and gives only what is expanded', async () => {
    for (const name of ['a', 'b', 'c']) world.huggingface.model(`xai-org/${name}`, { licence: 'mit' });
    world.huggingface.model('other/d');
    world.huggingface.model('xai-org/hidden', { private: true });
    const first = await api('/api/models?author=xai-org&limit=2&sort=createdAt&expand[]=sha&expand[]=gated');
    const page = (await first.json()) as Record<string, unknown>[];
    expect(page.map((model) => Object.keys(model))).toEqual([
      ['_id', 'id', 'sha', 'gated'],
      ['_id', 'id', 'sha', 'gated'],
    ]);
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? '';
    const second = await fetch(next);
    const rest = (await second.json()) as { id: string }[];
    expect(new Set([...page, ...rest].map((model) => model.id))).toEqual(
      new Set(['xai-org/a', 'xai-org/b', 'xai-org/c']),
    );
    expect(second.headers.get('link')).toBeNull();
    expect((await api('/api/models?expand[]=nonsense')).status).toBe(400);
    expect(await (await api('/api/models?author=nobody')).json()).toEqual([]);
  });

  it('does not tell strangers what is missing and what is private', async () => {
    const missing = await api('/api/models/xai-org/grok-3');
    expect([missing.status, await missing.json()]).toEqual([401, { error: 'Repository not found' }]);
    const bearer = { authorization: `Bearer ${world.huggingface.token}` };
    expect((await api('/api/models/xai-org/grok-3', bearer)).status).toBe(404);
    expect((await api('/api/models/xai-org/grok-3', { authorization: 'Bearer wrong' })).status).toBe(401);
  });

  it('shows blobs on demand, redirects renamed models, guards gated files', async () => {
    const model = world.huggingface.model('xai-org/grok-2', {
      files: { LICENSE: 'Grok 2 licence', 'model.safetensors': { size: 5e9 } },
    });
    const info = (await (await api('/api/models/xai-org/grok-2?blobs=true')).json()) as {
      siblings: { rfilename: string; size: number; lfs?: object }[];
    };
    expect(info.siblings.find((file) => file.rfilename === 'model.safetensors')).toMatchObject({
      size: 5e9,
      lfs: { size: 5e9 },
    });
    const plain = (await (await api('/api/models/xai-org/grok-2')).json()) as typeof info;
    expect(plain.siblings[0]).toEqual({ rfilename: '.gitattributes' });
    expect(await (await api('/xai-org/grok-2/raw/main/LICENSE')).text()).toBe('Grok 2 licence');
    const resolved = await api('/xai-org/grok-2/resolve/main/LICENSE');
    expect(resolved.headers.get('location')).toMatch(
      /^\/api\/resolve-cache\/models\/xai-org\/grok-2\/[0-9a-f]{40}\/LICENSE$/,
    );
    model.gate('manual');
    expect((await api('/xai-org/grok-2/raw/main/LICENSE')).status).toBe(401);
    expect(
      (await api('/xai-org/grok-2/raw/main/LICENSE', { authorization: `Bearer ${world.huggingface.token}` })).status,
    ).toBe(403);
    model.rename('xai-org/grok-2.5');
    const moved = await api('/api/models/xai-org/grok-2?blobs=true');
    expect([moved.status, moved.headers.get('location')]).toEqual([307, '/api/models/xai-org/grok-2.5?blobs=true']);
  });

  it('counts down a window of five minutes and then refuses', async () => {
    world.huggingface.limits.settings.api.anonymous = 2;
    const first = await api('/api/models');
    expect(first.headers.get('ratelimit')).toBe('"api";r=1;t=300');
    expect(first.headers.get('ratelimit-policy')).toBe('"fixed window";"api";q=2;w=300');
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\//);
    expect((await api('/api/models', { 'if-none-match': etag })).status).toBe(304);
    expect((await api('/api/models')).status).toBe(429);
    at += 300_000;
    expect((await api('/api/models')).status).toBe(200);
  });
});

/** The bytes as transferred, without decoding. */
async function rawGet(url: string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    get(url, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => resolve(Buffer.concat(chunks)));
    }).on('error', reject);
  });
}
