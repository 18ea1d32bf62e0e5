// Addresses as people write them, and which files of a repository are weights, licence or neither.
import { describe, expect, test } from 'vitest';
import { isWeightFile, licenceFile, weightFormat } from '../../../src/sources/huggingface/files.ts';
import { huggingface } from '../../../src/sources/huggingface/source.ts';

describe('addresses', () => {
  test.each([
    ['xai-org', 'xai-org', 'huggingface:xai-org'],
    ['xai-org/grok-2', 'xai-org/grok-2', 'huggingface:xai-org/grok-2'],
    ['Qwen/Qwen2.5-72B', 'Qwen/Qwen2.5-72B', 'huggingface:qwen/qwen2.5-72b'],
    [' 01-ai ', '01-ai', 'huggingface:01-ai'],
    ['https://huggingface.co/xai-org', 'xai-org', 'huggingface:xai-org'],
    ['https://huggingface.co/xai-org/grok-2/tree/main?x=1', 'xai-org/grok-2', 'huggingface:xai-org/grok-2'],
    ['huggingface.co/xai-org/grok-2', 'xai-org/grok-2', 'huggingface:xai-org/grok-2'],
    ['hf.co/google/gemma-3-4b-it/', 'google/gemma-3-4b-it', 'huggingface:google/gemma-3-4b-it'],
  ])('%s', (written, address, id) => {
    expect(huggingface.address(written, {})).toEqual({
      target: { id, source: 'huggingface', address, shape: null },
    });
  });

  test.each([
    '',
    'a/b/c',
    '../etc',
    'datasets/allenai/dolma',
    'https://github.com/xai-org/grok-1',
    'two words',
    'ftp://hf.co/a',
    'https://huggingface.co/',
  ])('refused with a hint: %s', (written) => {
    expect(huggingface.address(written, {})).toMatchObject({
      problem: expect.any(String),
      hint: expect.stringContaining('xai-org'),
    });
  });
});

describe('files', () => {
  test.each([
    'model.safetensors',
    'unet/diffusion_pytorch_model.bin',
    'pytorch_model-00001-of-00002.bin',
    'consolidated.00.pth',
    'q4_k_m.gguf',
    'ckpt-0/tensor00000_000',
    'tf_model.h5',
    'flax_model.msgpack',
    'model.onnx',
    'nemo/megatron.nemo',
  ])('%s is weights', (rfilename) => {
    expect(isWeightFile({ rfilename })).toBe(true);
  });

  test.each([
    'model.safetensors.index.json',
    'pytorch_model.bin.index.json',
    'config.json',
    'training_args.bin',
    'optimizer.pt',
    'tokenizer.model',
    'README.md',
    'original/params.json',
  ])('%s is not', (rfilename) => {
    expect(isWeightFile({ rfilename, size: 4_000_000_000 })).toBe(false);
  });

  test('an unknown kind of file counts when it is a large file of LFS, but data never does', () => {
    expect(isWeightFile({ rfilename: 'rust_model.ot', lfs: { size: 440_000_000 } })).toBe(true);
    expect(isWeightFile({ rfilename: 'rust_model.ot', lfs: { size: 44_000_000 } })).toBe(false);
    expect(isWeightFile({ rfilename: 'train.parquet', lfs: { size: 440_000_000 } })).toBe(false);
  });

  test('formats', () => {
    expect(weightFormat({ rfilename: 'a.SAFETENSORS' })).toBe('safetensors');
    expect(weightFormat({ rfilename: 'ckpt-0/tensor00000_000' })).toBe('ckpt');
  });

  test.each([
    [['README.md', 'LICENSE'], 'LICENSE'],
    [['LICENSE-CODE', 'LICENSE-MODEL'], 'LICENSE-MODEL'],
    [['LICENSE', 'MODEL_LICENSE_AGREEMENT.txt'], 'MODEL_LICENSE_AGREEMENT.txt'],
    [['Licence.md'], 'Licence.md'],
    [['LICENSE.pdf', 'docs/LICENSE', 'USE_POLICY.md'], null],
  ])('the licence among %j is %s', (names, expected) => {
    expect(licenceFile(names.map((rfilename) => ({ rfilename })))?.rfilename ?? null).toBe(expected);
  });
});
