// A small router: `GET /repos/:owner/:repo` with named parameters; the first match answers.

export type Params = Readonly<Record<string, string>>;

export interface Routed<F> {
  /** `METHOD /path/:name` as written in the table. */
  readonly name: string;
  readonly params: Params;
  readonly answer: F;
}

interface Compiled<F> {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: F;
  readonly name: string;
}

/** Finds the route of a request; null when there is none. In the table, `:name` is one segment, `*name` the rest. */
export function createRouter<F>(
  table: Readonly<Record<string, F>>,
): (method: string, path: string) => Routed<F> | null {
  const compiled: readonly Compiled<F>[] = Object.entries(table).map(([name, answer]) => {
    const [method = '', path = ''] = name.split(' ');
    const pattern = path
      .split('/')
      .map((part) => {
        if (part.startsWith(':')) return `(?<${part.slice(1)}>[^/]+)`;
        if (part.startsWith('*')) return `(?<${part.slice(1)}>.+)`;
        return part.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
      })
      .join('/');
    return { method, path: new RegExp(`^${pattern}$`), answer, name };
  });
  return (method, path) => {
    for (const route of compiled) {
      if (route.method !== method && !(route.method === 'GET' && method === 'HEAD')) continue;
      const fits = route.path.exec(path);
      if (fits === null) continue;
      const params: Record<string, string> = {};
      for (const [key, value] of Object.entries(fits.groups ?? {})) params[key] = decodeURIComponent(value);
      return { name: route.name, params, answer: route.answer };
    }
    return null;
  };
}

/** A parameter that the route's pattern guarantees. */
export function param(params: Params, name: string): string {
  const value = params[name];
  if (value === undefined) throw new Error(`route without :${name}`);
  return value;
}
