// Release notes on a card: as much as fits a phone, in markup that Discord supports, with active markup from outside escaped.
import type { NotePart, NoteSpan } from '../../messages/note-parts.ts';
import { readNotes } from '../../messages/notes.ts';
import { webAddress } from '../../messages/outside.ts';
import { bareAddress, begun, cut, escaped, inert } from './text.ts';

export interface NotesRoom {
  /** Limit on visible text, in UTF-16 units. */
  readonly most: number;
  readonly lines: number;
  /** Address of the notes: links to pull requests, commits and comparisons of the same forge are shortened. */
  readonly url: string;
  /** What the card already says: a first heading with the same words is left out. */
  readonly said: readonly string[];
  /** Renders the number of lines left out. */
  readonly rest: (left: number) => string;
}

/** A placeholder in our own masked links until all else is escaped; outside text cannot contain control characters. */
const joint = '\u0001';

/** `#12`, `owner/name#12`, `1a2b3c4` or `v1...v2` for an address on the same forge; null for any other. */
function shortName(address: URL, home: URL): string | null {
  if (address.host !== home.host) return null;
  const [, owner = '', name = '', ...path] = address.pathname.split('/');
  const [kind = '', what = '', beyond] = path[0] === '-' ? path.slice(1) : path;
  if (!/^[\w.-]{1,100}$/.test(owner) || !/^[\w.-]{1,100}$/.test(name) || beyond !== undefined) return null;
  const here = home.pathname.toLowerCase().startsWith(`/${owner}/${name}/`.toLowerCase());
  const place = here ? '' : `${owner}/${name}`;
  if (/^(?:pull|issues|discussions|merge_requests)$/.test(kind) && /^\d{1,9}$/.test(what)) return `${place}#${what}`;
  if (kind === 'commit' && /^[0-9a-f]{7,40}$/.test(what)) return (here ? '' : `${place}@`) + what.slice(0, 7);
  if (kind === 'compare' && /^[\w.+-]{1,60}$/.test(what) && what.includes('..'))
    return (here ? '' : `${place}@`) + what;
  return null;
}

function shortLink(url: string, home: URL | null): { readonly name: string; readonly text: string } | null {
  const address = webAddress(url);
  const name = address === null || home === null ? null : shortName(address, home);
  return address === null || name === null ? null : { name, text: `[${escaped(name)}${joint}<${address.href}>)` };
}

function styled(text: string, style: NoteSpan['style']): string {
  const words = text.trim();
  if (words === '') return text;
  const before = text.slice(0, text.indexOf(words));
  const after = text.slice(before.length + words.length);
  if (style === 'code' && !words.includes('`')) return `${before}\`${words}\`${after}`;
  const shown = escaped(words);
  if (style === 'strong') return `${before}**${shown}**${after}`;
  return style === 'emphasis' ? `${before}*${shown}*${after}` : before + shown + after;
}

/** Addresses stay whole and unescaped; those on this forge are shortened. */
function plain(text: string, home: URL | null): string {
  let made = '';
  let from = 0;
  for (const found of text.matchAll(bareAddress)) {
    const address = found[0].replace(/[.,;:!?]{1,5}$/, '');
    made += escaped(text.slice(from, found.index)) + (shortLink(address, home)?.text ?? address);
    from = found.index + address.length;
  }
  return made + escaped(text.slice(from));
}

/** `docs (<https://a.example/x>)`: the target of every link is visible. */
function spanText(span: NoteSpan, home: URL | null): string {
  const { text, style, url } = span;
  const address = url === null ? null : webAddress(url);
  if (address === null) return style === 'plain' ? plain(text, home) : styled(text, style);
  const short = shortLink(address.href, home);
  const words = text.trim();
  if (short !== null)
    return words === short.name || words.endsWith(short.name) || short.name.startsWith(words) || words === url
      ? short.text
      : `${styled(text, style)} (${short.text})`;
  return words === url || words === address.href ? `<${address.href}>` : `${styled(text, style)} (<${address.href}>)`;
}

