// What the environment sets in addition to the file: secrets, addresses and the log level.

import { readApp } from './app-key.ts';
import type { Outer } from './grammar.ts';
import type { ConfigIssue } from './issues.ts';
import { readBaseAddress, readListen } from './scalars.ts';
import type { Config } from './shape.ts';
import { spellingHint } from './spelling.ts';
import type { Variables } from './variables.ts';

export interface Surroundings {
  readonly secrets: Config['secrets'];
  readonly addresses: Config['addresses'];
  readonly logLevel: Config['logLevel'];
  /** LANDFALL_LISTEN; null = not set. */
  readonly listen: Config['listen'];
  /** These have no line of their own: they are reported for the file as a whole. */
  readonly findings: readonly ConfigIssue[];
}

const secretNames = [
  'GITHUB_TOKEN',
  'GITHUB_APP_ID',
  'GITHUB_APP_KEY',
  'HF_TOKEN',
  'DISCORD_TOKEN',
  'DATABASE_URL',
  'HF_WEBHOOK_SECRET',
];
const levels: readonly Config['logLevel'][] = ['debug', 'info', 'warn', 'error'];

export function readEnvironment(
  file: Pick<Outer, 'github' | 'huggingface' | 'modelscope' | 'discord'>,
  variables: Variables,
): Surroundings {
  const findings: ConfigIssue[] = [];
  const report = (message: string, hint: string | null) => findings.push({ path: [], at: 'value', message, hint });
  const get = (name: string): string | null => {
    const found = variables.get(name);
    if (found.kind === 'unreadable') report(found.message, null);
    return found.kind === 'set' ? found.value : null;
  };
  const address = (name: string): string | null => {
    const written = get(name);
    const read = readBaseAddress(written ?? '');
    if ('value' in read) return read.value === '' ? null : read.value;
    report(`the environment variable ${name} ${read.wrong}`, read.hint);
    return null;
  };

  const secrets = Object.fromEntries(
    secretNames.flatMap((name) => {
      const value = get(name);
      return value === null ? [] : [[name, value]];
    }),
  );
  const database = secrets.DATABASE_URL;
  if (database !== undefined && !/^postgres(ql)?:\/\//.test(database)) {
    report(
      'the environment variable DATABASE_URL is not the address of a PostgreSQL database',
      'postgres://USER:PASSWORD@HOST/NAME; without it SQLite is used',
    );
  }

  const app = readApp(secrets);
  for (const { message, hint } of app.faults) report(message, hint);

  const apiFromEnvironment = address('GITHUB_API_URL');
  const api = apiFromEnvironment ?? set(file.github?.apiUrl) ?? 'https://api.github.com';
  // The file's GraphQL address belongs to the file's API address; it must not be paired with one from the environment.
  const graphqlOfFile = apiFromEnvironment === null ? set(file.github?.graphqlUrl) : null;
  const addresses = {
    'github.apiUrl': api,
    'github.graphqlUrl': address('GITHUB_GRAPHQL_URL') ?? graphqlOfFile ?? graphqlBeside(api),
    'github.serverUrl': address('GITHUB_SERVER_URL') ?? set(file.github?.serverUrl) ?? 'https://github.com',
    'modelscope.endpoint': address('MODELSCOPE_ENDPOINT') ?? set(file.modelscope?.endpoint) ?? 'https://modelscope.cn',
    'huggingface.endpoint': address('HF_ENDPOINT') ?? set(file.huggingface?.endpoint) ?? 'https://huggingface.co',
    'discord.apiUrl': address('DISCORD_API_URL') ?? set(file.discord?.apiUrl) ?? 'https://discord.com/api',
  };

  const place = get('LANDFALL_LISTEN') ?? '';
  const listening = place === '' ? null : readListen(place);
  if (listening !== null && 'wrong' in listening)
    report(`the environment variable LANDFALL_LISTEN ${listening.wrong}`, listening.hint);
  const listen = listening !== null && 'value' in listening ? listening.value : null;

  const written = get('LOG_LEVEL')?.toLowerCase() ?? 'info';
  const logLevel = levels.find((level) => level === written);
  if (logLevel === undefined)
    report(`the environment variable LOG_LEVEL is not one of ${levels.join(', ')}`, spellingHint(written, levels));
  return { secrets: { ...secrets, ...app.secrets }, addresses, logLevel: logLevel ?? 'info', listen, findings };
}

function set(written: string | undefined): string | null {
  return written === undefined || written === '' ? null : written;
}

/** GitHub Enterprise serves REST at `/api/v3` and GraphQL at `/api/graphql`. */
function graphqlBeside(api: string): string {
  return api.endsWith('/api/v3') ? api.replace(/\/v3$/, '/graphql') : `${api}/graphql`;
}
