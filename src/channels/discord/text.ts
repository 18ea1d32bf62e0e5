// Text from outside as Discord shows it: no live mention, no masked link, no markup where none belongs, never cut in half.
import { oneLine, paragraphs, webAddress } from '../../messages/outside.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const gap = '\u200b';

/** The text within so many UTF-16 units, with an ellipsis in place of what is cut; never half a character. */
export function cut(text: string, most: number): string {
  const whole = text.toWellFormed().trim();
  if (whole.length <= most) return whole;
  if (most < 1) return '';
  const at = most - 1;
  const start = graphemes.segment(whole.slice(0, most + 1)).containing(at)?.index ?? 0;
  // One endless cluster (combining marks without end): code points must do.
  const kept = start > 0 ? whole.slice(0, start) : whole.slice(0, at).replace(/[\ud800-\udbff]$/, '');
  return `${kept.trimEnd().replace(/(?<!\\)((?:\\\\)*)\\$/, '$1')}…`;
}

/** Mentions, custom emoji, commands and masked links fall apart; nothing that is read changes. */
function inert(text: string): string {
  return text
    .replaceAll(/<(?=[@#:/]|(?:a|t|id|sound):)/gi, `<${gap}`)
    .replaceAll(/@(?=everyone|here)/gi, `@${gap}`)
    .replaceAll(/\](?=\()/g, `]${gap}`);
}

const bareAddress = /https?:\/\/[\w\-./?=&%#+:,@!$~;]+/g;

function escaped(text: string): string {
  return text
    .replaceAll(/[\\*_`[\]]|~~|\|\|/g, '\\$&')
    .replace(/^([#>+-])/, '\\$1')
    .replace(/^(\d+)([.)])/, '$1\\$2');
}

/** One line of outside text inside our own markup: shown as it is written, at most so many units before escaping. */
export function inline(text: string, most = 300): string {
  const line = cut(oneLine(text), most);
  let made = '';
  let from = 0;
  for (const found of line.matchAll(bareAddress)) {
    made += escaped(line.slice(from, found.index)) + found[0];
    from = found.index + found[0].length;
  }
  return inert(made + escaped(line.slice(from)));
}

/** What a thing is called; without a name, the host it stands on. */
export function called(name: string, url: string): string {
  return inline(name, 200) || inline(webAddress(url)?.host ?? '', 200) || '?';
}

/** For places where Discord reads no markup: author and footer. */
export function bare(text: string, most: number): string {
  return inert(cut(oneLine(text), most));
}

const labelAtMost = 500;
/** Read where a label has just closed; parentheses within an address come in pairs. */
const linkTarget =
  /\(\s{0,10}<?((?:[^()[\]\s<>]|\([^()[\]\s]{0,500}\)){1,2000})>?(?:\s{1,10}["'(][^"')\n]{0,200}["')])?\s{0,10}\)/y;

function shownLink(label: string, target: string): string {
  const address = webAddress(target);
  if (address === null) return label;
  return label.trim() === target ? `<${address.href}>` : `${label} (<${address.href}>)`;
}

/** `[docs](https://a.example/x)` → `docs (https://a.example/x)`: the place is there for all to see. One pass over the text. */
function unmasked(text: string): string {
  let made = '';
  let from = 0;
  let open = -1;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '[') open = at;
    else if (sign === '\n') open = -1;
    else if (sign === ']') {
      const label = open === -1 ? '' : text.slice(open + 1, at);
      linkTarget.lastIndex = at + 1;
      const [whole, target] = (label !== '' && label.length <= labelAtMost ? linkTarget.exec(text) : null) ?? [];
      if (whole !== undefined && target !== undefined) {
        made += text.slice(from, open) + shownLink(label, target);
        from = at + 1 + whole.length;
        at = from - 1;
      }
      open = -1;
    }
  }
  return made + text.slice(from);
}

/** An address cut short would lead to another place than the one that was meant. */
function withoutHalfAddress(text: string): string {
  if (!text.endsWith('…')) return text;
  const word = text.slice(Math.max(text.lastIndexOf(' '), text.lastIndexOf('\n')) + 1);
  const start = word.search(/https?:\/\//);
  if (start === -1) return text;
  const before = text.slice(0, text.length - word.length + start);
  return `${before.slice(0, before.length - (/[(<]{1,2}$/.exec(before.slice(-2))?.[0].length ?? 0)).trimEnd()} …`;
}

function softened(line: string): string {
  const heading = /^\s{0,3}#{1,6}\s+/.exec(line);
  if (heading !== null) {
    const words = line.slice(heading[0].length).replaceAll('#', '').replaceAll('*', '').trim();
    return words === '' ? '' : `**${words}**`;
  }
  return line.replace(/^\s*-#\s*/, '').replace(/^\s*>>>\s?/, '> ');
}

/** Release notes or a summary, short enough for a phone: headings softened, comments and images gone, links unmasked. */
export function notes(text: string, most: number, linesMost: number): string {
  const lines = unmasked(paragraphs(text)).split('\n').map(softened);
  const shown = lines
    .slice(0, linesMost)
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n');
  const whole = lines.length > linesMost ? `${shown.trimEnd()}\n…` : shown;
  const short = withoutHalfAddress(cut(inert(whole), most)).trim();
  // A code block that lost its end would swallow nothing of ours, but it would not be shown as code either.
  const fences = short.split('```').length - 1;
  return fences % 2 === 0 ? short : short.slice(0, short.lastIndexOf('```')).trimEnd();
}

/** A masked link of our own: it shows the host that it leads to. Null when the address is no web address. */
export function hostLink(url: string): string | null {
  return linkTo(url, (host) => host);
}

/** The same with a name of ours in front: `[Licence · huggingface.co](…)`. */
export function namedLink(name: string, url: string): string | null {
  return linkTo(url, (host) => `${name} · ${host}`);
}

function linkTo(url: string, words: (host: string) => string): string | null {
  const address = webAddress(url);
  if (address === null || address.href.length > 1_000) return null;
  const href = address.href
    .replaceAll(/[()<>[\]\\`]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll(/@(?=everyone|here)/gi, '%40');
  return `[${words(address.host)}](${href})`;
}

/** Whether words name a web place other than this one, so that they must not be its link text. */
export function namesOtherPlace(words: string, address: URL): boolean {
  return [...words.matchAll(/(?:https?:\/\/|www\.)([^\s/]+)/gi)].some(
    ([, host]) => host?.toLowerCase() !== address.host.toLowerCase(),
  );
}
