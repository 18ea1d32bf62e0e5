// What happens to a story that was told: its card is edited, one short reply says it; and whom that pings, in English and Korean.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';
import { languages, openRooms, type Rooms, refusals } from '../support/e2e/rooms.ts';

const repos = ['licensed', 'vanishing', 'archived', 'renamed', 'moving'] as const;
const models = ['gated', 'disabled', 'gone', 'bare'] as const;

/** Badge and stage of the card, and what the reply says. */
const words = {
  en: {
    gone: '⚫ Gone',
    released: '🟢 Released',
    licensed: 'licence changed: MIT → Apache-2.0',
    vanishing: 'no longer there: v1',
    archived: 'archived',
    renamed: 'renamed: acme/found',
    moving: /^tag moved: [0-9a-f]{12} → [0-9a-f]{12}$/,
    gated: 'access restricted: after a form',
    disabled: 'disabled by its host',
    withdrawn: 'no longer there',
    bare: 'no longer there: Weights',
    weights: 'weights published',
  },
  ko: {
    gone: '⚫ 사라짐',
    released: '🟢 공개',
    licensed: '라이선스 변경: MIT → Apache-2.0',
    vanishing: '더 이상 찾을 수 없음: v1',
    archived: '보관 처리',
    renamed: '이름 변경: acme/found',
    moving: /^태그 이동: [0-9a-f]{12} → [0-9a-f]{12}$/,
    gated: '접근 제한: 양식 제출 후',
    disabled: '호스트에서 비활성화',
    withdrawn: '더 이상 찾을 수 없음',
    bare: '더 이상 찾을 수 없음: 가중치',
    weights: '가중치 공개',
  },
} as const;

let place: Place;
let rooms: Rooms<'text' | 'pinged'>;
let roles: { readonly released: string; readonly seen: string };
const looks: Once[] = [];
const look = async (): Promise<void> => void looks.push(await place.once());

function muchHappens(): void {
  const { github, huggingface } = place.world;
  github.repo('acme/licensed').licence({ spdx: 'Apache-2.0' });
  github.repo('acme/vanishing').removeRelease('v1');
  github.repo('acme/archived').archive();
  github.repo('acme/renamed').rename('found');
  const moving = github.repo('acme/moving');
  moving.tag('v1', moving.push('Another commit'));
  huggingface.model('acme/gated').gate('auto');
  huggingface.model('acme/disabled').disable();
  huggingface.model('acme/gone').remove();
  huggingface.model('acme/bare').commit({ 'model.safetensors': null });
}

beforeAll(async () => {
  place = await openPlace();
  const { github, huggingface, discord } = place.world;
  const guild = discord.guild();
  roles = {
    released: guild.role('releases', { mentionable: true }),
    seen: guild.role('sightings', { mentionable: true }),
  };
  const rules = [
    `{ who: "role:${roles.released}", stages: [released], labs: [xai] }`,
    `{ who: "role:${roles.seen}", stages: [seen] }`,
    `{ who: "role:${guild.role('elsewhere', { mentionable: true })}", labs: [mistral] }`,
    `{ who: "user:${discord.state.snowflake()}", stages: [released], labs: [meta] }`,
  ];
  rooms = openRooms(place, { text: {}, pinged: { guild, options: `mention: [${rules.join(', ')}], silent: [seen]` } });
  const to = (kind: string): string => `to: [${languages.map((locale) => `${kind}-${locale}`).join(', ')}]`;
  const watches = [
    ...repos.map((name) => `- { github: acme/${name}, ${to('text')} }`),
    `- { huggingface: acme, ${to('text')} }`,
    `- { huggingface: xai-org, ${to('pinged')} }`,
  ];
  await place.configure(watches.join('\n'), rooms.yaml);
  await look();
  for (const name of repos) {
    const repo = github.repo(`acme/${name}`, { licence: { spdx: 'MIT' } });
    if (name === 'moving') repo.tag('v1');
    else repo.release({ tag: 'v1' });
  }
  for (const name of models)
    huggingface.model(`acme/${name}`, { files: { 'model.safetensors': { size: 4e9 } }, licence: 'mit' });
  const grok = huggingface.model('xai-org/grok-9', { licence: 'apache-2.0' });
  await look();
  muchHappens();
  grok.commit({ 'model.safetensors': { size: 4e9 } });
  await look();
});
afterAll(() => place.close());

