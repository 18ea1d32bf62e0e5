// The lines of an openness card in a language; what is not known stays 'unknown'.
import type { Fact, Openness, Story } from '../types/story.ts';
import { fill } from './fill.ts';
import type { Language } from './format.ts';

export type SaidLine = readonly [label: string, value: string | null, wide?: 'wide'];

/** Null = nothing to say. A fact is undefined when the stored card is older than the line: unknown too. */
function said<T>(fact: Fact<T> | undefined, say: (value: T) => string | null): string | null | 'unknown' {
  return fact === undefined || fact.value === 'unknown' ? 'unknown' : say(fact.value as T);
}

/** For lines that are left out when their fact is unknown. */
function saidOrNothing<T>(fact: Fact<T> | undefined, say: (value: T) => string | null): string | null {
  return fact === undefined || fact.value === 'unknown' ? null : say(fact.value as T);
}

function licenceText(openness: Openness, language: Language): string | 'unknown' {
  const { licence, licenceClass } = openness;
  if (licence.value === 'unknown') return 'unknown';
  if (licence.value === null) return language.texts.noLicence;
  return licenceClass.value === 'unknown'
    ? licence.value
    : `${licence.value} · ${language.texts.licenceClasses[licenceClass.value]}`;
}

function commercialText(value: string, language: Language): string {
  const { commercial } = language.texts;
  if (value === 'yes' || value === 'no') return commercial[value];
  return value.startsWith('conditional:')
    ? fill(commercial.conditional, { condition: value.slice('conditional:'.length).trim() })
    : value;
}

function rangeText(least: number, most: number, language: Language): string {
  return least === most ? language.bytes(least) : `${language.bytes(least)} – ${language.bytes(most)}`;
}

/** `16 GB (bf16 safetensors); also gguf 4 GB – 16 GB in 12 variants`. */
export function copiesText(openness: Openness, language: Language): string | null {
  const { texts } = language;
  const { copies, bytes } = openness;
  if (copies === undefined || copies.value === 'unknown') return null;
  const { main, others } = copies.value;
  const kind = [main.precision, main.format].filter((word) => word !== null).join(' ');
  const size = bytes.value === 'unknown' ? kind : `${language.bytes(bytes.value)} (${kind})`;
  const also = others.map(({ format, count, least, most }) => {
    const sizes = least === undefined || most === undefined ? '' : ` ${rangeText(least, most, language)}`;
    return count === 1 ? `${format}${sizes}` : language.count(texts.variants, count, { format: `${format}${sizes}` });
  });
  return also.length === 0 ? size : `${size}; ${fill(texts.also, { list: also.join(', ') })}`;
}

function weightsText(openness: Openness, language: Language): string | 'unknown' {
  const { weights, files, bytes, formats } = openness;
  if (weights.value === 'unknown') return 'unknown';
  const parts = [language.texts.weights[weights.value]];
  if (files.value !== 'unknown' && files.value > 0) parts.push(language.count(language.texts.files, files.value));
  const copies = copiesText(openness, language);
  if (copies !== null) return [...parts, copies].join(' · ');
  if (bytes.value !== 'unknown' && bytes.value > 0) parts.push(language.bytes(bytes.value));
  if (formats.value !== 'unknown' && formats.value.length > 0) parts.push(formats.value.join(', '));
  return parts.join(' · ');
}

/** `30.5B, 3B active`; a number known only from the name is marked as such. */
function parametersText(openness: Openness, language: Language): string | 'unknown' {
  const { texts } = language;
  const own = (value: string): string =>
    value
      .replace(' (by its name)', ` (${texts.byItsName})`)
      .replace(' stored elements', ` ${texts.storedElements}`)
      .replace(/^about /, '~');
  const total = said(openness.parameters, own) ?? 'unknown';
  const active = saidOrNothing(openness.activeParameters, own);
  if (active === null) return total;
  return fill(texts.activeOf, { total: total === 'unknown' ? texts.unknown : total, active });
}

