// Types for the parts of undici that infra/http/undici.ts imports one by one, taken from undici's own.
declare module 'undici/lib/dispatcher/dispatcher.js' {
  const Dispatcher: typeof import('undici').Dispatcher;
  export default Dispatcher;
}
declare module 'undici/lib/api/index.js' {
  const methods: Readonly<Record<string, unknown>>;
  export default methods;
}
declare module 'undici/lib/dispatcher/agent.js' {
  const Agent: typeof import('undici').Agent;
  export default Agent;
}
declare module 'undici/lib/core/connect.js' {
  const buildConnector: typeof import('undici').buildConnector;
  export default buildConnector;
}
declare module 'undici/lib/web/fetch/index.js' {
  const parts: Pick<typeof import('undici'), 'fetch'>;
  export default parts;
}
declare module 'undici/lib/web/fetch/headers.js' {
  const parts: Pick<typeof import('undici'), 'Headers'>;
  export default parts;
}
declare module 'undici/lib/web/fetch/response.js' {
  const parts: Pick<typeof import('undici'), 'Response'>;
  export default parts;
}
