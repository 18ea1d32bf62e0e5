// Turns ModelScope's answers into observations, without the network.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Facts, Json, Kind, Look, Observation, PollResult } from '../../types/core.ts';
import { nothingThere } from '../absent.ts';
import { copiesAsked, copiesSought, newlyAsked } from '../quantised/copies.ts';
import { weightsOf } from '../weights/artefact.ts';

const text = z.string().nullish().catch(null);

/** One, several or none. */
const texts = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .nullish()
  .catch(null);

const modelShape = z.object({
  id: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  /** Its permanent id, where the answer contains it. */
  Id: z
    .union([z.number(), z.string()])
    .nullish()
    .catch(null)
    .transform((id) => (id == null || id === '' ? null : String(id))),
  last_modified: text,
  created_at: text,
  license: text,
  tasks: z.array(z.string()).catch([]),
  tags: z.array(z.string()).catch([]),
  library: text,
  visibility: text,
  base_model: texts,
  base_models: texts,
  base_model_relation: text,
});
export type ScopeModel = z.infer<typeof modelShape>;

const fileShape = z.object({ Path: z.string(), Size: z.number().nullish().catch(null), Type: text, Revision: text });
export type ScopeFile = z.infer<typeof fileShape>;

const envelope = z.object({ success: z.literal(true), data: z.unknown() });
const listShape = z.object({ models: z.array(z.unknown()), total_count: z.number().catch(0) });
const filesShape = z.object({ Data: z.object({ Files: z.array(z.unknown()) }) });

export interface ScopeList {
  readonly models: readonly ScopeModel[];
  readonly all: number;
  /** The number of items on the page, readable or not. */
  readonly held: number;
}

/** Null when `success` is not true, or the body is not a list. */
export function readList(body: unknown): ScopeList | null {
  const list = listShape.safeParse(envelope.safeParse(body).data?.data).data;
  if (list === undefined) return null;
  const models = list.models.flatMap((one) => modelShape.safeParse(one).data ?? []);
  return { models, all: list.total_count, held: list.models.length };
}

export function readModel(body: unknown): ScopeModel | null {
  return modelShape.safeParse(envelope.safeParse(body).data?.data).data ?? null;
}

export function readFiles(body: unknown): readonly ScopeFile[] | null {
  const files = filesShape.safeParse(body).data?.Data.Files;
  return files?.flatMap((one) => fileShape.safeParse(one).data ?? []).filter(({ Type }) => Type !== 'tree') ?? null;
}

const cursorShape = z.object({
  v: z.literal(1),
  hash: z.string(),
  newest: z.string(),
  /** The model's permanent id, once an answer has contained it. */
  lasting: z.string().nullable().default(null),
  /** Another model had this address before. */
  successor: z.boolean().default(false),
  /** The models that existed when copies were first asked for; null = no watch asks for copies. */
  copies: copiesAsked,
});

export function readCursor(cursor: Json): z.infer<typeof cursorShape> | null {
  return cursorShape.safeParse(cursor).data ?? null;
}

const hashOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);

interface Place {
  readonly look: Look;
  readonly endpoint: string;
  /** When it was read, in milliseconds since the epoch; null for a recorded answer. */
  readonly at: number | null;
  /** Appended to the address when another model had it before. */
  readonly mark?: string;
}

function seen(
  { look, endpoint, mark = '' }: Place,
  model: ScopeModel,
  { key, kind, sort, fingerprint, facts }: Pick<Observation, 'key' | 'sort' | 'fingerprint' | 'facts'> & { kind: Kind },
): Observation {
  return {
    targetId: look.target.id,
    key,
    kind,
    sort,
    fingerprint,
    about: `modelscope:${model.id}${mark}`,
    subject: model.id.slice(model.id.indexOf('/') + 1),
    title: model.id,
    url: `${endpoint}/models/${model.id}`,
    publishedAt: null,
    lang: null,
    text: null,
    facts,
  };
}

function modelFacts(model: ScopeModel): Facts {
  return {
    subjectName: model.id.slice(model.id.indexOf('/') + 1),
    ...(model.created_at == null ? {} : { createdAt: model.created_at }),
    ...(model.tasks[0] === undefined ? {} : { task: model.tasks[0] }),
  };
}

interface FreshAnswer {
  readonly observations: readonly Observation[];
  readonly cursor: Json;
  readonly body: unknown;
  readonly url: string;
}

function fresh(place: Place, { observations, cursor, body, url }: FreshAnswer) {
  return {
    kind: 'fresh' as const,
    there: true,
    observations,
    cursor,
    gone: [],
    window: 'newest' as const,
    found: [],
    answer: { type: 'json' as const, url, body: JSON.stringify(body) },
    restMs: place.look.target.address.includes('/') ? null : 60_000,
  };
}

