// A model's number of parameters: counted in its files, computed from its configuration, or read from its name.
import type { Facts } from '../../types/core.ts';
import type { ModelDocument } from './document.ts';

const amounts = { m: 1e6, b: 1e9, t: 1e12 } as const;
const total = /(?:^|[-_. ])(\d{1,4}(?:\.\d{1,3})?)([mbt])(?=$|[-_. ])/gi;
const active = /(?:^|[-_. ])a(\d{1,4}(?:\.\d{1,3})?)([mb])(?=$|[-_. ])/i;
/** `-1M` is a context length, not a size. */
const leastMillions = 3;

/** `17B-16E`: 17 billion active parameters, 16 experts. */
const perExpert = /(?:^|[-_. ])(\d{1,4}(?:\.\d{1,3})?)([mb])-\d{1,4}e(?=$|[-_. ])/i;

const sizeOf = (unit: string): number => (/b/i.test(unit) ? amounts.b : /t/i.test(unit) ? amounts.t : amounts.m);

function amount(found: RegExpExecArray | RegExpMatchArray | null | undefined): number | null {
  const [, digits, unit] = found ?? [];
  if (digits === undefined || unit === undefined) return null;
  const number = Number(digits);
  if (unit.toLowerCase() === 'm' && number < leastMillions) return null;
  return Math.round(number * sizeOf(unit));
}

/** `Qwen3-30B-A3B` → 30e9 and 3e9; null where the name gives no size, or more than one. */
export function sizesInName(id: string): { readonly total: number | null; readonly active: number | null } {
  const name = id.slice(id.indexOf('/') + 1);
  const awake = amount(perExpert.exec(name));
  if (awake !== null) return { total: null, active: awake };
  const whole = name.replace(active, '');
  const sizes = [...new Set([...whole.matchAll(total)].flatMap((found) => amount(found) ?? []))].filter(
    (size) => size < amounts.t || !/\d[mb](?![a-z])/i.test(whole),
  );
  const [only = null] = sizes;
  return { total: sizes.length === 1 ? only : null, active: amount(active.exec(name)) };
}

type Counts = Readonly<Record<string, number>>;

const widths: readonly (readonly [RegExp, number])[] = [
  [/^(?:F64|I64|U64)/, 8],
  [/^(?:F32|I32|U32)/, 4],
  [/^(?:F16|BF16|I16|U16)/, 2],
];
const widthOf = (type: string): number => widths.find(([pattern]) => pattern.test(type))?.[1] ?? 1;

/**
 * MXFP4 packs 32 values into 16 bytes plus one byte for their scale. The Hub counts each of the 16 bytes as two elements
 * and the scale as one: 33 elements for 32 values in 17 bytes. Null unless the file sizes or the method confirm this
 * format.
 */
function mxfp4(counts: Counts, bytes: number | null, method: string | null): number | null {
  const packed = counts.U8 ?? 0;
  if (packed === 0) return null;
  const others = Object.entries(counts).filter(([type]) => type !== 'U8');
  const rest = others.reduce((sum, [, count]) => sum + count, 0);
  const measured =
    bytes === null ? null : (bytes - others.reduce((sum, [type, count]) => sum + count * widthOf(type), 0)) / packed;
  const fits = measured !== null && Math.abs(measured / (17 / 33) - 1) < 0.005;
  return fits || method === 'mxfp4' ? Math.round((packed * 32) / 33) + rest : null;
}

const isPlain = (type: string): boolean => /^(?:F64|F32|F16|BF16|F8)/.test(type);

/** Integer tensors count as packed weights, unless they are only a trace (such as position ids). */
function counted(model: ModelDocument, bytes: number | null): Facts {
  const safetensors = model.safetensors;
  if (safetensors == null) return {};
  const counts = safetensors.parameters ?? {};
  const packed = Object.entries(counts)
    .filter(([type]) => !isPlain(type))
    .reduce((sum, [, count]) => sum + count, 0);
  if (packed <= safetensors.total / 100) return { parameters: safetensors.total, parametersFrom: 'safetensors' };
  const unpacked = mxfp4(counts, bytes, model.config?.quantization_config?.quant_method ?? null);
  if (unpacked !== null) return { parameters: unpacked, parametersFrom: 'unpacked' };
  const named = sizesInName(model.id).total;
  if (named !== null) return { parameters: named, parametersFrom: 'name' };
  return { parameters: safetensors.total, parametersFrom: 'safetensors', packed: true };
}

/** `bytes`: size of one usable copy. Not for adapters: their size says nothing about the model. */
export function parameterFacts(model: ModelDocument, bytes: number | null): Facts {
  const found = counted(model, bytes);
  if (found.parameters !== undefined) return found;
  if (model.gguf?.total !== undefined) return { parameters: model.gguf.total, parametersFrom: 'gguf' };
  const named = sizesInName(model.id).total;
  return named === null ? {} : { parameters: named, parametersFrom: 'name' };
}

/** The precision of the weights: the type that takes up the most bytes. */
export function dtypeOf(model: ModelDocument): string | null {
  const method = model.config?.quantization_config?.quant_method;
  const counts = Object.entries(model.safetensors?.parameters ?? {});
  const [most] = counts.toSorted(([one, a], [other, b]) => b * widthOf(other) - a * widthOf(one));
  const type = most?.[0];
  if (type === undefined) return method ?? null;
  if (!isPlain(type)) return method ?? null;
  if (type.startsWith('F8')) return 'fp8';
  return type.startsWith('BF') ? 'bf16' : `fp${type.slice(1)}`;
}

type ModelConfig = NonNullable<NonNullable<ModelDocument['further']>['config']>;

/** Active parameters of a mixture of experts: all but the experts not chosen. Null where the configuration is incomplete. */
export function activeByConfig(config: ModelConfig, parameters: number): number | null {
  const { experts, chosen, hidden, expertWidth, layers, dense = 0, further = 0 } = config;
  if (experts === undefined || chosen === undefined || hidden === undefined) return null;
  if (expertWidth === undefined || layers === undefined || chosen >= experts) return null;
  const asleep = (layers - dense + further) * (experts - chosen) * 3 * hidden * expertWidth;
  const awake = parameters - asleep;
  // An implausible result means that the formula does not fit this architecture.
  return awake > parameters * 0.01 && awake < parameters ? awake : null;
}
