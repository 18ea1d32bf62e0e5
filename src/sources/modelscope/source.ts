// The source ModelScope: an owner's models, and single models with their files and licence.
// https://modelscope.cn/openapi/v1: errors have `success: false`, even with HTTP 200.
import { z } from 'zod';
import type { Look, PollResult, Spent } from '../../types/core.ts';
import type { PollContext, Source, SourceKind, SourceWorld } from '../define.ts';
import { nameFilters } from '../filters.ts';
import { readAddress } from './address.ts';
import {
  absent,
  modelResult,
  ownerResult,
  readCursor,
  readFiles,
  readList,
  readModel,
  type ScopeModel,
} from './read.ts';

const events = ['model', 'weights', 'licence'] as const;
const pageSize = 50;
/** The API's limit: `page_number × page_size` may not exceed 3,000. */
const mostPages = 60;
const pool = 'modelscope';

export const modelscope: SourceKind = {
  kind: 'modelscope',
  events,
  options: {
    on: z.array(z.enum(events)).min(1).optional(),
    ...nameFilters,
  },
  address: readAddress,
  floorMs: 60_000,
  open,
};

type Failure = Extract<PollResult, { kind: 'later' | 'broken' }>;
type Got = { readonly kind: 'json'; readonly body: unknown } | { readonly kind: 'missing' } | Failure;

function open(world: SourceWorld): Source {
  const endpoint = world.addresses['modelscope.endpoint'] ?? 'https://modelscope.cn';
  return {
    kind: 'modelscope',
    awaits: true,
    batch: 5,
    pool: () => pool,
    // The limits are unpublished, and several requests a second were refused: so one at a time, at most sixty a minute.
    quota: () => ({ limit: 60, windowMs: 60_000, share: 0.5, peak: 1, hot: 5, batch: 1, worst: mostPages, lanes: 1 }),
    async poll(looks, context) {
      const spent: Spent[] = [];
      const ask = createAsk(world, context, endpoint, spent);
      const results = new Map<string, PollResult>();
      for (const look of looks)
        results.set(
          look.target.id,
          await (look.target.address.includes('/') ? lookAtModel : lookAtOwner)(ask, look, endpoint),
        );
      return { results, spent };
    },
    read(look, { body, url }) {
      const json = parse(body);
      const place = { look, endpoint };
      if (z.object({ success: z.literal(false) }).safeParse(json).success) return absent(look, url);
      if (!look.target.address.includes('/')) {
        const list = readList(json);
        return list === null ? noAnswer(endpoint) : ownerResult(place, list.models, url);
      }
      const model = readModel(json);
      const { files } = z.object({ files: z.array(z.unknown()) }).safeParse(json).data ?? { files: [] };
      const read = readFiles({ Data: { Files: files } }) ?? [];
      return model === null ? noAnswer(endpoint) : modelResult(place, model, read, url);
    },
  };
}

type Ask = (path: string) => Promise<Got>;

async function lookAtOwner(ask: Ask, look: Look, endpoint: string): Promise<PollResult> {
  const owner = look.target.address;
  const before = readCursor(look.cursor);
  const models = new Map<string, ScopeModel>();
  const url = `${endpoint}/openapi/v1/models?owner=${owner}&sort=last_modified`;
  for (let page = 1; page <= mostPages; page += 1) {
    const words = new URLSearchParams({
      owner,
      sort: 'last_modified',
      page_number: String(page),
      page_size: String(pageSize),
    });
    const got = await ask(`/openapi/v1/models?${words.toString()}`);
    if (got.kind === 'missing') return page === 1 ? absent(look, url) : refused(endpoint, 'the list ended early');
    if (got.kind !== 'json') return got;
    const list = readList(got.body);
    if (list === null) return refused(endpoint, codeOf(got.body));
    for (const model of list.models) models.set(model.id, model);
    const known = before !== null && list.models.some(({ last_modified }) => (last_modified ?? '') <= before.newest);
    if (known || list.held < pageSize || page * pageSize >= list.all) break;
  }
  // An owner without any models counts as absent: nothing was published there (yet).
  return models.size === 0 ? absent(look, url) : ownerResult({ look, endpoint }, [...models.values()], url);
}

async function lookAtModel(ask: Ask, look: Look, endpoint: string): Promise<PollResult> {
  const { address } = look.target;
  const path = `/openapi/v1/models/${address}`;
  const got = await ask(path);
  if (got.kind === 'missing') return absent(look, `${endpoint}${path}`);
  if (got.kind !== 'json') return got;
  const model = readModel(got.body);
  if (model === null) return refused(endpoint, codeOf(got.body));
  const listed = await ask(`/api/v1/models/${address}/repo/files?Revision=master&Recursive=True`);
  if (listed.kind === 'missing') return refused(endpoint, 'its files are not listed');
  if (listed.kind !== 'json') return listed;
  const files = readFiles(listed.body);
  if (files === null) return refused(endpoint, codeOf(listed.body));
  return modelResult({ look, endpoint }, model, files, `${endpoint}${path}`);
}

const hostOf = (endpoint: string): string => new URL(endpoint).host;

/** `success: false` with HTTP 200 (a quota, an internal error) is a problem on their side, so the look is retried later. */
const refused = (endpoint: string, said: string): Failure => ({
  kind: 'later',
  reason: { code: 'modelscope.refused', params: { host: hostOf(endpoint), said } },
  afterMs: null,
});

const noAnswer = (endpoint: string): Failure => ({
  kind: 'broken',
  reason: { code: 'modelscope.no-answer', params: { host: hostOf(endpoint) } },
});

function codeOf(body: unknown): string {
  const said = z.object({ code: z.union([z.string(), z.number()]) }).safeParse(body).data?.code ?? 'no code';
  return String(said).slice(0, 100);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** One request at a time; after a refusal the rest of the poll is not sent. */
function createAsk(world: SourceWorld, context: PollContext, endpoint: string, spent: Spent[]): Ask {
  let resumeAt = 0;
  const answered = (status: number, afterMs: number | null): Failure => ({
    kind: 'later',
    reason: { code: 'modelscope.answered', params: { host: hostOf(endpoint), status } },
    afterMs,
  });
  return async (path) => {
    const begun = context.now();
    if (context.signal.aborted) return { kind: 'later', reason: { code: 'look.stopped', params: {} }, afterMs: null };
    if (begun < resumeAt) return answered(429, resumeAt - begun);
    const reply = await world.http.get(`${endpoint}${path}`, { signal: context.signal, reach: 'any', maxRedirects: 3 });
    const now = context.now();
    if (reply.kind === 'failed') {
      spent.push({ pool, cost: 1, tookMs: now - begun });
      const ours = reply.fault === 'private address' || reply.fault === 'bad url' || reply.fault === 'too large';
      return ours ? { kind: 'broken', reason: reply.reason } : { kind: 'later', reason: reply.reason, afterMs: null };
    }
    const { status, headers } = reply;
    const waits = status === 429 || status === 403;
    const seconds = Number(headers.get('retry-after') ?? '');
    const pauseMs = seconds > 0 ? seconds * 1_000 : 60_000;
    spent.push({ pool, cost: 1, tookMs: now - begun, ...(waits ? { pauseMs } : {}) });
    if (waits) {
      resumeAt = now + pauseMs;
      return answered(status, pauseMs);
    }
    if (status === 404) return { kind: 'missing' };
    if (status >= 500) return answered(status, seconds > 0 ? seconds * 1_000 : null);
    const body = status === 200 ? parse(new TextDecoder().decode(reply.bytes)) : undefined;
    return body === undefined ? noAnswer(endpoint) : { kind: 'json', body };
  };
}
