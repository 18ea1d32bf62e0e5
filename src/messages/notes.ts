// Release notes and summaries, written in Markdown and HTML, as lines of parts that every medium can show.
import { Parser } from 'htmlparser2';
import MarkdownIt from 'markdown-it';
import { type NotePart, NoteReading } from './note-parts.ts';
import { withoutControls } from './outside.ts';

/** Far more characters than any channel shows; more would only cost time. */
const readAtMost = 20_000;

// Line breaks in notes are kept, as GitHub does; indented text is not taken for code.
const markdown = new MarkdownIt({ html: true, breaks: true }).disable('code');

/** Puts a blank line after an HTML comment, because a heading right behind it would be read as part of the comment. */
function apart(line: string): string {
  const end = line.startsWith('<!--') ? line.indexOf('-->', 4) + 3 : 0;
  return end < 4 ? line : `${line.slice(0, end)}\n\n${line.slice(end)}`;
}

/** Pure. Reads the first 20,000 characters, in time linear in their number. Nothing is escaped. */
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

/** Notes as plain paragraphs, for places without markup: the address of a link follows its text. */
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