function trainingDataText({ trainingData }: Openness, language: Language): string | 'unknown' {
  const { texts } = language;
  if (trainingData.value === 'unknown') return 'unknown';
  const value = texts.trainingData[trainingData.value];
  return trainingData.note === undefined ? value : `${value} (${texts.dataNotes[trainingData.note]})`;
}

/** `image, text → text · instruct · 131,072 tokens of context`. */
function useText({ modality, task, tuning, context }: Openness, language: Language): string | null {
  const { texts } = language;
  const parts = [
    saidOrNothing(modality, (value) => value) ?? saidOrNothing(task, (value) => value),
    saidOrNothing(tuning, (value) => texts.tuning[value]),
    saidOrNothing(context, (value) => language.count(texts.contextTokens, value)),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(' · ');
}

const languagesShown = 12;

function languagesText(codes: readonly string[], language: Language): string | null {
  if (codes.length === 0) return null;
  const shown = codes.slice(0, languagesShown).join(', ');
  const left = codes.length - languagesShown;
  return left > 0 ? `${shown}, ${language.count(language.texts.more, left)}` : shown;
}

function memoryText({ memory, smallestDownload, bytes }: Openness, language: Language): string | null {
  const { texts } = language;
  const needs = saidOrNothing(memory, (value) => fill(texts.memoryNeed, { memory: language.bytes(value) }));
  const smallest = saidOrNothing(smallestDownload, (value) =>
    value === bytes.value ? null : fill(texts.smallest, { bytes: language.bytes(value) }),
  );
  const parts = [needs, smallest].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join('; ');
}

function dutiesText(duties: readonly string[], language: Language): string | null {
  const known: Readonly<Record<string, string>> = language.texts.duties;
  return duties.length === 0 ? null : duties.map((duty) => known[duty] ?? duty).join('; ');
}

/** Empty without weights and without a stated licence; code alone gets only the lines about its licence. */
export function opennessLines(story: Story, language: Language): readonly SaidLine[] {
  const { openness } = story;
  const { texts } = language;
  if (openness === null) return [];
  const { labels } = texts;
  const weighed = ['published', 'withdrawn', 'adapter'].includes(openness.weights.value);
  const licensed = openness.licence.value !== 'unknown' && openness.licence.value !== null;
  if (!weighed && !licensed) return [];
  const licence: readonly SaidLine[] = [
    [labels.licence, licenceText(openness, language)],
    [labels.commercialUse, said(openness.commercialUse, (value) => commercialText(value, language))],
    [labels.duties, saidOrNothing(openness.duties, (value) => dutiesText(value, language)), 'wide'],
    [labels.territory, said(openness.territory, (value) => value), 'wide'],
    [
      labels.licenceConflict,
      openness.licenceConflict.value === 'unknown' ? null : openness.licenceConflict.value,
      'wide',
    ],
  ];
  if (!weighed && story.sort !== 'model') return licence.filter(([, value]) => value !== 'unknown');
  return [
    ...licence,
    [labels.kind, saidOrNothing(openness.kind, (value) => (value === 'model' ? null : texts.kinds[value]))],
    [labels.weights, weightsText(openness, language)],
    [labels.memory, memoryText(openness, language)],
    [labels.parameters, parametersText(openness, language)],
    [labels.task, useText(openness, language)],
    [labels.languages, saidOrNothing(openness.languages, (value) => languagesText(value, language))],
    [labels.gated, said(openness.gated, (value) => texts.gated[value])],
    [labels.trainingData, trainingDataText(openness, language)],
    [labels.inferenceCode, said(openness.inferenceCode, (value) => texts.inferenceCode[value])],
    [
      labels.trainingCode,
      said(openness.trainingCode, (value) => (value === null ? texts.noReport : texts.trainingCode[value])),
    ],
    [labels.report, said(openness.report, (value) => value ?? texts.noReport)],
    [labels.derivativeOf, said(openness.derivativeOf, (value) => (value === null ? null : value.join(', '))), 'wide'],
    [labels.newestOpen, said(openness.newestOpen, (value) => value)],
    [labels.newestOverall, said(openness.newestOverall, (value) => value)],
  ];
}
