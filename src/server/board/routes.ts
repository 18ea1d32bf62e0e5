// The board's pages and their addresses.
import { Hono } from 'hono';
import type { BoardMessages } from '../../messages/board.ts';
import { oneLine } from '../../messages/outside.ts';
import { delaysOf, latestDelays, monthlyLandings } from '../../reports/landings.ts';
import {
  choices,
  listPage,
  newestPage,
  publicStory,
  type SortedPage,
  type SortOrder,
  sortedIds,
  sortedPage,
} from '../../reports/listing.ts';
import { promiseReport } from '../../reports/promises.ts';
import { spreadSeries } from '../../reports/spread.ts';
import { standings, standingsOf } from '../../reports/standings.ts';
import type { ListFilter, ListPosition } from '../../store/listing.ts';
import { positionText, readPosition } from '../position.ts';
import { answerKept, type Bindings, type Serving, type WebRequest } from '../world.ts';
import { errorPage } from './errors.ts';
import { filterQuery, type Landed, landedPage } from './landed.ts';
import { modelPage } from './model.ts';
import { opennessCsv, opennessPage } from './openness.ts';
import type { Html } from './parts.ts';
import { promisesPage } from './promises.ts';
import { statusPage } from './status.ts';
import { type BoardView, createView } from './view.ts';

export type ErrorKind = Exclude<keyof BoardMessages['errors'], 'home'>;

const perPage = 50;
const opennessPerPage = 30;
const watchesPerPage = 60;
const csvAtMost = 1_000;
const wordsAtMost = 100;
const htmlType = 'text/html; charset=utf-8';
const kinds = ['model', 'software', 'repository', 'news'] as const;

export function viewOf(serving: Serving, ask: WebRequest, known: readonly string[]): BoardView {
  const asked = new URL(ask.req.url).searchParams;
  const query = new URLSearchParams();
  // Keep only parameters that the page reads: others would fill the cache and spread through links.
  for (const name of [...known, 'lang']) {
    const value = oneLine(asked.get(name)?.slice(0, wordsAtMost) ?? '');
    if (value !== '') query.set(name, value);
  }
  return createView(
    {
      path: ask.req.path,
      query,
      public: serving.config.server.public,
      now: new Date(serving.now()).toISOString(),
      assets: serving.assetsMark,
    },
    ask.req.header('accept-language'),
  );
}

function listFilter(view: BoardView): ListFilter {
  const { query } = view;
  const given = (name: string): string | undefined => query.get(name) ?? undefined;
  const kind = kinds.find((one) => one === query.get('kind'));
  return {
    stage: 'released',
    ...(given('q') === undefined ? {} : { words: given('q') ?? '' }),
    ...(given('lab') === undefined ? {} : { lab: given('lab') ?? '' }),
    ...(given('verdict') === undefined ? {} : { verdict: given('verdict') ?? '' }),
    ...(kind === undefined ? {} : { kind }),
  };
}

async function landed({ db, now }: Serving, view: BoardView, after: ListPosition | null): Promise<Html> {
  const filter = listFilter(view);
  // Figures appear only on the first page without filters, so other pages do not compute them.
  const isFirst = after === null && Object.values(filterQuery(filter)).every((value) => value === null);
  const figures = async (): Promise<Landed['figures']> => {
    const [months, delays] = await Promise.all([monthlyLandings(db, new Date(now()).toISOString()), latestDelays(db)]);
    return { months, delays };
  };
  const [list, chosen, promises, drawn] = await Promise.all([
    listPage(db, filter, after, perPage),
    choices(db),
    after === null ? promiseReport(db) : null,
    isFirst ? figures() : null,
  ]);
  return landedPage(view, {
    list,
    filter,
    choices: chosen,
    promises,
    figures: drawn,
    next: list.next === null ? null : positionText(list.next),
  });
}

async function model({ db }: Serving, view: BoardView, key: string): Promise<Html | null> {
  const story = await publicStory(db, key);
  if (story === null) return null;
  const delays = await delaysOf(db, [story]);
  return modelPage(view, { story, spread: await spreadSeries(db, story), delayMs: delays.get(story.id) ?? null });
}

