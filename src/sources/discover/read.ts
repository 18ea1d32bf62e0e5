// Picks what a discovery takes from a list. Pure, so that recorded answers are read in the same way as live ones.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { FoundTarget, Json, Look, Observation, PollResult } from '../../types/core.ts';
import type { NameSense } from '../define.ts';
import { type Discovery, discoveryOf } from './address.ts';
import { isDerivative } from './derivative.ts';

const dayMs = 86_400_000;
/** Repositories are often created in private weeks before they are published. */
const preparedDays = 60;

const text = z.string().nullish().catch(null);

const listedModel = z.object({
  _id: text,
  id: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  likes: z.number().catch(0),
  private: z.boolean().optional().catch(undefined),
  tags: z.array(z.string()).catch([]),
  pipeline_tag: text,
  library_name: text,
  createdAt: text,
});
export type ListedModel = z.infer<typeof listedModel>;

const listedRepository = z.object({
  id: z.number(),
  full_name: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
  html_url: z.url(),
  description: text,
  stargazers_count: z.number().catch(0),
  created_at: text,
  private: z.boolean().optional().catch(undefined),
});
type ListedRepository = z.infer<typeof listedRepository>;

/** The readable items of a list; null when the body is not a list. */
export function readModels(body: unknown): readonly ListedModel[] | null {
  if (!Array.isArray(body)) return null;
  return body.flatMap((one) => listedModel.safeParse(one).data ?? []);
}

export function readRepositories(body: unknown): readonly ListedRepository[] | null {
  const items = z.object({ items: z.array(z.unknown()) }).safeParse(body).data?.items;
  return items?.flatMap((one) => listedRepository.safeParse(one).data ?? []) ?? null;
}

const cursorShape = z.object({
  v: z.literal(1),
  hash: z.string(),
  /** Models found at the first look, which are not watched individually. */
  quiet: z.array(z.string()),
  /** With which options it was read; undefined in older cursors. */
  shape: z.string().nullish(),
  /** Everything on the last list, whatever the options took up. */
  listed: z.array(z.string()).default([]),
});

/** Enough of an id to tell the entries of one list apart. */
const shortened = (key: string): string => key.slice(-14);

export interface Reader {
  readonly endpoint: string;
  /** Looks a repository up in the lab table; when it always returns null, no account counts as unknown. */
  readonly senseOf: (address: string) => NameSense | null;
}

interface Ranked {
  readonly model: ListedModel;
  readonly old: boolean;
}

/** The models that pass the filters, in the list's order; those older than asked for do not count towards the rank. */
function ranked(models: readonly ListedModel[], wanted: Discovery, { senseOf }: Reader, at: number): readonly Ranked[] {
  const oldest = at - (wanted.days + preparedDays) * dayMs;
  const isSameLab = (one: string, other: string): boolean => {
    const lab = senseOf(`${one}/x`)?.account ?? null;
    return lab !== null && lab === senseOf(`${other}/x`)?.account;
  };
  return models
    .filter((model) => model.private !== true)
    .filter(
      ({ pipeline_tag, tags }) =>
        wanted.tasks.length === 0 || wanted.tasks.some((task) => task === pipeline_tag || tags.includes(task)),
    )
    .filter(
      ({ id, tags, library_name }) =>
        wanted.derivatives || !isDerivative({ id, tags, library: library_name ?? null }, isSameLab),
    )
    .map((model) => ({ model, old: Date.parse(model.createdAt ?? '') < oldest }));
}

function takenUp(list: readonly Ranked[], wanted: Discovery, { senseOf }: Reader): readonly Ranked[] {
  let rank = 0;
  return list.filter(({ model, old }) => {
    if (!old) rank += 1;
    if (wanted.likes !== null && model.likes >= wanted.likes) return !wanted.families || isUnvouched(senseOf(model.id));
    const among = wanted.top !== null && rank <= wanted.top;
    return among && (!wanted.families || isUnvouched(senseOf(model.id)));
  });
}

const isUnvouched = (sense: NameSense | null): boolean =>
  sense !== null && sense.named !== null && sense.account === null;

const keyOf = ({ _id, id }: ListedModel): string => `model:${_id ?? id}`;

