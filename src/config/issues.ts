// Turns what a schema rejected into plain words, placed at the key or value concerned.
import type { z } from 'zod';
import { inEnglish } from '../messages/reasons/en.ts';
import type { WishProblem } from '../types/reasons/wishes.ts';
import type { Path } from './document.ts';
import { keysAt, valueAt } from './keys.ts';
import { spellingHelp, spellingHint } from './spelling.ts';

/** A problem at a path of the configuration. */
export interface ConfigIssue {
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly hint: string | null;
  /** The same problem as codes; only for mistakes that people in Discord can make too. */
  readonly wish?: WishProblem;
}

/** The problem in English, the language of messages about the file. */
export function inWords(wish: WishProblem): Pick<ConfigIssue, 'message' | 'hint' | 'wish'> {
  return { message: inEnglish(wish.problem), hint: wish.help === null ? null : inEnglish(wish.help), wish };
}

function isWish(value: unknown): value is WishProblem {
  return typeof value === 'object' && value !== null && 'problem' in value && 'help' in value;
}

type Issue = z.core.$ZodIssue;

/** What was parsed with which schema, and where it stands in the configuration. */
interface Parsed {
  readonly schema: z.ZodType;
  readonly input: unknown;
  readonly base: Path;
  /** A scalar as written; null for anything else. */
  readonly source: (path: Path) => string | null;
}

/** The findings of a failed parse. */
export function findings(issues: readonly Issue[], parsed: Parsed): readonly ConfigIssue[] {
  return issues.flatMap((issue) => explain(issue, parsed));
}

function explain(issue: Issue, parsed: Parsed): readonly ConfigIssue[] {
  const path = [...parsed.base, ...issue.path];
  const value = valueAt(parsed.input, issue.path);
  const here = (message: string, hint: string | null): readonly ConfigIssue[] => [
    { path, at: 'value', message: aboutOf(path) + message, hint },
  ];
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownOptions(issue, path, keysAt(parsed.schema, issue.path));
    case 'invalid_type':
      if (value === undefined && issue.path.length > 0) return [absent(path)];
      if (typeof value === 'number' && issue.expected === 'number') return here('is no number that can be used', null);
      return here(
        `expected ${named(issue.expected)}, got ${typeName(value)}`,
        typeHint(issue.expected, value, parsed.source(path)),
      );
    case 'invalid_value': {
      if (value === undefined) return [absent(path)];
      const allowed = issue.values.map(String);
      const written = parsed.source(path);
      if (written === null) return here(`expected one of ${allowed.join(', ')}, got ${typeName(value)}`, null);
      return here(`\`${written}\` is not known here`, spellingHint(written, allowed));
    }
    case 'invalid_union':
      return union(issue, parsed) ?? here('does not fit any of the forms allowed here', null);
    case 'too_small':
    case 'too_big':
      return here(sizeText(issue, value), null);
    case 'invalid_key': {
      const [first] = issue.issues;
      return [{ path, at: 'key', message: first?.message ?? 'this name is not allowed', hint: hintOf(first) }];
    }
    case 'custom':
      if (isWish(issue.params?.wish)) return [{ path, at: 'value', ...inWords(issue.params.wish) }];
      return here(issue.message, hintOf(issue));
    default:
      return here(issue.message, null);
  }
}

function unknownOptions(
  { keys }: Extract<Issue, { code: 'unrecognized_keys' }>,
  path: Path,
  known: readonly string[],
): readonly ConfigIssue[] {
  return keys.map((key) => ({
    path: [...path, key],
    at: 'key' as const,
    ...inWords({ problem: { code: 'option.unknown', params: { key } }, help: spellingHelp(key, known) }),
  }));
}

function absent(path: Path): ConfigIssue {
  return { path: path.slice(0, -1), at: 'value', message: `\`${String(path.at(-1))}\` is missing`, hint: null };
}

function sizeText(issue: Extract<Issue, { code: 'too_small' | 'too_big' }>, value: unknown): string {
  const counted = issue.origin === 'string' || issue.origin === 'array';
  if (issue.code === 'too_big') {
    if (counted) return `is longer than ${issue.maximum}`;
    return `must be ${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}`;
  }
  if (counted) return value === '' || Array.isArray(value) ? 'is empty' : 'is too short';
  return `must be ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`;
}

