// The feeds: read by parsers that are not the one that wrote them, and held to the schema of their format.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { selectAll } from 'css-select';
import { parseDocument } from 'htmlparser2';
import { parseICS } from 'node-ical';
import Parser from 'rss-parser';
import { describe, expect, it } from 'vitest';
import { sampleStories } from '../support/board/sample.ts';
import { board } from '../support/board/stage.ts';
import { addWatches, guildWatchOn } from '../support/worker.ts';

/** JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/, as far as we write it; nothing else may stand there. */
const author = {
  type: 'object',
  properties: { name: { type: 'string' } },
  additionalProperties: false,
  required: ['name'],
};
const jsonFeedSchema = {
  type: 'object',
  required: ['version', 'title', 'items'],
  additionalProperties: false,
  properties: {
    version: { const: 'https://jsonfeed.org/version/1.1' },
    title: { type: 'string', minLength: 1 },
    home_page_url: { type: 'string', format: 'uri' },
    feed_url: { type: 'string', format: 'uri' },
    description: { type: 'string' },
    language: { type: 'string' },
    authors: { type: 'array', items: author },
    items: {
      type: 'array',
      items: {
        type: 'object',
        required: ['id', 'content_text'],
        additionalProperties: false,
        properties: {
          id: { type: 'string' },
          url: { type: 'string', format: 'uri' },
          external_url: { type: 'string', format: 'uri' },
          title: { type: 'string' },
          content_text: { type: 'string' },
          date_published: { type: 'string', format: 'date-time' },
          date_modified: { type: 'string', format: 'date-time' },
          tags: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
};

const grammar = fileURLToPath(new URL('./fixtures/atom.rng', import.meta.url));
const hasXmllint = spawnSync('xmllint', ['--version']).status === 0;
if (!hasXmllint) console.log('the grammar of Atom: skipped, there is no xmllint');

interface JsonItem {
  readonly id: string;
  readonly title: string;
  readonly date_modified: string;
}

describe('/feed.json', () => {
  it('is JSON Feed 1.1, the latest change first', async () => {
    const { get } = await board(sampleStories);
    const answer = await get('http://board.example/feed.json');
    expect(answer.headers.get('content-type')).toContain('application/feed+json');
    const feed = (await answer.json()) as { readonly items: readonly JsonItem[]; readonly feed_url: string };
    const ajv = new Ajv({ allErrors: true });
    addFormats.default(ajv);
    expect(ajv.validate(jsonFeedSchema, feed) || ajv.errors).toBe(true);
    expect(feed.feed_url).toBe('http://board.example/feed.json');
    expect(feed.items).toHaveLength(sampleStories.length);
    const times = feed.items.map((item) => item.date_modified);
    expect(times).toEqual(times.toSorted().toReversed());
  });

  it('keeps the id of an entry over its turns, and moves its time', async () => {
    const { json, save } = await board(sampleStories);
    const item = async () =>
      ((await json('/feed.json')) as { items: JsonItem[] }).items.find(({ title }) => title.startsWith('Corvus Code'));
    const story = sampleStories.find(({ name }) => name === 'Corvus Code');
    if (story === undefined) throw new Error('no such story');
    const before = await item();
    await save(
      {
        ...story,
        stage: 'released',
        releasedAt: '2026-03-02T11:00:00.000Z',
        updatedAt: '2026-03-02T11:00:00.000Z',
        revision: 2,
      },
      1,
    );
    const after = await item();
    expect(after?.id).toBe(before?.id);
    expect(after?.date_modified).toBe('2026-03-02T11:00:00.000Z');
    expect(before?.date_modified).not.toBe(after?.date_modified);
  });

  it.each([
    ['?lab=corvus', ['Corvus Large 2', 'Corvus Code', 'Corvus Tiny']],
    ['?stage=pledged', ['Ursa 4', 'Aquila 70B', 'Corvus Code', 'Lyra 70B']],
    ['?lab=lyra&stage=released', ['Lyra 7B', 'Lyra Vision 3B']],
    ['?lab=nobody', []],
  ])('of one lab and stage: %s', async (query, names) => {
    const { json } = await board(sampleStories);
    const { items } = (await json(`/feed.json${query}`)) as { items: JsonItem[] };
    expect(items.map(({ title }) => title.split(':')[0])).toEqual(names);
  });

  it('says which stages there are', async () => {
    const { get } = await board(sampleStories);
    const answer = await get('/feed.json?stage=launched');
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ status: 400, detail: expect.stringContaining('pledged') });
  });
});

describe('/feed.atom', () => {
  it('is read by another parser, in both languages, with hostile text in it', async () => {
    const [first] = sampleStories;
    if (first === undefined) throw new Error('no stories');
    const { get } = await board([{ ...first, name: ']]><x>&amp; \u0007<b>\uffffUrsa' }, ...sampleStories.slice(1)]);
    const answer = await get('http://board.example/feed.atom?lang=ko');
    expect(answer.headers.get('content-type')).toContain('application/atom+xml');
    const xml = await answer.text();
    const feed = await new Parser().parseString(xml);
    expect(feed.items).toHaveLength(sampleStories.length);
    expect(feed.items.map(({ title }) => title).join('\n')).toContain(']] ><x>&amp; <b>Ursa');
    expect(feed.items[0]?.link).toMatch(/^http:\/\/board\.example\/models\//);
    expect(xml).toContain('xml:lang="ko"');
    expect(['\u0007', '\uffff'].some((sign) => xml.includes(sign))).toBe(false);
  });

  it.skipIf(!hasXmllint)('keeps to the grammar of RFC 4287', async () => {
    const { text } = await board(sampleStories);
    for (const path of ['/feed.atom', '/feed.atom?lang=ko&lab=ursa&stage=released', '/feed.atom?lab=nobody']) {
      const xml = await text(`http://board.example${path}`);
      const ran = spawnSync('xmllint', ['--noout', '--nonet', '--relaxng', grammar, '-'], {
        input: xml,
        encoding: 'utf8',
      });
      expect([path, ran.status, ran.status === 0 ? '' : ran.stderr]).toEqual([path, 0, '']);
    }
  });

  it('takes its own address from a proxy that is trusted, and from nobody else', async () => {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'evil.example' };
    const { text } = await board(sampleStories);
    expect(await text('http://board.example/feed.atom', headers)).not.toContain('evil.example');
  });

  it('is a feed when nothing has happened yet', async () => {
    const { text } = await board([]);
    expect((await new Parser().parseString(await text('/feed.atom'))).items).toEqual([]);
  });
});

describe('/calendar.ics and /opml', () => {
  it('gives every promised window as an event of whole days, read by another parser', async () => {
    const { get } = await board(sampleStories);
    const answer = await get('http://board.example/calendar.ics');
    expect(answer.headers.get('content-type')).toContain('text/calendar');
    const events = Object.values(parseICS(await answer.text())).filter((entry) => entry?.type === 'VEVENT');
    const found = events.map((event) => ({
      uid: event.uid,
      summary: String(event.summary),
      from: event.start.toDateString(),
      days: Math.round(((event.end?.getTime() ?? 0) - event.start.getTime()) / 86_400_000),
    }));
    expect(found).toHaveLength(5);
    expect(found).toContainEqual({
      uid: 'story-corvus-corvus-code@landfall',
      summary: 'Corvus Code: Overdue',
      from: new Date(2026, 1, 16).toDateString(),
      days: 7,
    });
  });

  it('lists the feeds of the file, and no other', async () => {
    const { staged, text } = await board(
      sampleStories,
      {},
      { targets: ['feed:https://news.example/a?x=1&y=2', `feed:https://key.example/$\{KEY}`] },
    );
    await addWatches(staged, [guildWatchOn('feed:https://hidden.example/secret')]);
    const xml = await text('http://board.example/opml');
    const outlines = selectAll('outline', parseDocument(xml, { xmlMode: true }));
    const urls = outlines.map((outline) =>
      'attribs' in outline ? (outline.attribs as Record<string, string>).xmlUrl : '',
    );
    expect(urls).toEqual(['http://board.example/feed.atom', 'https://news.example/a?x=1&y=2']);
  });
});