function observe(look: Look, { model, old }: Ranked, { endpoint, senseOf }: Reader): Observation {
  const sense = senseOf(model.id);
  const task = model.pipeline_tag;
  return {
    targetId: look.target.id,
    key: keyOf(model),
    fingerprint: 'there',
    kind: 'model',
    // An old model that is trending again is remembered but not told.
    sort: old ? 'trait' : 'thing',
    about: `huggingface:${model.id}`,
    subject: model.id.slice(model.id.indexOf('/') + 1),
    title: model.id,
    url: `${endpoint}/${model.id}`,
    publishedAt: null,
    lang: null,
    text: null,
    facts: {
      ...(task == null ? {} : { task }),
      ...(sense === null
        ? {}
        : {
            unvouched: isUnvouched(sense)
              ? { account: model.id.slice(0, model.id.indexOf('/')), lab: sense.named ?? '' }
              : null,
          }),
    },
  };
}

const hashOf = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('base64url').slice(0, 22);

interface Taken {
  readonly seen: readonly Observation[];
  readonly found: readonly FoundTarget[];
  /** Keys of the whole list. */
  readonly listed: readonly string[];
}

function result(look: Look, { seen: taken, found, listed }: Taken, answer: Answer): PollResult {
  const before = cursorShape.safeParse(look.cursor).data ?? null;
  // By changed options something is taken up that was on the list before: it is remembered, and did not come now.
  const changed = before !== null && before.shape !== undefined && before.shape !== look.target.shape;
  const had = new Set(changed ? before.listed : []);
  const surfaced = taken.filter(({ key, sort }) => sort === 'thing' && had.has(shortened(key))).map(({ key }) => key);
  const seen = taken.map((one) => (surfaced.includes(one.key) ? { ...one, sort: 'trait' as const } : one));
  const hash = hashOf(seen.map(({ key, about, facts }) => JSON.stringify([key, about, facts])).toSorted());
  const quiet = [...(before?.quiet ?? seen.map(({ key }) => key)), ...surfaced];
  const cursor: Json = { v: 1, hash, quiet, shape: look.target.shape, listed: listed.map(shortened) };
  if (before?.hash === hash) return { kind: 'same', cursor, restMs: null };
  const known = new Set(quiet);
  const news = seen
    .filter(({ key, sort }) => sort === 'thing' && !known.has(key))
    .map(({ about }) => about.toLowerCase());
  return {
    kind: 'fresh',
    there: true,
    observations: seen,
    cursor,
    gone: [],
    window: 'newest',
    found: before === null ? [] : found.filter(({ target }) => news.includes(target.id)),
    answer: { type: 'json', url: answer.url, body: JSON.stringify(answer.body) },
    restMs: null,
  };
}

interface Answer {
  readonly url: string;
  readonly body: unknown;
}

interface ListedPage {
  readonly models: readonly ListedModel[];
  readonly url: string;
  readonly at: number;
}

/** `at`: the time of the look in milliseconds since the epoch; a model's age is measured from it. */
export function discoverModels(look: Look, { models, url, at }: ListedPage, reader: Reader): PollResult {
  const wanted = discoveryOf(look.target.shape);
  const taken = takenUp(ranked(models, wanted, reader, at), wanted, reader);
  const seen = taken.map((one) => observe(look, one, reader));
  // Each model becomes a target of its own: the openness card needs its weights, licence and gate.
  const found = taken.map(({ model: { id } }) => ({
    target: { id: `huggingface:${id.toLowerCase()}`, source: 'huggingface', address: id, shape: null },
    mark: null,
    whole: false,
  }));
  const listed = models.map(keyOf);
  return result(look, { seen, found, listed }, { url, body: taken.map(({ model }) => model) });
}

export function discoverRepositories(look: Look, repositories: readonly ListedRepository[], url: string): PollResult {
  const seen = repositories
    .filter((one) => one.private !== true)
    .map((one): Observation => {
      return {
        targetId: look.target.id,
        key: `repo:${one.id}`,
        fingerprint: 'there',
        kind: 'repo',
        sort: 'thing',
        about: `github:${one.full_name}`,
        subject: one.full_name,
        title: one.full_name,
        url: one.html_url,
        publishedAt: null,
        lang: null,
        text: one.description ?? null,
        facts: { stars: one.stargazers_count },
      };
    });
  return result(look, { seen, found: [], listed: seen.map(({ key }) => key) }, { url, body: { items: repositories } });
}
