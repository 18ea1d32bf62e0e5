// The source Hugging Face: organisations and users (all their models), and single models.
import { z } from 'zod';
import type { Look, PollResult, Target } from '../../types/core.ts';
import type { PollContext, Source, SourceKind, SourceWorld } from '../define.ts';
import { nameFilters } from '../filters.ts';
import { quotaOf } from '../hub/quota.ts';
import { isForCopies, newlyAsked } from '../quantised/copies.ts';
import { readAddress } from './address.ts';
import { createClient, pool } from './client.ts';
import { type CopiesDeps, lookForCopies } from './copies.ts';
import { readModelCursor, readOwnerCursor } from './cursor.ts';
import { askData, isDataDue, waiting } from './datasets.ts';
import { modelDocument, notFound, readListing, readRefusal } from './document.ts';
import { linkReader } from './licence.ts';
import { collect } from './likes.ts';
import { askListing } from './listing.ts';
import { askModel, type ModelDeps } from './model.ts';
import { sameName } from './naming.ts';
import { readModel, readOwner, unchangedOwner } from './read.ts';
import { countSpread } from './spread.ts';

const events = ['model', 'weights', 'licence', 'gated', 'state', 'quantised'] as const;
const atATime = 8;

export const huggingface: SourceKind = {
  kind: 'huggingface',
  events,
  options: {
    on: z.array(z.enum(events)).min(1).optional(),
    ...nameFilters,
  },
  address: readAddress,
  floorMs: 30_000,
  open,
};

function open(world: SourceWorld): Source {
  return {
    kind: 'huggingface',
    awaits: true,
    batch: 50,
    pool: () => pool,
    quota: () => quotaOf(Boolean(world.secrets.HF_TOKEN)),
    async poll(looks, context) {
      const client = createClient(world, context);
      const isConverter = (account: string): boolean => world.isConverter?.('huggingface', account) === true;
      const deps = { client, readLink: linkReader(world.http, context), isConverter };
      const results = new Map<string, PollResult>();
      const queue = looks.values();
      const worker = async () => {
        for (const look of queue) results.set(look.target.id, await lookAt(deps, look, context));
      };
      await Promise.all(Array.from({ length: Math.min(atATime, looks.length) }, worker));
      return { results, spent: client.spent };
    },
    collect: (list, user, context) => collect(createClient(world, context), list, user),
    spread: countSpread(world),
    read(look, answer, at) {
      return readAnswer(look, answer.body, endpointOf(world), at);
    },
  };
}

const isModel = (target: Target): boolean => target.address.includes('/');

const endpointOf = (world: SourceWorld): string => world.addresses['huggingface.endpoint'] ?? 'https://huggingface.co';

type LookDeps = ModelDeps & Pick<CopiesDeps, 'isConverter'>;

async function lookAt(deps: LookDeps, look: Look, context: PollContext): Promise<PollResult> {
  const { client } = deps;
  if (context.signal.aborted) return { kind: 'later', reason: { code: 'look.stopped', params: {} }, afterMs: null };
  if (isForCopies(look.target)) return lookForCopies({ ...deps, now: context.now() }, look);
  if (isModel(look.target)) {
    const before = readModelCursor(look.cursor);
    // Unconditional while the permanent id is not known: a 304 would not contain it.
    const etag = before === null || before.lasting === null || newlyAsked(look, before) ? null : before.etag;
    const ask = (name: string) => askModel(deps, name, etag, before?.sha ?? null);
    const { address } = look.target;
    const place = before?.place ?? address;
    let answer = await ask(place);
    const missing =
      answer.kind === 'document' && 'error' in answer.document && answer.document.error === notFound.error;
    const answered = answer.kind === 'document' || answer.kind === 'same';
    if (answered && !sameName(place, address)) {
      if (missing) answer = await ask(address);
      else if (await isTaken(deps, address, before?.lasting ?? '')) answer = await askModel(deps, address, null, null);
    }
    if (answer.kind === 'document') return readModel(look, client.endpoint, answer, context.now());
    return answer.kind === 'same' ? { kind: 'same', cursor: look.cursor, restMs: null } : answer;
  }
  const before = readOwnerCursor(look.cursor);
  const now = context.now();
  const owner = look.target.address;
  const whole = before === null || newlyAsked(look, before) || isDataDue(before.data, now);
  const answer = await askListing(client, owner, whole ? null : before.etag, before?.plan ?? 0);
  if (answer.kind === 'listing') {
    const data = await askData(client, owner, answer.models, { known: before?.data ?? null, now });
    return readOwner(look, client.endpoint, { ...answer, data }, context.now());
  }
  if (answer.kind === 'absent') return readOwner(look, client.endpoint, null, context.now());
  return answer.kind === 'same' ? unchangedOwner(look.cursor) : answer;
}

/** Whether another model has taken the written name, which otherwise redirects after a rename. */
async function isTaken({ client }: ModelDeps, address: string, lasting: string): Promise<boolean> {
  if (lasting === '') return false;
  const got = await client.json(`/api/models/${address}`, null);
  const there = got.kind === 'json' ? modelDocument.safeParse(got.body).data : undefined;
  return there?._id !== undefined && there._id !== lasting && sameName(there.id, address);
}

/** A recorded answer has the API's form: a list for an owner, an object for a model, `{error}` when absent. */
function readAnswer(look: Look, body: string, endpoint: string, at: number): PollResult {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch {
    return { kind: 'broken', reason: { code: 'huggingface.recorded-no-json', params: {} } };
  }
  const refusal = readRefusal(json);
  if (!isModel(look.target)) {
    const listing = readListing(json);
    if (listing === null && refusal === null)
      return { kind: 'broken', reason: { code: 'huggingface.recorded-no-list', params: {} } };
    const data = readOwnerCursor(look.cursor)?.data ?? waiting(at);
    return readOwner(look, endpoint, listing === null ? null : { ...listing, etag: null, plan: 0, data }, null);
  }
  if (refusal !== null) return readModel(look, endpoint, { document: { error: refusal }, etag: null }, null);
  const model = modelDocument.safeParse(json);
  if (!model.success) return { kind: 'broken', reason: { code: 'huggingface.recorded-no-model', params: {} } };
  return readModel(look, endpoint, { document: model.data, etag: null }, null);
}
