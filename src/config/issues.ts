// What a schema found wrong, said in plain words, at the key or value it is about.
import type { z } from 'zod';
import { inEnglish } from '../messages/reasons/en.ts';
import type { WishProblem } from '../types/reasons/wishes.ts';
import type { Path } from './document.ts';
import { keysAt, valueAt } from './keys.ts';
import { spellingHelp, spellingHint } from './spelling.ts';

/** Something wrong at a path of the configuration. */
export interface ConfigIssue {
  readonly path: Path;
  readonly at: 'key' | 'value';
  readonly message: string;
  readonly hint: string | null;
  /** The same in codes, of what people in Discord may have wrong as well. */
  readonly wish?: WishProblem;
}

/** What the file says of it, which is in English. */
export function inWords(wish: WishProblem): Pick<ConfigIssue, 'message' | 'hint' | 'wish'> {
  return { message: inEnglish(wish.problem), hint: wish.help === null ? null : inEnglish(wish.help), wish };
}

function isWish(value: unknown): value is WishProblem {
  return typeof value === 'object' && value !== null && 'problem' in value && 'help' in value;
}

type Issue = z.core.$ZodIssue;

/** The findings of a failed parse. `source` gives a scalar as it is written, null for anything else. */
export function findings(
  issues: readonly Issue[],
  schema: z.ZodType,
  input: unknown,
  base: Path,
  source: (path: Path) => string | null,
): readonly ConfigIssue[] {
  return issues.flatMap((issue) => explain(issue, schema, input, base, source));
}

function explain(
  issue: Issue,
  schema: z.ZodType,
  input: unknown,
  base: Path,
  source: (path: Path) => string | null,
): readonly ConfigIssue[] {
  const path = [...base, ...issue.path];
  const about = aboutOf(path);
  const value = valueAt(input, issue.path);
  const here = (message: string, hint: string | null): readonly ConfigIssue[] => [
    { path, at: 'value', message: about + message, hint },
  ];
  switch (issue.code) {
    case 'unrecognized_keys': {
      const known = keysAt(schema, issue.path);
      return issue.keys.map((key) => ({
        path: [...path, key],
        at: 'key' as const,
        ...inWords({ problem: { code: 'option.unknown', params: { key } }, help: spellingHelp(key, known) }),
      }));
    }
    case 'invalid_type': {
      if (value === undefined && issue.path.length > 0) {
        const missing = `\`${String(path.at(-1))}\` is missing`;
        return [{ path: path.slice(0, -1), at: 'value', message: missing, hint: null }];
      }
      if (typeof value === 'number' && issue.expected === 'number') return here('is no number that can be used', null);
      return here(
        `expected ${named(issue.expected)}, got ${typeName(value)}`,
        typeHint(issue.expected, value, source(path)),
      );
    }
    case 'invalid_value': {
      const allowed = issue.values.map(String);
      const written = source(path);
      if (value === undefined)
        return [{ path: path.slice(0, -1), at: 'value', message: `\`${String(path.at(-1))}\` is missing`, hint: null }];
      if (written === null) return here(`expected one of ${allowed.join(', ')}, got ${typeName(value)}`, null);
      return here(`\`${written}\` is not known here`, spellingHint(written, allowed));
    }
    case 'invalid_union':
      return union(issue, schema, input, base, source) ?? here('does not fit any of the forms allowed here', null);
    case 'too_small':
      if (issue.origin === 'string' || issue.origin === 'array')
        return here(value === '' || Array.isArray(value) ? 'is empty' : 'is too short', null);
      return here(`must be ${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`, null);
    case 'too_big':
      if (issue.origin === 'string' || issue.origin === 'array') return here(`is longer than ${issue.maximum}`, null);
      return here(`must be ${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}`, null);
    case 'invalid_key':
      return [
        {
          path,
          at: 'key',
          message: issue.issues[0]?.message ?? 'this name is not allowed',
          hint: hintOf(issue.issues[0]),
        },
      ];
    case 'custom':
      if (isWish(issue.params?.wish)) return [{ path, at: 'value', ...inWords(issue.params.wish) }];
      return here(issue.message, hintOf(issue));
    default:
      return here(issue.message, null);
  }
}

/** One reading of a union's issues: what is wrong whatever was meant, else what the nearest form lacks. */
function union(
  issue: Extract<Issue, { code: 'invalid_union' }>,
  schema: z.ZodType,
  input: unknown,
  base: Path,
  source: (path: Path) => string | null,
): readonly ConfigIssue[] | null {
  const deeper = issue.errors.map((errors) =>
    errors.map((error) => ({ ...error, path: [...issue.path, ...error.path] })),
  );
  const fitting = deeper.filter((errors) => !errors.some((error) => isWrongType(error, issue.path.length)));
  const [first, ...others] = fitting;
  if (first === undefined) {
    const expected = deeper.flatMap((errors) =>
      errors.flatMap((error) =>
        error.code === 'invalid_type' && error.expected !== 'null' ? [named(error.expected)] : [],
      ),
    );
    const path = [...base, ...issue.path];
    const message = `${aboutOf(path)}expected ${[...new Set(expected)].join(' or ')}, got ${typeName(valueAt(input, issue.path))}`;
    const hint = typeHint('string', valueAt(input, issue.path), source(path));
    return expected.length === 0
      ? null
      : [{ path, at: 'value', message, hint: expected.includes('text') ? hint : null }];
  }
  const unknown = unknownKeys(first).filter((key) => others.every((errors) => unknownKeys(errors).includes(key)));
  if (unknown.length > 0) {
    return findings(
      [{ code: 'unrecognized_keys', keys: unknown, path: [...issue.path], message: '' }],
      schema,
      input,
      base,
      source,
    );
  }
  const together = [...new Set(fitting.flatMap(unknownKeys))];
  if (together.length > 1 && fitting.every((errors) => unknownKeys(errors).length > 0)) {
    const path = [...base, ...issue.path, together[1] ?? ''];
    return [
      {
        path,
        at: 'key',
        message: `only one of ${together.map((key) => `\`${key}\``).join(' and ')} can be given`,
        hint: null,
      },
    ];
  }
  const absent = fitting.map((errors) =>
    errors.find((error) => error.code === 'invalid_type' && valueAt(input, error.path) === undefined),
  );
  if (others.length > 0 && absent.every((error) => error !== undefined)) {
    const names = [...new Set(absent.map((error) => `\`${String(error.path.at(-1))}\``))];
    return [{ path: [...base, ...issue.path], at: 'value', message: `${names.join(' or ')} is missing`, hint: null }];
  }
  const nearest = fitting.reduce((best, errors) => (errors.length < best.length ? errors : best), first);
  return findings(nearest, schema, input, base, source);
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
