// The HTTP server, active when `server.listen` is set: board, feeds and API, /healthz, /metrics, POST /hooks/huggingface.
import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { Config } from '../config/shape.ts';
import { errorText, type Log } from '../infra/log.ts';
import { inEnglish } from '../messages/reasons/en.ts';
import { health } from '../reports/health.ts';
import { type HookWorld, takePush } from './hooks.ts';
import type { Metrics } from './metrics.ts';
import { createPublic } from './public.ts';
import { securityHeaders } from './security.ts';
import type { Bindings, BoardWorld } from './world.ts';

export interface ServerWorld {
  readonly now: () => number;
  readonly metrics: Metrics;
  readonly hook: HookWorld;
  /** HF_WEBHOOK_SECRET; null = all pushes are refused. */
  readonly secret: string | null;
  readonly log: Log;
  /** The board's pages, feeds and API. */
  readonly board: BoardWorld;
}

const mostBytes = 1024 * 1024;

/** Paths used by programs only, which get errors without a page. */
const own: ReadonlySet<string> = new Set(['/metrics', '/hooks/huggingface']);

/** Compares secrets in a time that depends neither on where they differ nor on their length. */
function isSame(one: string, other: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(one), digest(other));
}

/** The application with all its routes; does not listen yet. */
export function createApp({ now, metrics, hook, secret, log, board }: ServerWorld): Hono<{ Bindings: Bindings }> {
  const app = new Hono<{ Bindings: Bindings }>();
  app.use(securityHeaders);
  app.get('/healthz', async (context) => {
    const { ok, reason, gateway } = await health(hook.db, now());
    const bot = gateway === null ? {} : { gateway: { shards: gateway.shards, connected: gateway.connected } };
    return context.json({ ok, reason: inEnglish(reason), code: reason.code, ...bot }, ok ? 200 : 503);
  });
  if (!board.config.server.public) {
    app.get('/metrics', async (context) =>
      context.body(await metrics.read(), 200, { 'content-type': metrics.contentType }),
    );
  }
  if (secret === null || secret === '') log.info('HF_WEBHOOK_SECRET is not set: /hooks/huggingface answers 404');
  else {
    app.post(
      '/hooks/huggingface',
      async (context, next) => {
        if (!isSame(context.req.header('x-webhook-secret') ?? '', secret))
          return context.text('the secret is wrong', 401);
        return await next();
      },
      bodyLimit({ maxSize: mostBytes, onError: (context) => context.text('larger than 1 MiB', 413) }),
      async (context) => {
        const body: unknown = await context.req.json().catch(() => undefined);
        const result = await takePush(hook, body);
        switch (result.kind) {
          case 'not understood':
            return context.text('not a webhook of Hugging Face (version 3)', 400);
          case 'taken':
            log.debug('pushed', { targets: result.targetIds });
            return context.body(null, 204);
        }
      },
    );
  }
  const shown = createPublic(board);
  app.route('/', shown.app);
  app.notFound(shown.notFound);
  app.onError((error, context) => {
    log.error(`${context.req.path}: ${errorText(error)}`);
    if (context.req.path === '/healthz') return context.text('something failed here', 503);
    if (own.has(context.req.path)) return context.text('something failed here', 500);
    return shown.failed(context);
  });
  return app;
}

export interface Listening {
  /** `http://HOST:PORT`, with the port that is actually used. */
  readonly address: string;
  /** Drops requests in progress. */
  readonly close: () => Promise<void>;
}

/** Rejects when the address cannot be used. */
export async function listen(
  app: Hono<{ Bindings: Bindings }>,
  place: NonNullable<Config['listen']>,
): Promise<Listening> {
  // The adapter would otherwise replace the global Request and Response.
  const answer = getRequestListener(app.fetch, { overrideGlobalObjects: false });
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(new Error(`listening on ${place.host}:${place.port}`, { cause })));
    server.listen(place.port, place.host, resolve);
  });
  const taken = server.address();
  const port = typeof taken === 'object' && taken !== null ? taken.port : place.port;
  const host = place.host.includes(':') ? `[${place.host}]` : place.host;
  return {
    address: `http://${host}:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
