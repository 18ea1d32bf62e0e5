// What a README says about training data, training code and the report. Cautious: only what is plainly stated counts.
import { corpora } from './corpora.ts';
import { reportIn } from './report.ts';

export interface ReadmeReading {
  /** It mentions pre-training, or training from scratch, on the data that it names. */
  readonly pretraining: boolean;
  /** Well-known data that it says the model was trained on. */
  readonly corpora: readonly string[];
  /** Data sets on the hub that it links in passages about training. */
  readonly datasets: readonly string[];
  /** Link to the code that trained the model. */
  readonly trainingCode: string | null;
  /** `arXiv:ID` or a link: the paper about this very model. */
  readonly report: string | null;
}

/** The most characters that are read. */
const longest = 200_000;
const longestLine = 2_000;

const trains = /\b(?:pre-?train(?:ed|ing)?|trained|training)\b/i;
const ofData = /\b(?:data|datasets?|corpus|corpora|tokens?|mixture|images|hours|pairs|texts?|collection|on)\b/i;
/** Lines about another model, or with a negation. */
const ofOthers =
  /\b(?:not|never|without|tokeni[sz]er|unlike|compar|evaluat|benchmark|baseline|outperform|contaminat|whereas)/i;
const pretrains = /\bpre-?train(?:ed|ing)?\b|\btrained from scratch\b/i;
/** Data that is not named, or that is not publicly available. */
const moreData =
  /\b(?:proprietary|in-house|internal|private|undisclosed|licensed|crawled|confidential|purchased|curated (?:data|corpora|sources)|(?:other|additional|further|various|diverse) (?:public(?:ly available)? )?(?:data|datasets|sources|corpora)|among others|etc)\b/i;
const tunes = /\b(?:fine-?tun|instruction|post-?train|sft|dpo|rlhf|preference|distil)/i;
const dataHeading =
  /\b(?:(?:pre-?)?training[- ](?:data|datasets?|corpus|corpora|mixture)|data ?sets?|data mix(?:ture)?|pre-?training)\b/i;

interface Line {
  readonly text: string;
  /** Whether it is below a heading about training data. */
  readonly inData: boolean;
}

/** The text without front matter, comments and code. */
function plainText(readme: string): string {
  const whole = readme.slice(0, longest);
  const matter = /^\uFEFF?---\r?\n/.test(whole) ? whole.indexOf('\n---', 3) : -1;
  const [first = '', ...others] = (matter === -1 ? whole : whole.slice(matter + 4)).split('<!--');
  const shown = others.map((part) => {
    const end = part.indexOf('-->');
    return end === -1 ? '' : part.slice(end + 3);
  });
  return [first, ...shown].join('');
}

function linesOf(text: string): readonly Line[] {
  const lines: Line[] = [];
  let level: number | null = null;
  let fenced = false;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.slice(0, longestLine);
    if (/^\s*(?:```|~~~)/.test(line)) {
      fenced = !fenced;
      continue;
    }
    if (fenced) continue;
    const heading = /^(#{1,6})\s+(\S.*|)$/.exec(line);
    if (heading !== null) {
      const depth = heading[1]?.length ?? 1;
      const title = heading[2] ?? '';
      const measures = /evaluat|benchmark|result|test|performance/i.test(title);
      if (dataHeading.test(title) && !measures) level = depth;
      else if (measures || (level !== null && depth <= level)) level = null;
      continue;
    }
    for (const sentence of line.split(/(?<=[.!?])\s+/)) {
      if (sentence.trim() !== '') lines.push({ text: sentence, inData: level !== null });
    }
  }
  return lines;
}

function speaksOfTraining({ text, inData }: Line): boolean {
  if (ofOthers.test(text)) return false;
  return inData || (trains.test(text) && ofData.test(text));
}

const folded = (text: string): string => ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}-]+/gu, ' ')} `;
const foldedCorpora = corpora.map((name) => ({ name, text: folded(name) }));

function corporaIn(lines: readonly Line[]): readonly string[] {
  const found = new Set<string>();
  for (const { text } of lines) {
    const here = folded(text);
    for (const { name, text: wanted } of foldedCorpora) if (here.includes(wanted)) found.add(name);
  }
  return [...found];
}

const datasetLink = /(?:huggingface\.co|hf\.co)\/datasets\/([\w.-]{1,96}(?:\/[\w.-]{1,96})?)/g;

function linkedDatasets(lines: readonly Line[]): readonly string[] {
  const ids = lines.flatMap(({ text }) => [...text.matchAll(datasetLink)].map((found) => found[1] ?? ''));
  return [...new Set(ids.map((id) => id.replace(/(?<![).,])[).,]+$/, '')))].filter((id) => id !== '');
}

/** A link to a collection of data sets; its members cannot be read from the link. */
const collectionLink = /(?:huggingface\.co|hf\.co)\/collections\/[\w.-]+\/[\w-]*(?:data|corpus|corpora|pretrain)/i;

const codeLink = /https?:\/\/(?:www\.)?github\.com\/[\w.-]{1,100}\/[\w.-]{1,100}[^\s)\]>"']{0,300}/;
const trainingCodeWords =
  /\b(?:pre-?)?training (?:code|codebase|scripts?|recipes?|repo(?:sitory)?|pipeline|library)\b|\bcode (?:used |that was used )?(?:for|to) (?:pre-?)?train(?:ing)?\b|\b(?:model was |was |were )?(?:pre-?)?trained (?:with|using|in) (?:our|the) \[?(?:open[- ]source(?:d)? )?(?:code|codebase|framework|library)\b/i;

function trainingCodeIn(lines: readonly Line[]): string | null {
  for (const { text } of lines) {
    if (!trainingCodeWords.test(text) || /\b(?:soon|will be|not|upcoming|later)\b/i.test(text)) continue;
    if (/\bfine-?tun\w* (?:code|scripts?)/i.test(text) && !/\bpre-?train/i.test(text)) continue;
    const link = codeLink.exec(text)?.[0];
    if (link !== undefined) return link.replace(/(?<![.,;:])[.,;:]+$/, '');
  }
  return null;
}

/** Pure. `id`: `owner/name` of the model that the README belongs to. */
export function readReadme(readme: string, id: string): ReadmeReading {
  const text = plainText(readme);
  const lines = linesOf(text);
  const training = lines.filter(speaksOfTraining);
  const named = corporaIn(training);
  const collections = training.filter((line) => collectionLink.test(line.text)).map(() => 'a collection on the hub');
  return {
    pretraining:
      training.some(({ text: said }) => pretrains.test(said) && !tunes.test(said)) &&
      !lines.some(({ text: said, inData }) => (inData || trains.test(said)) && moreData.test(said)),
    corpora: [...named, ...collections.slice(0, 1)],
    datasets: linkedDatasets(training),
    trainingCode: trainingCodeIn(lines),
    report: reportIn(text, id),
  };
}
