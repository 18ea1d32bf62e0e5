// The name of a model of no listed family: from its repository, or from the proper name in a headline.
import { type NamePart, readChain } from './chain.ts';
import { hasHangul, normalise } from './fold.ts';
import { type LabTable, noFamily } from './labs.ts';
import { articles, joining, modelNouns, openers, ordinary, releaseVerbs, toolNouns } from './words.ts';

const carried: ReadonlySet<NamePart['sort']> = new Set(['word', 'unknown', 'version']);

/** From a repository's name: its words in order, without sizes, tuning, dates and formats. Null when nothing is left. */
export function repositoryName(name: string): string | null {
  const written = normalise(name);
  const folded = written.toLowerCase();
  const kept = readChain({ text: folded, start: 0 }, noFamily, 'repository').parts.filter(
    ({ sort, text }) => carried.has(sort) && !joining.has(text),
  );
  let shown = '';
  let end = 0;
  for (const part of kept) {
    const glued = part.start === end && shown !== '';
    // PP-OCRv6, V-JEPA: a first piece of one or two letters keeps its hyphen.
    const gap = shown === '' || glued ? '' : shown.length <= 2 ? '-' : ' ';
    shown += `${gap}${written.slice(part.start, part.end).replace(/(?<=\d)_(?=\d)/g, '.')}`;
    end = part.end;
  }
  return shown === '' ? null : shown;
}

/** One spelling of a name without its lab, however its words are separated: Brain2Qwerty v2 becomes `brain2qwerty2`. */
export function slugOf(name: string, labs: LabTable): string {
  const words = normalise(name)
    .toLowerCase()
    .split(/[^\p{L}\p{N}.+]+/u)
    .filter((word) => word !== '');
  const own = words.length > 1 && labs.labOf(words[0] ?? '') !== undefined ? words.slice(1) : words;
  return own.map((word) => word.replace(/^v(?=\d)/, '').replace(/(?<=\d)(?:\.0){1,9}$/, '')).join('');
}

const pieces = /[^\s,:;()[\]"|!?]+|[,:;()|!?"]/g;
const named = /^(?:\p{Lu}[\p{L}\p{N}.+-]*|[a-z]+\p{Lu}[\p{L}\p{N}.+-]*|[\p{L}-]*\d[\p{L}\p{N}.+-]*)$/u;
const numbered = /^v?\d+(?:\.\d+)*[a-z]?$/i;
const sized = /^\d+(?:\.\d+)?[bmt]$/;
const mostWords = 4;

/** The proper name a title gives the model it is about; null when it names none, or something that is not a model. */
export function properName(title: string, labs: LabTable): string | null {
  if (hasHangul(title)) return quotedName(normalise(title).slice(0, 300));
  const words = wordsOf(title);
  for (const start of startsOf(words, labs)) {
    const name = nameAt(words, start, labs);
    if (name.length > 0 && isModel(words, start, start + name.length)) return name.join(' ');
  }
  return null;
}

/** The title presents a program, data set or method that has its own name, not a model's: DSpark, a framework for V4. */
export function presentsTool(title: string, labs: LabTable, isListed: (name: string) => boolean): boolean {
  const words = wordsOf(title);
  return startsOf(words, labs)
    .filter((start) => start > 0)
    .some((start) => {
      const name = nameAt(words, start, labs);
      const end = start + name.length;
      return (
        name.length > 0 &&
        !isListed(name.join(' ')) &&
        words
          .slice(end, end + 14)
          .map(nounOf)
          .find((one) => one !== null) === false
      );
    });
}

