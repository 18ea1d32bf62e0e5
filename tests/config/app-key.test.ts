// A GitHub App in the environment: every form of a good key, and what is wrong with a bad one.
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bad, good } from '../support/config/kinds.ts';

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pkcs1 = rsa.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
const pkcs8 = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const locked = rsa.privateKey
  .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'canary' })
  .toString();
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const publicPem = createPublicKey(rsa.privateKey).export({ type: 'spki', format: 'pem' }).toString();
const yaml = 'watch:\n  - github: a/b\n';

describe('a good one', () => {
  test.each([
    ['as GitHub gives it', pkcs1],
    ['PKCS #8', pkcs8],
    ['with line breaks of Windows', pkcs1.replaceAll('\n', '\r\n')],
    ['in one line', pkcs1.trim().replaceAll('\n', '\\n')],
    ['in one line, of Windows', pkcs1.trim().replaceAll('\n', '\\r\\n')],
    ['with space around it', `\n  ${pkcs1}\n\n`],
  ])('%s', (_name, key) => {
    const { secrets } = good(yaml, { env: { GITHUB_APP_ID: '123456', GITHUB_APP_KEY: key } });
    expect([secrets.GITHUB_APP_ID, secrets.GITHUB_APP_KEY]).toEqual(['123456', pkcs8]);
  });

  test('from a file, and by its client id', () => {
    const env = { GITHUB_APP_ID: 'Iv23liABCdef456', GITHUB_APP_KEY_FILE: '/run/key' };
    expect(good(yaml, { env, readFile: () => pkcs1 }).secrets.GITHUB_APP_KEY).toBe(pkcs8);
  });
});

describe('a bad one', () => {
  const id = '123456';
  const key = 'the environment variable GITHUB_APP_KEY is not the private key of a GitHub App';
  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['beside a token', { GITHUB_TOKEN: 'ghp_canary', GITHUB_APP_ID: id, GITHUB_APP_KEY: pkcs1 }, 'are both set'],
    ['without its number', { GITHUB_APP_KEY: pkcs1 }, 'GITHUB_APP_KEY is set, but GITHUB_APP_ID is not'],
    ['without its key', { GITHUB_APP_ID: id }, 'GITHUB_APP_ID is set, but GITHUB_APP_KEY is not'],
    ['with a name', { GITHUB_APP_ID: 'my-app', GITHUB_APP_KEY: pkcs1 }, 'is not the number of a GitHub App'],
    ['with a path', { GITHUB_APP_ID: id, GITHUB_APP_KEY: '/run/secrets/key.pem' }, key],
    ['with a public key', { GITHUB_APP_ID: id, GITHUB_APP_KEY: publicPem }, key],
    [
      'with half a key',
      { GITHUB_APP_ID: id, GITHUB_APP_KEY: pkcs1.slice(0, 700) },
      'incomplete, damaged, or has a password',
    ],
    ['with a password', { GITHUB_APP_ID: id, GITHUB_APP_KEY: locked }, 'incomplete, damaged, or has a password'],
    ['with another kind of key', { GITHUB_APP_ID: id, GITHUB_APP_KEY: ec }, 'it is no RSA key'],
  ])('%s', (_name, env, message) => {
    const problems = bad(yaml, { env });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(message);
    expect(problems.join()).not.toMatch(/canary|MII/);
  });
});
