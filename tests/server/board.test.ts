// The pages of the board: what they show, what they never show, and that nothing from outside does harm in them.

import { selectAll } from 'css-select';
import { parseDocument } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../src/messages/reasons/en.ts';
import { fillSpread } from '../support/board/open.ts';
import { sampleStories } from '../support/board/sample.ts';
import { board } from '../support/board/stage.ts';
import { landedStory, manyStories } from '../support/board/stories.ts';
import { addWatches, guildWatchOn } from '../support/worker.ts';

const pages = ['/', '/models/model:ursa/ursa/3', '/promises', '/openness', '/status', '/nothing-here'];
const ursa = sampleStories[0] ?? landedStory({ lab: 'ursa', name: 'Ursa 3', at: '2026-02-20T14:02:00.000Z' });
const script = '<script>alert(1)</script>"\'><img src=x onerror=alert(2)>';

function attributes(html: string): readonly (readonly [string, string])[] {
  return selectAll('*', parseDocument(html)).flatMap((element) =>
    'attribs' in element ? Object.entries(element.attribs as Record<string, string>) : [],
  );
}

describe('every page', () => {
  it.each(pages)('%s loads nothing from elsewhere and holds nothing inline', async (path) => {
    const { get } = await board(sampleStories);
    const answer = await get(path);
    const html = await answer.text();
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toContain('unsafe');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
    expect(answer.headers.get('set-cookie')).toBeNull();
    const names = attributes(html).map(([name]) => name);
    expect(names.filter((name) => name === 'style' || name.startsWith('on'))).toEqual([]);
    const document = parseDocument(html);
    for (const element of selectAll('script, link[rel="stylesheet"], img, iframe, source', document)) {
      const { src, href = '' } = 'attribs' in element ? (element.attribs as Record<string, string>) : {};
      expect(src ?? href).toMatch(/^\/assets\//);
    }
    expect(selectAll('style', document)).toEqual([]);
    const ids = attributes(html).flatMap(([name, value]) => (name === 'id' ? [value] : []));
    expect(ids).toEqual([...new Set(ids)]);
  });

  it.each(pages)(
    '%s speaks the language of the browser, or the one that was chosen, and keeps the choice',
    async (path) => {
      const { text } = await board(sampleStories);
      expect(await text(path)).toContain('<html lang="en">');
      expect(await text(path, { 'accept-language': 'fr, ko-KR;q=0.8, en;q=0.3' })).toContain('<html lang="ko">');
      const chosen = await text(`${path}?lang=ko`, { 'accept-language': 'en' });
      expect(chosen).toContain('<html lang="ko">');
      expect(chosen).toContain('href="/promises?lang=ko"');
      expect(await text(`${path}?lang=xx`)).toContain('<html lang="en">');
    },
  );
});

describe('/', () => {
  it('lists what landed, the newest first, with its answers linked to where they were read', async () => {
    const { text } = await board(sampleStories);
    const html = await text('/');
    const order = ['Lyra 7B', 'Corvus Large 2', 'Ursa 3', 'Lyra Vision 3B', 'Aquila 27B it', 'Corvus Tiny', 'Ursa 2'];
    const places = order.map((name) => html.indexOf(`>${name}</a>`));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(html).toMatch(/href="https:\/\/huggingface\.co\/ursa\/ursa-3"[^>]*>conditional: under 700 M monthly users/);
    expect(html).toContain('open weights, limited');
    expect(html).toContain('314B · 628 GB');
    expect(html).not.toContain('>Ursa 4</a><span class="sub">');
  });

  it.each([
    ['?lab=lyra', ['Lyra 7B', 'Lyra Vision 3B']],
    ['?verdict=gated', ['Aquila 27B it']],
    ['?verdict=unknown&kind=model', ['Corvus Tiny']],
    ['?q=corvus-LARGE', ['Corvus Large 2']],
    ['?q=100%25', []],
    ['?lab=lyra&q=vision', ['Lyra Vision 3B']],
    ['?kind=software', ['aquila-labs/serve v0.9.0']],
  ])('filters: %s', async (query, names) => {
    const { text } = await board(sampleStories);
    const rows = selectAll('table.landed tbody th a.name', parseDocument(await text(`/${query}`)));
    const shown = rows.map((row) =>
      'children' in row ? row.children.map((child) => ('data' in child ? child.data : '')).join('') : '',
    );
    expect(shown).toEqual(names);
  });

  it('turns its pages over everything, each model once, none longer than 200 kB', async () => {
    const { text } = await board(manyStories(130));
    const seen: string[] = [];
    for (let path: string | null = '/'; path !== null; ) {
      const html: string = await text(path);
      expect(html.length).toBeLessThan(200_000);
      seen.push(...[...html.matchAll(/>(\w+ number \d+)<\/a><span/g)].map(([, name]) => name ?? ''));
      path = /rel="next" href="([^"]+)"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? null;
    }
    expect(seen.length).toBe(130);
    expect(new Set(seen).size).toBe(130);
  });

  it('says what is wrong with an address that makes no sense, and shows no page for it', async () => {
    const { get } = await board(sampleStories);
    expect((await get('/?after=yesterday')).status).toBe(400);
    expect((await get(`/?q=${'x'.repeat(3_000)}`)).status).toBe(400);
    expect((await get('/?after=2026-01-01T00:00:00.000Z~x&lab=%00')).status).toBe(200);
  });
});

