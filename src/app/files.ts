// The files that ship with the program, wherever the user's configuration is.
import { hash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** The program's own `config/NAME`, found from `src` as well as from `dist`. */
export function ownFile(name: string): string {
  return fileURLToPath(new URL(`../../config/${name}`, import.meta.url));
}

export function ownText(name: string): string {
  return readFileSync(ownFile(name), 'utf8');
}

/** The text of `config/NAME.yaml`, or the JSON that the build made of this very text, since YAML is slow to parse. */
export function ownTable(name: string): string {
  return tableIn(ownFile(''), fileURLToPath(new URL('../tables', import.meta.url)), name);
}

/** `config`: the folder of the YAML; `made`: that of the JSON, if built, whose first line is the hash of its YAML. */
export function tableIn(config: string, made: string, name: string): string {
  const written = readFileSync(join(config, `${name}.yaml`), 'utf8');
  let json: string;
  try {
    json = readFileSync(join(made, `${name}.json`), 'utf8');
  } catch {
    return written;
  }
  const end = json.indexOf('\n');
  return json.slice(0, end) === hash('sha256', written) ? json.slice(end + 1) : written;
}

/** The SPDX licence texts that the licence table refers to, by identifier. */
export function ownSpdxTexts(): Readonly<Record<string, string>> {
  const json = gunzipSync(readFileSync(ownFile('spdx-texts.json.gz'))).toString('utf8');
  return (JSON.parse(json) as { readonly texts: Readonly<Record<string, string>> }).texts;
}

/** Whether a configuration is the default watch list, unchanged, in its own place or copied elsewhere. */
export function isBuiltIn(file: string): boolean {
  try {
    return readFileSync(file, 'utf8') === ownText('landfall.yaml');
  } catch {
    return false;
  }
}

export function ownVersion(): string {
  const text = readFileSync(fileURLToPath(new URL('../../package.json', import.meta.url)), 'utf8');
  return (JSON.parse(text) as { readonly version: string }).version;
}