function orderOf(view: BoardView): SortOrder {
  const by = /^[A-Za-z]{1,40}$/.exec(view.query.get('sort') ?? '')?.[0] ?? 'when';
  return { by, down: view.query.get('dir') === null ? by === 'when' : view.query.get('dir') === 'desc' };
}

/** Cached like a page, because every page of the table in the same order needs it. */
async function idsIn({ cache, db }: Serving, order: SortOrder): Promise<readonly string[]> {
  const kept = await cache.get(`order ${order.by} ${order.down}`, async () => ({
    type: 'text/plain',
    body: (await sortedIds(db, order)).join('\n'),
  }));
  return kept === null || kept.body === '' ? [] : kept.body.split('\n');
}

async function models(serving: Serving, order: SortOrder, page: number): Promise<SortedPage> {
  if (order.by === 'when' && order.down) return newestPage(serving.db, page, opennessPerPage);
  return sortedPage(serving.db, await idsIn(serving, order), page, opennessPerPage);
}

async function status(serving: Serving, view: BoardView): Promise<Html> {
  const words = view.query.get('q') ?? '';
  const offset = Math.min(100_000, Math.max(0, Math.trunc(Number(view.query.get('from') ?? 0)) || 0));
  const deps = { ...serving.standings, db: serving.db, config: serving.config };
  const found = await standings(deps, words);
  const shown = await standingsOf(deps, found.watches.slice(offset, offset + watchesPerPage));
  return statusPage(view, { standings: found, shown, words, offset, most: watchesPerPage });
}

export interface Board {
  readonly app: Hono<{ Bindings: Bindings }>;
  /** The page shown for an error. */
  readonly problem: (ask: WebRequest, kind: ErrorKind, status: 400 | 404 | 429 | 500) => Promise<Response>;
}

export function createBoard(serving: Serving): Board {
  const app = new Hono<{ Bindings: Bindings }>();
  const problem: Board['problem'] = async (ask, kind, code) => {
    const body = String(await errorPage(viewOf(serving, ask, []), kind));
    return ask.body(body, code, { 'content-type': htmlType, 'cache-control': 'no-store' });
  };
  const show = async (
    ask: WebRequest,
    view: BoardView,
    make: () => Promise<Html | null>,
    cache = serving.cache,
  ): Promise<Response> => {
    const kept = await cache.get(`${view.language.locale} ${view.path}?${view.query}`, async () => {
      const page = await make();
      return page === null ? null : { type: htmlType, body: String(page) };
    });
    return kept === null ? problem(ask, 'notFound', 404) : answerKept(ask, kept);
  };

  app.get('/', (ask) => {
    const view = viewOf(serving, ask, ['q', 'lab', 'verdict', 'kind', 'after']);
    const written = view.query.get('after');
    const after = written === null ? null : readPosition(written);
    if (written !== null && after === null) return problem(ask, 'badRequest', 400);
    return show(ask, view, () => landed(serving, view, after));
  });
  app.get('/models/:key{.+}', (ask) => {
    const view = viewOf(serving, ask, []);
    return show(ask, view, () => model(serving, view, ask.req.param('key')));
  });
  app.get('/promises', (ask) => {
    const view = viewOf(serving, ask, []);
    return show(ask, view, async () => promisesPage(view, await promiseReport(serving.db)));
  });
  app.get('/openness', (ask) => {
    const view = viewOf(serving, ask, ['sort', 'dir', 'page']);
    const order = orderOf(view);
    const page = Math.trunc(Number(view.query.get('page') ?? 1)) || 1;
    return show(ask, view, async () => opennessPage(view, await models(serving, order, page), order));
  });
  app.get('/openness.csv', async (ask) => {
    const view = viewOf(serving, ask, []);
    const kept = await serving.cache.get(`${view.language.locale} csv`, async () => {
      const { stories } = await newestPage(serving.db, 1, csvAtMost);
      return {
        type: 'text/csv; charset=utf-8',
        body: opennessCsv(view, stories),
        headers: { 'content-disposition': 'attachment; filename="openness.csv"' },
      };
    });
    return kept === null ? problem(ask, 'notFound', 404) : answerKept(ask, kept);
  });
  if (!serving.config.server.public) {
    app.get('/status', (ask) => {
      const view = viewOf(serving, ask, ['q', 'from']);
      return show(ask, view, () => status(serving, view), serving.brief);
    });
  }
  return { app, problem };
}
