// Hugging Face in this world, and the handles for tests.
import { openService, type Service } from '../service.ts';
import { createHuggingfaceLimits, type HuggingfaceLimits } from './limits.ts';
import { createHuggingfaceRest, type Tokens } from './rest.ts';
import {
  createHuggingfaceState,
  type DatasetState,
  ensureDataset,
  ensureModel,
  type HuggingfaceState,
  type ModelHandle,
  type ModelSeed,
} from './state.ts';

export interface HuggingfaceWorld {
  readonly service: Service;
  readonly limits: HuggingfaceLimits;
  /** A token that is valid from the start; add it to `tokens.granted` to let it read gated models. */
  readonly token: string;
  readonly tokens: Tokens;
  /** The model with this id, created from the seed if missing. */
  readonly model: (id: string, seed?: ModelSeed) => ModelHandle;
  readonly dataset: (id: string, seed?: Partial<DatasetState>) => void;
  readonly likes: HuggingfaceState['likes'];
  readonly close: () => Promise<void>;
}

const TOKEN = 'hf_LandfallWorldCanaryKq83xTzB';

export async function openHuggingface(now: () => number): Promise<HuggingfaceWorld> {
  const state = createHuggingfaceState(now);
  const limits = createHuggingfaceLimits();
  const tokens: Tokens = { known: new Set([TOKEN]), granted: new Set() };
  const service: Service = await openService({
    name: 'Hugging Face',
    now,
    handle: createHuggingfaceRest(state, limits, tokens, () => service.url),
  });
  return {
    service,
    limits,
    token: TOKEN,
    tokens,
    model: (id, seed) => ensureModel(state, id, seed),
    dataset: (id, seed) => ensureDataset(state, id, seed),
    likes: state.likes,
    close: service.close,
  };
}
