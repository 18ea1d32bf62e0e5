// The lines of the openness card about the weights: whether they are there, in which copies, how large, and what they need.
import type { Facts } from '../../types/core.ts';
import type { Fact, Openness } from '../../types/story.ts';
import type { FactBuilder } from './fact.ts';

interface Looked {
  readonly place: 'model' | 'code' | 'none';
  readonly withdrawn?: boolean;
}

/** Memory per byte of weights, including room for computation; long contexts need more. */
const memoryPerByte = 1.2;

function weightsOf(facts: Facts, looked: Looked, say: FactBuilder): Openness['weights'] {
  if (looked.withdrawn) return say.observed('withdrawn', 'siblings');
  if ((facts.files ?? 0) > 0) return say.observed('published', 'siblings');
  if (facts.artefact === 'adapter') return say.observed('adapter', 'siblings');
  return looked.place === 'model' ? say.observed('not found', 'siblings') : say.unknown('siblings');
}

export function weightLines(facts: Facts, looked: Looked, say: FactBuilder) {
  const { bytes, copy, otherCopies, smallestBytes } = facts;
  const memory = bytes === undefined ? undefined : Math.round(bytes * memoryPerByte);
  return {
    kind: say.seen(facts.artefact, 'siblings'),
    weights: weightsOf(facts, looked, say),
    files: say.seen(facts.files, 'siblings'),
    bytes: say.seen(bytes, 'siblings'),
    formats: say.seen(facts.formats, 'siblings'),
    copies:
      copy === undefined
        ? say.unknown('siblings')
        : say.observed({ main: copy, others: otherCopies ?? [] }, 'siblings'),
    quantisations: quantisations(facts, say),
    smallestDownload: say.seen(smallestBytes, 'siblings'),
    memory: memory === undefined ? say.unknown('siblings') : say.derived(memory, say.because('siblings')),
    parameters: parameters(facts, say),
    activeParameters: activeParameters(facts, say),
    gated: say.seen(facts.gated, 'gated'),
  };
}

/** Empty when the files were seen and none of them is quantised. */
function quantisations({ quantisations: named, copy }: Facts, say: FactBuilder): Fact<readonly string[]> {
  return named === undefined && copy === undefined ? say.unknown('siblings') : say.observed(named ?? [], 'siblings');
}

/** `314B`. Packed tensors hide the number of parameters, so the card then says what was counted. */
function parameters(facts: Facts, say: FactBuilder): Fact<string> {
  const count = facts.parameters;
  if (count === undefined || facts.artefact === 'adapter') return say.unknown('safetensors');
  if (facts.packed === true) return say.observed(`${compact(count)} stored elements`, 'safetensors');
  switch (facts.parametersFrom) {
    case 'name':
      return say.derived(`${compact(count)} (by its name)`, say.because('name'));
    case 'unpacked':
      return say.derived(compact(count, 4), say.because('safetensors'));
    case 'gguf':
      return say.observed(compact(count), 'gguf.total');
    default:
      return say.observed(compact(count), 'safetensors');
  }
}

function activeParameters(facts: Facts, say: FactBuilder): Fact<string> {
  const count = facts.activeParameters;
  if (count === undefined || facts.artefact === 'adapter') return say.unknown('config.json');
  return facts.activeFrom === 'name'
    ? say.derived(`${compact(count)} (by its name)`, say.because('name'))
    : say.derived(`about ${compact(count, 2)}`, say.because('config.json'));
}

function compact(count: number, digits = 3): string {
  for (const [unit, size] of [
    ['T', 1e12],
    ['B', 1e9],
    ['M', 1e6],
    ['K', 1e3],
  ] as const) {
    if (count >= size) return `${Number((count / size).toPrecision(digits))}${unit}`;
  }
  return String(count);
}
