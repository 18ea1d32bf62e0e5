// Parses the YAML text into a value with variables filled in, and remembers the line and column of every part.
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseDocument,
  type Scalar,
  type YAMLError,
} from 'yaml';
import { fill, type Variables } from './variables.ts';

export type Path = readonly PropertyKey[];

/** Something wrong at a place of the file. Lines and columns count from 1. */
interface Fault {
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string | null;
  readonly severity: 'error' | 'warning';
}

export interface Written {
  /** Plain data; the keys of maps are strings. Undefined when the file is empty or too broken to check further. */
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** Where a key or value stands; for one that is absent, the nearest node around it. */
  readonly place: (path: Path, at: 'key' | 'value') => { readonly line: number; readonly column: number };
  /** A scalar as written, before variables are filled in; null when it is not a scalar. */
  readonly source: (path: Path) => string | null;
  /** True when this scalar already has a problem (such as a missing variable), so that follow-on problems are not reported. */
  readonly spoilt: (path: Path) => boolean;
}

// Far more than a person writes by hand; an alias bomb needs billions.
const mostAliasedNodes = 100_000;
const deepest = 32;

/** State of one conversion to plain values, and where its problems are reported. */
interface Unfolding {
  readonly document: Document;
  readonly text: string;
  readonly variables: Variables;
  readonly lenient: readonly string[];
  /** Nodes whose problem has been reported already. */
  readonly spoilt: Set<Node>;
  readonly report: (offset: number, message: string, hint: string | null) => void;
}

/** A scalar's value with its variables filled in; with `spared`, a text with a missing variable stays as written. */
function filledIn(node: Scalar, { document, text, variables, spoilt, report }: Unfolding, spared: boolean): unknown {
  if (typeof node.value !== 'string') return node.value;
  const filled = fill(node.value, variables);
  const start = node.range?.[0] ?? 0;
  if (document.errors.some(({ pos }) => holds(node, pos[0]))) spoilt.add(node);
  if (spared && filled.faults.length > 0) {
    spoilt.add(node);
    return node.value;
  }
  for (const fault of filled.faults) {
    spoilt.add(node);
    const within = text.slice(start, node.range?.[1]).indexOf(fault.token);
    report(start + Math.max(0, within), fault.message, fault.hint);
  }
  return filled.text;
}

/** Converts the document to plain values. */
function unfold(unfolding: Unfolding): { readonly value: unknown } | 'too much' {
  const { document, lenient, report } = unfolding;
  let aliased = 0;
  let spared = false;
  const plain = (node: unknown, depth: number, inAlias: boolean): unknown => {
    if (inAlias) aliased++;
    if (aliased > mostAliasedNodes) return null;
    if (isAlias(node)) {
      const target = node.resolve(document);
      if (target === undefined)
        report(node.range?.[0] ?? 0, `the anchor \`${node.source}\` does not exist above`, null);
      return target === undefined ? null : plain(target, depth + 1, true);
    }
    if (depth > deepest) {
      aliased = mostAliasedNodes + 1;
      return null;
    }
    if (isSeq(node)) return node.items.map((item) => plain(item, depth + 1, inAlias));
    if (isMap(node)) {
      const entries = node.items.flatMap((pair): [string, unknown][] => {
        const name = keyName(pair.key);
        if (depth === 0) spared = name !== null && lenient.includes(name);
        if (name !== null && name !== '__proto__') return [[name, plain(pair.value, depth + 1, inAlias)]];
        report(offsetOf(pair.key) ?? node.range?.[0] ?? 0, 'a key must be a plain word', null);
        return [];
      });
      return Object.fromEntries(entries);
    }
    return isScalar(node) ? filledIn(node, unfolding, spared) : null;
  };
  const value = plain(document.contents, 0, false);
  return aliased > mostAliasedNodes ? 'too much' : { value };
}

