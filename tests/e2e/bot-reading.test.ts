// What people only read in Discord, end to end, in both languages; and a guild's own answers to promises.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate } from '../../src/store/migrate.ts';
import { migrations } from '../../src/store/migrations.ts';
import { prepareDataDir } from '../../src/store/open.ts';
import { openSqlite } from '../../src/store/sqlite.ts';
import { saveStory } from '../../src/store/stories.ts';
import type { Story } from '../../src/story.ts';
import { grok, release } from '../channels/stories.ts';
import type { Person } from '../support/world/discord/invocation.ts';
import { type BotDesk, botYaml, buttonOf, openBotDesk, textOf } from './bot-desk.ts';

let desk: BotDesk;
beforeEach(async () => {
  desk = await openBotDesk();
});
afterEach(() => desk.close());

const due = { by: 'Elon Musk (xAI)', quoteUrl: null, saidAt: '2025-08-23T00:00:00Z', zone: 'UTC' };
const promised: Story = {
  ...grok,
  id: 'story-grok-3',
  key: 'model:xai/grok/3',
  name: 'Grok 3',
  stage: 'pledged',
  releasedAt: null,
  url: 'https://x.com/elonmusk/status/2',
  openness: null,
  pledge: { ...due, dueFrom: '2099-02-01', dueTo: '2099-03-15', confirmed: false, state: 'open' },
};
const late: Story = {
  ...promised,
  id: 'story-llama',
  key: 'model:meta/llama/9',
  name: 'Llama 9',
  lab: 'meta',
  pledge: { ...due, by: 'Meta', dueFrom: '2025-09-01', dueTo: '2025-09-01', confirmed: true, state: 'overdue' },
};
const secret: Story = {
  ...release,
  id: 'story-secret',
  key: 'news:secret',
  name: 'Secret find',
  scope: { guild: '42' },
};

async function seed(): Promise<void> {
  prepareDataDir(desk.home.data);
  const db = await openSqlite(join(desk.home.data, 'landfall.db'));
  await migrate(db, migrations);
  await db.batch([grok, release, promised, late, secret].map((story) => saveStory(story, 0)));
  await db.close();
}

it('shows models, what landed, two side by side, promises with their buttons, and how things stand', async () => {
  await seed();
  const { world, say } = desk;
  const channel = world.discord.channel();
  const person: Person = { channelId: channel.id };
  const korean: Person = { ...person, locale: 'ko' };
  const elsewhere: Person = { channelId: world.discord.channel({ guild: world.discord.guild() }).id };
  await desk.start(botYaml());
  const { people } = world.discord;

  expect(await say('model', { name: 'grok 2' }, person)).toMatch(/Elon Musk \(xAI\).*kept 6 days late.*Licence/s);
  expect(await say('model', { name: 'grok-2' }, korean)).toContain('라이선스');
  expect(await say('model', { name: 'nothing like it' }, korean)).toContain('찾을 수 없습니다');
  expect(await say('model', { name: 'Secret find' }, person)).toContain('I know no story');
  const named = await people.autocomplete('model', { name: 'grok' }, 'name', person);
  expect(named.data.choices).toEqual([
    { name: 'Grok 2', value: 'story-grok-2' },
    { name: 'Grok 3', value: 'story-grok-3' },
  ]);
  expect(await say('model', { name: 'story-grok-3' }, person)).toContain('Promised by Elon Musk');

  const latest = await say('latest', {}, person);
  expect(latest).toContain('Grok 2');
  expect(latest).toContain('v0.9.0');
  expect(latest).not.toContain('Secret find');
  expect(await say('latest', { lab: 'meta' }, korean)).toContain('아직 공개된 것이 없습니다');
  const labs = await people.autocomplete('latest', { lab: 'x' }, 'lab', person);
  expect(labs.data.choices).toEqual([{ name: 'xai', value: 'xai' }]);

  const compared = await people.slash('compare', { a: 'grok 2', b: 'vllm v0.9.0' }, person);
  expect((await compared.message())?.embeds.map(({ title }) => title)).toEqual(['Grok 2', 'vllm-project/vllm v0.9.0']);

  const asked = await people.slash('promises', {}, person);
  const promises = await asked.message();
  if (promises === null) throw new Error('no promises');
  expect(textOf(promises)).toMatch(/Overdue.*Llama 9.*Open.*Grok 3.*unconfirmed.*Kept.*Grok 2/s);
  const dismiss = buttonOf(promises, 'pledge:dismissed:story-grok-3');
  const refused = await people.press(promises, dismiss, person);
  expect(textOf(await refused.message())).toContain('Manage Server');
  const boss: Person = { ...person, permissions: ['ManageGuild'] };
  expect((await people.press(promises, dismiss, boss)).type).toBe(7);
  expect(textOf(promises)).not.toContain('Grok 3');
  expect(await say('promises', {}, korean)).toMatch(/기한 지남.*Llama 9.*이행.*Grok 2/s);
  expect(await say('promises', {}, elsewhere)).toContain('Grok 3');

  expect(await say('why', { item: 'never seen' }, korean)).toContain('없습니다');
  expect(await say('status', {}, person)).toMatch(/Last beat <t:\d+:R>.*0 watches.*All well/s);
  expect(await say('status', {}, korean)).toContain('모두 정상입니다');
  expect(await say('help', {}, person)).toContain('`/watch add kind target [include] [exclude]` Watch something');
  expect(await say('help', {}, korean)).toContain('`/비교 첫째 둘째` (`/compare`) 두 모델을 나란히 봅니다');
  expect(world.unexpected()).toEqual([]);
}, 60_000);
