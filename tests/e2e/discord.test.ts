// Discord's side of the promise: inert messages, channels that refuse us or are gone, and the test message.
import { describe, it } from 'vitest';
import { type Place, placeFor, textOf } from '../support/e2e/place.ts';

const nasty = [
  '@everyone @here <@80351110224678912> <@&165511591545143296> <#381870553235193857>',
  '[https://huggingface.co/acme](https://evil.example/phish)',
  '<https://evil.example/x> </watch:123456789012345678> <:x:41771983423143937>',
  '```never closed',
  `${'👩‍👩‍👧‍👦'.repeat(400)} ${'x'.repeat(8_000)}`,
].join('\n');

/** A release that is owed to the bot's channel. */
async function owing(test: Parameters<typeof placeFor>[0], more = ''): Promise<Place> {
  const place = await placeFor(test);
  place.world.github.repo('acme/widget', { empty: true });
  await place.configure('- github: acme/widget', more);
  await place.once();
  place.world.github.repo('acme/widget').release({ tag: 'v1' });
  return place;
}

const cards = (place: Place): readonly string[] =>
  place.channel
    .messages()
    .map(textOf)
    .filter((text) => text.startsWith('acme/widget v1'));

describe.concurrent('Discord', () => {
  it('gets messages that mention nobody and mask nothing, within every limit', async ({ expect, onTestFinished }) => {
    const place = await placeFor({ onTestFinished });
    const { github, web, discord } = place.world;
    const feed = web.feed('/feed.xml', { entries: [] });
    const repo = github.repo('acme/widget');
    await place.configure(`- github: acme/widget\n- feed: ${feed.url}`);
    await place.once();
    repo.release({ tag: 'v1', name: nasty, body: nasty });
    feed.add({ title: nasty, link: 'https://lab.example/1', summary: nasty, author: nasty });
    const look = await place.once();
    expect([look.code, look.said.length >= 2]).toEqual([0, true]);
    for (const message of place.channel.messages()) {
      expect([message.mention_everyone, message.mentions, message.mention_roles]).toEqual([false, [], []]);
      const whole = textOf(message);
      for (const [, words = '', target = ''] of whole.matchAll(/(?<!\\)\[([^\]]*)\]\((https?:[^)]*)\)/g)) {
        expect(words.replaceAll('\\', '').replace(/^[A-Z][a-z ]+ · /, '')).toBe(new URL(target).host);
      }
      expect(whole).not.toMatch(/@everyone|@here|<@|<#|<\/|<:/);
      expect(whole.isWellFormed()).toBe(true);
    }
    const sent = discord.service.log
      .filter(({ method }) => method === 'POST')
      .map(({ body }) => JSON.parse(body) as Record<string, unknown>);
    expect(sent.every((body) => JSON.stringify(body.allowed_mentions) === '{"parse":[],"roles":[],"users":[]}')).toBe(
      true,
    );
    expect(sent.every((body) => typeof body.nonce === 'string' && body.enforce_nonce === true)).toBe(true);
    expect(place.world.unexpected()).toEqual([]);
  });

  it('gets a marked test message in every channel, or in the one that is named', async ({ expect, onTestFinished }) => {
    const place = await placeFor({ onTestFinished });
    const hook = place.world.discord.webhook();
    await place.configure(
      '- github: acme/widget',
      `  hooked: { discord: { webhook: "\${HOOK}" } }\n  off: { discord: { webhook: "\${NO_HOOK:-}" } }\n`,
    );
    const env = { HOOK: hook.url };
    expect((await place.run('send-test', { env })).code).toBe(0);
    expect([place.channel.messages().length, hook.messages().length]).toEqual([1, 1]);
    expect((await place.run('send-test hooked --json', { env })).code).toBe(0);
    expect([place.channel.messages().length, hook.messages().length]).toEqual([1, 2]);
    expect((await place.run('send-test nowhere', { env })).code).toBe(2);
    place.world.discord.setToken('another');
    expect((await place.run('send-test', { env })).code).toBe(1);
  });

  it('refuses the token: nothing is lost, status says it, and a start with a good one tells it', async ({
    expect,
    onTestFinished,
  }) => {
    const place = await owing({ onTestFinished });
    const refused = { env: { DISCORD_TOKEN: 'a.wrong.token' } };
    const first = await place.once(refused);
    expect([first.code, first.document.owed > 0, first.said]).toEqual([1, true, []]);
    const invalid = place.world.discord.invalidRequests();
    expect(invalid).toBe(1);
    const status = await place.run('status', refused);
    expect(status.stdout).toMatch(/releases\s+on hold.*401/);
    const mended = await place.once();
    expect([mended.code, mended.document.owed, cards(place).length]).toEqual([0, 0, 1]);
  });

  it('lacks a permission: the channel is held and loses nothing', async ({ expect, onTestFinished }) => {
    const place = await owing({ onTestFinished });
    place.channel.deny('SendMessages');
    const first = await place.once();
    expect([first.code, first.document.owed > 0]).toEqual([1, true]);
    expect((await place.run('status')).stdout).toMatch(/Send Messages/);
    place.channel.allow('SendMessages');
    const mended = await place.once();
    expect([mended.code, cards(place).length]).toEqual([0, 1]);
  });

  it('has lost a webhook: it is given up and reported once', async ({ expect, onTestFinished }) => {
    const place = await owing(
      { onTestFinished },
      `  hooked: { discord: { webhook: "\${HOOK:-}" } }\n  people: { terminal: true, operator: true }\n`,
    );
    const hook = place.world.discord.webhook();
    const env = { HOOK: hook.url };
    hook.remove();
    const first = await place.run('once', { env });
    expect(first.code).toBe(1);
    expect(cards(place).length).toBe(1);
    const status = await place.run('status', { env });
    expect(status.stdout).toMatch(/hooked\s+gone/);
    place.world.github.repo('acme/widget').release({ tag: 'v2' });
    const asked = (): number =>
      place.world.discord.service.log.filter(({ method, path }) => method === 'POST' && path.includes('/webhooks/'))
        .length;
    const tries = asked();
    const second = await place.run('once', { env });
    expect(asked()).toBe(tries);
    const notices = (first.stdout + second.stdout).match(/10015/g) ?? [];
    expect(notices.length).toBe(1);
  });

  it('hides its history: status says so, and a message in doubt is said again as by webhook', async ({
    expect,
    onTestFinished,
  }) => {
    const place = await owing({ onTestFinished });
    const { discord } = place.world;
    discord.state.nonceWindowMs = 0;
    place.channel.deny('ReadMessageHistory');
    discord.service.faults.plan('POST */messages', { kind: 'reset', commit: true });
    const first = await place.once();
    expect(first.document.owed).toBe(0);
    expect(cards(place).length).toBeGreaterThanOrEqual(1);
    expect((await place.run('status')).stdout).toMatch(/Read Message History/);
  });

  it('has an old message edited and replied to even when its card was deleted by a person', async ({
    expect,
    onTestFinished,
  }) => {
    const place = await owing({ onTestFinished });
    await place.once();
    const card = place.channel.messages().find((message) => textOf(message).startsWith('acme/widget v1'));
    place.channel.removeMessage(card?.id ?? '');
    place.world.github.repo('acme/widget').removeRelease('v1');
    const look = await place.once();
    expect(look.code).toBe(0);
    expect(place.channel.messages().filter((message) => textOf(message).includes('acme/widget v1')).length).toBe(1);
  });
});
