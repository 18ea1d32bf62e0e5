// What nobody listed, through the built command: discoveries on the hub and on GitHub, and accounts that are vouched for.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

let place: Place;
let first: Once;
let second: Once;
let third: Once;
let fourth: Once;
const weights = { 'model.safetensors': { size: 4e9 } };
const of = (look: Once, name: string): readonly string[] => look.said.filter((text) => text.includes(name));

beforeAll(async () => {
  place = await openPlace();
  const { huggingface, github, now } = place.world;
  const model = (id: string, more: object = {}) =>
    huggingface.model(id, { files: weights, licence: 'apache-2.0', createdAt: now() - 9e8, ...more });
  model('acme/settled', { trending: 900, likes: 5_000 });
  const climbing = model('beta/climbing', { trending: 1, likes: 3 });
  const repo = (name: string) => Object.assign(github.repo(name).state, { stars: 900, createdAt: now() - 9e8 });
  repo('acme/engine');
  await place.configure(
    [
      '- { discover: huggingface, top: 1, likes: 100 }',
      '- { discover: huggingface, families: true }',
      '- { discover: github, query: "engine stars:>500" }',
    ].join('\n'),
  );
  first = await place.once();
  model('newlab/Rocket-30B', { trending: 950, likes: 40 });
  model('packer/Rocket-30B-GGUF', {
    trending: 940,
    card: { base_model: 'newlab/Rocket-30B', base_model_relation: 'quantized' },
  });
  model('meta-next/Muse-Glimmer-30B', { trending: 10, likes: 30 });
  model('gamma/quiet-9B', { trending: 2, likes: 50 });
  model('oldies/Grandfather-7B', { trending: 930, likes: 9_000, createdAt: now() - 4e10 });
  Object.assign(climbing.state, { likes: 150 });
  repo('beta/engine');
  second = await place.once();
  Object.assign(climbing.state, { likes: 20, trending: 999 });
  third = await place.once();
  model('gamma/late-9B', { trending: 3, likes: 25 });
  await place.configure(
    [
      '- { discover: huggingface, top: 1, likes: 20 }',
      '- { discover: huggingface, families: true }',
      '- { discover: github, query: "engine stars:>500" }',
    ].join('\n'),
  );
  fourth = await place.once();
});
afterAll(() => place.close());

describe('discoveries', () => {
  it('store a baseline and tell nothing', () => {
    expect([first.code, first.said]).toEqual([0, []]);
  });

  it('tell what enters the list, with its card', () => {
    expect(of(second, 'Rocket-30B')).toHaveLength(1);
    expect(of(second, 'Rocket-30B')[0]).toMatch(/apache-2\.0/i);
    expect(of(second, 'Rocket-30B')[0]).toMatch(/4 GB/);
    expect(of(second, 'climbing')).toHaveLength(1);
    expect(of(second, 'beta/engine')).toHaveLength(1);
  });

  it('tell no derivative, nothing that was made long ago, and nothing twice', () => {
    expect(of(second, 'GGUF')).toEqual([]);
    expect(of(second, 'Grandfather')).toEqual([]);
    expect([third.code, third.said]).toEqual([0, []]);
  });

  it('keep what is known when an option changes: what came is told, what was there is not', () => {
    expect(fourth.said.map((text) => /late-9B|quiet-9B|settled/.exec(text)?.[0])).toEqual(['late-9B']);
  });

  it('say that a known name stands in an unknown account: seen, not released', () => {
    const [said = ''] = of(second, 'Muse');
    expect(said).toMatch(
      /a model called Muse Glimmer 30B in meta-next, an account that Landfall does not know as Meta.s/,
    );
    expect(said).not.toMatch(/\bReleased\b|weights published/);
  });
});

describe('an account that somebody vouches for', () => {
  it('makes its model the lab’s release, once, from the next run on', async () => {
    const [wrong, unknown, right] = await Promise.all([
      place.run('vouch meta-next meto'),
      place.run('vouch a/b meta'),
      place.run('vouch meta-next meta --json'),
    ]);
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('did you mean `meta`')]);
    expect(unknown.code).toBe(2);
    expect(right.json()).toEqual({
      source: 'huggingface',
      account: 'meta-next',
      lab: 'meta',
      taken: 'at the next wake',
    });
    const told = await place.once();
    expect(told.said).toHaveLength(1);
    expect(told.said[0]).toMatch(/Muse Glimmer.*weights published/);
    const card = place.channel.messages().find(({ embeds }) => JSON.stringify(embeds).includes('Muse Glimmer'));
    expect(JSON.stringify(card?.embeds)).toContain('Released');
    expect(JSON.stringify(card?.embeds)).not.toContain('does not know');
    place.world.huggingface.model('meta-next/Muse-Glimmer-30B-Instruct', { files: weights, likes: 90, trending: 9 });
    expect((await place.once()).said.filter((text) => text.includes('does not know'))).toEqual([]);
  });

  it('can be taken back: what is told stays told, and the next look judges anew', async () => {
    const [alone, stranger, both] = await Promise.all([
      place.run('vouch meta-next'),
      place.run('vouch nobody-next --withdraw'),
      place.run('vouch meta-next meta --withdraw'),
    ]);
    expect([alone.code, stranger.code, both.code]).toEqual([2, 2, 2]);
    const back = await place.run('vouch meta-next --withdraw --json');
    expect(back.json()).toMatchObject({ account: 'meta-next', withdrawn: true });
    await place.once();
    const card = place.channel.messages().find(({ embeds }) => JSON.stringify(embeds).includes('Muse Glimmer'));
    expect(JSON.stringify(card?.embeds)).toContain('Released');
    place.world.huggingface.model('meta-next/Muse-Spark-9B', { files: weights, likes: 90, trending: 8 });
    expect((await place.once()).said.filter((text) => text.includes('does not know'))).toHaveLength(1);
    expect((await place.run('vouch meta-next --withdraw')).code).toBe(2);
  });
});
