// One entry of `watch` on the command line, KIND:ADDRESS with options, and the YAML to paste for it.
import { parse, stringify } from 'yaml';
import { entryOptions, type Sort } from './entry-options.ts';

export type Entry = Readonly<Record<string, unknown>>;

function readValue(sort: Sort, written: string): unknown {
  switch (sort) {
    case 'text':
      return written;
    case 'number':
      return /^\d+$/.test(written) ? Number(written) : written;
    case 'list':
      return written
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '');
    case 'yaml':
      try {
        return parse(written) as unknown;
      } catch {
        return written;
      }
    case 'yes':
      return true;
  }
}

/** Hosts of the web addresses that people paste in place of KIND:ADDRESS. */
const hosts: ReadonlyMap<string, string> = new Map([
  ['github.com', 'github'],
  ['huggingface.co', 'huggingface'],
  ['hf.co', 'huggingface'],
  ['modelscope.cn', 'modelscope'],
]);

function pasted(written: string): readonly [kind: string, address: string] | null {
  const url = URL.parse(written.trim());
  const kind = url === null ? undefined : hosts.get(url.hostname.replace(/^www\./, ''));
  if (url === null || kind === undefined) return null;
  const path = url.pathname.split('/').filter((part) => part !== '' && part !== 'models');
  return [kind, path.slice(0, 2).join('/')];
}

/** `written`: KIND:ADDRESS, or the web address of a repository or model. Null when it names no kind. */
export function readEntry(
  written: string,
  options: { readonly option: (name: string) => string | null; readonly flag: (name: string) => boolean },
): Entry | null {
  const [, named, address] = /^\s*([a-z][a-z-]*)\s*:\s*(?!\/\/)(\S.*)$/is.exec(written) ?? [];
  const [kind, where] = pasted(written) ?? [named, address];
  if (kind === undefined || where === undefined) return null;
  const given = entryOptions.flatMap(({ key, sort }): readonly (readonly [string, unknown])[] => {
    if (sort === 'yes') return options.flag(key) ? [[key, true]] : [];
    const value = options.option(key);
    return value === null ? [] : [[key, readValue(sort, value)]];
  });
  return { [kind.toLowerCase()]: where.trim(), ...Object.fromEntries(given) };
}

const literal = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${');
  if (Array.isArray(value)) return value.map(literal);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, literal(one)]));
  return value;
};

/** The YAML lines of an entry of `watch`, indented by two; a `${` in a value is escaped, not a variable. */
export function entryLines(entry: Entry): readonly string[] {
  return Object.entries(entry).map(([key, value], index) => {
    const written = stringify(literal(value), { lineWidth: 0, collectionStyle: 'flow' }).trimEnd();
    return `${index === 0 ? '  - ' : '    '}${key}: ${written}`;
  });
}