describe('/models/KEY', () => {
  it('shows every answer with its evidence and revision, the turns, the derivatives and how it spread', async () => {
    const { staged, text } = await board(sampleStories);
    await fillSpread(staged.worker.db, ursa.id, '2026-02-20');
    const html = await text('/models/model:ursa/ursa/3');
    for (const part of [
      'delta-community-2',
      '@9f1c2d3e4f5a',
      'promise kept 6 days late',
      'quants/ursa-3-GGUF',
      'We will open Ursa 3',
    ])
      expect(html).toContain(part);
    expect(html).toContain('id="spread"');
    expect(html).toMatch(/<svg class="wide" role="img"[^>]*aria-labelledby="spread-wide-t spread-wide-d"/);
    expect(html).toContain('2026-02-21 (+1)');
    expect(html).toContain('Told 2 minutes after publication');
  });

  it('is found by its key with or without escaped slashes, by its id, and by the key of what it was merged from', async () => {
    const merged = landedStory({
      lab: 'ursa',
      name: 'Old Ursa',
      at: '2026-01-01T00:00:00.000Z',
      over: { mergedInto: ursa.id },
    });
    const { get, text } = await board([...sampleStories, merged]);
    for (const key of ['model:ursa/ursa/3', 'model%3Aursa%2Fursa%2F3', ursa.id, encodeURIComponent(merged.key)])
      expect(await text(`/models/${key}`)).toContain('<h1>Ursa 3</h1>');
    expect((await get('/models/model:none')).status).toBe(404);
    expect((await get('/models/%E0%A4%A')).status).toBe(404);
  });

  it('shows a question of the card that nobody foresaw', async () => {
    const { openness } = ursa;
    if (openness === null) throw new Error('no card');
    const card = { ...openness, contextWindow: { ...openness.parameters, value: 131_072 } };
    const { text } = await board([{ ...ursa, openness: card }]);
    expect(await text('/models/model:ursa/ursa/3')).toMatch(/Context window<\/th>.*131,072/s);
    expect(await text('/openness')).toContain('Context window');
  });
});

describe('/promises, /openness and /status', () => {
  it('show the promises by state, and each lab by what somebody confirmed', async () => {
    const { text } = await board(sampleStories);
    const html = await text('/promises');
    for (const id of ['overdue', 'open', 'late', 'kept', 'withdrawn', 'record', 'windows'])
      expect(html).toContain(`id="${id}"`);
    expect(html).toMatch(/>ursa<\/a><\/th><td[^>]*>1<\/td><td[^>]*>1<\/td><td[^>]*>0<\/td><td[^>]*>1</);
    expect(html).not.toMatch(/href="\/\?lab=aquila">aquila<\/a><\/th>/);
  });

  it('sort by any column, both ways, what is unknown last', async () => {
    const { text } = await board(sampleStories);
    const names = async (query: string) =>
      [...(await text(`/openness?${query}`)).matchAll(/class="title"><a class="name"[^>]*>([^<]+)</g)].map(
        ([, name]) => name,
      );
    expect((await names('sort=parameters&dir=desc')).slice(0, 2)).toEqual(['Ursa 3', 'Corvus Large 2']);
    expect((await names('sort=bytes&dir=asc')).slice(0, 2)).toEqual(['Lyra Vision 3B', 'Lyra 7B']);
    expect((await names('sort=bytes&dir=asc')).at(-1)).toBe('Corvus Tiny');
    expect((await names('sort=model&dir=asc'))[0]).toBe('Aquila 27B it');
    expect(await names('sort=__proto__&dir=up')).toHaveLength(7);
  });

  it('give the table as CSV that no spreadsheet takes for a formula', async () => {
    const evil = landedStory({
      lab: 'ursa',
      name: '=HYPERLINK("https://evil.example")',
      at: '2026-02-28T00:00:00.000Z',
    });
    const { get } = await board([...sampleStories, evil]);
    const answer = await get('/openness.csv');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    const text = await answer.text();
    expect(text.split('\r\n').filter((line) => line !== '')).toHaveLength(9);
    expect(text).toContain(`"'=HYPERLINK(""https://evil.example"")"`);
    expect(text).toContain('"delta-community-2","https://huggingface.co/ursa/ursa-3"');
  });

  it('tell the worst watch first, and nothing of what only a Discord server added', async () => {
    const { staged, text } = await board(
      sampleStories,
      {},
      { targets: ['feed:https://news.example/a', 'feed:https://news.example/b'] },
    );
    await addWatches(staged, [guildWatchOn('feed:https://hidden.example/secret')]);
    staged.answers.set('feed:https://news.example/b', { kind: 'broken', reason: { code: 'feed.html', params: {} } });
    await staged.look('feed:https://news.example/a', 'feed:https://news.example/b');
    const html = await text('/status');
    expect(html.indexOf('news.example/b')).toBeLessThan(html.indexOf('news.example/a'));
    expect(html).toContain(inEnglish({ code: 'feed.html', params: {} }));
    expect(html).not.toContain('hidden.example');
    expect(await text('/status?q=example/a')).not.toContain('news.example/b');
  });

  it('leave out what a public board does not show', async () => {
    const { get, text } = await board(sampleStories, { server: { public: true, trustProxy: [] } });
    for (const path of ['/status', '/metrics', '/api/v1/watches']) expect((await get(path)).status).toBe(404);
    expect(await text('/')).not.toContain('href="/status"');
    expect(await text('/api/v1/openapi.json')).not.toContain('/api/v1/watches');
    expect((await get('/healthz')).status).not.toBe(404);
  });
});

