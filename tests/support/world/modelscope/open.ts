// ModelScope in this world: its listings, models and files, as far as their real behaviour is known.
import { type Ask, openService, type Said, type Service } from '../service.ts';

export interface ScopeSeed {
  readonly files?: Readonly<Record<string, number>>;
  readonly licence?: string;
  readonly lastModified?: number;
  /** The texts of files, by path. */
  readonly texts?: Readonly<Record<string, string>>;
}

export interface ModelscopeWorld {
  readonly service: Service;
  /** Creates or changes the model with this id. */
  readonly model: (id: string, seed?: ScopeSeed) => void;
  readonly remove: (id: string) => void;
  /** Answers everything with `success: false` and this code, with HTTP 200. */
  readonly refuse: (code: string | null) => void;
  readonly close: () => Promise<void>;
}

interface ModelState {
  readonly id: string;
  readonly files: Readonly<Record<string, number>>;
  readonly licence: string | null;
  readonly lastModified: number;
  readonly texts: Readonly<Record<string, string>>;
}

const missing: Said = { status: 404, body: { success: false, code: 'NotFound', message: 'record not found' } };

export async function openModelscope(now: () => number): Promise<ModelscopeWorld> {
  const models = new Map<string, ModelState>();
  let refusal: string | null = null;
  let downloads = 0;

  const body = (model: ModelState) => {
    downloads += 1;
    return {
      id: model.id,
      last_modified: new Date(model.lastModified).toISOString(),
      created_at: new Date(model.lastModified).toISOString(),
      license: model.licence,
      tasks: ['text-generation'],
      downloads,
    };
  };

  function listing(query: URLSearchParams): Said {
    const page = Number(query.get('page_number') ?? 1);
    const size = Number(query.get('page_size') ?? 10);
    if (query.get('sort') !== 'last_modified' || page * size > 3_000)
      return { status: 200, body: { success: false, code: 'InvalidParameter', message: 'invalid' } };
    const owner = query.get('owner')?.toLowerCase();
    const search = query.get('search')?.toLowerCase();
    const all = [...models.values()]
      .filter(({ id }) => owner === undefined || id.split('/')[0]?.toLowerCase() === owner)
      .filter(({ id }) => search === undefined || id.split('/')[1]?.toLowerCase().startsWith(search) === true)
      .toSorted((one, other) => other.lastModified - one.lastModified);
    const shown = all.slice((page - 1) * size, page * size);
    return { status: 200, body: { success: true, data: { models: shown.map(body), total_count: all.length } } };
  }

  function answer({ method, path, query }: Ask): Said | null {
    if (method !== 'GET') return null;
    if (refusal !== null) return { status: 200, body: { success: false, code: refusal, message: 'try later' } };
    if (path === '/openapi/v1/models') return listing(query);
    const one = /^\/openapi\/v1\/models\/([^/]+\/[^/]+)$/.exec(path)?.[1];
    const files = /^\/api\/v1\/models\/([^/]+\/[^/]+)\/repo\/files$/.exec(path)?.[1];
    const raw = /^\/api\/v1\/models\/([^/]+\/[^/]+)\/repo$/.exec(path)?.[1];
    const model = models.get((one ?? files ?? raw ?? '').toLowerCase());
    if (one === undefined && files === undefined && raw === undefined) return null;
    if (model === undefined) return missing;
    if (one !== undefined) return { status: 200, body: { success: true, data: body(model) } };
    if (query.get('Revision') !== 'master') return { status: 200, body: { Success: false, Code: 10010205001 } };
    const text = model.texts[query.get('FilePath') ?? ''];
    if (raw !== undefined) return text === undefined ? missing : { status: 200, body: text };
    const listed = Object.entries(model.files).map(([Path, Size]) => ({ Path, Name: Path, Size, Type: 'blob' }));
    return { status: 200, body: { Code: 200, Success: true, Data: { Files: listed } } };
  }

  const service: Service = await openService({ name: 'ModelScope', now, handle: answer });
  return {
    service,
    model: (id, { files = {}, licence, lastModified = now(), texts = {} } = {}) =>
      void models.set(id.toLowerCase(), { id, files, licence: licence ?? null, lastModified, texts }),
    remove: (id) => void models.delete(id.toLowerCase()),
    refuse: (code) => {
      refusal = code;
    },
    close: service.close,
  };
}
