// Real captured answers of Hugging Face, read by the source; they stay outside the project (LANDFALL_CORPUS names them).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { endpoint, fresh, lookAt, noon, playHub } from '../support/sources/huggingface/hub.ts';

const folder = join(process.env.LANDFALL_CORPUS ?? '', 'huggingface__huggingface_hub', 'extracted');
const there = process.env.LANDFALL_CORPUS !== undefined && existsSync(folder);
if (!there) console.log('corpus-huggingface: skipped, LANDFALL_CORPUS names no folder with captured answers');

describe.skipIf(!there)('captured models', () => {
  const bodies = there
    ? readdirSync(folder).map((name) => ({ name, body: readFileSync(join(folder, name), 'utf8') }))
    : [];
  const read = async (address: string, body: string) =>
    fresh(await playHub({}).source.read(lookAt(address), { type: 'json', url: endpoint, body }, noon));

  test('each one yields a model with weights, a licence, a gate and a state', async () => {
    expect(bodies.length).toBeGreaterThan(0);
    for (const { name, body } of bodies) {
      const id: string = JSON.parse(body).id;
      const kinds = (await read(id, body)).observations.map((one) => one.kind);
      expect(kinds, name).toEqual(['model', 'weights', 'licence', 'gated', 'state']);
      const listed = await read(id.split('/')[0] ?? '', `[${body}]`);
      expect(listed.found.map((one) => one.target.address)).toEqual([id]);
    }
  });

  test('facts of the two models that are known', async () => {
    for (const { body } of bodies) {
      const id: string = JSON.parse(body).id;
      const facts = Object.assign({}, ...(await read(id, body)).observations.map((one) => one.facts));
      if (id === 'google-bert/bert-base-uncased') {
        expect(facts).toMatchObject({ licence: 'apache-2.0', parameters: 110_106_428, arxiv: ['1810.04805'] });
        expect(facts.datasets).toEqual(['bookcorpus', 'wikipedia']);
        expect(facts.formats).toEqual(expect.arrayContaining(['bin', 'h5', 'msgpack', 'onnx', 'safetensors']));
      }
      if (id === 'stabilityai/stable-diffusion-2-1')
        expect(facts).toMatchObject({ licence: 'openrail++', gated: 'no' });
    }
  });
});
