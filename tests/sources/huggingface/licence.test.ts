// Licence texts of a model: its files, one for code only, and what the card's link leads to.
import { expect, test } from 'vitest';
import { fresh, hubModel, type Played, playHub } from '../../support/sources/huggingface/hub.ts';

const id = 'lab/m';
const sha = 'a1'.repeat(20);
const file = (name: string) => `/${id}/resolve/${sha}/${name}`;
const text = (body: string): readonly Played[] => [{ body, headers: { 'content-type': 'text/plain' } }];

async function licenceOf(
  card: Readonly<Record<string, unknown>>,
  files: Readonly<Record<string, readonly Played[]>>,
  more: readonly string[] = [],
) {
  const names = [
    ...Object.keys(files)
      .filter((path) => path.startsWith(`/${id}/`))
      .map((path) => path.split('/').at(-1) ?? ''),
    ...more,
  ];
  const model = hubModel(id, {
    cardData: card,
    tags: [`license:${String(card.license)}`],
    siblings: names.map((rfilename) => ({ rfilename, size: 100 })),
  });
  const hub = playHub(
    { [`/api/models/${id}`]: [{ body: model, url: `https://huggingface.co/api/models/${id}?blobs=true` }], ...files },
    'hf_secret',
  );
  const seen = fresh(await hub.look(id)).observations.find(({ kind }) => kind === 'licence');
  return { facts: seen?.facts, asked: hub.asked };
}

test('the licence of the weights comes first, that of the code is told apart', async () => {
  const { facts } = await licenceOf(
    { license: 'other' },
    { [file('LICENSE-CODE')]: text('code'), [file('LICENSE-MODEL')]: text('model') },
  );
  expect(facts).toMatchObject({
    licenceText: 'model',
    licenceTexts: [{ from: 'code', url: `https://huggingface.co/${id}/blob/${sha}/LICENSE-CODE`, text: 'code' }],
  });
});

test('a link to a file of the hub is asked there; the file that was read already is not asked again', async () => {
  const other = await licenceOf(
    { license: 'other', license_link: 'https://huggingface.co/Qwen/Qwen2.5-3B/blob/main/LICENSE' },
    { '/Qwen/Qwen2.5-3B/resolve/main/LICENSE': text('research') },
  );
  expect(other.facts?.licenceTexts).toEqual([
    { from: 'link', url: 'https://huggingface.co/Qwen/Qwen2.5-3B/blob/main/LICENSE', text: 'research' },
  ]);
  for (const license_link of ['LICENSE', './LICENSE', `https://huggingface.co/${id}/blob/main/LICENSE`]) {
    const own = await licenceOf({ license: 'other', license_link }, { [file('LICENSE')]: text('own') });
    expect(own.facts).toMatchObject({ licenceText: 'own' });
    expect(own.facts?.licenceTexts).toBeUndefined();
  }
  const odd = await licenceOf({ license: 'other', license_link: 'Own%20terms.md' }, {}, ['Own terms.md']);
  expect(odd.asked.map(({ path }) => path)).not.toContain('/lab/m/resolve/main/README.md');
});

test('what cannot be read says nothing, and nothing leads out of the repository or to its README', async () => {
  const gated = await licenceOf(
    { license: 'other', license_link: 'https://huggingface.co/meta-llama/x/blob/main/LICENSE' },
    { '/meta-llama/x/resolve/main/LICENSE': [{ status: 401 }] },
  );
  expect(gated.facts?.licenceTexts).toBeUndefined();
  for (const license_link of [
    '../../etc/LICENSE',
    `https://huggingface.co/${id}`,
    `https://huggingface.co/${id}/blob/main/README.md`,
    'ftp://a/LICENSE',
    'LICENSE.pdf',
  ]) {
    const { facts } = await licenceOf({ license: 'other', license_link }, {});
    expect(facts?.licenceTexts, license_link).toBeUndefined();
  }
});

test('tags that say more than the card are kept', async () => {
  const model = hubModel(id, {
    cardData: { license: 'apache-2.0' },
    tags: ['license:apache-2.0', 'license:cc-by-nc-4.0'],
    siblings: [],
  });
  const hub = playHub({
    [`/api/models/${id}`]: [{ body: model, url: `https://huggingface.co/api/models/${id}?blobs=true` }],
  });
  const seen = fresh(await hub.look(id)).observations.find(({ kind }) => kind === 'licence');
  expect(seen?.facts).toMatchObject({ licence: 'apache-2.0', licenceTags: ['cc-by-nc-4.0'] });
});