function wordsOf(title: string): readonly string[] {
  const text = normalise(title)
    .slice(0, 300)
    .replace(/^#?\d{1,2}[:.)] /, '');
  return [...text.matchAll(pieces)].map(([word]) => word.replace(/\.$/, ''));
}

/** True: a noun used only for models; false: a noun for something else; null: neither. */
function nounOf(word: string): boolean | null {
  const lower = word.toLowerCase();
  if (toolNouns.has(lower)) return false;
  return modelNouns.has(lower) || /^\d+(?:\.\d+)?[bt](?:-param\w*)?$/.test(lower) ? true : null;
}

/** Where a name may begin: after an opener or a releasing verb, or as the first word before a colon or dash. */
function startsOf(words: readonly string[], labs: LabTable): readonly number[] {
  const lower = words.map((word) => word.toLowerCase());
  const starts = lower.flatMap((word, index): readonly number[] => {
    const opens = index === 0 && openers.has(word);
    const two = word === 'open' && /^sourc(?:es|ed)$/.test(lower[index + 1] ?? '');
    if (!opens && !two && !releaseVerbs.has(word)) return [];
    let at = index + (two ? 2 : 1);
    while (articles.has(lower[at] ?? '') || isPossessive(words[at] ?? '', labs)) at += 1;
    return [at];
  });
  return [...starts, 0];
}

function isPossessive(word: string, labs: LabTable): boolean {
  return word.endsWith("'s") && labs.labOf(word.slice(0, -2)) !== undefined;
}

function nameAt(words: readonly string[], start: number, labs: LabTable): readonly string[] {
  const name: string[] = [];
  for (const word of words.slice(start, start + mostWords)) {
    const lower = word.toLowerCase();
    const fits = name.length > 0 && numbered.test(word) ? true : named.test(word);
    // A size does not make a different model: Lumen 30B is Lumen.
    if (name.length > 0 && sized.test(lower)) break;
    if (!fits || releaseVerbs.has(lower) || toolNouns.has(lower) || modelNouns.has(lower)) break;
    // North Mini Code: an ordinary word at the end may belong to the name when a comma, colon or dash follows it.
    const closes = name.length > 0 && /^[:,-]$/.test(words[start + name.length + 1] ?? '');
    if (ordinary.has(lower) && !closes) break;
    name.push(word);
  }
  const last = words[start + name.length];
  // Not a model's name: a lab (it is the one that acts), or a bare number.
  const isLab = name.length > 0 && labs.labOf(name.join(' ')) !== undefined;
  const isSubject = start > 0 || presents(last ?? '', words[start + name.length + 1] ?? '');
  return isLab || !isSubject || !/\p{L}{2}/u.test(name.join(' ')) ? [] : name;
}

/** `Lumen: …`, `Lumen, an open model`, `Lumen is out`. */
function presents(next: string, after: string): boolean {
  if (next === ',') return articles.has(after.toLowerCase());
  return /^(?:[:-]|is|are|on|available)$/i.test(next);
}

/** Decided by the first noun after the name that tells what it is; without one, by the nouns right before the name. */
function isModel(words: readonly string[], start: number, end: number): boolean {
  const behind = words.slice(end, end + 14).map(nounOf);
  const decided = behind.find((found) => found !== null);
  if (decided !== undefined) return decided === true;
  return (
    words
      .slice(Math.max(0, start - 3), start)
      .map(nounOf)
      .at(-1) === true
  );
}

/** 'Lumen 3', '루멘(Lumen) 3', 'Lumen(루멘)': takes the Latin spelling, because other sources write that one. */
const quoted =
  /['"](?:[\uac00-\ud7a3][\uac00-\ud7a3\d ]{0,20}\()?([A-Z][\w.+-]{1,30}(?: [A-Z0-9][\w.+-]{0,20}){0,3})(?:\)|\([\uac00-\ud7a3 ]{1,20}\))?( \d[\d.]{0,5})?['"]/;
const koreanModel = /모델|llm|가중치|파운데이션|매개변수|파라미터/i;
const koreanTool =
  /에이전트|프레임워크|플랫폼|데이터 ?셋|벤치마크|서비스|앱(?![가-힣])|도구|라이브러리|솔루션|반도체|칩/;

/** 'Lumen 3' 공개: Korean headlines put the name in quotation marks. */
function quotedName(text: string): string | null {
  const [, latin, number = ''] = quoted.exec(text) ?? [];
  const name = latin === undefined ? undefined : `${latin.replace(/ \d{1,4}(?:\.\d{1,3})?[BMT]$/i, '')}${number}`;
  return name !== undefined && koreanModel.test(text) && !koreanTool.test(text) ? name : null;
}
