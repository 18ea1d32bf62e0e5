// Direct messages to one person: opened at a pace, made once, and over when that person takes none.
import { expect, it } from 'vitest';
import { directMessages } from '../../../src/channels/discord/direct.ts';
import { nonceOf } from '../../../src/channels/discord/marker.ts';
import { worldOf } from '../../support/channels/stories.ts';
import { card, idle, json, made, conversation as opened, type Reply, wire } from '../../support/channels/wire.ts';

const id = 'story@3>person:70/card#0';
const conversation = () => opened('555');

function open(replies: readonly Reply[], now = 1_000_000) {
  const { fetch, asked } = wire(replies);
  const world = worldOf({ fetch, now: () => now, pressable: true });
  const to = (person: string) => directMessages.open({ person }, world);
  const send = (person: string, doubtSince: string | null = null) => {
    const channel = to(person);
    const outgoing = { id, form: 'card' as const, page: card(channel), to: null, doubtSince };
    return channel.send(outgoing, idle);
  };
  return { asked, send, to };
}

it('are opened and written, with a nonce of their own place', async () => {
  const { asked, send } = open([conversation(), made()]);
  expect(await send('70')).toMatchObject({ kind: 'sent', messageId: '999' });
  expect(asked.map(({ path, body }) => [path, body.recipient_id ?? body.nonce])).toEqual([
    ['/users/@me/channels', '70'],
    ['/channels/555/messages', nonceOf('555', id)],
  ]);
  // Its button ends what brought it.
  expect(JSON.stringify(asked[1]?.body.components)).toMatch(/story:details:.*story:leave:/);
});

it('an old doubt is settled by looking there', async () => {
  const self = json(200, { id: '42' });
  const { asked, send } = open([conversation(), self, json(200, []), made()], Date.parse('2025-08-23T18:15:00Z'));
  expect(await send('70', '2025-08-23T18:00:00Z')).toMatchObject({ kind: 'sent' });
  expect(asked.map(({ method }) => method)).toEqual(['POST', 'GET', 'GET', 'POST']);
});

it.each([
  [403, 50_007],
  [403, 50_278],
  [404, 10_013],
])('%d %d ends them', async (status, code) => {
  const { send } = open([conversation(), json(status, { code, message: 'no' })]);
  expect(await send('70')).toMatchObject({ kind: 'dead', gone: true });
});

it('many are opened one after the other, and nobody is asked meanwhile', async () => {
  const replies = Array.from({ length: 5 }, () => [conversation(), made()]).flat();
  const { asked, send } = open(replies);
  for (let person = 1; person <= 5; person += 1) expect((await send(`${person}`)).kind).toBe('sent');
  expect(await send('6')).toMatchObject({ kind: 'later', afterMs: 3_000, doubtful: false });
  expect(asked).toHaveLength(10);
});
