// What `once --record` keeps, `replay` tells again: the same alerts, from the same days, without a network.
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlace, type Place } from './place.ts';

interface Alert {
  readonly name: string;
  readonly stage: string;
  readonly what: string;
  readonly url: string | null;
  readonly at: string;
  readonly text: string;
  readonly evidence: readonly unknown[];
}

const weights = { 'model.safetensors': { size: 4e9 } };
const longSelect = `main li a${", main nav a[href^='/archive/']".repeat(12)}`;
let place: Place;
let directory: string;
/** The alerts of each look. */
const told: (readonly Alert[])[] = [];
let replayed: readonly Alert[];
let summary: unknown;

const alertsIn = (lines: readonly unknown[]): readonly Alert[] =>
  lines.flatMap((line) => (typeof line === 'object' && line !== null && 'alert' in line ? [line.alert as Alert] : []));

async function look(): Promise<void> {
  const ran = await place.run(`once --json --record ${directory}`);
  told.push(alertsIn(ran.jsonLines()));
  expect([ran.code, ran.code === 0 ? '' : ran.stdout + ran.stderr]).toEqual([0, '']);
}

beforeAll(async () => {
  place = await openPlace();
  directory = await mkdtemp(join(tmpdir(), 'landfall-record-'));
  const { github, huggingface, web, now } = place.world;
  const publishedAt = now() - 9e8;
  const repo = github.repo('acme/engine', { licence: { spdx: 'MIT' } });
  repo.release({ tag: 'v1', publishedAt });
  const old = huggingface.model('acme/old', { files: weights, licence: 'mit', createdAt: now() - 9e9 });
  const feed = web.feed('/feed.xml', {
    encoding: 'euc-kr',
    entries: [{ title: '지난 소식', link: 'https://lab.example/1' }],
  });
  const page = web.page('/lab/posts', { links: [{ href: 'first', text: 'The first post' }] });
  web.redirect('/posts', '/lab/posts');
  await place.home.configure(
    [
      'http: { allowPrivate: ["127.0.0.1"] }',
      'channels: { here: { terminal: true } }',
      'watch:',
      '  - github: acme/engine',
      '  - github: acme/later',
      '  - huggingface: acme',
      `  - feed: ${feed.url}`,
      `  - page: ${web.service.url}/posts`,
      `    select: "${longSelect}"`,
    ].join('\n'),
  );
  await look();
  for (const tag of ['v2', 'v3']) repo.release({ tag });
  huggingface.model('acme/new', { files: weights, licence: 'apache-2.0' });
  feed.add({ title: '새 모델을 오픈소스로 공개', link: 'https://lab.example/2' });
  page.add('second', 'The second post');
  await look();
  github.repo('acme/later').release({ tag: 'v0.1' });
  repo.licence({ spdx: 'Apache-2.0', name: 'Apache License 2.0' });
  old.licence('cc-by-nc-4.0');
  feed.add({ title: 'One more', link: 'https://lab.example/3' });
  await look();
  repo.removeRelease('v3');
  huggingface.model('acme/new').gate('manual');
  await look();
  await look();
  await place.world.close();
  const again = await place.run(`replay ${directory} --json`);
  expect([again.code, again.stderr]).toEqual([0, '']);
  replayed = alertsIn(again.jsonLines());
  summary = again.json();
});
afterAll(async () => {
  await place.close();
  await rm(directory, { recursive: true, force: true });
});

describe('a recording', () => {
  it('was made of looks that told something, but the first and the last', () => {
    expect(told.map((alerts) => alerts.length > 0)).toEqual([false, true, true, true, false]);
  });
  it('is told again as it was told', () => {
    expect(replayed).toEqual(told.flat());
  });
  it('dummy', async () => {
    console.log(JSON.stringify(told, null, 1).slice(0, 6000), summary);
    console.log(await readdir(directory, { recursive: true }));
  });
});