describe.each(languages)('in %s', (locale) => {
  const text = words[locale];
  const turns = [
    ...repos.map((name) => ({ name, stage: text.released, what: text[name] })),
    { name: 'gated', stage: text.released, what: text.gated },
    { name: 'bare', stage: text.released, what: text.bare },
    { name: 'disabled', stage: text.gone, what: text.disabled },
    { name: 'gone', stage: text.gone, what: text.withdrawn },
  ];

  it.each(turns)(
    '$name: the card says it, and one reply names story and turn without a link',
    ({ name, stage, what }) => {
      const messages = rooms.of('text', locale).messages();
      const said = rooms.of('text', locale).said();
      const cards = said.flatMap((line) => (line.includes(` | acme/${name} | `) ? [line.split(' | ')] : []));
      expect(cards).toEqual([[stage, `acme/${name}`, typeof what === 'string' ? what : expect.stringMatching(what)]]);
      const start = `${stage.split(' ')[0]} **acme/${name}**: `;
      const replies = said.filter((line) => line.startsWith(start));
      expect(replies).toEqual([start + (cards[0]?.[2] ?? '')]);
      const reply = messages[said.indexOf(replies[0] ?? '')];
      const card = messages[said.findIndex((line) => line.includes(` | acme/${name} | `))];
      expect(reply?.content).not.toMatch(/https?:/);
      expect([reply?.embeds, reply?.message_reference?.message_id]).toEqual([[], card?.id]);
      expect(card?.edited_timestamp).not.toBeNull();
    },
  );

  it('has one card and one reply for each, and nothing else', () => {
    expect(rooms.of('text', locale).messages().length).toBe(2 * turns.length);
  });

  it('pings exactly the roles whose rule fits, silently where the stage is silent, and nobody by an edit', () => {
    const { channel } = rooms.of('pinged', locale);
    const history = place.world.discord.history(channel.id).map(({ type, message }) => ({
      type,
      pinged: [message.mention_roles, message.mentions, message.mention_everyone],
      flags: type === 'create' ? message.flags : null,
      content: message.content.split('\n')[0],
    }));
    const nobody = [[], [], false];
    const seen = expect.stringContaining(`<@&${roles.seen}> 🟡 **Grok 9** `);
    const released = expect.stringContaining(`<@&${roles.released}> 🟢 **Grok 9** `);
    expect(history).toEqual([
      { type: 'create', pinged: [[roles.seen], [], false], flags: 4096, content: seen },
      { type: 'edit', pinged: nobody, flags: null, content: released },
      {
        type: 'create',
        pinged: [[roles.released], [], false],
        flags: 0,
        content: `<@&${roles.released}> 🟢 **Grok 9**: ${text.weights}`,
      },
    ]);
    const sent = place.world.discord.service.log
      .filter(({ method, path }) => method !== 'GET' && path.includes(channel.id))
      .map(({ body }) => (JSON.parse(body) as { readonly allowed_mentions: unknown }).allowed_mentions);
    const only = (...allowed: readonly string[]) => ({ parse: [], roles: allowed, users: [] });
    expect(sent).toEqual([only(roles.seen), { parse: [] }, only(roles.released)]);
  });
});

it('nothing failed, nothing is owed, and Discord refused nothing', () => {
  expect(looks.map(({ code, document: { owed } }) => [code, owed])).toEqual(looks.map(() => [0, 0]));
  expect([place.channel.messages(), refusals(place), place.world.unexpected()]).toEqual([[], [], []]);
});
