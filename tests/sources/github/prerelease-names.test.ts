// Tags whose names alone say that they are prereleases.
import { expect, test } from 'vitest';
import { namesPrerelease } from '../../../src/sources/github/things.ts';

test.each([
  ...['v1.0.0-rc.1', 'v1.0rc1', '2.0.0-beta', 'release-3-alpha2', 'nightly', 'nightly-2026-03-01', 'dev', 'v2-preview'],
  ...['1.2.3-pre', 'v1.2.3-0', 'pkg@1.2.3-x.7', 'lib/v1.2.3-canary', 'V1.0.0-RC1', 'b4000-dev'],
])('%s is one', (tag) => {
  expect(namesPrerelease(tag)).toBe(true);
});

test.each([
  ...['v1.0.0', '2.0', 'b4567', 'release-3', 'latest', 'v1.2.3+build.5', 'predictor-2', 'developer-2.1', 'alphabet-1'],
  ...['v2026-03-01', 'arc-1', 'pkg@1.2.3', 'previews'],
])('%s is none', (tag) => {
  expect(namesPrerelease(tag)).toBe(false);
});
