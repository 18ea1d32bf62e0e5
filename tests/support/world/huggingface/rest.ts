// The Hub's HTTP interface: listings, models, data sets, and files through `resolve` and `raw`.
import { createHash } from 'node:crypto';
import { createRouter, type Params, param } from '../routes.ts';
import type { Ask, Said } from '../service.ts';
import { datasetBody, EXPANDABLE, listed, single, tagsOf } from './bodies.ts';
import type { Bucket, HuggingfaceLimits } from './limits.ts';
import type { HuggingfaceState, ModelState } from './state.ts';

/** The valid tokens, and those that may read gated models. */
export interface Tokens {
  readonly known: Set<string>;
  readonly granted: Set<string>;
}

interface Context {
  readonly state: HuggingfaceState;
  readonly url: () => string;
  readonly token: string | null;
  readonly granted: boolean;
}

const DISABLED: Said = {
  status: 403,
  headers: { 'x-error-message': 'Access to this resource is disabled.' },
  body: { error: 'Access to this resource is disabled.' },
};

type Route = (ask: Ask, params: Params, context: Context) => Said | null;

/** The Hub does not tell anonymous clients whether a repository is missing or private. */
function absent(context: Context): Said {
  const headers = { 'x-error-code': 'RepoNotFound', 'x-error-message': 'Repository not found' };
  return { status: context.token === null ? 401 : 404, headers, body: { error: 'Repository not found' } };
}

function findModel(ask: Ask, params: Params, context: Context): { model: ModelState } | { said: Said } {
  const id = `${param(params, 'owner')}/${param(params, 'name')}`;
  const model = context.state.models.get(id.toLowerCase());
  if (model !== undefined && !model.private) return { model };
  const to = context.state.moved.get(id.toLowerCase());
  if (to === undefined || !context.state.models.has(to.toLowerCase())) return { said: absent(context) };
  const query = ask.query.size === 0 ? '' : `?${ask.query.toString()}`;
  const location = ask.path.replace(encodeURI(id), encodeURI(to)) + query;
  const headers = { location, 'content-type': 'text/plain; charset=utf-8' };
  return { said: { status: 307, headers, body: `Temporary Redirect. Redirecting to ${location}` } };
}

function expansion(ask: Ask): { expand: readonly string[] } | { said: Said } {
  const expand = [...ask.query.getAll('expand[]'), ...ask.query.getAll('expand')].flatMap((names) => names.split(','));
  const wrong = expand.find((name) => !EXPANDABLE.includes(name));
  if (wrong === undefined) return { expand };
  return {
    said: { status: 400, body: { error: `Invalid option: expected one of ${EXPANDABLE.join('|')}, got ${wrong}` } },
  };
}

const listModels: Route = (ask, _params, context) => {
  const read = expansion(ask);
  if ('said' in read) return read.said;
  const full = ['1', 'true', 'full'].includes(ask.query.get('full') ?? '');
  if (full && read.expand.length > 0)
    return { status: 400, body: { error: '"expand" and "full" cannot be used together' } };
  const author = ask.query.get('author')?.toLowerCase();
  const search = ask.query.get('search')?.toLowerCase();
  const filter = ask.query.get('filter');
  const sort = ask.query.get('sort') ?? 'trendingScore';
  const up = ask.query.get('direction') === '1';
  const value = (model: ModelState): number => {
    if (sort === 'createdAt') return model.createdAt;
    if (sort === 'lastModified') return model.lastModified;
    if (sort === 'trendingScore') return model.trending;
    return sort === 'likes' ? model.likes : model.downloads;
  };
  const models = [...context.state.models.values()]
    .filter((model) => !model.private && (author === undefined || model.id.split('/')[0]?.toLowerCase() === author))
    .filter((model) => search === undefined || model.id.toLowerCase().includes(search))
    .filter((model) => filter === null || tagsOf(model).includes(filter))
    .toSorted((a, b) => (up ? value(a) - value(b) : value(b) - value(a)) || (a._id < b._id ? 1 : -1));
  const limit = Math.min(1000, Math.max(1, Number(ask.query.get('limit') ?? 1000) || 1000));
  const from = Number(Buffer.from(ask.query.get('cursor') ?? '', 'base64url').toString() || 0);
  const page = models.slice(from, from + limit);
  const headers: Record<string, string> = {};
  if (from + limit < models.length) {
    const next = new URLSearchParams(ask.query);
    next.set('cursor', Buffer.from(String(from + limit)).toString('base64url'));
    headers.link = `<${context.url()}/api/models?${next.toString()}>; rel="next"`;
  }
  return { status: 200, headers, body: page.map((model) => listed(model, read.expand, full)) };
};

const oneModel: Route = (ask, params, context) => {
  const found = findModel(ask, params, context);
  if ('said' in found) return found.said;
  if (found.model.disabled) return DISABLED;
  const read = expansion(ask);
  if ('said' in read) return read.said;
  const revision = params.revision;
  if (revision !== undefined && revision !== 'main' && revision !== found.model.sha) {
    const headers = { 'x-error-code': 'RevisionNotFound', 'x-error-message': `Invalid rev id: ${revision}` };
    return { status: 404, headers, body: { error: `Invalid rev id: ${revision}` } };
  }
  const blobs = ['1', 'true'].includes(ask.query.get('blobs') ?? '');
  return { status: 200, body: single(found.model, read.expand, blobs) };
};