/** One finding for a failed union: what is wrong in every form, else what the closest form lacks. */
function union(issue: Extract<Issue, { code: 'invalid_union' }>, parsed: Parsed): readonly ConfigIssue[] | null {
  const path = [...parsed.base, ...issue.path];
  const deeper = issue.errors.map((errors) =>
    errors.map((error) => ({ ...error, path: [...issue.path, ...error.path] })),
  );
  const fitting = deeper.filter((errors) => !errors.some((error) => isWrongType(error, issue.path.length)));
  const [first, ...others] = fitting;
  if (first === undefined) return wrongTypes(deeper.flat(), path, valueAt(parsed.input, issue.path), parsed.source);
  const unknown = unknownKeys(first).filter((key) => others.every((errors) => unknownKeys(errors).includes(key)));
  if (unknown.length > 0)
    return findings([{ code: 'unrecognized_keys', keys: unknown, path: [...issue.path], message: '' }], parsed);
  const together = [...new Set(fitting.flatMap(unknownKeys))];
  if (together.length > 1 && fitting.every((errors) => unknownKeys(errors).length > 0)) {
    const message = `only one of ${together.map((key) => `\`${key}\``).join(' and ')} can be given`;
    return [{ path: [...path, together[1] ?? ''], at: 'key', message, hint: null }];
  }
  const lacking = fitting.map((errors) =>
    errors.find((error) => error.code === 'invalid_type' && valueAt(parsed.input, error.path) === undefined),
  );
  if (others.length > 0 && lacking.every((error) => error !== undefined)) {
    const names = [...new Set(lacking.map((error) => `\`${String(error.path.at(-1))}\``))];
    return [{ path, at: 'value', message: `${names.join(' or ')} is missing`, hint: null }];
  }
  const nearest = fitting.reduce((best, errors) => (errors.length < best.length ? errors : best), first);
  return findings(nearest, parsed);
}

/** The finding when no form of a union takes a value of this type; null = the errors are not about types. */
function wrongTypes(
  errors: readonly Issue[],
  path: Path,
  value: unknown,
  source: Parsed['source'],
): readonly ConfigIssue[] | null {
  const expected = new Set(
    errors.flatMap((error) => (error.code === 'invalid_type' && error.expected !== 'null' ? [error.expected] : [])),
  );
  if (expected.size === 0) return null;
  const message = `${aboutOf(path)}expected ${[...new Set([...expected].map(named))].join(' or ')}, got ${typeName(value)}`;
  const hint = expected.has('string') ? typeHint('string', value, source(path)) : null;
  return [{ path, at: 'value', message, hint }];
}

function aboutOf(path: Path): string {
  const name = path.findLast((step) => typeof step === 'string');
  return name === undefined ? '' : `\`${name}\`: `;
}

function isWrongType(issue: Issue, depth: number): boolean {
  return (issue.code === 'invalid_type' || issue.code === 'invalid_value') && issue.path.length === depth;
}

function unknownKeys(issues: readonly Issue[]): readonly string[] {
  return issues.flatMap((issue) => (issue.code === 'unrecognized_keys' ? issue.keys : []));
}

function hintOf(issue: Issue | undefined): string | null {
  const hint: unknown = issue?.code === 'custom' ? issue.params?.hint : undefined;
  return typeof hint === 'string' ? hint : null;
}

function named(expected: string): string {
  switch (expected) {
    case 'string':
      return 'text';
    case 'number':
      return 'a number';
    case 'int':
      return 'a whole number';
    case 'boolean':
      return 'true or false';
    case 'array':
      return 'a list';
    case 'object':
    case 'record':
      return 'keys with values';
    default:
      return expected;
  }
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'a list';
  switch (typeof value) {
    case 'string':
      return 'text';
    case 'object':
      return 'keys with values';
    case 'boolean':
      return String(value);
    default:
      return `a ${typeof value}`;
  }
}

function typeHint(expected: string, value: unknown, source: string | null): string | null {
  if (expected === 'string' && source !== null && value !== null) return `put it in quotes: "${source}"`;
  if (expected === 'array' && source !== null && value !== null) return `write it as a list: [${source}]`;
  return null;
}
