// What other sites say of us comes out nowhere: no secret in any form, and nothing that steers a terminal.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { placeFor, textOf } from '../support/e2e/place.ts';

const steering =
  /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]|\\u00(?:[01][0-9a-f]|7f|[89][0-9a-f])|\\u20(?:2[a-e]|6[6-9])/iu;

it('an address that a site repeats, and the controls that it sends, reach no output, no database and no channel', async (test) => {
  const place = await placeFor(test);
  const { web } = place.world;
  const key = 'feedKey/82+73=17';
  const esc = String.fromCharCode(27);
  const nasty = `${esc}]0;title\u0007${esc}[2J\u009b31m\u202egnp.exe`;
  const shown = [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)].join(' ');
  web.redirect('/keyed', `${web.service.url}/elsewhere?from=${encodeURIComponent(key)}`);
  web.raw('/elsewhere', `<html><a href="/${nasty}/${shown}">${nasty} ${shown}</a></html>`, 'text/html');
  web.raw('/named', `<${`x${shown}`.replace(/[ "&+/]/g, '')}${nasty}></x>`, 'application/xml');
  web.raw('/news', `<a href="/n/1">old</a>`, 'text/html');
  const page = (address: string): string => `- page: "${address}"\n  select: "a"`;
  await place.configure(
    [
      `- feed: "${web.service.url}/keyed?key=\${FEED_KEY}"`,
      `- feed: "${web.service.url}/named"`,
      page(`${web.service.url}/news`),
    ].join('\n'),
  );
  const env = { FEED_KEY: `${key}\r\n`, LOG_LEVEL: 'debug' };
  const outputs: string[] = [];
  const run = async (line: string): Promise<void> => {
    const ran = await place.run(line, { env });
    if (ran.code === 2) throw new Error(ran.stderr);
    outputs.push(ran.stdout, ran.stderr);
  };
  await run('once');
  web.raw(
    '/news',
    `<a href="/n/1">old</a><a href="/n/2?k=${encodeURIComponent(key)}">${nasty} ${key} lands</a>`,
    'text/html',
  );
  for (const line of ['once --json', 'status', 'status --json', `why ${web.service.url}/n/2`]) await run(line);
  const said = place.channel.messages().map(textOf);
  const files = await readdir(place.home.data);
  const database = await Promise.all(files.map((name) => readFile(join(place.home.data, name), 'latin1')));
  expect(said.join('\n')).toContain('lands');
  for (const text of [...outputs, ...said]) expect(text).not.toMatch(steering);
  for (const form of [key, encodeURIComponent(key), JSON.stringify(key).slice(1, -1)])
    for (const text of [...outputs, ...said, ...database]) expect(text.includes(form)).toBe(false);
});

it('a line end behind a secret is cut; one inside it is refused by name, and not repeated', async (test) => {
  const place = await placeFor(test);
  place.world.github.repo('acme/widget').release({ tag: 'v1' });
  await place.configure('- github: acme/widget');
  const token = place.world.tokens.GITHUB_TOKEN ?? '';
  const good = await place.run('once --json', { env: { GITHUB_TOKEN: `${token}\r\n` } });
  expect(good.code).toBe(0);
  const broken = `${token.slice(0, 8)}\n${token.slice(8)}`;
  const refused = await place.run('once --json', { env: { GITHUB_TOKEN: broken } });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('GITHUB_TOKEN holds a line break');
  expect(refused.stdout + refused.stderr).not.toContain(token.slice(8));
});
