// A recording on disk: every target finds its folder again, whatever it is called, and what is no recording is named.
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RecordedAnswer, Target } from '../../../src/types/core.ts';
import { readAnswer, readRecording, writeRecorded } from '../../../src/worker/replay/recording.ts';

const at = '2026-03-02T10:00:00.123Z';
let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'landfall-recording-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const targetOf = (source: string, address: string, shape: string | null = null): Target => ({
  id: `${source}:${address}`,
  source,
  address,
  shape,
});
const html = (url: string): RecordedAnswer => ({ type: 'html', body: '<a href="x">뉴스</a>', url });

test.each([
  ['a repository', targetOf('github', 'acme/model')],
  ['a page', targetOf('page', 'https://lab.example/news?a=1#b', "a[href^='/news/']")],
  ['an empty shape', targetOf('page', 'https://lab.example/', '')],
  ['a long selector', targetOf('page', 'https://lab.example/', 'main a, '.repeat(120))],
  ['a long address that ends in dots', targetOf('feed', `https://lab.example/${'뉴'.repeat(90)}${'.'.repeat(2)}`)],
  ['dots alone', targetOf('feed', '..')],
])('%s is found again', async (_, target) => {
  await writeRecorded(directory, target, at, html(target.address));
  const { recorded, skipped } = await readRecording(directory);
  const { source, address, shape } = target;
  expect([recorded, skipped]).toEqual([[expect.objectContaining({ source, address, shape, at, type: 'html' })], []]);
  const names = readdirSync(directory, { recursive: true, encoding: 'utf8' }).flatMap((path) => path.split(/[\\/]/));
  expect(names.filter((name) => Buffer.byteLength(name) > 255)).toEqual([]);
});

test('an answer comes back as it was given, with the address it was read at', async () => {
  const news = targetOf('page', 'https://lab.example/news', 'a');
  await writeRecorded(directory, news, at, html('https://www.lab.example/en/news'));
  await writeRecorded(directory, news, '2026-03-02T11:00:00.000Z', html(news.address));
  const { recorded } = await readRecording(directory);
  const answers = await Promise.all(recorded.map(readAnswer));
  expect(answers).toEqual([html('https://www.lab.example/en/news'), html(news.address)]);
});

test('what is no recording is named, and nothing of it is an error', async () => {
  const strange = [
    'github/acme%2Fone/notes.txt',
    'github/acme%2Fone/2026-13-40T1000Z.json',
    'github/%zz/2026-03-02T1000Z.json',
    'github/acme%2Fone/2026-03-02T1000Z.json.part',
  ];
  const quiet = ['landfall.yaml', 'github/read.me'];
  for (const name of [...strange, ...quiet, 'github/acme%2Fone/2026-03-02T1000Z.json']) {
    mkdirSync(dirname(join(directory, name)), { recursive: true });
    writeFileSync(join(directory, name), '{}');
  }
  const { recorded, skipped } = await readRecording(directory);
  expect(recorded.map((entry) => entry.at)).toEqual(['2026-03-02T10:00:00.000Z']);
  expect(skipped.toSorted()).toEqual(strange.map((name) => join(directory, name)).toSorted());
});
