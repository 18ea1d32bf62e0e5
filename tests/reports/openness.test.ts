// The card that is asked for: which looks it takes, and what the lab's own words add.
import { expect, test } from 'vitest';
import { cardOf } from '../../src/app/card.ts';
import { createReader } from '../../src/app/names.ts';
import { opennessOf } from '../../src/reports/openness.ts';
import type { Source } from '../../src/sources/define.ts';
import type { Observation, PollResult, Target } from '../../src/types/core.ts';
import { hubModel, listedModel, lookAt, playHub } from '../support/sources/huggingface/hub.ts';

const site: Target = { id: 'page:https://x.ai/news', source: 'page', address: 'https://x.ai/news', shape: null };

function news(title: string): Observation {
  return {
    targetId: site.id,
    key: title,
    fingerprint: title,
    kind: 'link',
    sort: 'thing',
    about: `page:${title}`,
    subject: null,
    title,
    url: 'https://x.ai/news/item',
    publishedAt: null,
    lang: 'en',
    text: null,
    facts: {},
  };
}

/** A site of the lab that answers this, whoever asks. */
function playSite(result: PollResult): Source {
  return {
    kind: 'page',
    batch: 1,
    pool: () => 'page:x.ai',
    poll: (looks) => Promise.resolve({ results: new Map(looks.map(({ target }) => [target.id, result])), spent: [] }),
    read: () => result,
  };
}

const shown = (...titles: readonly string[]): PollResult => ({
  kind: 'fresh',
  there: true,
  observations: titles.map(news),
  cursor: null,
  gone: [],
  window: 'newest',
  found: [],
  answer: null,
  restMs: null,
});

async function newestOf(result: PollResult) {
  const grok = hubModel('xai-org/grok-2', {
    siblings: [{ rfilename: 'model.safetensors', size: 5, lfs: { size: 9_000_000_000 } }],
  });
  const hub = playHub({
    '/api/models/xai-org/grok-2': [{ body: grok }],
    '/api/models': [{ body: [listedModel('xai-org/grok-2'), listedModel('xai-org/grok-1')] }],
  });
  const answer = await opennessOf(
    {
      sources: new Map([
        ['huggingface', hub.source],
        ['page', playSite(result)],
      ]),
      read: createReader().read,
      sitesOf: (lab) => (lab === 'xai' ? [site] : []),
      briefly: (signal) => signal,
      card: cardOf(),
      now: () => Date.parse('2025-08-24T12:00:00.000Z'),
    },
    [lookAt('xai-org/grok-2').target],
    new AbortController().signal,
  );
  if (answer.kind !== 'card') throw new Error(JSON.stringify(answer));
  return { open: answer.openness.newestOpen.value, overall: answer.openness.newestOverall };
}

test('the lab’s own words name what it only hosts', async () => {
  const { open, overall } = await newestOf(shown('Grok 4 is now available', 'Grok 3 will be open source next year'));
  expect([open, overall.value]).toEqual(['Grok 2', 'Grok 4, closed']);
  expect(overall.because.url).toBe('https://x.ai/news/item');
});

test('a site that does not answer, or speaks of something else, leaves the newest of all unknown', async () => {
  const silent: PollResult = { kind: 'later', reason: { code: 'look.host-rests', params: {} }, afterMs: null };
  for (const result of [silent, shown('Careers')]) {
    const { open, overall } = await newestOf(result);
    expect([open, overall.value]).toEqual(['Grok 2', 'unknown']);
  }
});
