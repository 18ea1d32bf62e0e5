// Secrets in addresses: what a variable brought into a URL is kept under a placeholder, and filled in when the host is asked.
import type { Target, Watch } from '../types/core.ts';

/** Placeholder (`NAME` or `NAME.1`) → the piece of text that it stands for. */
export type Hidden = Readonly<Record<string, string>>;

const shortest = 6;

/** A value that is a whole URL hides its password and the values of its query; any other value is hidden as it is. */
function piecesOf(value: string): readonly string[] {
  if (!URL.canParse(value) || !/^https?:/.test(value)) return [value];
  const url = new URL(value);
  return [url.password, ...url.searchParams.values()];
}

/** Names whose values are secret whatever they look like. */
const secretName = /TOKEN|SECRET|PASS|KEY|WEBHOOK|CREDENTIAL|COOKIE|AUTH/i;

/** Part of an address that nobody could have made up by hand. */
const isToken = (text: string): boolean => /^[\w.~-]{16,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text);

/** What must not leave of these variables: all of a secret, of an address its password, its query and its long tokens. */
export function secretsIn(variables: readonly (readonly [name: string, value: string])[]): readonly string[] {
  return variables.flatMap(([name, value]) => {
    const url = URL.parse(value);
    if (url?.host === undefined || url.host === '')
      return secretName.test(name) || (isToken(value) && !/\s/.test(value)) ? [value] : [];
    const pieces = [url.password, ...url.searchParams.values(), ...url.pathname.split('/')];
    const inside = pieces.filter((piece, index) => (index === 0 ? /\d/.test(piece) : isToken(piece)));
    return [...(url.password === '' ? [] : [value]), ...inside.flatMap((piece) => [piece, unescaped(piece)])];
  });
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function hiddenIn(variables: readonly (readonly [name: string, value: string])[]): Hidden {
  return Object.fromEntries(
    variables.flatMap(([name, value]) =>
      piecesOf(value).flatMap((piece, index): readonly (readonly [string, string])[] =>
        piece.length < shortest ? [] : [[piece === value ? name : `${name}.${index + 1}`, piece]],
      ),
    ),
  );
}

/** The address without its secrets; its host stays readable, and an address that is no URL stays as it is. */
export function concealed(address: string, hidden: Hidden): string {
  const [, start, user = '', host, rest = ''] = /^(https?:\/\/)([^/?#@]*@)?([^/?#]*)(.*)$/s.exec(address) ?? [];
  if (start === undefined || host === undefined) return address;
  const longestFirst = Object.entries(hidden).sort(([, one], [, other]) => other.length - one.length);
  const safe = (text: string): string =>
    longestFirst.reduce(
      (known, [name, piece]) =>
        known.replaceAll(piece, `\${${name}}`).replaceAll(encodeURIComponent(piece), `\${${name}}`),
      text,
    );
  return `${start}${safe(user)}${host}${safe(rest)}`;
}

function concealedTarget(target: Target, hidden: Hidden): Target {
  const address = concealed(target.address, hidden);
  return address === target.address ? target : { ...target, address, id: target.id.replace(target.address, address) };
}

/** Targets and watches as they are kept and shown. */
export function concealAll(
  targets: readonly Target[],
  watches: readonly Watch[],
  hidden: Hidden,
): { readonly targets: readonly Target[]; readonly watches: readonly Watch[] } {
  const safe = targets.map((target) => concealedTarget(target, hidden));
  const ids = new Map(targets.map((target, index) => [target.id, safe[index]?.id ?? target.id]));
  return {
    targets: safe,
    watches: watches.map((watch) => {
      const id = ids.get(watch.targetId) ?? watch.targetId;
      return id === watch.targetId ? watch : { ...watch, targetId: id, id: watch.id.replace(watch.targetId, id) };
    }),
  };
}
