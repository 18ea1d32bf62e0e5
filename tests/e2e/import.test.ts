// Watches from what somebody stars, follows, likes or reads, through the built command.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlace, type Place } from '../support/e2e/place.ts';
import { landfall, type Ran } from '../support/landfall.ts';

let place: Place;
let opml: string;
const run = (...line: readonly string[]): Promise<Ran> =>
  landfall(['import', ...line, ...place.home.args], { env: { ...place.env } });
const configured = (): Promise<string> => readFile(place.home.config, 'utf8');

beforeAll(async () => {
  place = await openPlace();
  const { github, huggingface } = place.world;
  const stars = Array.from({ length: 130 }, (_, index) => `many/repo-${index}`);
  for (const name of [...stars, 'acme/engine', 'beta/tool']) github.repo(name);
  Object.assign(github.owner('octo', 'User'), { stars: ['acme/engine', 'beta/tool', ...stars], following: ['beta'] });
  huggingface.likes.set('hugo', [
    { name: 'acme/rocket-7b', type: 'model' },
    { name: 'acme/corpus', type: 'dataset' },
    { name: 'watched/model', type: 'model' },
  ]);
  opml = join(place.home.data, '..', 'feeds.opml');
  const outlines = [
    '<outline text="News"><outline text="B &amp; C #1" type="rss" xmlUrl="https://b.example/feed.xml"/></outline>',
    '<outline text="odd" xmlUrl="ftp://c.example/feed"/>',
    '<outline text="again" xmlUrl="https://b.example/feed.xml"/>',
  ];
  await writeFile(opml, `<opml version="2.0"><head/><body>${outlines.join('')}</body></opml>`);
  await place.configure('# mine\n- github: acme/engine   # the engine\n  include: "^v"\n- huggingface: watched');
});
afterAll(() => place.close());

it('shows what is new, page after page, and writes nothing', async () => {
  const before = await configured();
  const [stars, likes, feeds, nobody, nothing] = await Promise.all([
    run('--stars', 'octo', '--json'),
    run('--hf-likes', 'hugo', '--following', 'octo'),
    run('--opml', opml),
    run('--stars', 'nobody'),
    run(),
  ]);
  const { watches, watched } = stars.json() as { readonly watches: readonly unknown[]; readonly watched: unknown };
  expect([stars.code, watches.length, watches[0], watched]).toEqual([
    0,
    131,
    { github: 'beta/tool' },
    ['github:acme/engine'],
  ]);
  expect([likes.code, likes.stdout]).toEqual([0, '  - github: beta\n  - huggingface: acme/rocket-7b\n']);
  expect(likes.stderr).toContain('3 found, 1 is watched already, 2 new');
  expect(feeds.stdout).toBe('  - feed: https://b.example/feed.xml   # B & C #1\n');
  expect(feeds.stderr).toContain('left out: feed:ftp://c.example/feed');
  expect([nobody.code, nobody.stderr]).toEqual([1, expect.stringContaining('no user "nobody"')]);
  expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('--hf-likes USER')]);
  expect(await configured()).toBe(before);
});

it('appends them once; what stands in the file stays', async () => {
  const before = await configured();
  const first = await run('--hf-likes', 'hugo', '--opml', opml, '--append');
  expect([first.code, first.stderr]).toEqual([0, expect.stringContaining('2 watches added')]);
  const after = await configured();
  expect(after).toBe(`${before}  - feed: https://b.example/feed.xml   # B & C #1\n  - huggingface: acme/rocket-7b\n`);
  const again = await run('--hf-likes', 'hugo', '--opml', opml, '--append', '--json');
  expect([again.code, again.json()]).toEqual([0, expect.objectContaining({ watches: [], appended: false })]);
  expect(await configured()).toBe(after);
  expect((await readdir(join(place.home.config, '..'))).filter((name) => name.includes('import-'))).toEqual([]);
});
