// The state of Hugging Face in this world: models, data sets and accounts; and the handles for tests.
import { createHash } from 'node:crypto';

export interface FileState {
  readonly size: number;
  /** In large file storage: `resolve` redirects, `raw` returns the pointer. */
  readonly lfs: boolean;
  readonly text: string;
}

export interface ModelState {
  readonly _id: string;
  id: string;
  /** When the repository was created, not published. Milliseconds since the epoch. */
  createdAt: number;
  lastModified: number;
  sha: string;
  private: boolean;
  gated: false | 'auto' | 'manual';
  disabled: boolean;
  downloads: number;
  likes: number;
  /** `trendingScore`. */
  trending: number;
  library: string | null;
  pipeline: string | null;
  /** `license`, `license_name`, `license_link`, `base_model`, `datasets`, … */
  card: Readonly<Record<string, unknown>>;
  /** Tags besides those derived from the card. */
  tags: readonly string[];
  safetensors: { readonly parameters: Readonly<Record<string, number>>; readonly total: number } | null;
  /** Further fields of the answer for this model (`gguf`, `config`, …), returned unchanged. */
  readonly fields: Readonly<Record<string, unknown>>;
  readonly files: Map<string, FileState>;
}

export type FileSeed = string | { readonly size: number; readonly lfs?: boolean; readonly text?: string };

export interface ModelSeed {
  /** A string is the content of a small file; a size alone makes a large one. `README.md` is generated if not given. */
  readonly files?: Readonly<Record<string, FileSeed>>;
  /** `cardData.license`. */
  readonly licence?: string | readonly string[];
  readonly card?: Readonly<Record<string, unknown>>;
  readonly tags?: readonly string[];
  readonly gated?: false | 'auto' | 'manual';
  readonly private?: boolean;
  readonly disabled?: boolean;
  readonly createdAt?: number;
  readonly library?: string | null;
  readonly pipeline?: string | null;
  readonly safetensors?: { readonly parameters: Readonly<Record<string, number>>; readonly total?: number };
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly downloads?: number;
  readonly likes?: number;
  readonly trending?: number;
}

export interface ModelHandle {
  readonly id: () => string;
  readonly state: ModelState;
  /** Adds, changes or (null) removes files; returns the new revision. */
  readonly commit: (files: Readonly<Record<string, FileSeed | null>>) => string;
  readonly card: (card: Readonly<Record<string, unknown>>) => void;
  readonly licence: (licence: string | null) => void;
  readonly gate: (how?: 'auto' | 'manual') => void;
  readonly open: () => void;
  readonly makePrivate: (hidden?: boolean) => void;
  readonly disable: (disabled?: boolean) => void;
  readonly downloads: (more: number) => void;
  readonly safetensors: (safetensors: ModelSeed['safetensors']) => void;
  /** The old id redirects. */
  readonly rename: (to: string) => void;
  readonly remove: () => void;
}

export interface DatasetState {
  readonly _id: string;
  readonly id: string;
  readonly gated: false | 'auto' | 'manual';
  readonly private: boolean;
  readonly createdAt: number;
  readonly card: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
}

export interface HuggingfaceState {
  readonly now: () => number;
  /** By lower-case id. */
  readonly models: Map<string, ModelState>;
  readonly datasets: Map<string, DatasetState>;
  /** Old id in lower case → the current one. */
  readonly moved: Map<string, string>;
  /** By user in lower case: what they like, newest first. */
  readonly likes: Map<string, readonly { readonly name: string; readonly type: 'model' | 'dataset' | 'space' }[]>;
  readonly hash: (seed: string) => string;
}

export function createHuggingfaceState(now: () => number): HuggingfaceState {
  let made = 0;
  return {
    now,
    models: new Map(),
    datasets: new Map(),
    moved: new Map(),
    likes: new Map(),
    hash: (seed) => {
      made += 1;
      return createHash('sha1').update(`${seed}#${made}`).digest('hex');
    },
  };
}

