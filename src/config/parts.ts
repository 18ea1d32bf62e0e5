// Reads the configuration's files as one: the main file, plus the channels, watches and promises of further files.
import { z } from 'zod';
import type { Problem } from '../types/core.ts';
import { type Path, readDocument, type Written } from './document.ts';
import { findings } from './issues.ts';
import { readInPieces } from './pieces.ts';
import type { Variables } from './variables.ts';

/** A file's text; null when there is no such file. */
export type FileText = string | null | { readonly unreadable: string };

export interface PartFile {
  /** Path for messages, written like the main file's. */
  readonly file: string;
  readonly text: FileText;
}

/** The files that a pattern under `files` matches, in order. */
export type Further = (pattern: string) => readonly PartFile[];

export interface Whole {
  /** Plain data, the sections of all files merged; undefined when the main file is empty or too broken. */
  readonly value: unknown;
  readonly faults: readonly Problem[];
  readonly place: (
    path: Path,
    at: 'key' | 'value',
  ) => { readonly file: string; readonly line: number; readonly column: number };
  readonly source: Written['source'];
  readonly spoilt: Written['spoilt'];
  /** The channels of the file that contains the entry; those of the main file when it declares none. */
  readonly channelsBeside: (path: Path) => readonly string[];
  /** Every file that was read, the main one first. */
  readonly files: readonly string[];
  /** The patterns under `files`. */
  readonly patterns: readonly string[];
}

// From this many characters on, reading in pieces saves tens of megabytes.
const longText = 10_000;
const lists = ['watch', 'pledges'] as const;

const furtherSchema = z.strictObject({
  channels: z.record(z.string(), z.unknown()).default({}),
  watch: z.array(z.unknown()).default([]),
  pledges: z.array(z.unknown()).default([]),
});

type Sections = Readonly<Record<string, unknown>>;

const ofFurther = 'a further file has `channels`, `watch` and `pledges`; everything else stands in the main file';

interface Part {
  readonly file: string;
  readonly written: Written;
  readonly channels: readonly string[];
  /** Index of its first entry in the merged lists. */
  readonly starts: Readonly<Record<(typeof lists)[number], number>>;
}

interface Found {
  readonly files: readonly PartFile[];
  readonly faults: readonly Problem[];
}

/** A section whose entries are all commented out is parsed as null: treated as absent. */
export function withoutEmptySections(value: unknown): unknown {
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, section]) => section !== null));
}

