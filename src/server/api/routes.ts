// /api/v1: the board's data for programs. JSON, paged by cursor, with ETags; errors as problem+json.
import type { z } from '@hono/zod-openapi';
import { Hono } from 'hono';
import { briefAnswer, modelAnswer, promiseAnswer, spreadAnswer, watchAnswer } from '../../reports/answers.ts';
import { listPage, publicStory } from '../../reports/listing.ts';
import { type PromisedStory, promiseReport } from '../../reports/promises.ts';
import { spreadSeries } from '../../reports/spread.ts';
import { standings, standingsOf } from '../../reports/standings.ts';
import type { ListFilter } from '../../store/listing.ts';
import type { AnswerCache } from '../cache.ts';
import { positionText, readPosition } from '../position.ts';
import { problemJson } from '../problem.ts';
import { answerKept, type Bindings, type Serving, type WebRequest } from '../world.ts';
import { describeApi, endpoints } from './describe.ts';
import type { modelsQuery, promisesQuery, watchesQuery } from './shapes.ts';

const jsonType = 'application/json; charset=utf-8';

interface ApiPage<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const decode = (text: string): string => Buffer.from(text, 'base64url').toString();

/** The items of a sorted list after the cursor; `place` is each item's sort key. */
function paged<T>(
  list: readonly T[],
  place: (one: T) => string,
  limit: number,
  cursor: string | undefined,
): ApiPage<T> {
  const after = cursor === undefined ? null : decode(cursor);
  const rest = after === null ? list : list.filter((one) => place(one) > after);
  const items = rest.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rest.length > limit && last !== undefined ? encode(place(last)) : null };
}

/** A check of the cursor that the schema cannot make. */
function wrongCursor({ cursor }: z.infer<typeof modelsQuery>): string | null {
  return cursor !== undefined && readPosition(decode(cursor)) === null ? 'cursor: not one of ours' : null;
}

async function models({ db }: Serving, query: z.infer<typeof modelsQuery>) {
  const { cursor, limit, q, since, lab, verdict, kind, stage } = query;
  const after = cursor === undefined ? null : readPosition(decode(cursor));
  const filter: ListFilter = {
    ...(lab === undefined ? {} : { lab }),
    ...(verdict === undefined ? {} : { verdict }),
    ...(kind === undefined ? {} : { kind }),
    ...(stage === undefined ? {} : { stage }),
    ...(q === undefined ? {} : { words: q }),
    ...(since === undefined ? {} : { since: new Date(since).toISOString() }),
  };
  const { stories, next } = await listPage(db, filter, after, limit);
  return { items: stories.map(briefAnswer), next: next === null ? null : encode(positionText(next)) };
}

function placeOfPromise({ story, pledge }: PromisedStory): string {
  return `${pledge.dueTo ?? pledge.dueFrom ?? '9999'} ${story.id}`;
}

async function promises({ db }: Serving, { cursor, limit, lab, state }: z.infer<typeof promisesQuery>) {
  const { overdue, open, kept, late, withdrawn } = await promiseReport(db);
  const list = [...overdue, ...open, ...kept, ...late, ...withdrawn]
    .filter(
      ({ story, pledge }) =>
        (lab === undefined || story.lab === lab) && (state === undefined || pledge.state === state),
    )
    .toSorted((one, other) => (placeOfPromise(one) < placeOfPromise(other) ? -1 : 1));
  const { items, next } = paged(list, placeOfPromise, limit, cursor);
  return { items: items.map(promiseAnswer), next };
}

async function watches(serving: Serving, { cursor, limit, q, state }: z.infer<typeof watchesQuery>) {
  const deps = { ...serving.standings, db: serving.db, config: serving.config };
  const found = await standings(deps, q ?? '');
  const place = ({ target, select }: (typeof found.watches)[number]): string => `${target} ${select ?? ''}`;
  const list = found.watches
    .filter((watch) => state === undefined || watch.state === state)
    .toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
  const { items, next } = paged(list, place, limit, cursor);
  return { items: (await standingsOf(deps, items)).map(watchAnswer), next };
}

/** All problems on one line: `limit: Too big: expected number to be <=100`. */
function wrong(error: z.ZodError): string {
  return error.issues
    .map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`))
    .join('; ');
}

export function createApi(serving: Serving): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>();

  /** `make` returns the answer, or null when there is nothing with that key. */
  const answer = async <Query>(
    ask: WebRequest,
    shape: z.ZodType<Query>,
    make: (query: Query) => Promise<object | null>,
    {
      cache = serving.cache,
      check,
    }: { readonly cache?: AnswerCache; readonly check?: (query: Query) => string | null } = {},
  ): Promise<Response> => {
    const read = shape.safeParse(ask.req.query());
    if (!read.success) return problemJson(ask, 400, wrong(read.error).slice(0, 500));
    const problem = check?.(read.data) ?? null;
    if (problem !== null) return problemJson(ask, 400, problem);
    const kept = await cache.get(`api ${ask.req.path}?${JSON.stringify(read.data)}`, async () => {
      const made = await make(read.data);
      return made === null ? null : { type: jsonType, body: `${JSON.stringify(made)}\n` };
    });
    return kept === null ? problemJson(ask, 404, 'there is nothing of that key') : answerKept(ask, kept);
  };

  app.get('/api/v1/models', (ask) =>
    answer(ask, endpoints.models.query, (query) => models(serving, query), { check: wrongCursor }),
  );
  app.get('/api/v1/models/:key{.+}', (ask) =>
    answer(ask, endpoints.model.query, async () => {
      const story = await publicStory(serving.db, ask.req.param('key'));
      return story === null ? null : modelAnswer(story);
    }),
  );
  app.get('/api/v1/promises', (ask) => answer(ask, endpoints.promises.query, (query) => promises(serving, query)));
  app.get('/api/v1/spread/:key{.+}', (ask) =>
    answer(ask, endpoints.spread.query, async () => {
      const story = await publicStory(serving.db, ask.req.param('key'));
      return story === null ? null : spreadAnswer(story, await spreadSeries(serving.db, story));
    }),
  );
  const { public: open } = serving.config.server;
  if (!open) {
    app.get('/api/v1/watches', (ask) =>
      answer(ask, endpoints.watches.query, (query) => watches(serving, query), { cache: serving.brief }),
    );
  }
  app.get('/api/v1/openapi.json', async (ask) => {
    const kept = await serving.cache.get('api openapi', async () => ({
      type: jsonType,
      body: describeApi(serving.version, !open),
    }));
    return kept === null ? problemJson(ask, 404, 'no description') : answerKept(ask, kept);
  });
  return app;
}
