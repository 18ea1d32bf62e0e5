// Only the parts of undici that are used: importing all of it would cost every start 15 MB and 50 ms.
import methods from 'undici/lib/api/index.js';
import buildConnector from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import Dispatcher from 'undici/lib/dispatcher/dispatcher.js';
import headers from 'undici/lib/web/fetch/headers.js';
import fetching from 'undici/lib/web/fetch/index.js';
import response from 'undici/lib/web/fetch/response.js';

// Undici's own entry adds the methods (`request`, `stream`, …) to every dispatcher in the same way.
Object.assign(Dispatcher.prototype, methods);

export { Agent, buildConnector };
export const { fetch } = fetching;
export const { Headers } = headers;
export const { Response } = response;