/** As many spans as fit into `most` units; a link that does not fit as a whole is left out. */
function clip(spans: readonly NoteSpan[], most: number): readonly NoteSpan[] {
  const kept: NoteSpan[] = [];
  let left = most;
  for (const span of spans) {
    if (span.text.length <= left) {
      kept.push(span);
      left -= span.text.length;
      continue;
    }
    const short = span.url === null && left > 1 ? withoutHalfAddress(cut(span.text, left)) : '…';
    return [...kept, { ...span, url: null, text: span.text.startsWith(' ') && short !== '…' ? ` ${short}` : short }];
  }
  return kept;
}

/** A truncated address would lead somewhere else. */
function withoutHalfAddress(text: string): string {
  const word = text.slice(text.lastIndexOf(' ') + 1);
  return /https?:\/\//.test(word) ? `${text.slice(0, text.length - word.length)}…` : text;
}

function visible(part: NotePart): number {
  if (part.kind === 'gap') return 0;
  if (part.kind === 'code') return part.lines.reduce((sum, line) => sum + line.length + 1, 0);
  return part.lead.length + part.spans.reduce((sum, { text }) => sum + text.length, 0);
}

function lineCount(part: NotePart): number {
  return part.kind === 'gap' ? 0 : part.kind === 'code' ? part.lines.length : 1;
}

function partText(part: NotePart, home: URL | null): string {
  if (part.kind === 'gap') return '';
  if (part.kind === 'code') {
    const code = part.lines.join('\n').replaceAll('```', '`\u200b``');
    return `\`\`\`${part.language}\n${code}\n\`\`\``;
  }
  if (part.kind === 'heading') {
    const words = part.spans.map(({ text }) => ({ text, style: 'plain' as const, url: null }));
    return `${part.lead}**${words
      .map((span) => spanText(span, home))
      .join('')
      .trim()}**`;
  }
  const line = part.spans.map((span) => spanText(span, home)).join('');
  // Escapes what would become a heading, list or quote at the beginning of a line.
  return part.lead + begun(line);
}

const bare = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}.]/gu, '')
    .replace(/^(?:release)?v?/, '');

function repeats(part: NotePart | undefined, said: readonly string[]): boolean {
  if (part?.kind !== 'heading') return false;
  const words = bare(part.spans.map(({ text }) => text).join(''));
  return words === '' || said.some((text) => bare(text) === words || bare(text).endsWith(words));
}

/** Notes for a card: as many whole lines as fit; a code block that is too long is left out in favour of what follows. */
export function notes(text: string, room: NotesRoom): string {
  const home = webAddress(room.url);
  const read = readNotes(text);
  const parts = repeats(read[0], room.said) ? read.slice(read[1]?.kind === 'gap' ? 2 : 1) : read;
  const shown: string[] = [];
  let left = room.most;
  let lines = room.lines;
  let over = 0;
  let full = false;
  for (const part of parts) {
    const [units, count] = [visible(part), lineCount(part)];
    if (full) over += count;
    else if (part.kind === 'code' && (units > left || count + 1 > lines)) {
      if (shown.at(-1) !== '…') shown.push('…');
      over += count;
      lines -= 1;
    } else if (part.kind !== 'gap' && part.kind !== 'code' && units > left) {
      const short = shown.length === 0 || left > 80 ? clip(part.spans, left - part.lead.length) : [];
      if (short.length > 0) shown.push(partText({ ...part, spans: short }, home));
      over += short.length > 0 ? 0 : 1;
      full = true;
    } else {
      shown.push(partText(part, home));
      left -= units;
      lines -= Math.max(1, count);
    }
    full ||= lines < 1;
  }
  const whole = inert(shown.join('\n')).replaceAll(joint, '](').trim();
  return over === 0 || whole === '' ? whole : `${whole}\n${room.rest(over)}`;
}
