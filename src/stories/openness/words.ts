// Reduces a licence text to the words that count, by the SPDX matching guidelines where these do not change the meaning.
// https://spdx.github.io/spdx-spec/v2.3/license-matching-guidelines-and-templates/

export interface LicenceWord {
  readonly text: string;
  /** Counted from 0, in the original text. */
  readonly line: number;
}

/** Spellings that the guidelines treat as equal, in the form that `foldLine` gives them. */
const oneSpelling: Readonly<Record<string, string>> = {
  acknowledgement: 'acknowledgment',
  analogue: 'analog',
  analyse: 'analyze',
  artefact: 'artifact',
  authorisation: 'authorization',
  authorised: 'authorized',
  catalogue: 'catalog',
  centre: 'center',
  favour: 'favor',
  favourite: 'favorite',
  fulfil: 'fulfill',
  fulfilment: 'fulfillment',
  initialise: 'initialize',
  judgement: 'judgment',
  labelling: 'labeling',
  labour: 'labor',
  licence: 'license',
  licences: 'licenses',
  licenced: 'licensed',
  licencing: 'licensing',
  maximise: 'maximize',
  modelled: 'modeled',
  modelling: 'modeling',
  offence: 'offense',
  optimise: 'optimize',
  organisation: 'organization',
  organise: 'organize',
  practise: 'practice',
  programme: 'program',
  realise: 'realize',
  recognise: 'recognize',
  signalling: 'signaling',
  sublicence: 'sublicense',
  sublicencing: 'sublicensing',
  utilisation: 'utilization',
  wilful: 'willful',
  https: 'http',
};

/** `1.`, `(a)`, `iv)` at the beginning of a line: bullets and numbers are not words of the text. */
const bullet = /^(?:\d{1,2}(?:\.\d{1,2}){0,2}|[a-z]|[ivx]{1,4})[.):]\s|^[([](?:\d{1,2}|[a-z]|[ivx]{1,4})[)\]]\s/;
const decoration = /^[\s>*_#=|~`"'/;•·–—-]+/;

/** One line in lower case, without decoration, bullets and punctuation; hyphenated words become one. */
function foldLine(line: string): string {
  const plain = line.normalize('NFKC').toLowerCase().replace(/©/g, '(c)').replace(decoration, '');
  return plain
    .replace(bullet, '')
    .replace(/[\u2019\u2018']/g, '')
    .replace(/(?<=[\p{L}\p{N}])[\u2010-\u2015-](?=[\p{L}\p{N}])/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** A copyright statement names people; it says nothing about what is allowed. */
const copyrightMark = /^\W*(?:[\p{L}-]+ ){0,2}(?:copyright|\(c\)|©)\s*(?:\(c\)|©|[<[{]|\d{4}|by\b|all\b|:|-)/iu;

export function isCopyright(line: string): boolean {
  const text = line.replace(decoration, '').trim();
  if (text.length > 200) return false;
  if (copyrightMark.test(text)) return true;
  return /^copyright\b/i.test(text) && /\b(?:19|20)\d{2}\b/.test(text) && text.split(/\s+/).length <= 14;
}

/** In a script in which we know no words of terms: what it states cannot be judged. */
export const isStrange = (word: string): boolean => /[^\p{Script=Latin}\p{N}\u2423]/u.test(word);

/** Words of terms that are parts of names too: Acme Limited, Acme Research. */
const inNames = new Set(['limited', 'research', 'union', 'users', 'custom']);

/** At most this many words of a text are read. */
const mostWords = 20_000;

/** `terms`: a copyright line with one of these words states more than a copyright, so it is kept. */
export function licenceWords(text: string, terms: ReadonlySet<string> = new Set()): readonly LicenceWord[] {
  const words: LicenceWord[] = [];
  const lines = withoutFrontMatter(text).split(/\r\n|\r|\n/);
  for (const [line, raw] of lines.entries()) {
    if (words.length >= mostWords) break;
    const own = foldLine(raw).split(' ');
    if (isCopyright(raw) && !own.some((word) => isStrange(word) || (terms.has(word) && !inNames.has(word)))) continue;
    for (const word of own) {
      if (word === '') continue;
      words.push({ text: oneSpelling[word] ?? word, line });
    }
  }
  return words;
}

export function withoutFrontMatter(text: string): string {
  return text.replace(/^\uFEFF?---\r?\n[\s\S]*?\n---\r?\n/, '');
}
