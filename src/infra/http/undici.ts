// The parts of undici that are in use: the whole of it would cost every start 15 MB and a twentieth of a second.
import { createRequire } from 'node:module';
import type undici from 'undici';

const part = createRequire(createRequire(import.meta.url).resolve('undici'));

// Its own entry puts the methods (`request`, `stream`, …) on every dispatcher in just this way.
Object.assign(part('./lib/dispatcher/dispatcher.js').prototype, part('./lib/api/index.js'));

export const Agent: typeof undici.Agent = part('./lib/dispatcher/agent.js');
export const buildConnector: typeof undici.buildConnector = part('./lib/core/connect.js');
export const { fetch }: Pick<typeof undici, 'fetch'> = part('./lib/web/fetch/index.js');
export const { Headers }: Pick<typeof undici, 'Headers'> = part('./lib/web/fetch/headers.js');
export const { Response }: Pick<typeof undici, 'Response'> = part('./lib/web/fetch/response.js');
