// The program's own files: beside it, wherever the user's configuration lies.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** `config/NAME` of the program, from `src` as well as from `dist`. */
export function ownFile(name: string): string {
  return fileURLToPath(new URL(`../../config/${name}`, import.meta.url));
}

export function ownText(name: string): string {
  return readFileSync(ownFile(name), 'utf8');
}

export function ownVersion(): string {
  const text = readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