describe('text from outside', () => {
  const hostile = {
    ...ursa,
    name: `Ursa ${script}`,
    lab: `u"${script}`,
    url: 'javascript:alert(1)',
    text: `${script}\n\n<style>*{display:none}</style>`,
    evidence: [
      {
        ...(ursa.evidence[0] ?? { at: '', kind: 'entry' as const, lang: null }),
        title: `x \u202e${script}`,
        url: 'data:text/html,x',
      },
    ],
    marks: ursa.marks.map((one) => ({ ...one, detail: script, url: 'javascript:alert(3)' })),
    pledge: ursa.pledge === null ? null : { ...ursa.pledge, by: script, quoteUrl: 'https://user:pw@evil.example/' },
    items: [
      { key: 'k', title: script, url: 'vbscript:x', at: null },
      { key: 'l', title: 'y'.repeat(50_000), url: 'https://a.example', at: 'never' },
    ],
  };

  it.each([
    '/',
    '/models/model:ursa/ursa/3',
    '/promises',
    '/openness',
    `/?q=${encodeURIComponent(script)}&lab=${encodeURIComponent(script)}`,
  ])('neither scripts nor styles nor fills %s', async (path) => {
    const { get } = await board([hostile]);
    const answer = await get(path);
    const html = await answer.text();
    expect(answer.status).toBe(200);
    expect(html.length).toBeLessThan(100_000);
    expect(html).not.toContain('\u202e');
    const document = parseDocument(html);
    expect(selectAll('script', document)).toHaveLength(1);
    expect(selectAll('img, style, iframe, object, embed', document)).toEqual([]);
    for (const [name, value] of attributes(html)) {
      expect(name).not.toMatch(/^on|^style$/);
      if (name === 'href') expect(value).toMatch(/^(?:\/|#main$|https?:\/\/(?![^/]*@))/);
    }
  });
});

describe('what nobody may see', () => {
  const guild = { scope: { guild: '1' } } as const;
  const secret = (over: object) =>
    landedStory({ lab: 'ursa', name: 'Secret Bear', at: '2026-02-27T00:00:00.000Z', over });
  const paths = [...pages, '/feed.atom', '/feed.json', '/api/v1/models', '/api/v1/promises', '/openness.csv'];

  it.each([
    ['a story of a Discord server', secret(guild)],
    ['what only a Discord server was told, as old databases have it', secret({ audience: ['guild:1:2'] })],
    ['what nobody in the file asked for', secret({ audience: [] })],
    ['a private repository', secret({ known: { visibility: 'private' } })],
  ])('%s', async (_, story) => {
    const { get, text } = await board([...sampleStories, story]);
    for (const path of paths) expect(await text(path)).not.toContain('Secret Bear');
    for (const path of [
      `/models/${story.key}`,
      `/api/v1/models/${story.key}`,
      `/models/${story.id}`,
      `/api/v1/spread/${story.key}`,
    ])
      expect((await get(path)).status).toBe(404);
  });

  it('the names of channels', async () => {
    const { text } = await board(sampleStories.map((story) => ({ ...story, audience: ['hush-hush', 'guild:1:2'] })));
    for (const path of [...paths.filter((one) => one !== '/status'), '/api/v1/models/model:ursa/ursa/3'])
      expect(await text(path)).not.toMatch(/hush-hush|guild:1/);
  });
});
