// What is served to everybody: pages, feeds, the API and static files, limited in rate per address.
import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import { storiesStamp } from '../store/listing.ts';
import { createClientReader } from './address.ts';
import { createApi } from './api/routes.ts';
import { createBoard } from './board/routes.ts';
import { createCache } from './cache.ts';
import { createFeeds } from './feeds/routes.ts';
import { createLimit } from './limit.ts';
import { problemJson } from './problem.ts';
import { type Bindings, type BoardWorld, clientOf, type Serving, type WebRequest } from './world.ts';

/** Generous for both: a reader opens a dozen pages a minute, a program pages through the API. */
const pageRate = { burst: 600, perSecond: 10 };
const apiRate = { burst: 300, perSecond: 5 };
/** How long data without a change stamp is cached, in milliseconds. */
const briefMs = 10_000;
/** None of the board's own links is longer. */
const addressAtMost = 2_000;

export interface Public {
  readonly app: Hono<{ Bindings: Bindings }>;
  readonly notFound: (ask: WebRequest) => Promise<Response>;
  readonly failed: (ask: WebRequest) => Promise<Response>;
}

function isForPrograms(path: string): boolean {
  return path.startsWith('/api/') || path.startsWith('/feed.') || path === '/opml' || path === '/calendar.ics';
}

function createServing(world: BoardWorld): Serving {
  const { css, js, icon } = world.assets;
  return {
    ...world,
    cache: createCache(() => storiesStamp(world.db), world.now),
    brief: createCache(() => Promise.resolve(String(Math.floor(world.now() / briefMs))), world.now),
    readClient: createClientReader(world.config.server.trustProxy),
    assetsMark: createHash('sha256').update(css).update(js).update(icon).digest('base64url').slice(0, 10),
  };
}

function serveAssets(app: Hono<{ Bindings: Bindings }>, { assets }: BoardWorld): void {
  const files = {
    '/assets/board.css': ['text/css; charset=utf-8', assets.css],
    '/assets/board.js': ['text/javascript; charset=utf-8', assets.js],
    '/assets/icon.svg': ['image/svg+xml', assets.icon],
  } as const;
  for (const [path, [type, body]] of Object.entries(files)) {
    app.get(path, (ask) => {
      const kept = ask.req.query('v') === undefined ? 'public, max-age=3600' : 'public, max-age=31536000, immutable';
      return ask.body(body, 200, { 'content-type': type, 'cache-control': kept });
    });
  }
  app.get('/favicon.ico', (ask) => ask.redirect('/assets/icon.svg', 301));
  app.get('/robots.txt', (ask) => ask.text('User-agent: *\nDisallow: /api/\nDisallow: /status\n'));
}

export function createPublic(world: BoardWorld): Public {
  const serving = createServing(world);
  const board = createBoard(serving);
  const limits = { pages: createLimit(pageRate, world.now), programs: createLimit(apiRate, world.now) };
  const app = new Hono<{ Bindings: Bindings }>();

  app.use(async (ask, next) => {
    const { method, path, url } = ask.req;
    const programs = isForPrograms(path);
    if (method !== 'GET' && method !== 'HEAD')
      return programs ? problemJson(ask, 405, 'this only reads', { allow: 'GET, HEAD' }) : await next();
    if (url.length > addressAtMost)
      return programs ? problemJson(ask, 400, 'the address is too long') : board.problem(ask, 'badRequest', 400);
    const waitMs = limits[programs ? 'programs' : 'pages'](clientOf(serving, ask).client);
    if (waitMs === 0) return await next();
    const after = String(Math.ceil(waitMs / 1000));
    ask.header('retry-after', after);
    return programs
      ? problemJson(ask, 429, `ask again in ${after} s`, { 'retry-after': after })
      : board.problem(ask, 'tooMany', 429);
  });
  serveAssets(app, world);
  app.route('/', createApi(serving));
  app.route('/', createFeeds(serving));
  app.route('/', board.app);
  return {
    app,
    notFound: async (ask) =>
      isForPrograms(ask.req.path)
        ? problemJson(ask, 404, 'nothing has this address')
        : board.problem(ask, 'notFound', 404),
    failed: async (ask) =>
      isForPrograms(ask.req.path) ? problemJson(ask, 500, 'the log says what') : board.problem(ask, 'failed', 500),
  };
}