/** In the sections listed in `lenient`, a text whose variable is missing stays as written. */
export function readDocument(text: string, variables: Variables, lenient: readonly string[] = []): Written {
  const lines = new LineCounter();
  const at = (offset: number) => {
    const { line, col } = lines.linePos(Math.max(0, offset));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = parse(text, lines);
  const faults: Fault[] = [];
  const report = (offset: number, message: string, hint: string | null, severity: Fault['severity'] = 'error') => {
    faults.push({ ...at(offset), message, hint, severity });
  };
  const locate = (path: Path) => findNode(document, path);
  const spoilt = new Set<Node>();
  const written = (value: unknown): Written => ({
    value,
    faults,
    place: (path, which) => {
      const found = locate(path);
      const offset = which === 'key' ? (found.key ?? found.node?.range?.[0]) : found.node?.range?.[0];
      return at(offset ?? found.key ?? 0);
    },
    source: (path) => {
      const { node, exact } = locate(path);
      if (!exact || !isScalar(node)) return null;
      return typeof node.value === 'string' ? node.value : (node.source ?? String(node.value));
    },
    spoilt: (path) => {
      const { node } = locate(path);
      return node !== null && spoilt.has(node);
    },
  });

  if (document === null) {
    report(0, 'the YAML is nested too deeply', null);
    return written(undefined);
  }
  if (document.errors.some(({ code }) => code === 'RESOURCE_EXHAUSTION')) {
    report(0, 'the YAML is nested too deeply', null);
    return written(undefined);
  }
  // One slip can cause several errors on its line: only the first is worth reporting.
  const firstOnLine = new Map(document.errors.toReversed().map((error) => [at(error.pos[0]).line, error]));
  for (const error of [...firstOnLine.values()].reverse()) report(...syntax(error, text));
  for (const warning of document.warnings) report(warning.pos[0], warning.message, null, 'warning');
  for (const [offset, address] of webhookAddresses(text)) {
    const hint = `a webhook's URL is a secret: write "\${DISCORD_WEBHOOK}" and set that variable`;
    report(scalarAround(document, offset), `a literal webhook URL (${address})`, hint, 'warning');
  }
  if (document.errors.some(({ code }) => code !== 'DUPLICATE_KEY' && code !== 'BAD_DQ_ESCAPE'))
    return written(undefined);

  const unfolded = unfold({ document, text, variables, lenient, spoilt, report });
  if (unfolded === 'too much') {
    report(0, 'anchors and aliases unfold into too much', 'write the entries out');
    return written(undefined);
  }
  return written(document.contents === null ? undefined : unfolded.value);
}

function parse(text: string, lineCounter: LineCounter): Document | null {
  try {
    return parseDocument(text, { lineCounter, prettyErrors: false });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw new Error('what we tried: reading the configuration as YAML', { cause: error });
  }
}

function syntax(error: YAMLError, text: string): [number, string, string | null] {
  const [offset] = error.pos;
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1).split('\n', 1)[0] ?? '';
  switch (error.code) {
    case 'DUPLICATE_KEY':
      return [offset, 'this key stands here twice', 'keep one of them'];
    case 'BAD_DQ_ESCAPE':
      return [offset, `YAML: ${error.message}`, 'write expressions in single quotes, or double each backslash'];
    case 'MULTIPLE_DOCS':
      return [offset, 'the file holds more than one YAML document', 'take out the line `---`'];
    case 'TAB_AS_INDENT':
      return [offset, 'YAML: tabs are not allowed as indentation', 'use spaces'];
    default:
      return [offset, `YAML: ${error.message}`, line.includes('${') ? 'put texts that hold `${` in quotes' : null];
  }
}

/** Offsets of webhook URLs that are written out in the text, each with its secret part hidden. */
function webhookAddresses(text: string): readonly (readonly [number, string])[] {
  return [...text.matchAll(/(https?:\/\/[^\s/"']+\/[^\s"']*?webhooks\/\d+)\/[\w-]{8,}/g)].map((match) => [
    match.index,
    `${match[1]}/…`,
  ]);
}

/** The start of the scalar that contains an offset; the offset itself when it lies in a comment. */
function scalarAround(document: Document, offset: number): number {
  let node: unknown = document.contents;
  while (isMap(node) || isSeq(node)) {
    const inside: unknown = isMap(node)
      ? node.items.flatMap((pair) => [pair.key, pair.value]).find((item) => holds(item, offset))
      : node.items.find((item) => holds(item, offset));
    if (inside === undefined) return offset;
    node = inside;
  }
  return isScalar(node) && holds(node, offset) ? (offsetOf(node) ?? offset) : offset;
}

function holds(node: unknown, offset: number): boolean {
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return false;
  return node.range != null && node.range[0] <= offset && offset < node.range[1];
}

function findNode(document: Document | null, path: Path): { node: Node | null; key: number | null; exact: boolean } {
  let node: Node | null = document?.contents ?? null;
  let key: number | null = null;
  for (const step of path) {
    if (document !== null && isAlias(node)) node = node.resolve(document) ?? null;
    let next: unknown = null;
    if (isMap(node)) {
      const pair = node.items.findLast((item) => keyName(item.key) === String(step));
      if (pair === undefined) return { node, key, exact: false };
      key = offsetOf(pair.key);
      next = pair.value;
    } else if (isSeq(node)) {
      next = node.items[Number(step)];
      key = offsetOf(next);
    }
    if (!isMap(next) && !isSeq(next) && !isScalar(next) && !isAlias(next))
      return { node: key === null ? node : null, key, exact: false };
    node = next;
  }
  return { node, key, exact: true };
}

function keyName(key: unknown): string | null {
  if (!isScalar(key) || key.value === null) return null;
  return typeof key.value === 'string' ? key.value : (key.source ?? JSON.stringify(key.value));
}

function offsetOf(node: unknown): number | null {
  if (!isMap(node) && !isSeq(node) && !isScalar(node) && !isAlias(node)) return null;
  return node.range?.[0] ?? null;
}