/** The model with this id, created from the seed if missing. */
export function ensureModel(state: HuggingfaceState, id: string, seed: ModelSeed = {}): ModelHandle {
  const known = state.models.get(id.toLowerCase());
  if (known !== undefined) return handle(state, known);
  const createdAt = seed.createdAt ?? state.now();
  const model: ModelState = {
    _id: state.hash(id).slice(0, 24),
    id,
    createdAt,
    lastModified: createdAt,
    sha: state.hash(id),
    private: seed.private ?? false,
    gated: seed.gated ?? false,
    disabled: seed.disabled ?? false,
    downloads: seed.downloads ?? 0,
    likes: seed.likes ?? 0,
    trending: seed.trending ?? 0,
    library: seed.library === undefined ? 'transformers' : seed.library,
    pipeline: seed.pipeline === undefined ? 'text-generation' : seed.pipeline,
    card: { ...(seed.licence === undefined ? {} : { license: seed.licence }), ...seed.card },
    tags: seed.tags ?? [],
    safetensors: whole(seed.safetensors),
    fields: seed.fields ?? {},
    files: new Map(),
  };
  put(model, { '.gitattributes': '*.safetensors filter=lfs diff=lfs merge=lfs -text\n', ...seed.files });
  if (!model.files.has('README.md')) put(model, { 'README.md': `# ${id}\n` });
  state.models.set(id.toLowerCase(), model);
  state.moved.delete(id.toLowerCase());
  return handle(state, model);
}

export function ensureDataset(state: HuggingfaceState, id: string, seed: Partial<DatasetState> = {}): void {
  const createdAt = seed.createdAt ?? state.now();
  const fresh = {
    _id: state.hash(id).slice(0, 24),
    id,
    createdAt,
    gated: seed.gated ?? false,
    private: seed.private ?? false,
    card: seed.card ?? {},
    tags: seed.tags ?? [],
  };
  state.datasets.set(id.toLowerCase(), fresh);
}

function handle(state: HuggingfaceState, model: ModelState): ModelHandle {
  const touch = (): string => {
    model.sha = state.hash(model.id);
    model.lastModified = state.now();
    return model.sha;
  };
  return {
    id: () => model.id,
    state: model,
    commit: (files) => {
      put(model, files);
      return touch();
    },
    card: (card) => {
      model.card = card;
      touch();
    },
    licence: (licence) => {
      const { license: _former, ...rest } = model.card;
      model.card = licence === null ? rest : { ...rest, license: licence };
      touch();
    },
    gate: (how = 'auto') => {
      model.gated = how;
    },
    open: () => {
      model.gated = false;
    },
    makePrivate: (hidden = true) => {
      model.private = hidden;
    },
    disable: (disabled = true) => {
      model.disabled = disabled;
    },
    downloads: (more) => {
      model.downloads += more;
    },
    safetensors: (safetensors) => {
      model.safetensors = whole(safetensors);
    },
    rename: (to) => {
      state.models.delete(model.id.toLowerCase());
      state.moved.set(model.id.toLowerCase(), to);
      state.moved.delete(to.toLowerCase());
      model.id = to;
      state.models.set(to.toLowerCase(), model);
    },
    remove: () => {
      state.models.delete(model.id.toLowerCase());
    },
  };
}

function put(model: ModelState, files: Readonly<Record<string, FileSeed | null>>): void {
  for (const [path, seed] of Object.entries(files)) {
    if (seed === null) model.files.delete(path);
    else if (typeof seed === 'string') model.files.set(path, { size: Buffer.byteLength(seed), lfs: false, text: seed });
    else model.files.set(path, { size: seed.size, lfs: seed.lfs ?? seed.text === undefined, text: seed.text ?? '' });
  }
}

function whole(seed: ModelSeed['safetensors']): ModelState['safetensors'] {
  if (seed === undefined) return null;
  const total = seed.total ?? Object.values(seed.parameters).reduce((sum, count) => sum + count, 0);
  return { parameters: seed.parameters, total };
}
