// A week's digest and its picture: words and nonce beside the file, the same on every attempt, and without it where files are refused.
import { expect, test } from 'vitest';
import type { Draft } from '../../../src/channels/define.ts';
import { discord } from '../../../src/channels/discord/channel.ts';
import { grok, release, style, worldOf } from '../../support/channels/stories.ts';
import { byBot, byWebhook, idle, json, made, textChannel } from '../../support/channels/wire.ts';

const digest: Draft = {
  form: 'digest',
  from: '2025-08-18T09:00:00.000Z',
  to: '2025-08-25T09:00:00.000Z',
  stories: [grok, release],
};
const id = 'digest@1>releases/digest';
const bytes = new Uint8Array([137, 80, 78, 71]);

interface Sent {
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly files: readonly string[];
}

/** Sends the digest's first page as it would come back from the database. */
async function send(options: unknown, answers: readonly Response[], picture: Uint8Array | null = bytes) {
  const sent: Sent[] = [];
  const left = [...answers];
  const asked: unknown[] = [];
  const world = worldOf({
    picture: async (of) => {
      asked.push(of);
      return picture;
    },
    fetch: async (input, init) => {
      if (init?.method === 'GET') return json(200, textChannel);
      const request = new Request(String(input), {
        method: 'POST',
        headers: new Headers(init?.headers),
        body: init?.body ?? null,
      });
      const type = request.headers.get('content-type') ?? '';
      if (type.startsWith('multipart/form-data; boundary=')) {
        const form = await request.formData();
        const files = [...form].flatMap(([key, value]) =>
          typeof value === 'string' ? [] : [`${key} ${value.name} ${value.type} ${value.size}`],
        );
        sent.push({ type: 'multipart', body: JSON.parse(String(form.get('payload_json'))), files });
      } else sent.push({ type, body: (await request.json()) as Sent['body'], files: [] });
      return left.shift() ?? made();
    },
  });
  const channel = discord.open(options, world);
  const [page] = channel.pages(digest, style, { id });
  const pinned = JSON.parse(JSON.stringify(page));
  const outgoing = { id: `${id}#0`, form: 'digest' as const, page: pinned, to: null, doubtSince: null };
  return { outcome: await channel.send(outgoing, idle), sent, asked };
}

test.each([byBot, byWebhook])('goes out in one request with its words', async (options) => {
  const { outcome, sent, asked } = await send(options, []);
  expect(outcome).toMatchObject({ kind: 'sent' });
  expect(asked).toEqual([
    {
      kind: 'week',
      from: '2025-08-18',
      to: '2025-08-25',
      landed: [{ day: '2025-08-23', verdict: 'open weights, limited' }],
    },
  ]);
  expect(sent).toMatchObject([
    {
      type: 'multipart',
      files: ['files[0] landed.png image/png 4'],
      body: {
        attachments: [
          { id: '0', filename: 'landed.png', description: expect.stringMatching(/^Digest .*: 2 stories$/) },
        ],
      },
    },
  ]);
  expect(JSON.stringify(sent[0]?.body.embeds)).toContain('Grok 2');
});

test.each([
  ['without "Attach Files"', 403, { message: 'Missing Permissions', code: 50_013 }],
  ['where the file is too large', 400, { message: 'Request entity too large', code: 40_005 }],
])('%s it is said in words, with the same nonce', async (_, status, refused) => {
  const { outcome, sent } = await send(byBot, [json(status, refused)]);
  expect(outcome).toMatchObject({ kind: 'sent' });
  expect(sent.map(({ files }) => files.length)).toEqual([1, 0]);
  expect(sent[1]?.body.nonce).toBe(sent[0]?.body.nonce);
  expect(sent[1]?.body.nonce).toMatch(/^\w{25}$/);
});

test('where no picture can be made, and in a day’s digest, there is none', async () => {
  expect((await send(byBot, [], null)).sent.map(({ files }) => files.length)).toEqual([0]);
  const channel = discord.open(byBot, worldOf({}));
  const [page] = channel.pages({ ...digest, from: '2025-08-24T09:00:00.000Z' }, style, { id });
  expect(page).not.toHaveProperty('picture');
});
