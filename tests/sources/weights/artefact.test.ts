// What repositories hold: a model, an adapter, a quantisation, a merge, or nothing that is a model.
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
describe('no weights of a model', () => {
  const rows: readonly (readonly [string, Files, Partial<RepositoryFiles>?])[] = [
    ['a tokenizer', { 'tokenizer.model': 0.12, 'tokenizer.json': 0.12, 'spiece.model': 0.1, 'vocab.bin': 0.2 }],
    ['a tarball of evaluation outputs', { 'eval_outputs.tar.gz': 3, 'results.tar': 2, 'outputs.zip': 1 }],
    ['the state of an optimiser', { 'optimizer.pt': 8, 'checkpoint-10/optimizer.bin': 8, 'scheduler.pt': 0.1 }],
    [
      'what a training run keeps',
      { 'training_args.bin': 0.1, 'rng_state_0.pth': 0.1, 'global_step1/zero_pp_rank_0_mp_rank_00_optim_states.pt': 9 },
    ],
    [
      'an index of embeddings',
      {
        'index.faiss': 9,
        'embeddings.npy': 4,
        'embeddings.safetensors': 4,
        'faiss_index.bin': 3,
        'index/vectors.bin': 4,
      },
    ],
    [
      'a data set',
      {
        'train.parquet': 9,
        'data/train.bin': 9,
        'dataset.pt': 3,
        'corpus.h5': 4,
        'val.npz': 1,
        'data.safetensors.zip': 4,
      },
    ],
    ['pictures and films', { 'demo.gif': 0.2, 'demo.mp4': 2, 'assets/hero.png': 0.2 }],
    ['an index of shards alone', { 'model.safetensors.index.json': 0.001, 'config.json': 0.001 }],
    ['an importance matrix', { 'model.imatrix': 0.1, 'imatrix.dat': 0.2, 'model.imatrix.gguf': 0.2 }],
    ['a large file of no known kind', { 'blob.xyz': 9, README: 9 }],
    ['a cache', { 'activations.safetensors': 9, 'logits.pt': 2 }, { library: 'transformers' }],
    ['a library of voices', { 'voices/anna.pt': 0.001 }],
  ];
  for (const [name, files, change] of rows)
    test(name, () => {
      expect(held(files, change)).toMatchObject({ artefact: 'other', files: [] });
    });
});

describe('weights of a model, however small', () => {
  const rows: readonly (readonly [string, string, Partial<RepositoryFiles>?])[] = [
    ['model.bin', 'bin'],
    ['ggml-tiny.bin', 'bin'],
    ['net.pth', 'pth'],
    ['RealESRGAN_x4plus.pth', 'pth'],
    ['model.tflite', 'tflite'],
    ['tiny-q8_0.gguf', 'gguf'],
    ['rust_model.ot', 'ot'],
    ['flax_model.msgpack', 'msgpack'],
    ['tf_model.h5', 'h5'],
    ['model.onnx', 'onnx'],
    ['asr.nemo', 'nemo'],
    ['weights.npz', 'npz'],
    ['ckpt-0/tensor00000_000', 'ckpt'],
    ['consolidated.00.pth', 'pth'],
    ['model.mlpackage/Data/com.apple.CoreML/weights/weight.bin', 'coreml'],
    ['openvino_model.bin', 'openvino'],
    ['saved_model.pb', 'pb'],
    ['model.keras', 'keras'],
    ['ppo-LunarLander-v2.zip', 'zip', { library: 'stable-baselines3' }],
    ['sklearn_model.joblib', 'joblib', { library: 'sklearn' }],
    ['lid.176.bin', 'bin', { library: 'fasttext' }],
    ['dist/__0_0.distcp', 'distcp'],
    ['opt-125m.pt', 'pt'],
    ['Qwen3-Embedding-0.6B-Q8_0.gguf', 'gguf'],
    ['nomic-embed-text-v1.5.f16.gguf', 'gguf'],
    ['model-imatrix-Q4_K_M.gguf', 'gguf'],
  ];
  for (const [path, format, change] of rows)
    test(path, () => {
      expect(held({ [path]: 0.067 }, change)).toMatchObject({ artefact: 'model', formats: [format] });
    });
});

describe('kinds', () => {
  const rows: readonly (readonly [string, string, Files, Partial<RepositoryFiles>?])[] = [
    ['an adapter by its file', 'adapter', { 'adapter_model.safetensors': 0.03, 'adapter_config.json': 0 }],
    ['an adapter by its configuration', 'adapter', { 'model_lora.safetensors': 0.3, 'adapter_config.json': 0 }],
    ['an adapter by its relation', 'adapter', { 'style.safetensors': 0.3 }, { relations: ['adapter'] }],
    ['an adapter by its library', 'adapter', { 'pytorch_model.bin': 0.3 }, { library: 'peft' }],
    ['an adapter of a picture model', 'adapter', { 'pytorch_lora_weights.safetensors': 0.3 }, { library: 'diffusers' }],
    ['a style by its tag', 'adapter', { 'pixel-art.safetensors': 0.2 }, { library: 'diffusers', tags: ['lora'] }],
    ['an adapter with the state of its training', 'adapter', { 'adapter_model.bin': 0.3, 'optimizer.pt': 0.6 }],
    ['a merged adapter', 'model', { 'model.safetensors': 9, 'config.json': 0 }, { tags: ['lora'], library: 'peft' }],
    ['a quantisation', 'quantisation', { 'm.Q4_K_M.gguf': 4 }, { relations: ['quantized'] }],
    ['a GGUF of another model', 'quantisation', { 'm.Q4_K_M.gguf': 4 }, { relations: ['finetune'] }],
    ['a small model that is a GGUF', 'model', { 'm.gguf': 0.1 }],
    ['a merge', 'merge', { 'model.safetensors': 9 }, { relations: ['merge'] }],
    ['a merge by its tag', 'merge', { 'model.safetensors': 9 }, { relations: ['finetune'], tags: ['mergekit'] }],
    ['a fine-tune', 'model', { 'model.safetensors': 9 }, { relations: ['finetune'] }],
  ];
  for (const [name, kind, files, change] of rows)
    test(name, () => {
      expect(held(files, change).artefact).toBe(kind);
    });
});
