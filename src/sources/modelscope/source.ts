// The source ModelScope: an owner's models, and single models with their files and licence.
// https://modelscope.cn/openapi/v1: errors have `success: false`, even with HTTP 200.
import { z } from 'zod';
import type { Look, PollResult, Spent } from '../../types/core.ts';
import type { Source, SourceKind, SourceWorld } from '../define.ts';
import { nameFilters } from '../filters.ts';
import { isForCopies } from '../quantised/copies.ts';
import { readAddress } from './address.ts';
import { codeOf, createClient, filesOf, noAnswer, parse, pool, refused, type ScopeClient } from './client.ts';
import { lookForCopies } from './copies.ts';
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

/** The same as for Hugging Face, although no gate has been seen here; `state` tells that a model is gone. */
const events = ['model', 'weights', 'licence', 'gated', 'state', 'quantised'] as const;
const pageSize = 50;
/** The API's limit: `page_number × page_size` may not exceed 3,000. */
const mostPages = 60;

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
      const client = createClient(world, context, endpoint, spent);
      const isConverter = (account: string): boolean => world.isConverter?.('modelscope', account) === true;
      const results = new Map<string, PollResult>();
      for (const look of looks) {
        const { address } = look.target;
        const lookAt = address.includes('/') ? lookAtModel : lookAtOwner;
        const copies = isForCopies(look.target);
        results.set(
          look.target.id,
          await (copies ? lookForCopies({ client, isConverter }, look) : lookAt(client, look)),
        );
      }
      return { results, spent };
    },
    read(look, { body, url }) {
      const json = parse(body);
      const place = { look, endpoint, at: null };
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

async function lookAtOwner({ ask, endpoint, now }: ScopeClient, look: Look): Promise<PollResult> {
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
  return models.size === 0 ? absent(look, url) : ownerResult({ look, endpoint, at: now() }, [...models.values()], url);
}

async function lookAtModel({ ask, endpoint, now }: ScopeClient, look: Look): Promise<PollResult> {
  const { address } = look.target;
  const path = `/openapi/v1/models/${address}`;
  const got = await ask(path);
  if (got.kind === 'missing') return absent(look, `${endpoint}${path}`);
  if (got.kind !== 'json') return got;
  const model = readModel(got.body);
  if (model === null) return refused(endpoint, codeOf(got.body));
  const listed = await ask(filesOf(address));
  if (listed.kind === 'missing') return refused(endpoint, 'its files are not listed');
  if (listed.kind !== 'json') return listed;
  const files = readFiles(listed.body);
  if (files === null) return refused(endpoint, codeOf(listed.body));
  return modelResult({ look, endpoint, at: now() }, model, files, `${endpoint}${path}`);
}