function isMap(value: unknown): value is Sections {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function listOf(value: Sections, section: string): readonly unknown[] {
  const list = value[section];
  return Array.isArray(list) ? list : [];
}

function namesIn(value: Sections): readonly string[] {
  return isMap(value.channels) ? Object.keys(value.channels) : [];
}

function documentOf(text: string, variables: Variables, lenient: readonly string[]): Written {
  const plain = text.replace(/^\uFEFF/, '');
  return (
    (plain.length > longText ? readInPieces(plain, variables, lenient) : null) ??
    readDocument(plain, variables, lenient)
  );
}

/** The files that `files` names: each once, and never the main file again. */
function findFurther(main: string, patterns: readonly string[], written: Written, further: Further): Found {
  const files = new Map<string, PartFile>();
  const faults = patterns.flatMap((pattern, index): readonly Problem[] => {
    if (pattern === '') return [];
    const named = further(pattern).filter(({ file }) => file !== main);
    for (const one of named) if (!files.has(one.file)) files.set(one.file, one);
    if (named.length > 0) return [];
    const hint = 'a path is seen from the folder of this file';
    const many = /[*?{[]/.test(pattern);
    const message = many ? `\`${pattern}\` finds no file yet` : `there is no file \`${pattern}\``;
    const place = written.place(['files', index], 'value');
    return [{ file: main, ...place, message, hint, severity: many ? 'warning' : 'error' }];
  });
  return { files: [...files.values()], faults };
}

function twice(name: string, { file, written }: Part, owner: string): Problem {
  const message = `the channel \`${name}\` stands in ${owner} already`;
  const hint = 'a name belongs to one channel; watches of every file may name it';
  return { file, ...written.place(['channels', name], 'key'), message, hint, severity: 'error' };
}

/** The contents of a further file, and the problems it has in that role. */
function readPart(
  { file, text }: PartFile,
  variables: Variables,
  lenient: readonly string[],
): { readonly written: Written | null; readonly sections: Sections; readonly faults: readonly Problem[] } {
  if (typeof text !== 'string') {
    const message = text === null ? 'there is no such file' : text.unreadable;
    const fault: Problem = { file, line: 1, column: 1, message, hint: null, severity: 'error' };
    return { written: null, sections: {}, faults: [fault] };
  }
  const written = documentOf(text, variables, lenient);
  const content = withoutEmptySections(written.value ?? {});
  const parsed = furtherSchema.safeParse(content);
  const wrong = parsed.success
    ? []
    : findings(parsed.error.issues, { schema: furtherSchema, input: content, base: [], source: written.source });
  const unfit = wrong.map(({ path, at, message, hint }): Problem => {
    const place = path.length === 0 ? { line: 1, column: 1 } : written.place(path, at);
    return { file, ...place, message, hint: path.length === 1 && at === 'key' ? ofFurther : hint, severity: 'error' };
  });
  const faults = [...written.faults.map((fault) => ({ ...fault, file })), ...unfit];
  return { written, sections: isMap(content) ? content : {}, faults };
}

/** Appends the sections of a file to the merged ones; sections of the wrong type are reported elsewhere. */
function append(whole: Sections, sections: Sections): Sections {
  const longer = lists.flatMap((name) => {
    const list = listOf(sections, name);
    const fits = whole[name] === undefined || Array.isArray(whole[name]);
    return list.length > 0 && fits ? [[name, [...listOf(whole, name), ...list]] as const] : [];
  });
  const own = whole.channels ?? {};
  return {
    ...whole,
    ...Object.fromEntries(longer),
    ...(isMap(own) && isMap(sections.channels) ? { channels: { ...sections.channels, ...own } } : {}),
  };
}

/** Merges the main file, whose text has been read, with its further files. */
export function readWhole(
  main: { readonly file: string; readonly text: string },
  variables: Variables,
  further: Further,
  lenient: readonly string[] = [],
): Whole {
  const written = documentOf(main.text, variables, lenient);
  const value = withoutEmptySections(written.value);
  const listed = isMap(value) ? listOf(value, 'files') : [];
  const patterns = listed.map((pattern) => (typeof pattern === 'string' ? pattern.trim() : ''));
  const found = findFurther(main.file, patterns, written, further);
  const faults: Problem[] = [...written.faults.map((fault) => ({ ...fault, file: main.file })), ...found.faults];
  let whole: Sections = isMap(value) ? value : {};
  const first: Part = { file: main.file, written, channels: namesIn(whole), starts: { watch: 0, pledges: 0 } };
  const parts = [first];
  /** Channel → the file that declares it. */
  const owners = new Map(first.channels.map((name) => [name, first]));
  for (const file of found.files) {
    const read = readPart(file, variables, lenient);
    faults.push(...read.faults);
    if (read.written === null) continue;
    const starts = { watch: listOf(whole, 'watch').length, pledges: listOf(whole, 'pledges').length };
    const part = { file: file.file, written: read.written, channels: namesIn(read.sections), starts };
    parts.push(part);
    for (const name of part.channels) {
      const owner = owners.get(name);
      if (owner === undefined) owners.set(name, part);
      else faults.push(twice(name, part, owner.file));
    }
    whole = append(whole, read.sections);
  }

  const local = (path: Path): { readonly part: Part; readonly path: Path } => {
    const [section, step, ...rest] = path;
    if (section === 'channels') return { part: owners.get(String(step)) ?? first, path };
    const list = lists.find((name) => name === section);
    if (list === undefined || typeof step !== 'number') return { part: first, path };
    const part = parts.findLast(({ starts }) => starts[list] <= step) ?? first;
    return { part, path: [list, step - part.starts[list], ...rest] };
  };
  const within = <T>(path: Path, ask: (part: Part, own: Path) => T): T => {
    const { part, path: own } = local(path);
    return ask(part, own);
  };
  return {
    value: isMap(value) ? whole : value,
    faults,
    place: (path, at) => within(path, (part, own) => ({ file: part.file, ...part.written.place(own, at) })),
    source: (path) => within(path, (part, own) => part.written.source(own)),
    spoilt: (path) => within(path, (part, own) => part.written.spoilt(own)),
    channelsBeside: (path) => {
      const own = local(path).part.channels;
      const beside = own.length > 0 ? own : first.channels;
      return beside.length > 0 ? beside : [...owners.keys()];
    },
    files: [main.file, ...found.files.map(({ file }) => file)],
    patterns: patterns.filter((pattern) => pattern !== ''),
  };
}
