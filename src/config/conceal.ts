// Secrets in addresses: what a variable put into a URL is stored as a placeholder and filled in when the request is made.
import type { Target, Watch } from '../types/core.ts';

/** Placeholder (`NAME` or `NAME.1`) → the piece of text that it stands for. */
export type Hidden = Readonly<Record<string, string>>;

const shortest = 6;

/** Of a value that is a whole URL, its password and query values are secret; of any other value, all of it. */
function piecesOf(value: string): readonly string[] {
  if (!URL.canParse(value) || !/^https?:/.test(value)) return [value];
  const url = new URL(value);
  return [url.password, ...url.searchParams.values()];
}

/** Names whose values are secret whatever they look like. */
const secretName = /TOKEN|SECRET|PASS|KEY|WEBHOOK|CREDENTIAL|COOKIE|AUTH/i;

/** Looks random: long, with both digits and letters, as generated tokens are. */
const isToken = (text: string): boolean => /^[\w.~-]{16,}$/.test(text) && /\d/.test(text) && /[a-z]/i.test(text);

/** The parts of these variables to redact: all of a secret; of a URL its password, query values and long tokens. */
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

/** The address without its secrets. The host stays readable; an address that is not a URL is returned unchanged. */
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

/** Targets and watches as they are stored and shown. */
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
