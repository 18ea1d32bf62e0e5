// A family of models: many sizes are one story, derivatives are counted, and each size is named in what turns it.
import { describe, expect, test } from 'vitest';
import { fold } from '../../src/stories/fold.ts';
import type { Reading } from '../../src/stories/reading.ts';
import type { Observation } from '../../src/types/core.ts';
import { context, grok2, key, model, story, told, turns, weights } from '../support/stories/folding.ts';

describe('a family', () => {
  const size = (name: string): Observation => ({
    ...weights,
    about: `huggingface:openai/${name}`,
    title: `openai/${name}`,
    url: `https://huggingface.co/openai/${name}`,
  });
  const gptOss: Reading = {
    ...grok2,
    lab: 'openai',
    family: 'openai/gpt-oss',
    key: 'model:openai/gpt-oss',
    name: 'gpt-oss',
  };

  test('launched in two sizes is one story that lists the second', () => {
    const both = fold(
      null,
      {
        key: 'model:openai/gpt-oss',
        seed: [],
        changes: [told(size('gpt-oss-120b'), gptOss), told(size('gpt-oss-20b'), gptOss)],
      },
      context('2025-08-05T17:00:00.000Z'),
    );
    expect(story(both)).toMatchObject({
      name: 'gpt-oss',
      subject: 'huggingface:openai/gpt-oss-120b',
      items: [{ title: 'openai/gpt-oss-120b' }, { title: 'openai/gpt-oss-20b' }],
    });
    expect(turns(both)).toEqual(['released']);
  });

  test("somebody else's derivative is counted and links, and releases nothing", () => {
    const base = story(
      fold(null, { key, seed: [], changes: [told(model, grok2)] }, context('2026-01-01T00:00:00.000Z')),
    );
    const other = { ...weights, about: 'huggingface:unsloth/grok-2-GGUF', title: 'unsloth/grok-2-GGUF' };
    const spread = fold(
      base,
      {
        key,
        seed: [],
        changes: [told(other, { ...grok2, official: false }, {}, { role: 'spread', told: false, to: [] })],
      },
      context('2026-01-02T00:00:00.000Z'),
    );
    expect(story(spread)).toMatchObject({
      stage: 'seen',
      spread: { count: 1, latest: [{ title: 'unsloth/grok-2-GGUF' }] },
    });
    expect(spread?.owes).toBe(true);
  });
});

test('what turns one size of a family names it, also when it is the first one', () => {
  const gptOss: Reading = {
    ...grok2,
    lab: 'openai',
    family: 'openai/gpt-oss',
    key: 'model:openai/gpt-oss',
    name: 'gpt-oss',
  };
  const sizes = ['gpt-oss-120b', 'gpt-oss-20b'].map((name) => ({
    ...weights,
    about: `huggingface:openai/${name}`,
    title: `openai/${name}`,
  }));
  const both = fold(
    null,
    { key: 'model:openai/gpt-oss', seed: [], changes: sizes.map((size) => told(size, gptOss)) },
    context('2025-08-05T17:00:00.000Z'),
  );
  const [first] = sizes;
  const gate = (value: 'no' | 'approval'): Observation => ({
    ...(first ?? weights),
    key: 'gated',
    kind: 'gated',
    sort: 'trait',
    fingerprint: value,
    facts: { gated: value },
  });
  const gated = fold(
    story(both),
    {
      key: 'model:openai/gpt-oss',
      seed: [],
      changes: [told(gate('approval'), gptOss, { type: 'edited', previous: gate('no') })],
    },
    context('2025-08-06T17:00:00.000Z'),
  );
  expect(gated?.marks).toMatchObject([{ turn: 'gated', detail: 'openai/gpt-oss-120b: approval' }]);
});
