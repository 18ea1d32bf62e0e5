// Discord's REST API, version 10: authorisation and rate limits around the routes.
import { createRouter } from '../routes.ts';
import type { Ask, Said } from '../service.ts';
import { type DiscordRoute, readBody } from './asked.ts';
import { CHANNEL_ROUTES } from './channels.ts';
import { DIRECTORY_ROUTES } from './directory.ts';
import { refusal } from './errors.ts';
import type { FormCheck } from './forms.ts';
import type { DiscordLimits } from './limits.ts';
import type { DiscordState } from './state.ts';
import { WEBHOOK_ROUTES } from './webhooks.ts';

const BASE = /^\/api\/v10(?=\/)/;
const UNAUTHORISED: Said = { status: 401, body: { message: '401: Unauthorized', code: 0 } };

/** A function from a request to Discord's answer; null = this world has no such route. */
export function createDiscordRest(
  state: DiscordState,
  limits: DiscordLimits,
  check: FormCheck,
  more: Readonly<Record<string, DiscordRoute>>,
): (ask: Ask) => Promise<Said | null> {
  // The order matters, because paths with interaction tokens look like those of webhooks.
  const route = createRouter<DiscordRoute>({ ...more, ...DIRECTORY_ROUTES, ...CHANNEL_ROUTES, ...WEBHOOK_ROUTES });
  return async (ask) => {
    if (!BASE.test(ask.path)) return null;
    const path = ask.path.replace(BASE, '').replaceAll('%40', '@');
    const found = route(ask.method, path);
    if (found === null) return null;
    const body = await readBody(ask);
    const interaction = found.name.includes('/interactions/') || found.params.application === state.app.id;
    const byToken = found.name.includes('/:token');
    const given = /^Bot (.+)$/.exec(ask.headers.authorization ?? '')?.[1];
    const major = found.params.channel ?? found.params.webhook ?? found.params.guild ?? '';
    const who = given ?? 'address';
    const { headers, refused } = limits.take({ route: found.name, major, who, at: ask.at, globalExempt: interaction });
    const said = ((): Said | null => {
      if (refused !== null) return refused;
      if (!byToken && given !== state.app.token) return UNAUTHORISED;
      if (ask.headers['user-agent'] === undefined) return refusal(40333);
      if (body === null)
        return { status: 400, body: { message: 'The request body contains invalid JSON.', code: 50109 } };
      return found.answer({ ask, params: found.params, state, check, ...body });
    })();
    if (said === null) return null;
    limits.note(ask.at, said.status, said.headers ?? {});
    return { ...said, headers: { ...headers, ...said.headers } };
  };
}
