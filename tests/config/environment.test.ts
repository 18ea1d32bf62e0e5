// The environment: variables in texts, secrets from files, addresses, and no value in any message.
import { describe, expect, test } from 'vitest';
import { bad, good, read } from '../support/config/kinds.ts';

/** `${…}`, written so that it is no template. */
const hole = (inside: string) => `$\{${inside}}`;

const files = new Map([
  ['/run/hook', 'https://discord.example/api/webhooks/1/canary-hook\n'],
  ['/run/token', 'canary-token\r\n'],
  ['/run/empty', '\n'],
]);

function readFile(path: string): string {
  const text = files.get(path);
  if (text === undefined) throw Object.assign(new Error(`ENOENT: ${path}`), { code: 'ENOENT' });
  return text;
}

describe('variables', () => {
  const feed = (inside: string, env: Readonly<Record<string, string>>) =>
    good(`watch:\n  - feed: "https://a.example/${inside}"\n`, { env, readFile }).targets[0]?.address;

  test.each([
    ['a value', hole('KEY'), { KEY: 'x' }, 'x'],
    ['two values', `${hole('KEY')}-${hole('KEY')}`, { KEY: 'x' }, 'x-x'],
    ['a default', hole('KEY:-y'), {}, 'y'],
    ['a default for an empty one', hole('KEY:-y'), { KEY: '' }, 'y'],
    ['an empty default', hole('KEY:-'), {}, ''],
    ['a value for a default', hole('KEY:-y'), { KEY: 'x' }, 'x'],
    ['an escape', `$${hole('KEY')}`, { KEY: 'x' }, hole('KEY')],
    [
      'a value with a brace is not read again, and hidden like any long value',
      hole('KEY'),
      { KEY: hole('OTHER') },
      hole('KEY'),
    ],
  ])('%s', (_name, inside, env, expected) => {
    expect(feed(inside, env)).toBe(`https://a.example/${expected}`);
  });

  test('a number in a variable stays a text', () => {
    const config = good(`channels:\n  a:\n    discord: { channel: "${hole('ID')}" }\n`, {
      env: { ID: '123456789012345678', DISCORD_TOKEN: 't' },
    });
    expect(config.channels[0]?.options).toEqual({ channel: '123456789012345678' });
  });

  test('a missing one is a problem where it stands, without what follows from it', () => {
    const yaml = `timezone: ${hole('ZONE')}\nwatch:\n  - feed: "https://a.example/${hole('KEY')}"\n`;
    expect(bad(yaml)).toEqual([
      `1:11 the environment variable ZONE is not set | set ZONE or ZONE_FILE, or write \`${hole('ZONE:-default')}\` if it may be missing`,
      `3:30 the environment variable KEY is not set | set KEY or KEY_FILE, or write \`${hole('KEY:-default')}\` if it may be missing`,
    ]);
  });

  test.each([
    ['no name', hole('1A'), `\`${hole('1A')}\` is not the name of a variable`],
    ['no end', '$' + '{KEY', 'a variable without its closing brace'],
    ['one in another', hole(`A:-${hole('B')}`), `\`${hole('A:-$' + '{B')}\` is not the name of a variable`],
  ])('%s', (_name, text, message) => {
    expect(bad(`timezone: "${text}"\n`)[0]).toContain(message);
  });
});

describe('NAME_FILE', () => {
  test('is read for variables and secrets, without its last line break', () => {
    const config = good(`channels:\n  a:\n    discord: { webhook: "${hole('HOOK')}" }\n`, {
      env: { HOOK_FILE: '/run/hook', GITHUB_TOKEN_FILE: '/run/token' },
      readFile,
    });
    expect(config.channels[0]?.options).toEqual({ webhook: 'https://discord.example/api/webhooks/1/canary-hook' });
    expect(config.secrets).toEqual({ GITHUB_TOKEN: 'canary-token' });
  });

  test('gives way to NAME itself', () => {
    expect(good('', { env: { HF_TOKEN: 'direct', HF_TOKEN_FILE: '/run/token' }, readFile }).secrets).toEqual({
      HF_TOKEN: 'direct',
    });
  });

  test('that cannot be read is a problem that shows neither path nor content', () => {
    const env = { HF_TOKEN_FILE: 'canary-put-here-by-mistake', GITHUB_TOKEN_FILE: '/run/empty', KEY_FILE: '/nowhere' };
    expect(bad(`locale: "${hole('KEY')}"\n`, { env, readFile })).toEqual([
      '1:1 the file that the environment variable GITHUB_TOKEN_FILE names is empty',
      '1:1 the file that the environment variable HF_TOKEN_FILE names cannot be read (ENOENT)',
      '1:10 the file that the environment variable KEY_FILE names cannot be read (ENOENT)',
    ]);
  });
});

