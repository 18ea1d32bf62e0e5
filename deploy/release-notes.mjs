#!/usr/bin/env node
// Prints the notes of one version out of CHANGELOG.md: `node deploy/release-notes.mjs v1.2.3`. Plain JavaScript: nothing is installed.
import { readFileSync } from 'node:fs';

const tag = process.argv[2] ?? '';
const version = tag.replace(/^v/, '');
const root = new URL('..', import.meta.url);
const packaged = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')).version;

function stop(reason) {
  process.stderr.write(`release-notes: ${reason}\n`);
  process.exit(1);
}

if (!/^v\d+\.\d+\.\d+$/.test(tag)) stop(`"${tag}" is no tag such as v1.2.3`);
if (packaged !== version) stop(`the tag says ${version}, package.json says ${packaged}`);

const lines = readFileSync(new URL('CHANGELOG.md', root), 'utf8').split('\n');
const isHeading = (line) => /^##? \[?\d+\.\d+\.\d+/.test(line);
const begin = lines.findIndex((line) => isHeading(line) && line.replace(/^##? \[?/, '').startsWith(version));
if (begin < 0) stop(`CHANGELOG.md has no section for ${version}: run \`npm run changelog\``);
const rest = lines.slice(begin + 1);
const end = rest.findIndex(isHeading);
process.stdout.write(`${rest.slice(0, end < 0 ? rest.length : end).join('\n').trim()}\n`);