function file(how: 'resolve' | 'raw' | 'cache'): Route {
  return (ask, params, context) => {
    const found = findModel(ask, params, context);
    if ('said' in found) return found.said;
    const { model } = found;
    if (model.disabled) return DISABLED;
    if (model.gated !== false && !context.granted) return gate(model, context);
    const path = param(params, 'path');
    const known = model.files.get(path);
    if (known === undefined) {
      return {
        status: 404,
        headers: { 'x-error-code': 'EntryNotFound', 'x-error-message': 'Entry not found' },
        body: 'Entry not found',
      };
    }
    const headers = { 'x-repo-commit': model.sha, 'accept-ranges': 'bytes' };
    if (how === 'resolve') {
      const to = known.lfs
        ? `${context.url()}/cdn/${model.id}/${path}`
        : `/api/resolve-cache/models/${model.id}/${model.sha}/${encodeURIComponent(path)}`;
      return { status: known.lfs ? 302 : 307, headers: { ...headers, location: to }, body: `Redirecting to ${to}` };
    }
    const oid = createHash('sha256').update(known.text).digest('hex');
    const text = known.lfs
      ? `version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${known.size}\n`
      : known.text;
    return { status: 200, headers: { ...headers, 'content-type': 'text/plain; charset=utf-8' }, body: text };
  };
}

function gate(model: ModelState, context: Context): Said {
  const anonymous = context.token === null;
  const message = anonymous
    ? `Access to model ${model.id} is restricted. You must have access to it and be authenticated to access it. Please log in.`
    : `Access to model ${model.id} is restricted and you are not in the authorized list. Visit ${context.url()}/${model.id} to ask for access.`;
  return {
    status: anonymous ? 401 : 403,
    headers: { 'x-error-code': 'GatedRepo', 'x-error-message': message },
    body: message,
  };
}

const oneDataset: Route = (_ask, params, context) => {
  const owner = params.owner;
  const id = owner === undefined ? param(params, 'name') : `${owner}/${param(params, 'name')}`;
  const dataset = context.state.datasets.get(id.toLowerCase());
  return dataset === undefined || dataset.private ? absent(context) : { status: 200, body: datasetBody(dataset) };
};

const listDatasets: Route = (ask, _params, context) => {
  const author = ask.query.get('author')?.toLowerCase();
  const all = [...context.state.datasets.values()].filter(
    ({ id, private: hidden }) => !hidden && id.split('/')[0]?.toLowerCase() === author,
  );
  return { status: 200, body: all.map(datasetBody) };
};

const overview: Route = (_ask, params, context) => {
  const name = param(params, 'account');
  const models = [...context.state.models.values()].filter(
    (model) => model.id.split('/')[0]?.toLowerCase() === name.toLowerCase(),
  );
  if (models.length === 0) return { status: 404, body: { error: 'This organization does not exist' } };
  return { status: 200, body: { name, fullname: name, numModels: models.length, type: 'org' } };
};

const likes: Route = (_ask, params, context) => {
  const liked = context.state.likes.get(param(params, 'user').toLowerCase());
  if (liked === undefined) return { status: 404, body: { error: 'This user does not exist' } };
  const createdAt = new Date(context.state.now()).toISOString();
  return { status: 200, body: liked.map(({ name, type }) => ({ createdAt, repo: { name, type } })) };
};

const ROUTES: Readonly<Record<string, Route>> = {
  'GET /api/models': listModels,
  'GET /api/resolve-cache/models/:owner/:name/:revision/*path': file('cache'),
  'GET /api/models/:owner/:name': oneModel,
  'GET /api/models/:owner/:name/revision/:revision': oneModel,
  'GET /api/datasets/:owner/:name': oneDataset,
  'GET /api/datasets': listDatasets,
  'GET /api/datasets/:name': oneDataset,
  'GET /api/users/:user/likes': likes,
  'GET /api/organizations/:account/overview': overview,
  'GET /:owner/:name/resolve/:revision/*path': file('resolve'),
  'GET /:owner/:name/raw/:revision/*path': file('raw'),
};

function bucketOf(path: string): Bucket {
  if (/^\/api\/resolve-cache\/|^\/[^/]+\/[^/]+\/(resolve|raw)\//.test(path)) return 'resolvers';
  return path.startsWith('/api/') ? 'api' : 'pages';
}

/** A function from a request to the Hub's answer; null = this world has no such route. */
export function createHuggingfaceRest(
  state: HuggingfaceState,
  limits: HuggingfaceLimits,
  tokens: Tokens,
  url: () => string,
): (ask: Ask) => Said | null {
  const route = createRouter(ROUTES);
  return (ask) => {
    const given = /^bearer +(\S+)$/i.exec(ask.headers.authorization ?? '')?.[1] ?? null;
    const { headers, refused } = limits.spend(given ?? 'anonymous', bucketOf(ask.path), ask.at);
    if (refused !== null) return { ...refused, headers: { ...headers, ...refused.headers } };
    if (ask.headers.authorization !== undefined && (given === null || !tokens.known.has(given))) {
      return { status: 401, headers, body: { error: 'Invalid credentials in Authorization header' } };
    }
    const found = route(ask.method, ask.path);
    if (found === null) return null;
    const context: Context = { state, url, token: given, granted: given !== null && tokens.granted.has(given) };
    const said = found.answer(ask, found.params, context);
    if (said === null) return null;
    return validated(ask, { ...said, headers: { ...headers, ...said.headers } });
  };
}

/** Adds weak ETags to JSON and files. */
function validated(ask: Ask, said: Said): Said {
  if (said.status !== 200) return said;
  const text = typeof said.body === 'string' ? said.body : JSON.stringify(said.body);
  const etag = `W/"${text.length.toString(16)}-${createHash('sha1').update(text).digest('base64').slice(0, 27)}"`;
  const headers = { ...said.headers, etag };
  const same = (ask.headers['if-none-match'] ?? '').split(/, */).includes(etag);
  return same ? { status: 304, headers } : { ...said, headers };
}
