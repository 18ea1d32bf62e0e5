// The program's own tables as JSON, each after the hash of the text that it was made of: reading YAML takes long.
import { hash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** Of every YAML file in the folder `config` but the list of watches, into the folder `to`. */
export function writeTables(config, to) {
  mkdirSync(to, { recursive: true });
  for (const file of readdirSync(config).filter((name) => name.endsWith('.yaml') && name !== 'landfall.yaml')) {
    const text = readFileSync(join(config, file), 'utf8');
    const json = JSON.stringify(parse(text));
    writeFileSync(join(to, file.replace(/yaml$/, 'json')), `${hash('sha256', text)}\n${json}`);
  }
}
