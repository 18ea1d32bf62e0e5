// Text from outside for display in Discord: no active mentions, masked links or unwanted markup, never cut within a character.
import { oneLine, plainLines, webAddress } from '../../messages/outside.ts';

const gap = '\u200b';

/** The text within that many UTF-16 units; an ellipsis replaces what is cut, never within a character. */
export function cut(text: string, most: number): string {
  const whole = text.toWellFormed().trim();
  if (whole.length <= most) return whole;
  if (most < 1) return '';
  const at = most - 1;
  // Created only when needed: loading the segmentation rules takes 10 ms and 2 MB.
  const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  const start = graphemes.segment(whole.slice(0, most + 1)).containing(at)?.index ?? 0;
  // A single endless cluster (unlimited combining marks): cut between code points instead.
  const kept = start > 0 ? whole.slice(0, start) : whole.slice(0, at).replace(/[\ud800-\udbff]$/, '');
  return `${kept.trimEnd().replace(/(?<!\\)((?:\\\\)*)\\$/, '$1')}…`;
}

/** Breaks up mentions, custom emoji, commands and masked links, without a visible change. */
export function inert(text: string): string {
  return text
    .replaceAll(/<(?=[@#:/]|(?:a|t|id|sound):)/gi, `<${gap}`)
    .replaceAll(/@(?=everyone|here)/gi, `@${gap}`)
    .replaceAll(/\](?=\()/g, `]${gap}`);
}

/** A web address within a text. */
export const bareAddress = /https?:\/\/[\w\-./?=&%#+:,@!$~;]+/g;

/** Escapes what is markup anywhere in a line. */
export function escaped(text: string): string {
  return text.replaceAll(/[\\*_`[\]]|~~|\|\|/g, '\\$&');
}

/** Escapes what is markup only at the beginning of a line. */
export function begun(line: string): string {
  return line.replace(/^([#>+-])/, '\\$1').replace(/^(\d{1,9})([.)])/, '$1\\$2');
}

/** One line of outside text within our own markup: shown as written, with at most `most` units before escaping. */
export function inline(text: string, most = 300): string {
  const line = cut(oneLine(text), most);
  let made = '';
  let from = 0;
  for (const found of line.matchAll(bareAddress)) {
    made += escaped(line.slice(from, found.index)) + found[0];
    from = found.index + found[0].length;
  }
  return inert(begun(made + escaped(line.slice(from))));
}

/** The display name of a thing; without a name, its host. */
export function called(name: string, url: string): string {
  return inline(name, 200) || inline(webAddress(url)?.host ?? '', 200) || '?';
}

/** For places where Discord does not read markup: author and footer. */
export function bare(text: string, most: number): string {
  return inert(cut(oneLine(text), most));
}

/** Our own lines that may contain names from outside. */
export function lines(text: string, most: number): string {
  const shown = plainLines(text)
    .split('\n')
    .map((line) => inline(line, 1_000));
  return cut(shown.join('\n'), most);
}

/** A masked link of our own that shows the host it leads to. Null when the text is not a web address. */
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

/** Words that could be mistaken for a web address. */
const placeLike = /[\p{L}\p{N}-]\.\p{L}{2}/u;

/**
 * Links a name (a version, a repository and its version); where the name could be mistaken for a web address, it is bold
 * instead, followed by a link that shows the host.
 */
export function nameLink(name: string, url: string): string {
  const words = inline(name, 200).replaceAll(/\\[[\]]/g, '');
  const address = webAddress(url);
  const plain = words === '' || placeLike.test(words) || /https?:/i.test(words);
  const link = plain || address === null ? null : linkTo(url, () => words);
  return link === null ? `**${called(name, url)}** ${hostLink(url) ?? ''}`.trimEnd() : `**${link}**`;
}

/** A title of one word is a name; any other is quoted text, followed by a link that shows the host. */
export function titleLink(title: string, url: string): string {
  return /\s/.test(title.trim()) ? `**${called(title, url)}** ${hostLink(url) ?? ''}`.trimEnd() : nameLink(title, url);
}

/** Whether the text names another web address than this one, and so must not be its link text. */
export function namesOtherPlace(words: string, address: URL): boolean {
  return [...words.matchAll(/(?:https?:\/\/|www\.)([^\s/]+)/gi)].some(
    ([, host]) => host?.toLowerCase() !== address.host.toLowerCase(),
  );
}
