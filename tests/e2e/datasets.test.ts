// Data sets of a watched account as evidence, through the built command: one listing a day, and nobody's failure.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

let place: Place;
const looks: Once[] = [];
const day = 86_400_000;
const listings = (): number =>
  place.world.huggingface.service.log.filter(({ path }) => path === '/api/datasets').length;
const counts: number[] = [];
const cards = (): string => JSON.stringify(place.channel.messages().filter(({ embeds }) => embeds.length > 0));
const shown: string[] = [];

async function look(): Promise<void> {
  looks.push(await place.once());
  counts.push(listings());
  shown.push(cards());
}

beforeAll(async () => {
  place = await openPlace();
  const { huggingface: hub } = place.world;
  hub.model('acme/first-1b', { files: { 'model.safetensors': { size: 2e9 } } });
  await place.configure('- huggingface: acme');
  await look();
  const readme = '# Rocket\nRocket was pre-trained on [the corpus](https://huggingface.co/datasets/acme/corpus).\n';
  hub.model('acme/rocket-7b', {
    files: { 'config.json': '{}', 'model.safetensors': { size: 1.4e10 }, 'README.md': readme },
    licence: 'apache-2.0',
    card: { license: 'apache-2.0', datasets: ['acme/corpus'] },
  });
  await look();
  hub.dataset('acme/corpus', { card: { license: 'odc-by' }, tags: ['license:odc-by'] });
  await look();
  place.later(day + 60_000);
  hub.service.faults.plan(/GET \/api\/datasets\?/, { kind: 'answer', status: 500 });
  await look();
  place.later(day + 60_000);
  await look();
  await look();
}, 120_000);
afterAll(() => place.close());

it('a model that names its data says so, before and after somebody could have looked', () => {
  expect(shown[1]).toMatch(/Training data[^}]*named/);
  expect(shown[2]).toMatch(/Training data[^}]*named/);
});

it('lists once a day, and a failure is nobody’s', () => {
  expect(counts).toEqual([0, 0, 0, 1, 2, 2]);
  expect(looks.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(looks[3]?.document.watches.every(({ result }) => result === 'fresh' || result === 'same')).toBe(true);
  expect(shown[3]).toMatch(/Training data[^}]*named/);
});

it('data that was published later is public on the card, and told', () => {
  expect(looks[4]?.said).toHaveLength(1);
  expect(looks[4]?.said[0]).toContain('training data published');
  expect(shown[4]).toMatch(/Training data[^}]*public/);
  expect(looks[5]?.said).toEqual([]);
});
