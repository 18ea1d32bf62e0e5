// The worker that runs for ever, as a process: its end, its neighbours, and two of them on one PostgreSQL.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { describe, expect, inject, it } from 'vitest';
import { type Place, placeFor, textOf } from '../support/e2e/place.ts';
import { until } from '../support/landfall.ts';
import { freshSchema } from '../support/postgres.ts';

const everySecond = 'schedule: "* * * * * *"\n';

/** Wakes each second; the rest of the configuration is the usual. */
async function wakeful(place: Place, watch: string): Promise<void> {
  await place.configure(watch);
  await place.home.configure(everySecond + (await configurationOf(place)));
}

/** A worker that looked, owes a message, and was killed while Discord was thinking about it. */
async function killedWhileSending(place: Place): Promise<void> {
  const hang = place.world.discord.service.faults.plan('POST */messages', { kind: 'hang' });
  const running = place.start('once');
  await until(() => hang.left() === 0, 'the message');
  await running.kill();
}

async function configurationOf({ home }: Place): Promise<string> {
  return readFile(home.config, 'utf8');
}

describe.concurrent('landfall run', () => {
  it('tells what a killed one owed, and ends by SIGTERM with 0 while Discord hangs', async ({
    expect: same,
    onTestFinished,
  }) => {
    const place = await placeFor({ onTestFinished });
    const { github, discord } = place.world;
    const repo = github.repo('acme/widget', { empty: true });
    await wakeful(place, '- github: acme/widget');
    same(existsSync(place.home.data)).toBe(false);
    await place.once();
    same(existsSync(place.home.data)).toBe(true);
    repo.release({ tag: 'v1' });
    await killedWhileSending(place);
    // What is in the air when the worker is asked to end does not keep it.
    const hang = discord.service.faults.plan('POST */messages', { kind: 'hang' });
    const running = place.start('run');
    await until(() => hang.left() === 0, 'the message');
    const asked = performance.now();
    const ended = await running.stop('SIGTERM');
    same([ended.code, ended.signal]).toEqual([0, null]);
    same(performance.now() - asked).toBeLessThan(10_000);
    const next = await place.once();
    same(next.said.filter((text) => text.startsWith('acme/widget v1')).length).toBe(1);
  });

  it('ends by SIGINT in the middle of a look, which is no failure of the target', async ({
    expect: same,
    onTestFinished,
  }) => {
    const place = await placeFor({ onTestFinished });
    place.world.web.service.faults.plan('GET *', { kind: 'hang' }, { times: 9 });
    const feed = place.world.web.feed('/feed.xml', {});
    await wakeful(place, `- feed: ${feed.url}`);
    const running = place.start('run');
    await until(() => place.world.web.service.log.length > 0, 'the look');
    same((await running.stop('SIGINT')).code).toBe(0);
    const status = JSON.parse((await place.run('status --json')).stdout) as {
      watches: { error: string | null; failingSince: string | null }[];
    };
    same(status.watches).toMatchObject([{ error: null, failingSince: null }]);
  });

  it('keeps a second worker off its data, and lets status and health read beside it', async ({
    expect: same,
    onTestFinished,
  }) => {
    const place = await placeFor({ onTestFinished });
    place.world.github.repo('acme/widget').release({ tag: 'v1' });
    await wakeful(place, '- github: acme/widget');
    same((await place.run('health')).code).toBe(1);
    const running = place.start('run');
    onTestFinished(async () => void (await running.kill()));
    await until(() => place.world.github.api.log.length > 0, 'the first look');
    const commands = ['run', 'once --json', 'status', 'status --json', 'health', 'health --json'].map((command) =>
      place.run(command),
    );
    const [second, once, table, json, health, healthJson] = await Promise.all(commands);
    for (const refused of [second, once]) {
      same(refused?.code).toBe(1);
      same(refused?.stderr).toContain(place.home.data);
    }
    same(table?.stdout).toContain('github:acme/widget');
    same(JSON.parse(json?.stdout ?? '')).toMatchObject({
      watches: [{ target: 'github:acme/widget' }],
      channels: [{ channel: 'releases', owed: 0 }],
    });
    same([health?.code, healthJson?.code]).toEqual([0, 0]);
    same((await running.kill()).signal).toBe('SIGKILL');
    // A kill frees the data.
    same((await place.once()).code).toBe(0);
  });

  it('begins while Discord is down, and tells when it is back', async ({ expect: same, onTestFinished }) => {
    const place = await placeFor({ onTestFinished });
    const repo = place.world.github.repo('acme/widget', { empty: true });
    await wakeful(place, '- github: acme/widget');
    await place.once();
    repo.release({ tag: 'v1' });
    await killedWhileSending(place);
    const down = place.world.discord.service.faults.plan('* *', { kind: 'reset' }, { times: 1_000 });
    const running = place.start('run');
    onTestFinished(async () => void (await running.kill()));
    await running.says('not sent yet');
    down.clear();
    await until(() => place.channel.messages().length > 0, 'the message');
    same((await running.stop()).code).toBe(0);
    same(place.channel.messages().filter((message) => textOf(message).startsWith('acme/widget v1')).length).toBe(1);
  });
});

it('two workers on one PostgreSQL share the work: each message once, in order', async (test) => {
  const schema = await freshSchema(inject('postgresUrl'));
  const place = await placeFor(test);
  test.onTestFinished(schema.drop);
  const { web, now } = place.world;
  const feeds = ['a', 'b'].map((name) => web.feed(`/${name}.xml`, { entries: [] }));
  await wakeful(place, feeds.map((feed) => `- feed: ${feed.url}`).join('\n'));
  const env = { DATABASE_URL: schema.url };
  expect((await place.once({ env })).code).toBe(0);
  for (const [f, feed] of feeds.entries()) {
    for (let n = 0; n < 10; n += 1)
      feed.add({
        title: `feed ${f} no ${n}`,
        link: `https://lab.example/${f}/${n}`,
        published: now() - 1e6 + n * 1000,
      });
  }
  // Due for whichever worker comes first.
  const looked = await place.once({ env });
  expect([looked.code, looked.document.told]).toEqual([0, 20]);
  for (const [f, feed] of feeds.entries())
    feed.add({ title: `feed ${f} last`, link: `https://lab.example/${f}/last`, published: now() });
  const both = await Promise.all([place.run('once --json', { env }), place.run('once --json', { env })]);
  expect(both.map(({ code }) => code)).toEqual([0, 0]);
  const titles = place.channel.messages().map((message) => String(message.embeds[0]?.title));
  for (const f of [0, 1]) {
    const expected = [...Array.from({ length: 10 }, (_, n) => `feed ${f} no ${n}`), `feed ${f} last`];
    expect(titles.filter((title) => title.startsWith(`feed ${f} `))).toEqual(expected);
  }
});
