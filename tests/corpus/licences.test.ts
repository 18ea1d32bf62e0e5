// Real licence texts, recognised by their text alone; they stay outside the project (LANDFALL_CORPUS names them).
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLicences } from '../../src/stories/openness/table.ts';
import { recogniseText } from '../../src/stories/openness/text.ts';

const folder = join(process.env.LANDFALL_CORPUS ?? '', 'aboutcode-org__scancode-licensedb', 'docs');
const there = process.env.LANDFALL_CORPUS !== undefined && existsSync(folder);
if (!there) console.log('corpus-licences: skipped, LANDFALL_CORPUS names no folder with licence texts');

const expected: Readonly<Record<string, string>> = {
  'apache-2.0': 'apache-2.0',
  'bigcode-open-rail-m-v1': 'bigcode-openrail-m',
  'cc-by-nc-4.0': 'cc-by-nc-4.0',
  'deepseek-la-1.0': 'deepseek',
  'falcon-2-11b-1.0': 'falcon-llm',
  'gemma-tou-2025-03-24': 'gemma',
  'llama-2-license-2023': 'llama2',
  'llama-3.2-license-2024': 'llama3.2',
  'llama-4-cla-2025': 'llama4',
  'nvidia-open-model-2025-04-28': 'nvidia-open-model',
  'qwen-2024': 'qwen',
  'stability-ai-nc-2023-12-06': 'stability-nc',
  'tencent-hunyuan-3d-2.0-cla': 'tencent-hunyuan',
};

describe.skipIf(!there)('licence texts', () => {
  const table = readLicences(readFileSync(new URL('../../config/licences.yaml', import.meta.url), 'utf8'));
  const names = there ? readdirSync(folder).filter((name) => name.endsWith('.LICENSE')) : [];

  test('there are texts to read', () => {
    expect(names.length).toBeGreaterThan(0);
  });

  test.each(names)('%s', (name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    const bare = text.replace(/^---\n[\s\S]*?\n---\n/, '');
    const id = expected[name.replace(/\.LICENSE$/, '')];
    expect(id, 'a text that this test does not know').toBeDefined();
    expect(recogniseText(text, table)?.id).toBe(id);
    expect(recogniseText(bare, table)?.id).toBe(id);
  });
});
