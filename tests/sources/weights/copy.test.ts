// Which files make one usable copy of a model, for the layouts that there are.
import { describe, expect, test } from 'vitest';
import { type RepositoryFiles, weightsOf } from '../../../src/sources/weights/artefact.ts';

const gb = 1_000_000_000;
type Files = Readonly<Record<string, number>>;

function held(files: Files, change: Partial<RepositoryFiles> = {}) {
  return weightsOf({
    id: 'lab/model',
    files: Object.entries(files).map(([path, size]) => ({ path, bytes: Math.round(size * gb) })),
    library: null,
    tags: [],
    relations: [],
    ...change,
  });
}
const shards = (name: (part: string) => string, count: number, size: number): Files =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => {
      const part = `${String(index + 1).padStart(5, '0')}-of-${String(count).padStart(5, '0')}`;
      return [name(part), size];
    }),
  );

describe('one usable copy', () => {
  const rows: readonly (readonly [string, Files, number, Partial<RepositoryFiles>?])[] = [
    [
      'shards before the same as pickles',
      {
        ...shards((part) => `model-${part}.safetensors`, 9, 9.3),
        ...shards((part) => `pytorch_model-${part}.bin`, 9, 9.3),
      },
      83.7,
    ],
    [
      'pickles before other frameworks',
      { ...shards((part) => `pytorch_model-${part}.bin`, 2, 6.65), 'tf_model.h5': 13, 'flax_model.msgpack': 13 },
      13.3,
    ],
    [
      'the root before original/ and metal/',
      {
        ...shards((part) => `model-${part}.safetensors`, 3, 21),
        'original/model.safetensors': 64,
        'metal/model.bin': 65,
      },
      63,
    ],
    [
      'the root before consolidated parts',
      { ...shards((part) => `model-${part}.safetensors`, 3, 5), 'consolidated.safetensors': 14.5 },
      15,
    ],
    ['consolidated parts where they are all', { 'consolidated.00.pth': 13, 'consolidated.01.pth': 13 }, 26],
    [
      'the stem without a precision',
      {
        'model.safetensors': 3,
        'model.fp16.safetensors': 1.5,
        'model.fp32-00001-of-00002.safetensors': 3,
        'model.fp32-00002-of-00002.safetensors': 3,
      },
      3,
    ],
    [
      'one file before its shards',
      { 'model.safetensors': 6, ...shards((part) => `model-${part}.safetensors`, 2, 3) },
      6,
    ],
    [
      'parts of tensor parallel',
      {
        'pytorch_model-00001-TP-000.safetensors': 8,
        'pytorch_model-00001-TP-001.safetensors': 8,
        'pytorch_model-00000-TP-common.safetensors': 9,
      },
      25,
    ],
    [
      'tensors in files of their own',
      { 'ckpt-0/tensor00000_000': 1, 'ckpt-0/tensor00001_000': 2, 'ckpt-0/tensor00001_001': 2 },
      5,
    ],
    [
      'a quantisation that programs take',
      { 'm-Q2_K.gguf': 2, 'm-Q4_K_M.gguf': 4, 'm-Q8_0.gguf': 8, 'm-F16.gguf': 16 },
      4,
    ],
    [
      'its parts, in a folder',
      {
        ...shards((part) => `Q4_K_M/m-Q4_K_M-${part}.gguf`, 3, 40),
        ...shards((part) => `Q8_0/m-Q8_0-${part}.gguf`, 5, 48),
      },
      120,
    ],
    [
      'with what it needs for pictures',
      { 'm-Q4_K_M.gguf': 4, 'm-Q8_0.gguf': 8, 'mmproj-m-f16.gguf': 1, 'mmproj-m-f32.gguf': 2 },
      5,
    ],
    [
      'a pipeline: its parts, each once',
      {
        'unet/diffusion_pytorch_model.safetensors': 3.4,
        'unet/diffusion_pytorch_model.fp16.safetensors': 1.7,
        'unet/diffusion_pytorch_model.bin': 3.4,
        'text_encoder/model.safetensors': 1.3,
        'text_encoder/pytorch_model.bin': 1.3,
        'vae/diffusion_pytorch_model.safetensors': 0.3,
        'sd-ema-pruned.ckpt': 5.2,
        'sd-ema-pruned.safetensors': 5.2,
      },
      5,
      { library: 'diffusers' },
    ],
    [
      'a single file where the pipeline is not whole',
      { 'turbo.safetensors': 13.9, 'turbo_fp16.safetensors': 6.9, 'unet/diffusion_pytorch_model.safetensors': 10.3 },
      13.9,
      { library: 'diffusers' },
    ],
    ['several files that are parts of a whole', { 'flux1-dev.safetensors': 23.8, 'ae.safetensors': 0.3 }, 24.1],
    ['one of several versions', { 'v2-1_768-ema-pruned.ckpt': 5.2, 'v2-1_768-nonema-pruned.ckpt': 5.2 }, 5.2],
    [
      'modules beside it',
      { 'model.safetensors': 0.4, '2_Dense/model.safetensors': 0.1, 'onnx/model.onnx': 0.4, 'pytorch_model.bin': 0.4 },
      0.5,
      { library: 'sentence-transformers' },
    ],
    [
      'what is in folders, when the root holds parts only',
      {
        'vae.pth': 0.5,
        ...shards((part) => `high_noise_model/diffusion_pytorch_model-${part}.safetensors`, 2, 28),
        ...shards((part) => `low_noise_model/diffusion_pytorch_model-${part}.safetensors`, 2, 28),
      },
      112.5,
    ],
    [
      'the last checkpoint where there is nothing else',
      {
        'checkpoint-500/model.safetensors': 2,
        'checkpoint-1000/model.safetensors': 2.1,
        'checkpoint-1000/optimizer.pt': 4,
      },
      2.1,
    ],
    [
      'ONNX with its data in another file',
      { 'onnx/model.onnx': 0.1, 'onnx/model.onnx_data': 3, 'onnx/model_q4.onnx': 0.9 },
      3.1,
      { library: 'transformers.js' },
    ],
    ['NeMo', { 'asr-0.6b.nemo': 2.4 }, 2.4],
    [
      'a model that speaks',
      { 'model.pth': 1.87, 'dvae.pth': 0.2, 'speakers_xtts.pth': 0.01, 'mel_stats.pth': 0.001 },
      1.87,
    ],
    ['parts of several models in the root', { 'llm.pt': 2, 'flow.pt': 0.4, 'hift.pt': 0.1 }, 2.5],
    ['a LoRA beside the model is none of it', { 'ltxv-13b.safetensors': 26, 'ltxv-13b-lora128.safetensors': 1 }, 26],
  ];
  for (const [name, files, size, change] of rows)
    test(name, () => {
      const { main } = held(files, change).copies;
      expect((main?.bytes ?? 0) / gb).toBeCloseTo(size, 6);
    });

  test('the parts of a pipeline are no copies beside the single file that its library loads', () => {
    const files = {
      'model.safetensors': 4.85,
      'model.ckpt': 4.85,
      'vae/diffusion_pytorch_model.safetensors': 0.6,
      'transformer/diffusion_pytorch_model.safetensors': 4.2,
    };
    const { main, others } = held(files, { library: 'stable-audio-tools' }).copies;
    expect(main?.bytes).toBe(4.85 * gb);
    expect(others.map(({ format }) => format)).toEqual(['ckpt']);
  });

  test('the total of many shards may have more digits than their number', () => {
    const files = Object.fromEntries(
      Array.from({ length: 163 }, (_, index) => [
        `model-${String(index + 1).padStart(5, '0')}-of-000163.safetensors`,
        4,
      ]),
    );
    expect(held(files).copies).toMatchObject({ main: { files: 163, bytes: 652 * gb }, others: [] });
  });

  test('further copies are told apart: other formats, precisions, quantisations', () => {
    const { copies } = held({
      'model.safetensors': 16,
      'model.fp16.safetensors': 8,
      'm.Q4_K_M.gguf': 4,
      'm.Q8_0.gguf': 8,
      'original/consolidated.00.pth': 16,
      'tokenizer.model': 0.1,
    });
    expect(copies.main).toEqual({ format: 'safetensors', precision: null, files: 1, bytes: 16 * gb });
    expect(copies.others.map(({ format, precision }) => `${format} ${precision}`)).toEqual([
      'safetensors fp16',
      'gguf q4_k_m',
      'gguf q8_0',
      'pth null',
    ]);
  });

  test('without sizes it is named all the same', () => {
    const files = [{ path: 'model.safetensors', bytes: null }];
    expect(weightsOf({ id: 'lab/m', files, library: null, tags: [], relations: [] }).copies.main).toEqual({
      format: 'safetensors',
      precision: null,
      files: 1,
      bytes: null,
    });
  });
});
