// A webhook as its receivers check it: signed by the convention, the same id over retries, every answer the right outcome.
import { readFileSync } from 'node:fs';
import { Webhook } from 'standardwebhooks';
import { describe, expect, test } from 'vitest';
import { webhook } from '../../../src/channels/webhook/channel.ts';
import { payloadSchema, payloadShape } from '../../../src/channels/webhook/payload.ts';
import { grok, opened, style } from '../../support/channels/stories.ts';

const url = 'https://hooks.example/landfall?room=7';
const secret = `whsec_${Buffer.from('a key of at least sixteen bytes').toString('base64')}`;

interface Asked {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body: string;
}

function receiver(answer: () => Response | Error, options: object = { url, secret }) {
  const asked: Asked[] = [];
  let now = Date.now();
  const channel = opened(webhook, options, {
    now: () => now,
    publicFetch: async (input, init) => {
      asked.push({
        url: String(input),
        headers: Object.fromEntries(new Headers(init?.headers)),
        body: String(init?.body),
      });
      const given = answer();
      if (given instanceof Error) throw given;
      return given;
    },
  });
  const [page] = channel.pages({ form: 'card', story: grok }, style, { id: 'story@3>other/card' });
  const outgoing = {
    id: 'story@3>other/card#0',
    form: 'card',
    page: page ?? null,
    to: null,
    doubtSince: null,
  } as const;
  return {
    asked,
    send: () => channel.send(outgoing, new AbortController().signal),
    pass: (ms: number) => {
      now += ms;
    },
  };
}

test('what arrives is verified by the convention’s own package, and fits the published schema', async () => {
  const { asked, send } = receiver(() => new Response(null, { status: 204 }));
  expect(await send()).toEqual({ kind: 'sent', messageId: null });
  const [one] = asked;
  if (one === undefined) throw new Error('nothing was sent');
  expect(one.url).toBe(url);
  const payload = new Webhook(secret).verify(one.body, one.headers);
  expect(payloadShape.parse(payload)).toMatchObject({
    type: 'alert.card',
    data: { name: 'Grok 2', stage: 'released', url: 'https://huggingface.co/xai-org/grok-2' },
  });
  expect(() => new Webhook(secret).verify(one.body.replace('Grok 2', 'Grok 9'), one.headers)).toThrow();
});

test('the id stays the same over retries, the time is each attempt’s own', async () => {
  const { asked, send, pass } = receiver(() => new Response(null, { status: 500 }));
  await send();
  pass(600_000);
  await send();
  const [first, second] = asked;
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id']);
  expect(Number(second?.headers['webhook-timestamp'])).toBe(Number(first?.headers['webhook-timestamp']) + 600);
});

test('without a secret it goes unsigned', async () => {
  const { asked, send } = receiver(() => new Response('ok'), { url });
  expect(await send()).toEqual({ kind: 'sent', messageId: null });
  expect(asked[0]?.headers).not.toHaveProperty('webhook-signature');
});

describe('answers', () => {
  const later = { kind: 'later' };
  test.each([
    [200, {}, { kind: 'sent' }],
    [202, {}, { kind: 'sent' }],
    [301, { location: 'https://elsewhere.example' }, { ...later, hold: true, doubtful: false }],
    [400, {}, { ...later, hold: true, doubtful: false }],
    [401, {}, { ...later, hold: true, doubtful: false }],
    [404, {}, { ...later, hold: true, doubtful: false }],
    [410, {}, { kind: 'dead', gone: true }],
    [429, { 'retry-after': '7' }, { ...later, afterMs: 7_000, doubtful: false }],
    [429, { 'retry-after': 'soon' }, { ...later, afterMs: null }],
    [429, { 'retry-after': '-5' }, { ...later, afterMs: null }],
    [503, { 'retry-after': '99999999' }, { ...later, afterMs: 6 * 3_600_000, doubtful: true }],
    [502, {}, { ...later, afterMs: null, doubtful: true }],
  ] as const)('%i %j', async (status, headers, outcome) => {
    const { send } = receiver(() => new Response(null, { status, headers }));
    expect(await send()).toMatchObject(outcome);
  });

  test('none at all may have arrived', async () => {
    const reset = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' });
    const { send } = receiver(() => new TypeError('fetch failed', { cause: reset }));
    expect(await send()).toEqual({
      kind: 'later',
      reason: { code: 'webhook.unreachable', params: { detail: 'ECONNRESET' } },
      afterMs: null,
      doubtful: true,
    });
  });
});

test.each([
  [{ url: '' }, null],
  [{ url: 'ftp://a.example' }, expect.stringContaining('is an address such as')],
  [{ url: 'nonsense' }, expect.stringContaining('is an address such as')],
  [{ url, secret: 'whsec_!!!' }, expect.stringContaining('`whsec_` and at least 16 bytes')],
  [{ url, secret: 'whsec_c2hvcnQ=' }, expect.stringContaining('`whsec_` and at least 16 bytes')],
  [{ url, secret: '' }, true],
])('%j is usable: %j', (options, usable) => {
  expect(webhook.usable(options, {})).toEqual(usable);
});

test('the published schema is the one that payloads are held to', () => {
  const text = readFileSync(new URL('../../../config/webhook.schema.json', import.meta.url), 'utf8');
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(payloadSchema())));
});
