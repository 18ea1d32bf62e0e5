// What `once --record` keeps, `replay` tells again: the same alerts, look by look, without a network.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlace, type Place } from '../support/e2e/place.ts';

interface Alert {
  readonly name: string;
  readonly stage: string;
  readonly what: string;
  readonly url: string | null;
  readonly text: string;
  readonly evidence: readonly { readonly url: string }[];
}

const weights = { 'model.safetensors': { size: 4e9 } };
/** As a folder's name, longer than file systems take. */
const select = `main li a${", nav a[href^='/archive/']".repeat(12)}`;
let place: Place;
let directory: string;
/** The alerts of each look. */
const told: string[][] = [];
let replayed: readonly string[];
let summary: unknown;

/** What is said, without the milliseconds at which it was found. */
function alertsIn(lines: readonly unknown[]): readonly string[] {
  return lines.flatMap((line) => {
    if (typeof line !== 'object' || line === null || !('alert' in line)) return [];
    const { name, stage, what, url, text, evidence } = line.alert as Alert;
    return [[name, stage, what, url, text, ...evidence.map((one) => one.url)].join('\n')];
  });
}

async function look(): Promise<void> {
  const ran = await place.run(`once --json --record ${directory}`);
  told.push([...alertsIn(ran.jsonLines())]);
  expect([ran.code, ran.stderr], ran.stdout).toEqual([0, '']);
}

beforeAll(async () => {
  place = await openPlace();
  directory = join(place.home.dir, 'recorded');
  const { github, huggingface, web, now } = place.world;
  const publishedAt = now() - 9e8;
  const engine = github.repo('acme/engine', { licence: { spdx: 'MIT' } });
  engine.release({ tag: 'v1', publishedAt });
  const old = huggingface.model('acme/old', { files: weights, licence: 'mit', createdAt: now() - 9e9 });
  const first = { title: '지난 소식', link: 'https://lab.example/1' };
  const feed = web.feed('/feed.xml', { encoding: 'euc-kr', entries: [first] });
  const page = web.page('/lab/posts', { links: [{ href: 'first', text: 'The first post' }] });
  // The links of the page are relative to where this leads.
  const posts = web.redirect('/posts', '/lab/posts');
  await place.home.configure(
    `http: { allowPrivate: ["127.0.0.1"] }
channels: { here: { terminal: true } }
watch:
  - github: acme/engine
  - github: acme/later
  - huggingface: acme
  - feed: ${feed.url}
  - page: ${posts}
    select: "${select}"
`,
  );
  await look();
  ['v2', 'v3'].forEach((tag, n) => void engine.release({ tag, publishedAt: now() - 9e7 + n * 60_000 }));
  huggingface.model('acme/new', { files: weights, licence: 'apache-2.0' });
  feed.add({ title: '새 모델을 오픈소스로 공개', link: 'https://lab.example/2' });
  page.add('second', 'The second post');
  await look();
  github.repo('acme/later').release({ tag: 'v0.1' });
  engine.licence({ spdx: 'Apache-2.0', name: 'Apache License 2.0' });
  old.licence('cc-by-nc-4.0');
  feed.add({ title: 'One more', link: 'https://lab.example/3' });
  await look();
  engine.removeRelease('v3');
  huggingface.model('acme/new').gate('manual');
  await look();
  await look();
  await place.world.close();
  const again = await place.run(`replay ${directory} --json`);
  expect([again.code, again.stderr]).toEqual([0, '']);
  replayed = alertsIn(again.jsonLines());
  summary = again.json();
});
afterAll(() => place.home.remove());

describe('a recording', () => {
  it('was made of looks that told something, all but the first and the last', () => {
    expect(told.map((alerts) => alerts.length > 0)).toEqual([false, true, true, true, false]);
    expect(told.flat().join('\n')).toContain(`${place.world.web.service.url}/lab/second`);
  });

  it('is told again: the same alerts, each once, look by look', () => {
    const starts = told.map((_, look) => told.slice(0, look).flat().length);
    const looks = told.map(({ length }, look) => replayed.slice(starts[look], (starts[look] ?? 0) + length).toSorted());
    expect(looks).toEqual(told.map((alerts) => alerts.toSorted()));
    expect(replayed.length).toBe(told.flat().length);
  });

  it('says what it was', async () => {
    const files = await readdir(directory, { recursive: true });
    const answers = files.filter((file) => /Z\.(?:json|xml|html)$/.test(file)).length;
    expect(summary).toMatchObject({ told: told.flat().length, answers, targets: 7 });
    expect(files.filter((file) => file.endsWith('.part'))).toEqual([]);
  });
});
