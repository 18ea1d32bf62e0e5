// Addresses as people write them, and which file of a repository is its licence.

import { describe, expect, test } from 'vitest';
import { licenceFile } from '../../../src/sources/huggingface/files.ts';
import { huggingface } from '../../../src/sources/huggingface/source.ts';
import { saying } from '../../support/reasons.ts';

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
      problem: saying(/\S/),
      help: saying(/xai-org/),
    });
  });
});

describe('files', () => {
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
