// The built command and a receiver on the loopback: what is owed is posted and signed, and kept while the receiver is away.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Home, landfall, makeHome } from '../support/landfall.ts';
import { openWorld, type World } from '../support/world/open.ts';

const secret = `whsec_${Buffer.from('a key of at least sixteen bytes').toString('base64')}`;
const heard: { readonly headers: IncomingHttpHeaders; readonly body: string }[] = [];
let away = 1;
const receiver = createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8').on('data', (text: string) => {
    body += text;
  });
  request.on('end', () => {
    heard.push({ headers: request.headers, body });
    response.writeHead(away > 0 ? 503 : 204).end();
    away -= 1;
  });
});

let world: World;
let home: Home;
let feed: ReturnType<World['web']['feed']>;
const env = { HOOK_SECRET: secret };

async function configure(allow: readonly string[]): Promise<void> {
  const port = (receiver.address() as AddressInfo).port;
  await home.configure(`
http: { allowPrivate: ${JSON.stringify(allow)} }
channels:
  other:
    webhook: { url: "http://localhost:${port}/hook?room=1", secret: "$\{HOOK_SECRET}" }
watch:
  - feed: ${feed.url}
`);
}
const once = () => landfall(['once', ...home.args, '--json'], { env });

beforeAll(async () => {
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  world = await openWorld();
  home = await makeHome();
  feed = world.web.feed('/feed.xml', { entries: [{ title: 'an old one', link: 'https://lab.example/1' }] });
});
afterAll(async () => {
  receiver.close();
  await home.remove();
  await world.close();
});

test('what is owed is kept while the host is refused or away, and arrives once, signed', async () => {
  await configure(['127.0.0.1']);
  expect((await once()).code).toBe(0);
  feed.add({ title: 'Muse 2 is released', link: 'https://lab.example/2' });
  const refused = await once();
  expect(refused.code).toBe(1);
  expect(refused.json()).toMatchObject({ told: 0, owed: 1 });
  expect(refused.stderr).toContain('private address');
  expect(heard).toEqual([]);

  await configure(['127.0.0.1', 'localhost']);
  expect((await once()).json()).toMatchObject({ told: 1, owed: 0 });
  expect(heard).toHaveLength(2);
  expect(new Set(heard.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  const last = heard.at(-1);
  const payload = new Webhook(secret).verify(last?.body ?? '', last?.headers as Record<string, string>);
  expect(payload).toMatchObject({ type: 'alert.card', data: { name: 'Muse 2 is released' } });
  expect(world.unexpected()).toEqual([]);
});
