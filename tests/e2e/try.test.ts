// One look that stores nothing, through the built command.
import { existsSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPlace, type Place } from '../support/e2e/place.ts';
import { landfall, type Ran } from '../support/landfall.ts';

interface Item {
  readonly kind: string;
  readonly title: string;
  readonly told: boolean;
  readonly code: string;
}
interface Tried {
  readonly watches: readonly {
    readonly target: string;
    readonly result: string;
    readonly items: readonly Item[];
    readonly pace: string | null;
  }[];
  readonly yaml: string;
}

let place: Place;
const weights = { 'model.safetensors': { size: 4e9 } };
const run = (line: readonly string[]): Promise<Ran> =>
  landfall([...line, ...place.home.args], { env: { ...place.env } });

beforeAll(async () => {
  place = await openPlace();
  const { huggingface, github } = place.world;
  for (const id of ['acme/rocket-7b', 'acme/rocket-7b-draft']) huggingface.model(id, { files: weights, likes: 500 });
  github.repo('acme/engine').release({ tag: 'v1.0.0' });
  await place.configure('- { github: acme/engine }');
});
afterAll(() => place.close());

it('says what is there, what one like it would be, how often it is looked at, and the YAML', async () => {
  const [json, plain] = await Promise.all([
    run(['try', 'huggingface:acme', '--exclude', 'draft', '--every', '20m', '--json']),
    run(['try', 'https://huggingface.co/acme', '--exclude', 'draft', '--on', 'model, weights']),
  ]);
  const { watches, yaml } = json.json() as Tried;
  expect(watches.map(({ target, result }) => [target, result])).toEqual([['huggingface:acme', 'there']]);
  const models = watches[0]?.items.filter(({ kind }) => kind === 'model') ?? [];
  expect(models.map(({ title, told, code }) => `${title} ${told} ${code}`).toSorted()).toEqual([
    'acme/rocket-7b true verdict.told',
    'acme/rocket-7b-draft false verdict.excluded',
  ]);
  expect(watches[0]?.pace).toContain('about every 20 min');
  expect(yaml).toBe('  - huggingface: acme\n    exclude: draft\n    every: 20m\n');
  expect([json.code, plain.code]).toEqual([0, 0]);
  expect(plain.stdout).toContain('not told: `exclude` matches it (draft)');
  expect(plain.stdout).toContain('  - huggingface: acme\n    on: [ model, weights ]\n    exclude: draft');
  expect(existsSync(`${place.home.data}/landfall.db`)).toBe(false);
});

it('looks at discoveries, labs and what is not there, and refuses what it cannot read', async () => {
  const [discovered, absent, lab, wrong, kindless] = await Promise.all([
    run(['try', 'discover:huggingface', '--likes', '400', '--json']),
    run(['try', 'github:acme/nothing']),
    run(['try', 'lab:xai', '--json']),
    run(['try', 'huggingface:acme', '--include', '(', '--on', 'releases', '--json']),
    run(['try', 'nothing']),
  ]);
  expect(discovered.code).toBe(0);
  expect((discovered.json() as Tried).watches[0]?.items.map(({ title }) => title)).toContain('acme/rocket-7b');
  expect([absent.code, absent.stdout]).toEqual([0, expect.stringContaining('github:acme/nothing: not there (yet)')]);
  expect((lab.json() as Tried).watches.map(({ target }) => target)).toContain('huggingface:xai-org');
  expect((lab.json() as Tried).yaml).toBe('  - lab: xai\n');
  expect([wrong.code, kindless.code]).toEqual([2, 2]);
  expect(wrong.stderr).toMatch(/include/);
  expect(wrong.stderr).toMatch(/releases/);
  expect(kindless.stderr).toContain('KIND:ADDRESS');
});

it('shows the copies that are there, where `quantised` is asked for', async () => {
  place.world.huggingface.model('unsloth/rocket-7b-GGUF', {
    files: { 'rocket-7b.Q4_K_M.gguf': { size: 4e9 } },
    card: { base_model: 'acme/rocket-7b', base_model_relation: 'quantized' },
    tags: ['gguf'],
  });
  const { watches } = (await run(['try', 'huggingface:acme/rocket-7b', '--on', 'quantised', '--json'])).json() as Tried;
  const copies = watches[0]?.items.filter(({ kind }) => kind === 'quantised') ?? [];
  expect(copies.map(({ title, told }) => `${title} ${told}`)).toEqual(['unsloth/rocket-7b-GGUF true']);
});

it('says what `where` would hold back, as far as one look shows the card', async () => {
  place.world.huggingface.model('acme/limited-7b', { files: weights, licence: 'cc-by-nc-4.0' });
  const ran = await run(['try', 'huggingface:acme/limited-7b', '--where', '{ commercial: "yes" }', '--json']);
  const { watches, yaml } = ran.json() as Tried;
  expect(watches[0]?.items.map(({ told, code }) => `${told} ${code}`)).toContain('false verdict.where-commercial');
  expect(yaml).toContain('where: { commercial: yes }');
  const wrong = await run(['try', 'huggingface:acme', '--where', '{ comercial: "yes" }']);
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('commercial')]);
});
