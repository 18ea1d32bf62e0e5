// GitHub's REST API: authorisation, limits and validators around the routes.
import { createHash } from 'node:crypto';
import { createRouter } from '../routes.ts';
import type { Ask, Said } from '../service.ts';
import type { GithubHosts } from './bodies.ts';
import type { Found, GithubContext } from './found.ts';
import { type GithubLimits, limitHeaders } from './limits.ts';
import { GITHUB_ROUTES } from './routes.ts';

/** A function from a request to GitHub's answer; null = this world has no such route. */
export function createGithubRest(context: GithubContext, limits: GithubLimits): (ask: Ask) => Said | null {
  const route = createRouter(GITHUB_ROUTES);
  return (ask) => {
    const principal = limits.principal(ask);
    if (principal === null) {
      return {
        status: 401,
        body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest', status: '401' },
      };
    }
    if (ask.headers['user-agent'] === undefined) {
      return {
        status: 403,
        body: 'Request forbidden by administrative rules. Please make sure your request has a User-Agent header.\n',
      };
    }
    const headers = (): Record<string, string> => limitHeaders(limits.window(principal.id, 'core'), 'core');
    const refusal = limits.refuse(ask, principal, 'core');
    if (refusal !== null) return { ...refusal, headers: { ...headers(), ...refusal.headers } };
    if (ask.path === '/rate_limit') return { status: 200, headers: headers(), body: rateLimit(limits, principal.id) };
    const found = route(ask.method, ask.path.replaceAll('%2F', '/'));
    if (found === null) return null;
    const answer = found.answer(ask, found.params, context);
    if (answer === null) return null;
    const said = validated(ask, paged(ask, answer, context.hosts), principal.id);
    // https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api: a 304 is only free with a token
    const free = said.status === 304 && principal.token;
    if (!free) limits.spend(principal.id, 'core', 1);
    return { ...said, headers: { ...said.headers, ...headers() } };
  };
}

/** Selects the requested page of a listing, and links to the others. */
function paged(ask: Ask, found: Found, hosts: GithubHosts): Found & { readonly link?: string } {
  if (found.list === undefined) return found;
  const size = Math.min(100, Math.max(1, Number(ask.query.get('per_page') ?? 30) || 30));
  const page = Math.max(1, Number(ask.query.get('page') ?? 1) || 1);
  const { items, canonical } = found.list;
  const last = Math.max(1, Math.ceil(items.length / size));
  const to = (number: number, rel: string): string => {
    const query = new URLSearchParams(ask.query);
    query.set('page', String(number));
    return `<${hosts.api}${canonical}?${query.toString()}>; rel="${rel}"`;
  };
  const links = [
    ...(page > 1 ? [to(page - 1, 'prev')] : []),
    ...(page < last ? [to(page + 1, 'next'), to(last, 'last')] : []),
    ...(page > 1 ? [to(1, 'first')] : []),
  ];
  return {
    ...found,
    body: items.slice((page - 1) * size, page * size),
    ...(links.length === 0 ? {} : { link: links.join(', ') }),
  };
}

/** The ETag depends on body and token. If-None-Match takes precedence over If-Modified-Since. */
function validated(ask: Ask, found: Found & { readonly link?: string }, principal: string): Said {
  const text = typeof found.body === 'string' ? found.body : JSON.stringify(found.body);
  const etag = `W/"${createHash('sha256').update(principal).update(text).digest('hex')}"`;
  const seconds = found.modified === undefined ? null : Math.floor(found.modified / 1000);
  const headers: Record<string, string> = {
    'content-type': found.type ?? 'application/json; charset=utf-8',
    'x-github-media-type': 'github.v3; format=json',
    'x-github-request-id': 'E0F1:1A2B3:4C5D6E:7F8091:6890ABCD',
    'x-github-api-version-selected': '2022-11-28',
    vary: 'Accept, Authorization, Cookie, X-GitHub-OTP, Accept-Encoding, Accept, X-Requested-With',
    ...(found.link === undefined ? {} : { link: found.link }),
    ...(found.location === undefined ? {} : { location: found.location }),
  };
  if (found.status !== 200) return { status: found.status, headers, body: text };
  headers.etag = etag;
  headers['cache-control'] = `${principal === 'anonymous' ? 'public' : 'private'}, max-age=60, s-maxage=60`;
  if (seconds !== null) headers['last-modified'] = new Date(seconds * 1000).toUTCString();
  const given = ask.headers['if-none-match'];
  const since = Date.parse(ask.headers['if-modified-since'] ?? '');
  const same =
    given === undefined
      ? seconds !== null && seconds * 1000 <= since
      : given.split(/, */).some((one) => weak(one) === weak(etag));
  return same ? { status: 304, headers } : { status: 200, headers, body: text };
}

function weak(etag: string): string {
  return etag.trim().replace(/^W\//, '');
}

function rateLimit(limits: GithubLimits, principal: string): object {
  const of = (resource: 'core' | 'graphql') => {
    const window = limits.window(principal, resource);
    const remaining = Math.max(0, window.limit - window.used);
    return { limit: window.limit, used: window.used, remaining, reset: Math.floor(window.resetAt / 1000) };
  };
  return { resources: { core: of('core'), graphql: of('graphql') }, rate: of('core') };
}
