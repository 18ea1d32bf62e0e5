// Secrets stay secret: canaries never come out in output, logs, the database, messages, or at a host they are not for.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Place, placeFor } from '../support/e2e/place.ts';

async function contentsOf(directory: string): Promise<string> {
  const files = await readdir(directory, { recursive: true, withFileTypes: true });
  const texts = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  return texts.join('\n');
}

/** What each service was asked, without the header or path that carries its own secret. */
function askedOf(place: Place): readonly { readonly service: string; readonly text: string }[] {
  return place.world.services.flatMap((service) =>
    service.log.map(({ method, path, query, headers, body }) => ({
      service: service.name,
      text: `${method} ${path}${query} ${JSON.stringify(headers)} ${body}`,
    })),
  );
}

describe.concurrent('canaries', () => {
  it('are nowhere, also when everything goes wrong', async ({ expect: same, onTestFinished }) => {
    const place = await placeFor({ onTestFinished });
    const { github, huggingface, discord, web, tokens } = place.world;
    const webhook = discord.webhook();
    const feedSecret = 'feedCanary91827364';
    const feed = web.feed('/feed.xml', { entries: [] });
    const withPassword = feed.url.replace('http://', `http://reader:${feedSecret}@`);
    github.repo('acme/widget').release({ tag: 'v1' });
    const list = `- github: acme/widget\n- huggingface: acme\n- feed: "\${FEED}"\n- github: acme/failing`;
    await place.configure(list, `  hooked: { discord: { webhook: "\${HOOK}" } }\n`);
    const env = { HOOK: webhook.url, FEED: withPassword, LOG_LEVEL: 'debug' };
    const outputs: string[] = [];
    const command = async (line: string, more: Record<string, string> = {}): Promise<void> => {
      const ran = await place.run(line, { env: { ...env, ...more } });
      outputs.push(ran.stdout, ran.stderr);
    };
    await command('once --json');
    github.repo('acme/widget').release({ tag: 'v2' });
    feed.add({ title: 'news', link: 'https://lab.example/1' });
    // The answers quote what they were asked with, as careless proxies do.
    const quote = (text: string) => ({ kind: 'answer' as const, status: 500, body: `no: ${text}` });
    discord.service.faults.plan('POST */webhooks/*', quote(webhook.url), { times: 1 });
    discord.service.faults.plan(
      'POST */channels/*',
      { ...quote(tokens.DISCORD_TOKEN ?? ''), status: 400 },
      { times: 1 },
    );
    github.api.faults.plan('* /repos/acme/failing*', quote(tokens.GITHUB_TOKEN ?? ''), { times: 5 });
    huggingface.service.faults.plan('GET *', quote(tokens.HF_TOKEN ?? ''), { times: 1 });
    await command('once');
    for (const line of ['status', 'status --json', 'send-test', 'check', 'health']) await command(line);
    await command('once', { GITHUB_TOKEN: `${tokens.GITHUB_TOKEN}x`, DISCORD_TOKEN: `${tokens.DISCORD_TOKEN}x` });
    const canaries = [...Object.values(tokens), webhook.token, feedSecret];
    const database = await contentsOf(place.home.data);
    const messages = JSON.stringify([...discord.state.messages.values()]);
    for (const canary of canaries) {
      same(outputs.filter((text) => text.includes(canary))).toEqual([]);
      same([canary, database.includes(canary), messages.includes(canary)]).toEqual([canary, false, false]);
    }
    same(messages).toContain('v2');
    const asked = askedOf(place);
    const own: Record<string, readonly string[]> = {
      GITHUB_TOKEN: ['GitHub API'],
      HF_TOKEN: ['Hugging Face'],
      DISCORD_TOKEN: ['Discord'],
    };
    for (const [name, token] of Object.entries(tokens)) {
      const told = new Set(asked.filter(({ text }) => text.includes(token)).map(({ service }) => service));
      same([name, [...told]]).toEqual([name, own[name]]);
    }
    same(new Set(asked.filter(({ text }) => text.includes(webhook.token)).map(({ service }) => service))).toEqual(
      new Set(['Discord']),
    );
  });

  it('come from files too, and a file that is missing is named without what others hold', async ({
    expect: same,
    onTestFinished,
  }) => {
    const place = await placeFor({ onTestFinished });
    await place.configure('- github: acme/widget');
    const file = await place.home.write('token', `${place.world.tokens.DISCORD_TOKEN}\n`);
    const env = { DISCORD_TOKEN: undefined, DISCORD_TOKEN_FILE: file };
    const sent = await place.run('send-test', { env });
    same([sent.code, place.channel.messages().length]).toEqual([0, 1]);
    const missing = await place.run('send-test', { env: { ...env, DISCORD_TOKEN_FILE: `${file}-nowhere` } });
    same([missing.code, missing.stderr.includes('DISCORD_TOKEN_FILE')]).toEqual([2, true]);
  });
});

it('a redirect to another host carries no token there', async (test) => {
  const place = await placeFor(test);
  const { github, web, tokens } = place.world;
  const away = web.raw('/taken', '{}', 'application/json');
  await place.configure('- github: acme/widget');
  github.api.faults.plan('* *', { kind: 'answer', status: 302, headers: { location: away } }, { times: 5 });
  await place.once();
  expect(web.service.log.filter(({ headers }) => JSON.stringify(headers).includes(tokens.GITHUB_TOKEN ?? ''))).toEqual(
    [],
  );
});
