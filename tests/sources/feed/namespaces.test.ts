// Prefixes: the same document says the same, whatever its namespaces are called and wherever they are declared.

import { describe, expect, test } from 'vitest';
import { inEnglish } from '../../../src/messages/reasons/en.ts';
import { readFeed } from '../../../src/sources/feed/read.ts';

const url = 'https://lab.example/feed.xml';
const target = { id: `feed:${url}`, source: 'feed', address: url, shape: null };
const atom = 'http://www.w3.org/2005/Atom';
const rss1 = 'http://purl.org/rss/1.0/';
const rdf = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

async function readingOf(text: string): Promise<unknown> {
  const reading = await readFeed(text, url, target, { links: {}, sessions: {} });
  return reading.kind === 'broken'
    ? inEnglish(reading.reason)
    : reading.observations.map((one) => `${one.title} ${one.url}`);
}

const entry = (p: string, inside = ''): string =>
  `<${p}entry${inside}><${p}title>one</${p}title><${p}link href="/1"/><${p}id>1</${p}id></${p}entry>`;

describe('an entry is read', () => {
  test.each([
    ['of a document that is prefixed throughout', `<p0:feed xmlns:p0="${atom}">${entry('p0:')}</p0:feed>`],
    ['prefixed in a document that is not', `<feed xmlns="${atom}" xmlns:p0="${atom}">${entry('p0:')}</feed>`],
    ['that declares its prefix itself', `<feed xmlns="${atom}">${entry('p0:', ` xmlns:p0="${atom}"`)}</feed>`],
    [
      'whose prefix is not the one of the document',
      `<a:feed xmlns:a="${atom}" xmlns:b="${atom}">${entry('b:')}</a:feed>`,
    ],
    [
      'whose prefix meant something else before',
      `<a:feed xmlns:a="${atom}"><a:x xmlns:b="urn:b"></a:x>${entry('b:', ` xmlns:b="${atom}"`)}</a:feed>`,
    ],
    ['whose prefix nobody declared', `<feed xmlns="${atom}">${entry('p0:')}</feed>`],
    [
      'without a prefix in a document that has one',
      `<p0:feed xmlns:p0="${atom}">${entry('', ` xmlns="${atom}"`)}</p0:feed>`,
    ],
    [
      'of a namespace that is an entity',
      `<!DOCTYPE x [<!ENTITY a "${atom}">]><p0:feed xmlns:p0="&a;">${entry('p0:')}</p0:feed>`,
    ],
    [
      'of RSS 1.0 with any prefix',
      `<R:RDF xmlns:R="${rdf}" xmlns:x="${rss1}"><x:channel/><x:item><x:title>one</x:title><x:link>/1</x:link></x:item></R:RDF>`,
    ],
    [
      'of RSS 1.0 whose root has none',
      `<RDF xmlns="${rdf}" xmlns:x="${rss1}"><x:channel/><x:item><x:title>one</x:title><x:link>/1</x:link></x:item></RDF>`,
    ],
  ])('%s', async (_, text) => {
    expect(await readingOf(text)).toEqual(['one https://lab.example/1']);
  });
});

test('after an element that rebinds a prefix, it means what it meant before', async () => {
  const text = `<a:feed xmlns:a="${atom}">${entry('a:')}<x xmlns:a="urn:other"><a:x/></x>${entry('a:').replaceAll('1', '2')}</a:feed>`;
  expect(await readingOf(text)).toEqual(['one https://lab.example/1', 'one https://lab.example/2']);
});

test.each([
  [
    'of another namespace',
    `<feed xmlns="${atom}"><x:entry xmlns:x="urn:other"><x:title>one</x:title></x:entry></feed>`,
  ],
  ['of Atom within RSS', `<rss xmlns:a="${atom}"><channel>${entry('a:')}</channel></rss>`],
])('entries %s, and no others: never a feed without entries', async (_, text) => {
  expect(await readingOf(text)).toContain('it holds entries');
});
