// What people write after `github:`.

import { describe, expect, it } from 'vitest';
import { inEnglish } from '../../../src/messages/reasons/en.ts';
import { readAddress } from '../../../src/sources/github/address.ts';
import { saying } from '../../support/reasons.ts';

describe('an address', () => {
  it.each([
    ['xai-org/grok-1', 'github:xai-org/grok-1', 'xai-org/grok-1'],
    ['QwenLM/Qwen3.5', 'github:qwenlm/qwen3.5', 'QwenLM/Qwen3.5'],
    ['meta-llama', 'github:meta-llama', 'meta-llama'],
    ['https://github.com/xai-org/Grok-1', 'github:xai-org/grok-1', 'xai-org/Grok-1'],
    ['https://github.com/xai-org/grok-1/releases/tag/v1', 'github:xai-org/grok-1', 'xai-org/grok-1'],
    ['http://www.github.com/xai-org/', 'github:xai-org', 'xai-org'],
    ['github.com/xai-org/grok-1.git', 'github:xai-org/grok-1', 'xai-org/grok-1'],
    ['git@github.com:xai-org/grok-1.git', 'github:xai-org/grok-1', 'xai-org/grok-1'],
    ['https://github.com/orgs/xai-org/repositories', 'github:xai-org', 'xai-org'],
  ])('%s', (written, id, address) => {
    expect(readAddress(written)).toEqual({ target: { id, source: 'github', address, shape: null } });
  });

  it.each([
    '',
    'a/b/c',
    'xai org',
    '-xai',
    'xai-org/..',
    'xai-org/grök',
    'https://huggingface.co/xai-org',
    'https://github.com/',
    'github.com/search',
  ])('is refused with a hint: %s', (written) => {
    const reading = readAddress(written);
    if (!('problem' in reading)) throw new Error('accepted');
    expect(inEnglish(reading.problem)).not.toBe('');
    expect(reading.help).toEqual(saying(/owner\/name/));
  });
});
