// Release notes and summaries as lines that people read: Markdown and HTML from outside, in the parts every medium shows.
import { Parser } from 'htmlparser2';
import MarkdownIt from 'markdown-it';
import { type NotePart, NoteReading } from './note-parts.ts';
import { withoutControls } from './outside.ts';

/** Far more than any channel shows; what is read takes time. */
const readAtMost = 20_000;

// Line ends of notes stand, as GitHub shows them; text that is merely indented is no code.
const markdown = new MarkdownIt({ html: true, breaks: true }).disable('code');

/** A heading right behind a comment would be read as a part of it. */
function apart(line: string): string {
  const end = line.startsWith('<!--') ? line.indexOf('-->', 4) + 3 : 0;
  return end < 4 ? line : `${line.slice(0, end)}\n\n${line.slice(end)}`;
}

/** Pure; takes time in proportion to the length, of which 20,000 characters are read. Nothing in it is escaped. */
export function readNotes(text: string): readonly NotePart[] {
  const reading = new NoteReading();
  const parser = new Parser({
    onopentag: (tag, attributes) => reading.open(tag, attributes),
    ontext: (written) => reading.text(written),
    onclosetag: (tag) => reading.close(tag),
  });
  const source = withoutControls(text.slice(0, readAtMost));
  parser.end(markdown.render(source.split('\n').map(apart).join('\n')));
  return reading.finish();
}

/** Notes as plain paragraphs, for places that know no markup: a link stands behind its words. */
export function plainNotes(text: string): string {
  const lines = readNotes(text).flatMap((part): readonly string[] => {
    if (part.kind === 'gap') return [''];
    if (part.kind === 'code') return part.lines.map((line) => part.lead + line);
    const words = part.spans.map((span) => {
      const same = span.url === null || span.url.startsWith('#') || span.url === span.text;
      return same ? span.text : `${span.text} (${span.url})`;
    });
    return [part.lead + words.join('')];
  });
  return lines.map((line) => line.trimEnd()).join('\n');
}
