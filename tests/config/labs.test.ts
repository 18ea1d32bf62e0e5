// `lab: ID` as one line of the watch list, and `labs`, which adds to the table of laboratories.
import { describe, expect, test } from 'vitest';
import { createReader, labWatches, ownTables } from '../../src/app/names.ts';
import { sources } from '../../src/sources/index.ts';
import { bad, good } from '../support/config/kinds.ts';

const known = { labs: () => [...ownTables().byId.keys()], labWatches, sources };
const watched = (text: string) => good(text, known).watches;

describe('lab: ID', () => {
  test('watches its accounts and its pages, each with the options beside it', () => {
    const watches = watched('watch:\n  - { lab: xai, weight: 4, every: 5m }\n');
    expect(watches.map(({ targetId }) => targetId)).toEqual([
      'huggingface:xai-org',
      'github:xai-org',
      'sitemap:https://x.ai/sitemap.xml',
    ]);
    expect(watches.map(({ weight, floorMs }) => [weight, floorMs])).toEqual(Array(3).fill([4, 300_000]));
    expect(watches[2]?.filters).toMatchObject({ only: 'models', include: String.raw`^https://x\.ai/news/[^/]+/?$` });
  });

  test('gives way to an entry of its own, wherever that stands, and to the same lab said twice', () => {
    const watches = watched('watch:\n  - lab: xai\n  - { huggingface: xai-org, weight: 9 }\n  - lab: xai\n');
    expect(watches.filter(({ targetId }) => targetId === 'huggingface:xai-org').map(({ weight }) => weight)).toEqual([
      9,
    ]);
    expect(watches).toHaveLength(3);
  });

  test('grows with what the file adds to the table', () => {
    const text = 'labs:\n  meta: { huggingface: [meta-next] }\nwatch:\n  - lab: meta\n';
    expect(watched(text).map(({ targetId }) => targetId)).toContain('huggingface:meta-next');
    expect(watched('watch:\n  - lab: meta\n').map(({ targetId }) => targetId)).not.toContain('huggingface:meta-next');
  });

  test('every lab of the table can be watched', () => {
    for (const id of ownTables().byId.keys()) expect(bad(`watch:\n  - lab: ${id}\n`, known)).toEqual([]);
  });

  test.each([
    ['{ lab: xia }', '2:12 unknown lab `xia` | did you mean `xai`?'],
    ['{ lab: xai, to: [nobody] }', '2:22 unknown channel `nobody` | the file has no channels'],
    ['{ lab: xai, wieght: 2 }', '2:17 unknown key `wieght` | did you mean `weight`?'],
  ])('%s', (entry, problem) => {
    expect(bad(`watch:\n  - ${entry}\n`, known)).toEqual([problem]);
  });
});

describe('labs', () => {
  const reading = (text: string, address: string) => createReader(good(text, known)).labOf(address);

  test('an account that is vouched for is that lab’s own', () => {
    expect(reading('labs: { meta: { huggingface: [muse-people] } }', 'muse-people/Muse-2')).toBe('meta');
    expect(createReader().labOf('muse-people/Muse-2')).toBeNull();
  });

  test('an account of another lab goes over to the one that is named', () => {
    expect(reading('labs: { xai: { huggingface: [meta-models] } }', 'meta-models')).toBe('xai');
  });

  test('a lab that the table does not have is known everywhere, with its families', () => {
    const text = `
labs:
  acme: { names: [Acme AI], huggingface: [acme], zone: Asia/Seoul, families: [{ id: rocket }] }
watch: [{ lab: acme }]
pledges: [{ model: Rocket 2, by: Acme, said: 2026-01-01, lab: acme }]
`;
    const config = good(text, known);
    expect(config.watches.map(({ targetId }) => targetId)).toEqual(['huggingface:acme']);
    const { key, lab, zone } = createReader(config).readModel('Rocket 2', 'acme');
    expect({ key, lab, zone }).toEqual({ key: 'model:acme/rocket/2', lab: 'acme', zone: 'Asia/Seoul' });
  });

  test('a family of a name that another lab has stays beside it', () => {
    const added = good('labs: { acme: { families: [{ id: grok, names: [acme grok] }] } }', known).labs;
    expect(
      ownTables(added)
        .byId.get('xai')
        ?.families.map(({ id }) => id),
    ).toContain('grok');
    expect(
      ownTables(added)
        .byId.get('acme')
        ?.families.map(({ id }) => id),
    ).toEqual(['acme-grok']);
  });

  test.each([
    ['{ xai: { hugingface: [a] } }', '1:16 unknown key `hugingface` | did you mean `huggingface`?'],
    [
      '{ xai: { huggingface: ["https://huggingface.co/a"] } }',
      expect.stringContaining('an account is written without a host'),
    ],
    ['{ xai: { zone: Mars/Base } }', expect.stringContaining('Mars/Base')],
    ['{ X AI: {} }', expect.stringContaining('1:9')],
  ])('%s is said', (labs, problem) => {
    expect(bad(`labs: ${labs}\n`, known)).toEqual([problem]);
  });
});

describe('what is watched otherwise', () => {
  test.each([
    ['rss: https://a.example/x', 'write `feed:`'],
    ['atom: https://a.example/x', 'write `feed:`'],
    ['gitlab: group/project', 'feed: https://gitlab.com/OWNER/NAME/-/tags?format=atom'],
    ['codeberg: a/b', 'releases.rss'],
    ['ollama: library', 'page: https://ollama.com/library'],
  ])('%s', (entry, hint) => {
    expect(bad(`watch:\n  - ${entry}\n`, known)).toEqual([expect.stringContaining(hint)]);
  });
});
