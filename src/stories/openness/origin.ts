// The lines of the openness card about where a model comes from: data, code, report, base models.
import type { Facts } from '../../types/core.ts';
import type { Fact, Openness } from '../../types/story.ts';
import type { FactBuilder } from './fact.ts';

export interface OriginContext {
  readonly place: 'model' | 'code' | 'none';
  /** Whether everybody may use, change and pass on what is under this licence. */
  readonly isOpenLicence?: (id: string) => boolean;
}

export function originLines(facts: Facts, context: OriginContext, say: FactBuilder) {
  const inferenceCode: Openness['inferenceCode'] =
    facts.customCode === true || context.place === 'code'
      ? say.observed('yes', context.place === 'code' ? 'repository' : 'siblings')
      : facts.library === undefined
        ? say.unknown('library_name')
        : say.declared('library', 'library_name');
  return {
    inferenceCode,
    trainingCode: trainingCode(facts, say),
    trainingData: trainingData(facts, context, say),
    report: report(facts, say),
    derivativeOf: derivativeOf(facts, context, say),
  };
}

function derivativeOf(facts: Facts, context: OriginContext, say: FactBuilder): Fact<readonly string[] | null> {
  const bases = facts.baseModels?.map((base) => `${base.id} (${base.relation})`);
  if (bases !== undefined) return say.declared(bases, 'base_model');
  return context.place === 'model' ? say.observed(null, 'base_model') : say.unknown('base_model');
}

const readme = 'README.md';

/** Null only when the README was read, or does not exist, and names none. */
function trainingCode(facts: Facts, say: FactBuilder): Openness['trainingCode'] {
  if (facts.trainingCodeUrl !== undefined) return say.declared('linked', readme, facts.trainingCodeUrl);
  return facts.readme === 'read' || facts.readme === 'absent' ? say.observed(null, readme) : say.unknown(readme);
}

/** Tags also name papers that a model merely mentions, so they do not count as its report. */
function report(facts: Facts, say: FactBuilder): Fact<string | null> {
  if (facts.report !== undefined)
    return say.declared(facts.report, facts.reportUrl === undefined ? readme : 'siblings', facts.reportUrl);
  const looked = facts.readme === 'read' || (facts.readme === 'absent' && facts.arxiv === undefined);
  return looked ? say.observed(null, readme) : say.unknown(readme);
}

function trainingData(facts: Facts, context: OriginContext, say: FactBuilder): Openness['trainingData'] {
  if (context.place !== 'model') return say.unknown('datasets');
  const named = [...(facts.datasets ?? []), ...(facts.namedData ?? [])];
  if (named.length > 0) {
    const field = facts.datasets === undefined ? readme : 'datasets';
    const note = partly(facts, context);
    return note === null ? say.observed('public', field) : { ...say.declared('named', field), note };
  }
  return facts.readme === 'read' || facts.readme === 'absent'
    ? say.observed('not stated', readme)
    : { value: 'not looked at', how: 'unknown', because: say.because(readme) };
}

const tunedNames =
  /(?:^|[-_./ ])(?:instruct|chat|it|sft|dpo|rlhf|orpo|kto|grpo|fine-?tuned?|ft|tuned|lora|reward|rm|rerank\w*|squad\w*|sst-?2|mnli|nli|ner|qa|classifier|sentiment\w*|summari[sz]\w*|translat\w*)(?=$|[-_. ])/i;
/** Tasks that a model is fine-tuned for after its main training. */
const tunedTasks = /classification|question-answering|sentence-similarity|summarization|ranking|detection/;

/** Only for these does a plain list of data sets in the card count as the data they were pre-trained on. */
function isLanguageModel({ task, library }: Facts): boolean {
  return (
    /^(?:|text-generation|fill-mask|text2text-generation)$/.test(task ?? '') &&
    /^(?:transformers|hf_olmo|olmo|gpt-neox)$/i.test(library ?? '')
  );
}

/** Why the named data is not all of the training data, or not open to everybody; null = it is. */
function partly(facts: Facts, context: OriginContext): NonNullable<Openness['trainingData']['note']> | null {
  if (facts.baseModels !== undefined || facts.artefact === 'adapter') return 'fine-tuning';
  const looks = new Map((facts.dataLooks ?? []).map((look) => [look.id, look]));
  if ([...looks.values()].some(({ extract }) => extract)) return 'extract';
  const named = [...(facts.datasets ?? []), ...(facts.namedData ?? [])];
  const open = named.every((id) => {
    const look = looks.get(id);
    return look?.readable === true && look.licences.length > 0 && look.licences.every(isOpen(context));
  });
  // Data that could not be looked at must not be called closed.
  if (!open)
    return named.some((id) => id.includes('/') && !looks.has(id)) && !closed(named, looks, context)
      ? 'not looked at'
      : 'not all open';
  // The README says that they are the pre-training data; without one, the card's own list has to do.
  const library = facts.library ?? '';
  const tuned =
    facts.tuning === 'instruct' ||
    tunedTasks.test(facts.task ?? '') ||
    tunedNames.test(facts.subjectName ?? '') ||
    /^(?:sentence-transformers|setfit|peft|span-marker|flair|spacy)$/i.test(library);
  if (tuned) return 'fine-tuning';
  const pretrained =
    facts.readme === 'read' ? facts.pretraining === true : facts.readme === 'absent' && isLanguageModel(facts);
  return pretrained ? null : 'not said for what';
}

/** At least one of the named data sets was looked at and is not open. */
function closed(named: readonly string[], looks: ReadonlyMap<string, DataLook>, context: OriginContext): boolean {
  return named.some((id) => {
    const look = looks.get(id);
    return look !== undefined && !(look.readable && look.licences.length > 0 && look.licences.every(isOpen(context)));
  });
}

type DataLook = NonNullable<Facts['dataLooks']>[number];

const isOpen =
  ({ isOpenLicence }: OriginContext) =>
  (id: string): boolean =>
    isOpenLicence?.(id) === true;
