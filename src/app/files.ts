// The program's own files: beside it, wherever the user's configuration lies.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** `config/NAME` of the program, from `src` as well as from `dist`. */
export function ownFile(name: string): string {
  return fileURLToPath(new URL(`../../config/${name}`, import.meta.url));
}

export function ownText(name: string): string {
  return readFileSync(ownFile(name), 'utf8');
}

/** The texts of the SPDX list that the licence table names, by identifier. */
export function ownSpdxTexts(): Readonly<Record<string, string>> {
  const json = gunzipSync(readFileSync(ownFile('spdx-texts.json.gz'))).toString('utf8');
  return (JSON.parse(json) as { readonly texts: Readonly<Record<string, string>> }).texts;
}

export function ownVersion(): string {
  const text = readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
