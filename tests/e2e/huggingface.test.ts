// What is told of Hugging Face accounts and models, through the built command.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

let place: Place;
let first: Once;
let second: Once;
let third: Once;
let fourth: Once;
const weights = { 'model.safetensors': { size: 4e9 } };
const of = (look: Once, name: string): readonly string[] =>
  look.said.filter((text) => new RegExp(`\\bacme/${name}\\b`).test(text));

beforeAll(async () => {
  place = await openPlace();
  const { huggingface } = place.world;
  const model = (name: string, licence = 'mit') =>
    huggingface.model(`acme/${name}`, { files: weights, licence, createdAt: place.world.now() - 9e9 });
  const [licensed, gated, opened, renamed, twice, vanishing, popular] = [
    'licensed',
    'gated',
    'opened',
    'renamed',
    'twice',
    'vanishing',
    'popular',
  ].map((name) => model(name));
  opened?.gate('manual');
  await place.configure(
    '- huggingface: acme\n- huggingface: acme/twice\n- huggingface: solo/one\n- huggingface: ghost/town',
  );
  first = await place.once();
  const early = huggingface.model('acme/early', { licence: 'mit', createdAt: place.world.now() - 9e9 });
  huggingface.model('acme/whole', { files: weights, licence: 'apache-2.0' });
  huggingface.model('solo/one', { files: weights });
  licensed?.licence('cc-by-nc-4.0');
  gated?.gate('auto');
  opened?.open();
  renamed?.rename('acme/another-name');
  twice?.rename('acme/twice-watched');
  vanishing?.remove();
  popular?.downloads(1_000_000);
  second = await place.once();
  huggingface.service.faults.plan('GET /api/models*', { kind: 'answer', status: 503 }, { times: 20 });
  third = await place.once();
  huggingface.service.faults.clear();
  early.commit(weights);
  fourth = await place.once();
});
afterAll(() => place.close());

describe('Hugging Face', () => {
  it('stores a baseline and tells nothing, also of what is not there', () => {
    expect([first.code, first.said]).toEqual([0, []]);
  });

  it('tells a new model of an account, with its openness, whatever its time of creation', () => {
    expect(of(second, 'whole').length).toBe(1);
    expect(of(second, 'whole')[0]).toMatch(/4 GB/);
    expect(of(second, 'whole')[0]).toMatch(/apache-2\.0/i);
    expect(of(second, 'early').length).toBe(1);
  });

  it('tells a model that did not exist before', () => {
    expect(second.said.filter((text) => text.includes('solo/one')).length).toBe(1);
  });

  it('tells weights that arrive after the model on the card and in one reply', () => {
    expect(of(fourth, 'early').length).toBe(1);
    const card = place.channel.messages().find((message) => message.embeds[0]?.title === 'acme/early');
    expect(JSON.stringify(card?.embeds)).toContain('4 GB');
    expect(card?.edited_timestamp).not.toBeNull();
  });

  it('tells what turns in models of the baseline', () => {
    expect(of(second, 'licensed').join('\n')).toMatch(/cc-by-nc-4\.0/i);
    for (const name of ['gated', 'opened', 'vanishing']) expect([name, of(second, name).length]).toEqual([name, 1]);
    expect(of(second, 'renamed').length).toBe(1);
    expect(of(second, 'renamed')[0]).toMatch(/renamed.*acme\/another-name/);
    expect(of(second, 'another-name').length).toBe(1);
    // Its account and itself are watched: one story all the same.
    expect(of(second, 'twice').length).toBe(1);
    expect(of(second, 'twice')[0]).toMatch(/renamed: acme\/twice-watched/);
    expect(of(second, 'twice')[0]).not.toMatch(/no longer there|weights published/);
  });

  it('does not tell download counts', () => {
    expect([of(second, 'popular'), of(fourth, 'popular')]).toEqual([[], []]);
  });

  it('reads a 503 as nothing', () => {
    expect([third.code, third.said]).toEqual([1, []]);
    expect(third.document.watches.every(({ result, reason }) => result === 'later' && (reason ?? '') !== '')).toBe(
      true,
    );
    expect(fourth.document.told).toBeGreaterThan(0);
    expect(fourth.said.filter((text) => !/early/.test(text))).toEqual([]);
  });

  it('asks only what this world knows', () => {
    expect(place.world.unexpected()).toEqual([]);
  });
});
