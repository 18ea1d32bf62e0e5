// ModelScope through the built command: new models and weights, and one story with the same model on Hugging Face.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Once, openPlace, type Place } from '../support/e2e/place.ts';

let place: Place;
let first: Once;
let second: Once;
let third: Once;
let fourth: Once;
const weights = { 'config.json': 700, 'model.safetensors': 4e9 };
const of = (look: Once, name: string): readonly string[] => look.said.filter((text) => text.includes(name));

beforeAll(async () => {
  place = await openPlace();
  const { modelscope, huggingface } = place.world;
  modelscope.model('Qwen/Qwen2.5-7B', { files: weights, licence: 'apache-2.0' });
  await place.configure('- modelscope: Qwen\n- modelscope: mirrors/Qwen9-70B\n- huggingface: Qwen');
  huggingface.model('Qwen/Qwen2.5-7B', { files: { 'model.safetensors': { size: 4e9 } }, licence: 'apache-2.0' });
  first = await place.once();
  modelscope.model('Qwen/Qwen9-27B', { files: weights, licence: 'apache-2.0' });
  modelscope.model('mirrors/Qwen9-70B', { files: weights, licence: 'apache-2.0' });
  second = await place.once();
  huggingface.model('Qwen/Qwen9-27B', { files: { 'model.safetensors': { size: 4e9 } }, licence: 'apache-2.0' });
  third = await place.once();
  modelscope.refuse('QuotaLimitExceed');
  fourth = await place.once();
});
afterAll(() => place.close());

describe('ModelScope', () => {
  it('stores a baseline, also of what is not there yet', () => {
    expect([first.code, first.said]).toEqual([0, []]);
  });

  it('tells a new model with its weights and licence', () => {
    const said = of(second, 'Qwen 9').concat(of(second, 'Qwen9-27B'));
    expect(new Set(said).size).toBe(1);
    expect(said[0]).toMatch(/4 GB/);
    expect(said[0]).toMatch(/apache-2\.0/i);
  });

  it('tells a mirror as a story of its own', () => {
    expect(of(second, 'mirrors/Qwen9-70B')).toHaveLength(1);
  });

  it('posts nothing further when the same model comes to Hugging Face', () => {
    expect(third.said).toEqual([]);
  });

  it('takes a refusal with HTTP 200 for their fault', () => {
    expect(fourth.code).toBe(1);
    const { watches } = fourth.document;
    expect(watches.filter(({ target }) => target.startsWith('modelscope:')).map(({ result }) => result)).toContain(
      'later',
    );
    expect(fourth.said).toEqual([]);
  });
});
