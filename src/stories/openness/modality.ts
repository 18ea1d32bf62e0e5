// Whether a model only reads and writes text, for licences whose territorial limit applies only to other models.
import type { Facts } from '../../types/core.ts';

const textTasks =
  /^(?:text-(?:generation|classification|ranking)|text2text-generation|token-classification|zero-shot-classification|fill-mask|feature-extraction|sentence-similarity|summarization|translation|question-answering)$/;
const seeing =
  /(?:^|[-_./ ])(?:vision|vl|vlm|image|video|multimodal|omni|audio|scout|maverick|guard-4|guard-3-11b)(?:$|[-_./ ])/i;
const reading = /(?:^|[-_./ ])(?:prompt-guard|guard-3-1b|3\.2-1b|3\.2-3b)(?:$|[-_./ ])/i;

/** True only on evidence: the task, or the names of the model and of those it was made from. */
export function isTextOnly(facts: Facts): boolean {
  const names = [facts.subjectName ?? '', ...(facts.baseModels ?? []).map(({ id }) => id)];
  if (names.some((name) => seeing.test(name))) return false;
  if (facts.task !== undefined) return textTasks.test(facts.task);
  return names.some((name) => reading.test(name));
}
