// The Hugging Face source over real HTTP against the stand-in hub: validators, redirects, paging, gates, quota.

import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openHttp } from '../../../src/infra/http/client.ts';
import { huggingface } from '../../../src/sources/huggingface/source.ts';
import type { Json, PollResult } from '../../../src/types/core.ts';
import { mentioning } from '../../support/reasons.ts';
import { fresh, lookAt, seen } from '../../support/sources/huggingface/hub.ts';
import { type HuggingfaceWorld, openHuggingface } from '../../support/world/huggingface/open.ts';

let hub: HuggingfaceWorld;
let http: ReturnType<typeof openHttp>;

beforeEach(async () => {
  hub = await openHuggingface(Date.now);
  http = openHttp({ userAgent: 'Landfall/test', allowPrivate: [] });
});
afterEach(async () => {
  await http.close();
  await hub.close();
});

async function look(address: string, cursor: Json = null, token?: string): Promise<PollResult> {
  const addresses = { 'huggingface.endpoint': hub.service.url };
  const source = huggingface.open({ http, addresses, secrets: token === undefined ? {} : { HF_TOKEN: token } });
  const target = lookAt(address, cursor);
  const { results } = await source.poll([target], { now: Date.now, signal: new AbortController().signal });
  const result = results.get(target.target.id);
  if (result === undefined) throw new Error('no result');
  return result;
}

const grok = () =>
  hub.model('xai-org/grok-2', {
    licence: 'grok2-community',
    files: { LICENSE: 'Grok 2 Community License Agreement', 'model-00001.safetensors': { size: 5_000_000_000 } },
  });

describe('a model', () => {
  test('appears with files and licence text, is the same by its validator, and is gated', async () => {
    const absent = fresh(await look('xai-org/grok-2'));
    expect(absent.there).toBe(false);
    const model = grok();
    const first = fresh(await look('xai-org/grok-2', absent.cursor));
    const facts = Object.assign({}, ...first.observations.map((one) => one.facts));
    expect(facts).toMatchObject({ files: 1, bytes: 5_000_000_000, licenceText: 'Grok 2 Community License Agreement' });
    model.downloads(1000);
    expect((await look('xai-org/grok-2', first.cursor)).kind).toBe('same');
    model.gate('manual');
    expect(seen(await look('xai-org/grok-2', first.cursor))).toContain('gated approval');
    expect(hub.service.unexpected).toEqual([]);
  });

  test('is renamed and keeps its story', async () => {
    const model = grok();
    const first = fresh(await look('xai-org/grok-2'));
    model.rename('xai-org/grok-2.5');
    const second = fresh(await look('xai-org/grok-2', first.cursor));
    expect(second.observations.find((one) => one.kind === 'state')).toMatchObject({
      about: 'huggingface:xai-org/grok-2',
      facts: { renamedTo: 'xai-org/grok-2.5' },
    });
    expect((await look('xai-org/grok-2', second.cursor)).kind).toBe('same');
    model.remove();
    expect(fresh(await look('xai-org/grok-2', second.cursor))).toMatchObject({ there: false, gone: ['model'] });
  });

  test('a gated licence text is left out; a refused token is said', async () => {
    grok().gate('auto');
    const first = fresh(await look('xai-org/grok-2'));
    expect(first.observations.find((one) => one.kind === 'licence')?.facts).not.toHaveProperty('licenceText');
    expect(await look('xai-org/grok-2', null, 'hf_wrong')).toMatchObject({
      kind: 'broken',
      reason: mentioning('HF_TOKEN'),
    });
  });
});

describe('an organisation', () => {
  test('of 1,200 models is read in three pages; one more model is one more', async () => {
    for (let index = 0; index < 1200; index += 1) hub.model(`big/model-${index}`, { files: { 'README.md': '# hi' } });
    const first = fresh(await look('big'));
    expect(first).toMatchObject({ window: 'all' });
    expect(first.found).toHaveLength(1200);
    hub.model('big/late', { createdAt: 0, files: { 'a.gguf': { size: 9 } } });
    const second = fresh(await look('big', first.cursor));
    const before = new Set(seen(first));
    expect(seen(second).filter((one) => !before.has(one) && /^(?:model|weights)/.test(one))).toEqual([
      'model:big/late there',
      'weights:big/late there',
    ]);
    expect(hub.service.unexpected).toEqual([]);
  });

  test('unchanged, whatever the counters did, is the same without a body', async () => {
    const model = grok();
    const first = fresh(await look('xai-org'));
    model.downloads(5);
    expect(await look('xai-org', first.cursor)).toEqual({ kind: 'same', cursor: first.cursor, restMs: null });
    model.remove();
    expect(fresh(await look('xai-org', first.cursor))).toMatchObject({ there: true, observations: [], window: 'all' });
  });
});
