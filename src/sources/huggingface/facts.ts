// The facts of a model's document apart from its licence: what it is, its weights, its data, its size.
import type { Facts } from '../../types/core.ts';
import { quantisationsOf, type Weights, weightsOf } from '../weights/artefact.ts';
import type { Copy } from '../weights/copy.ts';
import type { ModelDocument } from './document.ts';
import { isCodeFile, isReadme, repositoryFile } from './files.ts';
import { isReportFile } from './report.ts';
import { activeByConfig, dtypeOf, parameterFacts, sizesInName } from './size.ts';

export function tagged(model: ModelDocument, prefix: string): readonly string[] {
  return (model.tags ?? []).filter((tag) => tag.startsWith(prefix)).map((tag) => tag.slice(prefix.length));
}

export const unique = (all: readonly string[]): readonly string[] => [...new Set(all)];

export function datasetsOf(model: ModelDocument): readonly string[] {
  return unique([...(model.cardData?.datasets ?? []), ...tagged(model, 'dataset:')]);
}

/** From the card and from tags of the forms `base_model:ID` and `base_model:RELATION:ID`. */
export function baseModels(model: ModelDocument): readonly { readonly id: string; readonly relation: string }[] {
  const relations = new Map<string, string>();
  const usual = model.cardData?.base_model_relation ?? 'finetune';
  for (const id of model.cardData?.base_model ?? []) relations.set(id, usual);
  for (const tag of tagged(model, 'base_model:')) {
    const cut = tag.indexOf(':');
    if (cut === -1) relations.set(tag, relations.get(tag) ?? usual);
    else relations.set(tag.slice(cut + 1), tag.slice(0, cut));
  }
  return [...relations].map(([id, relation]) => ({ id, relation }));
}

export function weightsIn(model: ModelDocument): Weights {
  return weightsOf({
    id: model.id,
    files: (model.siblings ?? []).map(repositoryFile),
    library: model.library_name ?? null,
    tags: model.tags ?? [],
    relations: baseModels(model).map(({ relation }) => relation),
  });
}

/** Removes undefined fields. */
function known<T extends object>(fields: { readonly [K in keyof T]: T[K] | undefined }): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

/** Null when the repository contains no model weights; an adapter's do not count. */
export function weightFacts(model: ModelDocument, weights: Weights): Facts | null {
  if (weights.files.length === 0 || weights.artefact === 'adapter') return null;
  return { files: weights.files.length, ...copyFacts(model, weights), ...sizeFacts(model, weights.copies.main) };
}

function copyFacts(model: ModelDocument, { formats, copies }: Weights): Facts {
  const { main, others } = copies;
  const sizes = [...(main === null ? [] : [main]), ...others].flatMap(({ bytes }) => bytes ?? []);
  const groups = Map.groupBy(others, ({ format }) => format);
  const quantisations = unique([
    ...quantisationsOf([...(main === null ? [] : [main]), ...others]),
    ...(model.config?.quantization_config?.quant_method === undefined
      ? []
      : [model.config.quantization_config.quant_method.toUpperCase()]),
  ]);
  return {
    formats,
    ...known<Facts>({ bytes: main?.bytes ?? undefined }),
    ...(main === null
      ? {}
      : { copy: { format: main.format, precision: main.precision ?? dtypeOf(model), files: main.files } }),
    ...(groups.size === 0 ? {} : { otherCopies: [...groups].map(([format, all]) => grouped(format, all)) }),
    ...(quantisations.length === 0 ? {} : { quantisations }),
    ...(sizes.length === 0 ? {} : { smallestBytes: Math.min(...sizes) }),
  };
}

function grouped(format: string, all: readonly Copy[]): NonNullable<Facts['otherCopies']>[number] {
  const sizes = all.flatMap(({ bytes }) => bytes ?? []);
  const range = sizes.length < all.length ? {} : { least: Math.min(...sizes), most: Math.max(...sizes) };
  return { format, count: all.length, ...range };
}

