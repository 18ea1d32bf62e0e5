// Relative links of release notes lead to the repository as it stood at the tag.
import { expect, it } from 'vitest';
import { withAbsoluteLinks } from '../../../src/sources/github/notes.ts';

const repository = 'https://github.com/lab/engine';
const page = `${repository}/releases/tag/v1`;
const at = `${repository}/blob/v1`;

it.each([
  ['[a](docs/x.md)', `[a](${at}/docs/x.md)`],
  ['[a](./docs/x.md "title")', `[a](${at}/docs/x.md "title")`],
  ['[a](../../compare/v0...v1)', `[a](${repository}/compare/v0...v1)`],
  ['[a](/lab/engine/wiki)', `[a](${repository}/wiki)`],
  ['[a](#notes)', `[a](${page}#notes)`],
  ['[a]: docs/x.md', `[a]: ${at}/docs/x.md`],
  ['<a href="docs/x.md">a</a>', `<a href="${at}/docs/x.md">a</a>`],
  ['![i](img/x.png)', `![i](${at}/img/x.png)`],
  ['[a](https://a.example/x) [b](mailto:a@b.example) [c](//a.example)', null],
  ['`[a](x)` and\n```\n[a](x)\n```', null],
  ['[a](javascript:x)', null],
])('%j', (text, wanted) => {
  expect(withAbsoluteLinks(text, repository, 'v1', page)).toBe(wanted ?? text);
});
