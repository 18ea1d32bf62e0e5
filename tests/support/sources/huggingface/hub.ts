// A simulated Hugging Face: prepared answers by path, in the shape of real ones; an unexpected request fails the test.
import { expect, onTestFinished } from 'vitest';
import type { GetOptions, Http, HttpReply } from '../../../../src/infra/http/client.ts';
import type { SourceWorld } from '../../../../src/sources/define.ts';
import { huggingface } from '../../../../src/sources/huggingface/source.ts';
import type { Fresh, Json, Look, PollResult } from '../../../../src/types/core.ts';

export const endpoint = 'https://huggingface.co';
export const noon = Date.parse('2025-08-23T12:00:00.000Z');

export interface Played {
  readonly status?: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The final address after redirects. */
  readonly url?: string;
  readonly failed?: Extract<HttpReply, { kind: 'failed' }>['fault'];
}

export interface Asked {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
}

/** `answers`: path → the answers to the first, second, … request for it. */
export function playHub(answers: Readonly<Record<string, readonly Played[]>>, token?: string) {
  const left = new Map(Object.entries(answers).map(([path, list]) => [path, [...list]]));
  const asked: Asked[] = [];
  onTestFinished(() => expect([...left].filter(([, list]) => list.length > 0)).toEqual([]));
  const get = async (url: string, options: GetOptions): Promise<HttpReply> => {
    const { origin, pathname, searchParams } = new URL(url);
    asked.push({ path: pathname, query: searchParams, headers: options.headers ?? {} });
    const played = origin === endpoint ? left.get(pathname)?.shift() : undefined;
    if (played === undefined) throw new Error(`nobody foresaw ${url}`);
    if (played.failed)
      return {
        kind: 'failed',
        fault: played.failed,
        reason: { code: 'http.failed-code', params: { where: pathname, detail: played.failed } },
      };
    const text = typeof played.body === 'string' ? played.body : JSON.stringify(played.body ?? '');
    const status = played.status ?? 200;
    const headers = new Headers({ 'content-type': 'application/json; charset=utf-8', ...played.headers });
    return {
      kind: 'reply',
      status,
      headers,
      url: played.url ?? url,
      redirects: [],
      bytes: new TextEncoder().encode(text),
    };
  };
  const http: Http = {
    userAgent: 'Landfall/test',
    get,
    fetch: () => Promise.reject(new Error('not used')),
    publicFetch: () => Promise.reject(new Error('not used')),
    close: () => Promise.resolve(),
  };
  const world: SourceWorld = {
    http,
    addresses: { 'huggingface.endpoint': endpoint },
    secrets: token === undefined ? {} : { HF_TOKEN: token },
  };
  const source = huggingface.open(world);
  return {
    asked,
    source,
    poll: (...looks: readonly Look[]) => source.poll(looks, { now: () => noon, signal: new AbortController().signal }),
    async look(address: string, cursor: Json = null, at = noon): Promise<PollResult> {
      const look = lookAt(address, cursor);
      const { results } = await source.poll([look], { now: () => at, signal: new AbortController().signal });
      const result = results.get(look.target.id);
      if (result === undefined) throw new Error(`${address} has no result`);
      return result;
    },
  };
}

export function lookAt(address: string, cursor: Json = null): Look {
  const reading = huggingface.address(address, {});
  if (!('target' in reading)) throw new Error(reading.problem.code);
  return { target: reading.target, cursor, lastAt: null };
}

export function fresh(result: PollResult): Fresh {
  if (result.kind !== 'fresh') throw new Error(`${result.kind}: ${JSON.stringify(result)}`);
  return result;
}

/** Key and fingerprint of each observation. */
export const seen = (result: PollResult): readonly string[] =>
  fresh(result).observations.map((one) => `${one.key} ${one.fingerprint}`);

const shaOf = (seed: string): string => seed.repeat(40).slice(0, 40);

/** A model as returned by `GET /api/models/ID?blobs=true`. */
export function hubModel(id: string, change: Readonly<Record<string, unknown>> = {}) {
  return {
    _id: Buffer.from(id).toString('hex').padStart(24, '0').slice(-24),
    id,
    private: false,
    library_name: 'transformers',
    tags: ['transformers', 'safetensors', 'license:grok2-community', 'region:us'],
    downloads: 12,
    likes: 3,
    modelId: id,
    author: id.split('/')[0],
    sha: shaOf('a1'),
    lastModified: '2025-08-23T16:01:00.000Z',
    gated: false,
    disabled: false,
    cardData: { license: 'grok2-community' },
    siblings: [
      { rfilename: '.gitattributes', size: 1519, blobId: shaOf('01') },
      { rfilename: 'LICENSE', size: 7000, blobId: shaOf('02') },
      { rfilename: 'model.safetensors.index.json', size: 90_000, blobId: shaOf('03') },
      {
        rfilename: 'pytorch_model-00001-of-00002-TP-common.safetensors',
        size: 300,
        blobId: shaOf('04'),
        lfs: { size: 8_000_000_000 },
      },
      {
        rfilename: 'pytorch_model-00002-of-00002-TP-common.safetensors',
        size: 300,
        blobId: shaOf('05'),
        lfs: { size: 9_000_000_000 },
      },
    ],
    createdAt: '2025-08-21T02:11:00.000Z',
    ...change,
  };
}

/** A model as it appears in a listing, without sizes. */
export function listedModel(id: string, change: Readonly<Record<string, unknown>> = {}) {
  const model = hubModel(id, { downloads: undefined, likes: undefined });
  return { ...model, siblings: model.siblings.map(({ rfilename }) => ({ rfilename })), ...change };
}
