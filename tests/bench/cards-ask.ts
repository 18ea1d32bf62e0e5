// Asks for the card of a known model as `landfall openness` does, of a Hub of our own that has this model.

import { cardOf } from '../../src/app/card.ts';
import { createReader } from '../../src/app/names.ts';
import { type Http, type HttpReply, openHttp } from '../../src/infra/http/client.ts';
import { type OpennessAnswer, opennessOf } from '../../src/reports/openness.ts';
import { huggingface } from '../../src/sources/huggingface/source.ts';
import { type HuggingfaceWorld, openHuggingface } from '../support/world/huggingface/open.ts';
import type { FileSeed } from '../support/world/huggingface/state.ts';
import type { KnownCard } from './cards-read.ts';

/** What it answers to every request beyond the Hub, but for the card's own `links`: nobody is asked for real. */
const unreachable = {
  kind: 'failed',
  fault: 'network',
  reason: { code: 'http.failed', params: { where: 'here' } },
} as const;

export interface CardScene {
  readonly ask: (card: KnownCard) => Promise<OpennessAnswer>;
  readonly close: () => Promise<void>;
}

export async function openCardScene(): Promise<CardScene> {
  const http = openHttp({ userAgent: 'Landfall/bench', allowPrivate: [] });
  return {
    ask: async (card) => {
      const hub = await openHuggingface(Date.now);
      try {
        serve(hub, card);
        return await look(hub, http, card);
      } finally {
        await hub.close();
      }
    },
    close: http.close,
  };
}

function look(hub: HuggingfaceWorld, http: Http, card: KnownCard): Promise<OpennessAnswer> {
  const endpoint = hub.service.url;
  const source = huggingface.open({
    http: {
      ...http,
      get: (url, options) => (url.startsWith(`${endpoint}/`) ? http.get(url, options) : linked(card, url)),
    },
    addresses: { 'huggingface.endpoint': endpoint },
    secrets: {},
  });
  const reading = huggingface.address(card.id, {});
  if (!('target' in reading)) throw new Error(reading.problem.code);
  const deps = {
    sources: new Map([[source.kind, source]]),
    read: createReader().read,
    sitesOf: () => [],
    briefly: (signal: AbortSignal) => signal,
    card: cardOf(),
    now: Date.now,
  };
  return opennessOf(deps, [reading.target], new AbortController().signal);
}

async function linked(card: KnownCard, url: string): Promise<HttpReply> {
  const text = card.links[url];
  if (text === undefined) return unreachable;
  const headers = new Headers({ 'content-type': 'text/plain; charset=utf-8' });
  return { kind: 'reply', status: 200, headers, url, redirects: [], bytes: new TextEncoder().encode(text) };
}

function serve(hub: HuggingfaceWorld, card: KnownCard): void {
  const { config, gguf } = card;
  const files: Record<string, FileSeed> = {};
  for (const { rfilename, size, lfs } of card.siblings)
    files[rfilename] = { size, lfs: lfs !== undefined && lfs !== false };
  const model = hub.model(card.id, {
    files: { ...files, ...card.files },
    card: card.cardData,
    tags: card.tags,
    gated: card.gated,
    library: card.library_name ?? null,
    pipeline: card.pipeline_tag ?? null,
    ...(card.safetensors === undefined ? {} : { safetensors: card.safetensors }),
    fields: { ...(config === undefined ? {} : { config }), ...(gguf === undefined ? {} : { gguf }) },
  });
  // The Hub makes one where there is none; a known card says whether it has one.
  if (card.files['README.md'] === undefined) model.commit({ 'README.md': null });
  for (const [id, said] of Object.entries(card.datasets)) hub.dataset(id, datasetSeed(said));
  for (const [url, text] of Object.entries(card.links)) {
    const [, id, path] =
      /^https:\/\/huggingface\.co\/([^/]+\/[^/]+)\/(?:blob|resolve|raw)\/[^/]+\/(.+)$/.exec(url) ?? [];
    if (id !== undefined && path !== undefined) hub.model(id).commit({ [path]: text });
  }
}

function datasetSeed(said: Readonly<Record<string, unknown>>) {
  const { gated, cardData, tags } = said;
  return {
    gated: gated === 'auto' || gated === 'manual' ? gated : false,
    private: said.private === true,
    card: typeof cardData === 'object' && cardData !== null ? { ...cardData } : {},
    tags: Array.isArray(tags) ? tags.filter((tag) => typeof tag === 'string') : [],
  } as const;
}
