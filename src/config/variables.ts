// Environment variables: `${NAME}` in texts, secrets from `NAME_FILE`, and redacting their values in messages.

export type Env = Readonly<Record<string, string | undefined>>;

/** Returns the file's text; throws when it cannot be read. */
export type ReadFile = (path: string) => string;

type Variable =
  | { readonly kind: 'set'; readonly value: string }
  | { readonly kind: 'unset' }
  | { readonly kind: 'unreadable'; readonly message: string };

export interface Variables {
  /** The variable itself when it is not empty, else the text of the file that `NAME_FILE` names. */
  readonly get: (name: string) => Variable;
  /** Replaces the value of every variable read so far with `${NAME}`. */
  readonly redact: (text: string) => string;
  /** Every variable that has been read so far and is set. */
  readonly values: () => readonly (readonly [name: string, value: string])[];
}

export interface Filled {
  readonly text: string;
  readonly faults: readonly { readonly token: string; readonly message: string; readonly hint: string | null }[];
}

// Shorter values are words such as `en` or `8080`: hiding those would only garble messages.
const shortestSecret = 6;

export function openVariables(env: Env, readFile: ReadFile): Variables {
  const seen = new Map<string, Variable>();
  return {
    get(name) {
      const known = seen.get(name);
      if (known !== undefined) return known;
      const read = look(name, env, readFile);
      seen.set(name, read);
      return read;
    },
    values: () => [...seen].flatMap(([name, found]) => (found.kind === 'set' ? [[name, found.value] as const] : [])),
    redact(text) {
      const values = [...seen].flatMap(([name, found]) => (found.kind === 'set' ? [{ name, value: found.value }] : []));
      return values
        .filter(({ value }) => value.length >= shortestSecret)
        .sort((a, b) => b.value.length - a.value.length)
        .reduce((safe, { name, value }) => safe.replaceAll(value, `\${${name}}`), text);
    },
  };
}

function look(name: string, env: Env, readFile: ReadFile): Variable {
  const direct = own(env, name)?.trim() ?? '';
  if (direct !== '') return checkedText(direct, `the environment variable ${name}`);
  const path = own(env, `${name}_FILE`) ?? '';
  if (path === '') return { kind: 'unset' };
  try {
    const value = readFile(path)
      .replace(/^\uFEFF/, '')
      .trim();
    if (value === '')
      return { kind: 'unreadable', message: `the file that the environment variable ${name}_FILE names is empty` };
    return checkedText(value, `the file that the environment variable ${name}_FILE names`);
  } catch (error) {
    // The path is not shown: people put the secret itself there by mistake.
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? ` (${error.code})` : '';
    return {
      kind: 'unreadable',
      message: `the file that the environment variable ${name}_FILE names cannot be read${code}`,
    };
  }
}

/** A line break in a secret is a pasting mistake, except in PEM keys, which have several lines. */
function checkedText(value: string, where: string): Variable {
  if (!/\p{Cc}/u.test(value) || /^-----BEGIN [A-Z ]{1,60}-----/.test(value)) return { kind: 'set', value };
  return { kind: 'unreadable', message: `${where} holds a line break or another control character` };
}

function own(env: Env, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}

/** Fills in `${NAME}` and `${NAME:-default}`; `$${` is an escaped `${`. */
export function fill(text: string, variables: Variables): Filled {
  if (!text.includes('${')) return { text, faults: [] };
  const faults: Filled['faults'][number][] = [];
  const filled = text.replace(/\$\$\{|\$\{[^}]*\}?/g, (token) => {
    if (token === '$${') return '${';
    const [, name, fallback] = /^\$\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\}$/.exec(token) ?? [];
    if (name === undefined || fallback?.includes('${') === true) {
      const message = token.endsWith('}')
        ? `\`${token}\` is not the name of a variable`
        : 'a variable without its closing brace';
      faults.push({ token, message, hint: 'a name is letters, digits and `_`; write `$${` for a literal `${`' });
      return '';
    }
    const found = variables.get(name);
    switch (found.kind) {
      case 'set':
        return found.value;
      case 'unreadable':
        faults.push({ token, message: found.message, hint: null });
        return '';
      case 'unset':
        if (fallback !== undefined) return fallback;
        faults.push({
          token,
          message: `the environment variable ${name} is not set`,
          hint: `set ${name} or ${name}_FILE, or write \`\${${name}:-default}\` if it may be missing`,
        });
        return '';
    }
  });
  return { text: filled, faults };
}