test('secrets are taken when they are not empty', () => {
  const env = {
    GITHUB_TOKEN: 'a',
    HF_TOKEN: ' ',
    DISCORD_TOKEN: 'b',
    DATABASE_URL: 'postgres://h/d',
    HF_WEBHOOK_SECRET: 'c',
    OTHER: 'd',
  };
  expect(good('', { env }).secrets).toEqual({
    GITHUB_TOKEN: 'a',
    DISCORD_TOKEN: 'b',
    DATABASE_URL: 'postgres://h/d',
    HF_WEBHOOK_SECRET: 'c',
  });
});

describe('addresses', () => {
  const yaml = `
github: { apiUrl: "https://ghe.example/api/v3/", serverUrl: "https://ghe.example" }
huggingface: { endpoint: "http://127.0.0.1:8081/" }
discord: { apiUrl: "http://[::1]:8082/api" }
`;

  test('come from the file', () => {
    expect(good(yaml).addresses).toEqual({
      'github.apiUrl': 'https://ghe.example/api/v3',
      'github.graphqlUrl': 'https://ghe.example/api/graphql',
      'github.serverUrl': 'https://ghe.example',
      'huggingface.endpoint': 'http://127.0.0.1:8081',
      'modelscope.endpoint': 'https://modelscope.cn',
      'discord.apiUrl': 'http://[::1]:8082/api',
    });
  });

  test('the environment wins, and brings its own GraphQL', () => {
    const env = {
      GITHUB_API_URL: 'http://127.0.0.1:9/',
      HF_ENDPOINT: 'https://hf.example',
      DISCORD_API_URL: 'https://d.example/api',
    };
    const both = yaml.replace('github: {', 'github: { graphqlUrl: "https://ghe.example/g",');
    expect(good(both).addresses['github.graphqlUrl']).toBe('https://ghe.example/g');
    expect(good(both, { env }).addresses).toEqual({
      'github.apiUrl': 'http://127.0.0.1:9',
      'github.graphqlUrl': 'http://127.0.0.1:9/graphql',
      'github.serverUrl': 'https://ghe.example',
      'huggingface.endpoint': 'https://hf.example',
      'modelscope.endpoint': 'https://modelscope.cn',
      'discord.apiUrl': 'https://d.example/api',
    });
    expect(
      good(both, { env: { ...env, GITHUB_GRAPHQL_URL: 'http://127.0.0.1:7/q' } }).addresses['github.graphqlUrl'],
    ).toBe('http://127.0.0.1:7/q');
  });

  test('and what else the environment says must make sense', () => {
    const env = { HF_ENDPOINT: 'canary.example', DATABASE_URL: 'mysql://u:canary-password@h/d', LOG_LEVEL: 'wran' };
    expect(bad('', { env })).toEqual([
      '1:1 the environment variable DATABASE_URL is not the address of a PostgreSQL database | postgres://USER:PASSWORD@HOST/NAME; without it SQLite is used',
      '1:1 the environment variable HF_ENDPOINT is not a web address | such as https://api.github.com',
      '1:1 the environment variable LOG_LEVEL is not one of debug, info, warn, error | did you mean `warn`?',
    ]);
  });
});

describe('secrets and messages', () => {
  test('a value that a message would quote is shown as its variable', () => {
    const yaml = `timezone: "${hole('TOKEN')}"\nlocale: "${hole('TOKEN')}"\nwatch:\n  - github: "${hole('TOKEN')}/a/b"\n`;
    const problems = bad(yaml, { env: { TOKEN: 'canary-secret-value' } });
    expect(problems).toHaveLength(3);
    expect(problems.join('\n')).not.toContain('canary');
    expect(problems.join('\n')).toContain(hole('TOKEN'));
  });

  const webhook = 'https://discord.com/api/webhooks/123456789012345678/canary-in_the-file';

  test('a webhook URL in the file is a warning at its place', () => {
    const reading = read(
      `channels:\n  a:\n    discord:\n      webhook: "${webhook}"\nwatch: [{ github: a }]\n# once: ${webhook}\n`,
    );
    expect(
      'warnings' in reading && reading.warnings.map(({ line, column, severity }) => [line, column, severity]),
    ).toEqual([
      [4, 16, 'warning'],
      [6, 9, 'warning'],
    ]);
    expect(JSON.stringify('warnings' in reading && reading.warnings)).not.toContain('canary');
  });

  test('a webhook URL in a wrong place is not repeated', () => {
    expect(bad(`locale: ${webhook}\ntimezone: ${webhook}\n`).join('\n')).not.toContain('canary');
  });
});