/** The result for a target that does not exist yet, or no longer. */
export function absent(look: Look, url: string): PollResult {
  const hash = hashOf('absent');
  const before = readCursor(look.cursor);
  const { newest = '', lasting = null, successor = false, copies = null } = before ?? {};
  const cursor = { v: 1, hash, newest, lasting, successor, copies };
  if (before?.hash === hash) return { kind: 'same', cursor, restMs: null };
  const answer = { type: 'json' as const, url, body: JSON.stringify({ success: false, code: 'NotFound' }) };
  const gone = look.target.address.includes('/') ? ['model'] : [];
  return nothingThere(answer, cursor, gone);
}

/** The list does not say which files a model has, so whether it has weights is not known. */
const toPack = ({ id, created_at, last_modified }: ScopeModel) => ({
  source: 'modelscope',
  address: id,
  made: created_at ?? last_modified,
  hasWeights: null,
});

/** `models`: the newest ones; at the first look, all of them. */
export function ownerResult(place: Place, models: readonly ScopeModel[], url: string): PollResult {
  const { look } = place;
  const before = readCursor(look.cursor);
  const observations = models.map((model) =>
    seen(place, model, {
      key: `model:${model.id}`,
      kind: 'model',
      sort: 'thing',
      fingerprint: 'there',
      facts: modelFacts(model),
    }),
  );
  const newest = models.reduce(
    (latest, { last_modified }) => ((last_modified ?? '') > latest ? (last_modified ?? '') : latest),
    before?.newest ?? '',
  );
  const hash = hashOf(models.map(({ id, last_modified }) => `${id} ${last_modified ?? ''}`).toSorted());
  const packed = copiesSought(look, models.map(toPack), before, place.at);
  const cursor = { v: 1, hash, newest, copies: packed.copies };
  if (before?.hash === hash && !newlyAsked(look, before)) return { kind: 'same', cursor, restMs: 60_000 };
  const body = { success: true, data: { models, total_count: models.length } };
  const found = models.map((model) => ({
    target: { id: `modelscope:${model.id.toLowerCase()}`, source: 'modelscope', address: model.id, shape: null },
    mark: model.last_modified ?? null,
    // The list is enough for the baseline: an account may hold hundreds of models.
    whole: before === null,
  }));
  return { ...fresh(place, { observations, cursor, body, url }), found: [...found, ...packed.found] };
}

export function modelResult(from: Place, model: ScopeModel, files: readonly ScopeFile[], url: string): PollResult {
  const stored = readCursor(from.look.cursor);
  const lasting = model.Id ?? stored?.lasting ?? null;
  const other = stored !== null && stored.lasting !== null && stored.lasting !== lasting;
  const replaced = other ? { before: stored.lasting ?? '', after: lasting ?? '' } : undefined;
  const before = other ? null : stored;
  const successor = other || before?.successor === true;
  const place: Place = successor ? { ...from, mark: `~${lasting}` } : from;
  const held = weightsOf({
    id: model.id,
    files: files.map(({ Path, Size }) => ({ path: Path, bytes: Size ?? null })),
    library: null,
    tags: [],
    relations: [],
  });
  const bytes = held.copies.main?.bytes ?? null;
  const weights: Facts = { files: held.files.length, formats: held.formats, ...(bytes === null ? {} : { bytes }) };
  const licence = model.license ?? null;
  const observations = [
    seen(place, model, {
      key: 'model',
      kind: 'model',
      sort: 'thing',
      fingerprint: 'there',
      facts: { ...modelFacts(model), artefact: held.artefact },
    }),
    ...(held.files.length === 0 || held.artefact === 'adapter'
      ? []
      : [seen(place, model, { key: 'weights', kind: 'weights', sort: 'thing', fingerprint: 'there', facts: weights })]),
    seen(place, model, {
      key: 'licence',
      kind: 'licence',
      sort: 'trait',
      fingerprint: licence?.toLowerCase() ?? 'none',
      facts: { licence: licence?.toLowerCase() ?? null },
    }),
  ];
  const hash = hashOf([model.id, licence, files.map(({ Path, Size }) => `${Path} ${Size ?? ''}`).toSorted()]);
  const hasWeights = held.files.length > 0 && held.artefact !== 'adapter';
  const packed = copiesSought(from.look, successor ? [] : [{ ...toPack(model), hasWeights }], before, from.at);
  const cursor = { v: 1, hash, newest: '', lasting, successor, copies: packed.copies };
  if (before?.hash === hash && !newlyAsked(from.look, before)) return { kind: 'same', cursor, restMs: null };
  const seenNow = fresh(place, { observations, cursor, body: { success: true, data: model, files }, url });
  const result = { ...seenNow, found: packed.found };
  return replaced === undefined ? result : { ...result, replaced };
}
