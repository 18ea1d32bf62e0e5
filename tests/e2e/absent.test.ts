// What is not there is said, through the built command.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPlace, type Place } from '../support/e2e/place.ts';

let place: Place;

beforeAll(async () => {
  place = await openPlace();
  place.world.huggingface.model('acme/one', { files: { 'model.safetensors': { size: 4e9 } } });
  place.world.huggingface.model('acme/two-GGUF', {});
  place.world.github.repo('xai-org/other');
  await place.configure(
    `- huggingface: acme
- huggingface: acmee
- huggingface: acme/coming
- discover: huggingface
- github: xai-orgg/grok-3
- github: xai-org/grok-3
- modelscope: Qwenn/Qwen9
`,
    '  people: { terminal: true, operator: true }\n',
  );
});
afterAll(() => place.close());

describe('what is not there', () => {
  it('is said by once and status, and is no failure', async () => {
    const once = await place.run('once');
    expect(once.code).toBe(0);
    expect(once.stderr.match(/^.*not there \(yet\).*$/gm)?.toSorted()).toEqual([
      'github:xai-org/grok-3: not there (yet)',
      'github:xai-orgg/grok-3: not there (yet)',
      'huggingface:acme/coming: not there (yet)',
      'huggingface:acmee: not there (yet)',
      'modelscope:Qwenn/Qwen9: not there (yet)',
    ]);
    expect(once.stdout).not.toContain('right?');
    const status = await place.run('status');
    expect(status.stdout).toMatch(/huggingface:acmee\s+not there \(yet\)/);
    expect(status.stdout).toMatch(/huggingface:acme\s+ok/);
  });

  it('is asked about after a day, once, where its owner is not there either', async () => {
    place.later(86_400_000 + 60_000);
    const { stdout } = await place.run('once');
    expect(stdout.match(/Is \S+ right\?/g)?.toSorted()).toEqual([
      'Is Qwenn right?',
      'Is acmee right?',
      'Is xai-orgg right?',
    ]);
    expect(stdout).toMatch(/nearest one that is known is\s+xai-org\b/);
    expect((await place.run('once')).stdout).not.toContain('right?');
    const status = await place.run('status');
    expect(status.stdout).toContain('is xai-orgg right?');
    expect(status.stdout.match(/ right\?/g)).toHaveLength(3);
  });
});
