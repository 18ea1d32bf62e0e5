// Markup to plain text: decodes entities and removes tags.
import { Parser } from 'htmlparser2';
import { folded } from './text.ts';

/** In titles only known elements count as tags: `Vec<T>` and `List<String>` are text. */
const element =
  'a|abbr|acronym|address|b|bdi|bdo|big|blockquote|br|center|cite|code|dd|del|dfn|div|dl|dt|em|figure|font|h[1-6]|hr|i|img|ins|kbd|' +
  'li|mark|nobr|ol|p|pre|q|rp|rt|ruby|s|samp|script|section|small|span|strike|strong|style|sub|sup|svg|table|tbody|td|th|tr|tt|u|ul|var|wbr';
const noTag = new RegExp(`<(?!/?(?:${element})(?:[\\s/>]|$)|!--)`, 'gi');
const silent = new Set(['script', 'style', 'template', 'noscript', 'iframe', 'svg', 'math']);
const inline =
  /^(?:a|abbr|acronym|b|bdi|bdo|big|cite|code|del|dfn|em|font|i|ins|kbd|mark|nobr|q|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr)$/;
/** How much markup of one summary is read, in characters: enough for the longest text that is kept. */
const markupAtMost = 40_000;

/** An opening and a closing tag that are still visible after decoding: the markup was escaped twice. */
const pair = new RegExp(`<(${element})(?:\\s[^<>]*)?>[^<]*</\\1>`, 'i');

/** A title: one line of plain text. */
export function titleText(markup: string): string {
  const read = (text: string): string => textOf(unwrapped(text).replace(noTag, '&lt;'));
  const short = markup.slice(0, markupAtMost);
  const once = /[<&]/.test(short) ? read(short) : short;
  return folded(pair.test(once) ? read(once) : once);
}

/** A summary: plain text of at most `limit` characters, cut between words where possible; null when empty. */
export function summaryText(markup: string, limit: number): string | null {
  const once = textOf(unwrapped(markup.slice(0, markupAtMost)));
  const text = folded(pair.test(once) ? textOf(once) : once);
  if (text === '') return null;
  if (text.length <= limit) return text;
  const cut = text.slice(0, limit - 1).replace(/[\uD800-\uDBFF]$/, '');
  const space = cut.lastIndexOf(' ');
  return `${(space > limit * 0.8 ? cut.slice(0, space) : cut).trimEnd()}…`;
}

const unwrapped = (markup: string): string => markup.replace(/<!\[CDATA\[|\]\]>/g, '');

function textOf(markup: string): string {
  const parts: string[] = [];
  let muted = 0;
  const parser = new Parser(
    {
      onopentagname(name) {
        if (silent.has(name)) muted += 1;
        else if (!inline.test(name)) parts.push(' ');
      },
      onclosetag(name) {
        if (silent.has(name)) muted = Math.max(0, muted - 1);
        else if (!inline.test(name)) parts.push(' ');
      },
      ontext(text) {
        if (muted === 0) parts.push(text);
      },
    },
    { decodeEntities: true, recognizeSelfClosing: true },
  );
  parser.write(markup);
  parser.end();
  return parts.join('');
}
