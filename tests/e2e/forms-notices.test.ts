// What people who run Landfall are told: channels that are held or gone, refused messages, sources that fail; and nobody else is.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlace, type Place } from '../support/e2e/place.ts';
import { languages, openRooms, type Rooms, refusals } from '../support/e2e/rooms.ts';

const seeds = {
  people: { options: 'operator: true' },
  strict: { type: 'forum', requireTag: true },
  lost: { by: 'webhook' },
  picky: {},
} as const;

const tagRequired = 'A tag is required to create a forum post in this channel';
const nothingThere = '404: there is nothing at this address; correct it or take the watch out';

const words = {
  en: {
    gone: (what: string) =>
      `A channel is gone\nNothing more is sent to ${what}: Discord answered 404 (10015): Unknown Webhook`,
    held: (what: string) =>
      `A channel is held\nMessages to ${what} wait, nothing is lost: Discord answered 400 (40067): ${tagRequired}`,
    refused: (what: string) => `A message was refused\nDiscord refused a message to ${what}: `,
    failing: `A source keeps failing\nfeed:http://host/news.xml could not be looked at: ${nothingThere}`,
    back: 'A source is back\nWorking as usual again: feed:http://host/news.xml.',
    card: '🟡 Seen | Grok 9 | repository appeared, no weights yet',
    tags: ['Seen', 'xai'],
  },
  ko: {
    gone: (what: string) =>
      `채널이 없어졌습니다\n${what} 채널로는 더 보내지 않습니다: Discord가 거부했습니다(404, 10015): Unknown Webhook`,
    held: (what: string) =>
      `채널이 보류되었습니다\n${what} 채널로 보낼 메시지가 기다리고 있으며, 잃어버린 것은 없습니다: Discord가 거부했습니다(400, 40067): ${tagRequired}`,
    refused: (what: string) => `메시지가 거부되었습니다\nDiscord가 ${what} 채널의 메시지를 거부했습니다: `,
    failing: `확인에 계속 실패하는 곳이 있습니다\nfeed:http://host/news.xml 확인에 실패했습니다: 이 주소에는 아무것도 없습니다(404)`,
    back: '다시 확인할 수 있습니다\nfeed:http://host/news.xml 확인이 다시 정상으로 돌아왔습니다.',
    card: '🟡 포착 | Grok 9 | 저장소 등장, 가중치는 아직 없음',
    tags: ['포착', 'xai'],
  },
} as const;

let place: Place;
let rooms: Rooms<keyof typeof seeds>;
let status: string;
const codes: (number | null)[] = [];
const owed: number[] = [];

async function look(): Promise<void> {
  const once = await place.once({ env: rooms.env });
  codes.push(once.code);
  owed.push(once.document.owed);
}

beforeAll(async () => {
  place = await openPlace();
  const { web, huggingface, discord } = place.world;
  rooms = openRooms(place, seeds);
  web.remove('/news.xml');
  const others = rooms.all.map(({ name }) => name).filter((name) => !name.startsWith('people'));
  await place.configure(
    `- { huggingface: xai-org, to: [${others.join(', ')}] }\n- { feed: "${web.service.url}/news.xml", to: [people-en] }`,
    rooms.yaml,
  );
  await look();
  huggingface.model('xai-org/grok-9', { licence: 'apache-2.0' });
  discord.state.webhooks.clear();
  const refused = { kind: 'answer', status: 400, body: { message: 'Invalid Form Body', code: 50_035 } } as const;
  for (const locale of languages)
    discord.service.faults.plan(`POST */channels/${rooms.of('picky', locale).channel.id}/messages`, refused);
  await look();
  // Long notes go on below, indented.
  status = (await place.run('status', { env: rooms.env })).stdout.replace(/\n {2,}/g, ' ');
  for (const locale of languages) rooms.of('strict', locale).channel.allow('ManageChannels');
  await look();
  web.feed('/news.xml', { entries: [] });
  await look();
});
afterAll(() => place.close());

describe.each(languages)('operators in %s', (locale) => {
  const text = words[locale];

  it('hear once of each channel that is held or gone, each refused message, and a source that fails and is back', () => {
    const notices = languages.flatMap((other) => [
      text.gone(`lost-${other}`),
      text.held(`strict-${other}`),
      expect.stringContaining(text.refused(`picky-${other}`)),
    ]);
    const said = rooms.of('people', locale).said();
    expect(said.slice(0, 6)).toEqual(expect.arrayContaining(notices));
    expect(said.slice(6)).toEqual([text.failing, text.back]);
  });

  it('a forum that wants a tag and has none: it waits, status names it, and it is told when there are tags', () => {
    expect(status).toMatch(new RegExp(`strict-${locale}\\s+on hold\\s+1 owed.*40067.*missing: Manage Channels`));
    const posts = rooms.of('strict', locale).read();
    expect(posts).toEqual({ said: [], posts: [{ name: 'Grok 9', tags: text.tags, said: [text.card] }] });
  });

  it('what is lost or refused is given up, and everybody else is told alerts only', () => {
    expect(status).toMatch(new RegExp(`lost-${locale}\\s+gone\\s+0 owed`));
    expect(status).toMatch(new RegExp(`picky-${locale}\\s+ok\\s+0 owed`));
    for (const kind of ['lost', 'picky'] as const) expect(rooms.of(kind, locale).said()).toEqual([]);
  });
});

it('what cannot be looked at or told is a failure until it is mended', () => {
  expect([codes, owed]).toEqual([
    [1, 1, 1, 0],
    [0, 2, 0, 0],
  ]);
  expect(refusals(place)).toEqual([
    'GET /webhooks/:id/:token 404',
    'POST /channels/:id/messages 400',
    'POST /channels/:id/threads 400',
    'POST /webhooks/:id/:token 404',
  ]);
  expect(place.world.unexpected()).toEqual([]);
});
