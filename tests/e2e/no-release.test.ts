// What is no model's weights releases nothing and keeps no promise, in an account of the lab itself, through the built command.
import { expect, test } from 'vitest';
import { openPlace, textOf } from '../support/e2e/place.ts';

const pledge = `pledges:
  - model: Grok 3
    by: Elon Musk (xAI)
    said: 2025-08-23
    due: "2030-01-01"
    source: https://x.com/elonmusk/status/1959379349322313920
`;

/** Name of a repository → its files, in bytes. */
const others: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  'grok-3-lora': { 'adapter_config.json': 500, 'adapter_model.safetensors': 900e6 },
  'grok-3-tokenizer': { 'tokenizer.model': 120e6, 'tokenizer.json': 130e6 },
  'grok-3-evals': { 'outputs.tar.gz': 3e9, 'results/eval_outputs.tar': 2e9, 'results.zip': 1e9 },
  'grok-3-optimizer': { 'optimizer.pt': 8e9, 'checkpoint-100/optimizer.bin': 8e9, 'training_args.bin': 5_000 },
  'grok-3-index': { 'index.faiss': 4e9, 'embeddings.npy': 2e9, 'embeddings.safetensors': 2e9 },
  'grok-3-data': { 'data/train.parquet': 4e9, 'train.bin': 5e9, 'demo.gif': 200e6 },
};

test('an adapter, a tokenizer, outputs, an optimiser, an index and data are none; small true weights are', async () => {
  const place = await openPlace();
  try {
    const { huggingface } = place.world;
    huggingface.model('xai-org/grok-1', { files: { 'model.safetensors': { size: 4e9 } } });
    await place.configure('- huggingface: xai-org', pledge);
    expect((await place.once()).said).toEqual([]);
    for (const [name, files] of Object.entries(others)) {
      const seeds = Object.entries(files).map(([path, size]) => [path, { size, lfs: size > 1e6 }] as const);
      huggingface.model(`xai-org/${name}`, { files: Object.fromEntries(seeds) });
    }
    const shown = await place.once();
    expect(shown.document.watches.every(({ result }) => result !== 'broken')).toBe(true);
    expect(shown.said.join('\n')).not.toMatch(/released|kept|weights published/i);
    huggingface.model('xai-org/grok-3', { files: { 'model.bin': { size: 75e6, lfs: true } } });
    const kept = await place.once();
    expect(kept.said.join('\n')).toMatch(/kept/i);
    expect(place.channel.messages().map(textOf).join('\n')).toMatch(/75 MB/);
  } finally {
    await place.close();
  }
});