function sizeFacts(model: ModelDocument, main: Copy | null): Facts {
  const counted = parameterFacts(model, main?.bytes ?? null);
  const named = sizesInName(model.id).active;
  if (named !== null) return { ...counted, activeParameters: named, activeFrom: 'name' };
  const config = model.further?.config;
  const exact = counted.parametersFrom !== 'name' && counted.packed !== true ? counted.parameters : undefined;
  const awake = config === undefined || exact === undefined ? null : activeByConfig(config, exact);
  return awake === null ? counted : { ...counted, activeParameters: awake, activeFrom: 'config.json' };
}

const instructed =
  /(?:^|[-_. ])(?:instruct|chat|it|think|thinking|reasoning|assistant|sft|dpo|rlhf|rlvr|orpo|tuned)(?=$|[-_. ])/i;
const untuned = /(?:^|[-_. ])(?:base|pt|pretrain|pretrained)(?=$|[-_. ])/i;

/** The name decides; otherwise a chat template shows that the model was tuned to follow instructions. */
function tuningFacts(model: ModelDocument): Facts {
  const name = model.id.slice(model.id.indexOf('/') + 1);
  if (untuned.test(name)) return { tuning: 'base', tuningFrom: 'name' };
  if (instructed.test(name)) return { tuning: 'instruct', tuningFrom: 'name' };
  const talks =
    model.tags?.includes('conversational') === true || model.config?.tokenizer_config?.chat_template === true;
  return talks ? { tuning: 'instruct', tuningFrom: 'tags' } : {};
}

function contextFacts(model: ModelDocument): Facts {
  const configured = model.further?.config?.context;
  if (configured !== undefined) return { contextLength: configured, contextFrom: 'config.json' };
  const packed = model.gguf?.context_length;
  return packed === undefined ? {} : { contextLength: packed, contextFrom: 'gguf' };
}

function readmeFacts(model: ModelDocument, url: string): Facts {
  const readme = model.further?.readme;
  const pdf = model.siblings?.find(({ rfilename }) => isReportFile(rfilename))?.rfilename;
  const file =
    pdf === undefined
      ? {}
      : {
          report: pdf,
          reportUrl: `${url}/blob/${model.sha ?? 'main'}/${pdf.split('/').map(encodeURIComponent).join('/')}`,
        };
  if (readme === undefined) {
    const absent = model.siblings !== undefined && !model.siblings.some(isReadme);
    return { ...(absent ? { readme: 'absent' as const } : {}), ...file };
  }
  if (readme === 'unreadable') return { readme, ...file };
  const { pretraining, corpora, datasets, trainingCode, report } = readme;
  return {
    readme: 'read',
    pretraining,
    namedData: unique([...corpora, ...datasets]).slice(0, 50),
    ...(trainingCode === null ? {} : { trainingCodeUrl: trainingCode }),
    ...(report === null ? file : { report }),
  };
}

/** `url`: the model's page. */
export function modelFacts(model: ModelDocument, weights: Weights, url: string): Facts {
  const datasets = datasetsOf(model);
  const arxiv = unique(tagged(model, 'arxiv:'));
  const bases = baseModels(model);
  const customCode = model.tags?.includes('custom_code') === true || model.siblings?.some(isCodeFile) === true;
  const languages = model.cardData?.language;
  return {
    subjectName: model.id.slice(model.id.indexOf('/') + 1),
    ...known<Facts>({
      createdAt: model.createdAt,
      library: model.library_name,
      task: model.pipeline_tag ?? model.cardData?.pipeline_tag,
      artefact: model.siblings === undefined ? undefined : weights.artefact,
      euDisallowed: model.cardData?.extra_gated_eu_disallowed,
      dataLooks: model.further?.datasets,
    }),
    ...(datasets.length === 0 ? {} : { datasets }),
    ...(arxiv.length === 0 ? {} : { arxiv }),
    ...(bases.length === 0 ? {} : { baseModels: bases }),
    ...(languages == null || languages.length === 0 ? {} : { languages: unique(languages).slice(0, 200) }),
    ...(customCode ? { customCode } : {}),
    ...(weights.artefact === 'adapter' ? copyFacts(model, weights) : {}),
    ...tuningFacts(model),
    ...contextFacts(model),
    ...readmeFacts(model, url),
  };
}
