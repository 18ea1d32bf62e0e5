// Finds the paper about this very model: by its title, the text of its link, or the name of a PDF in the repository.

const arxivId = /\b(\d{4}\.\d{4,5})\b/;
const arxivLink = /arxiv\.org\/(?:abs|pdf|html)\/(\d{4}\.\d{4,5})/i;

/** Lower case, words separated by single spaces; a version number keeps its dot. */
const fold = (text: string): string =>
  ` ${text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.]+/gu, ' ')
    .trim()} `;

const tuned =
  /^(?:instruct|chat|it|base|pt|hf|gguf|awq|gptq|fp8|int4|int8|bf16|preview|v\d+|\d+(?:\.\d+)?[bmtk]|a\d+b|\d{4}|\d{6,8})$/i;

/**
 * Names by which a title may refer to this model, longest first: `qwen2.5 72b instruct`, `qwen2.5 72b`, `qwen2.5`. The
 * shortest is the first word with its version: `llama 3.1`, never just `llama` where there is a version.
 */
function namesOf(id: string): readonly string[] {
  // Names on the hub have at most 96 characters; the limit keeps this fast for any text.
  const words = fold(id.slice(id.indexOf('/') + 1).slice(0, 200))
    .trim()
    .split(' ');
  const names: string[] = [];
  for (let length = words.length; length >= 1; length -= 1) {
    const part = words.slice(0, length);
    const next = words[length];
    // `llama` in `llama 3.1`: the version is part of the name.
    if (next !== undefined && /^v?\d+(?:\.\d+)*$/.test(next)) continue;
    if (part.every((word) => tuned.test(word))) continue;
    names.push(part.join(' '));
  }
  return names;
}

/** Whether the text contains the name without another version after it: `qwen2` is not `qwen2.5`, `falcon` not `falcon 2`. */
function namesModel(text: string, names: readonly string[]): boolean {
  const here = fold(text);
  return names.some((name) => {
    // A short name without a digit is too ambiguous.
    if (name.length < 4 && !/\d/.test(name)) return false;
    const at = here.indexOf(` ${name} `);
    const found = at === -1 ? here.indexOf(` ${name}. `) : at;
    if (found === -1) return false;
    const after = here.slice(found + name.length + 2).trim();
    return !/^v?\d+(?:\.\d+)* /.test(`${after} `) || /^\d{4} /.test(`${after} `);
  });
}

interface Paper {
  readonly id: string;
  readonly title: string;
}

/** The entries of a BibTeX bibliography: title and arXiv id. */
function cited(text: string): readonly Paper[] {
  return text
    .split(/(?=@[a-zA-Z]{3,20}\s*\{)/)
    .filter((entry) => entry.startsWith('@'))
    .flatMap((entry) => {
      const body = entry.slice(0, 4_000);
      const title = /\btitle\s*=\s*[{"]{1,3}([^\n]{3,300})/i.exec(body)?.[1]?.replaceAll(/[{}"]/g, '') ?? null;
      const id = arxivId.exec(body.replace(/\btitle\s*=[^\n]*/i, ''))?.[1] ?? null;
      return title === null || id === null ? [] : [{ id, title }];
    });
}

const reportWords = /\b(?:technical report|tech report|paper|report|preprint|arxiv)\b/i;
const ownWords = /\b(?:our|this model'?s?|the accompanying|accompanying)\b/i;
const aboutData = /\b(?:dataset|datasets|corpus|benchmark|survey|evaluation)\b/i;

/** The longest name wins: `Qwen2.5-Coder` has its own report, and also cites that of `Qwen2.5`. */
function firstOf(papers: readonly Paper[], names: readonly string[]): string | null {
  for (const name of names) {
    const fitting = papers.filter(({ title }) => namesModel(title, [name]));
    const best = fitting.find(({ title }) => !aboutData.test(title)) ?? fitting[0];
    if (best !== undefined) return `arXiv:${best.id}`;
  }
  return null;
}

/** Null = the README names no paper that is plainly about this model. */
export function reportIn(readme: string, id: string): string | null {
  const names = namesOf(id);
  const byTitle = firstOf(cited(readme), names);
  if (byTitle !== null) return byTitle;
  const lines = readme.split(/\r?\n/).map((line) => line.slice(0, 2_000));
  const linked = lines.flatMap((line, index) => {
    const found = arxivLink.exec(line)?.[1];
    return found === undefined ? [] : [{ id: found, line, head: index < 60 }];
  });
  const spoken = linked.find(
    ({ line }) => reportWords.test(line) && (namesModel(line, names) || ownWords.test(line)) && !aboutData.test(line),
  );
  if (spoken !== undefined) return `arXiv:${spoken.id}`;
  // A badge at the top of the page.
  const head = new Map(
    linked.filter(({ head: top, line }) => top && reportWords.test(line)).map((one) => [one.id, one]),
  );
  const [only] = head.values();
  if (head.size === 1 && only !== undefined && /\[|<a /.test(only.line) && only.line.length < 400)
    return `arXiv:${only.id}`;
  return pdfLink(lines, names);
}

function pdfLink(lines: readonly string[], names: readonly string[]): string | null {
  for (const line of lines) {
    const link = /https:\/\/[^\s)\]>"']{5,400}\.pdf\b/i.exec(line)?.[0];
    if (link === undefined || !/\b(?:technical|tech) report\b/i.test(line)) continue;
    if (namesModel(line, names) || ownWords.test(line) || namesModel(link.replaceAll(/[/_-]/g, ' '), names))
      return link;
  }
  return null;
}

const reportFile = /(?:^|[-_ /])tech(?:nical)?[-_ ]?report(?:$|[-_ .])|(?:^|[-_ /])(?:paper|report)\.pdf$/i;

/** A PDF in the repository whose name says that it is a report. */
export function isReportFile(path: string): boolean {
  return /\.pdf$/i.test(path) && path.length < 300 && reportFile.test(path.replace(/\.pdf$/i, '.pdf'));
}
