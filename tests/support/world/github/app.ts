// A GitHub App: its key, its installations, and their tokens, valid for an hour. Requests as the App need a signed JWT.
// https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
import { generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import type { Ask, Said } from '../service.ts';
import type { GithubLimits } from './limits.ts';

const HOUR = 3_600_000;
/** The longest a JWT may be valid, in seconds, and how far clocks may differ. */
const LONGEST_S = 600;
const SKEW_S = 60;

export interface InstallationHandle {
  readonly id: number;
  readonly account: string;
  readonly suspend: () => void;
  readonly resume: () => void;
  /** The account uninstalls the App. */
  readonly remove: () => void;
  /** The number of tokens issued so far. */
  readonly tokens: () => number;
  /** Requests and points used in this hour. */
  readonly used: () => { readonly core: number; readonly graphql: number };
}

export interface AppControl {
  readonly id: string;
  /** The private key as GitHub issues it: PKCS #1 in PEM. */
  readonly key: string;
  readonly install: (
    account: string,
    limits?: { readonly core?: number; readonly graphql?: number },
  ) => InstallationHandle;
  /** Why requests were refused, for each one with a JWT that GitHub would refuse. */
  readonly refusals: readonly string[];
}

interface InstallationState {
  readonly id: number;
  readonly account: string;
  readonly limits: { readonly core?: number; readonly graphql?: number };
  readonly tokens: string[];
  suspendedAt: number | null;
  gone: boolean;
}

function decode(part: string | undefined): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(Buffer.from(part ?? '', 'base64url').toString('utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Why GitHub would refuse this JWT; null = it is good. */
function faultOf(jwt: string, app: { readonly id: string; readonly key: KeyObject }, nowMs: number): string | null {
  const [head, body, signature] = jwt.split('.');
  if (head === undefined || body === undefined || signature === undefined)
    return 'A JSON web token could not be decoded';
  const { iss, iat, exp } = decode(body);
  if (decode(head).alg !== 'RS256') return 'A JSON web token could not be decoded';
  if (!verify('RSA-SHA256', Buffer.from(`${head}.${body}`), app.key, Buffer.from(signature, 'base64url')))
    return 'A JSON web token could not be decoded';
  const now = nowMs / 1000;
  if (String(iss) !== app.id) return 'Integration not found';
  if (typeof iat !== 'number' || iat > now + SKEW_S)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  if (typeof exp !== 'number' || exp <= now)
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  return exp > now + LONGEST_S ? "'Expiration time' claim ('exp') is too far in the future" : null;
}

const said = (status: number, body: object): Said => ({ status, body });

/** `answer` returns null for routes other than the App's. */
export function createApp(limits: GithubLimits, now: () => number) {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const app = { id: '424242', key: publicKey };
  const installations: InstallationState[] = [];
  const refusals: string[] = [];

  const revoke = (one: InstallationState): void => {
    for (const token of one.tokens) limits.revokeToken(token);
  };
  const answer = (ask: Ask): Said | null => {
    if (!/^\/app(\/|$)/.test(ask.path)) return null;
    const jwt = /^bearer +(\S+)$/i.exec(ask.headers.authorization ?? '')?.[1] ?? '';
    const fault = ask.headers['user-agent'] === undefined ? 'no User-Agent' : faultOf(jwt, app, ask.at);
    if (fault !== null) {
      refusals.push(fault);
      return said(fault === 'Integration not found' ? 404 : 401, { message: fault });
    }
    if (ask.path === '/app/installations') {
      const size = Number(ask.query.get('per_page') ?? 30);
      const page = Number(ask.query.get('page') ?? 1);
      const here = installations.filter(({ gone }) => !gone).slice((page - 1) * size, page * size);
      return said(
        200,
        here.map(({ id, account, suspendedAt }) => ({
          id,
          account: { login: account, id: id + 1, type: 'Organization' },
          repository_selection: 'all',
          app_id: Number(app.id),
          suspended_at: suspendedAt === null ? null : new Date(suspendedAt).toISOString(),
        })),
      );
    }
    const id = Number(/^\/app\/installations\/(\d+)\/access_tokens$/.exec(ask.path)?.[1]);
    const one = installations.find((each) => each.id === id && !each.gone);
    if (ask.method !== 'POST' || one === undefined) return said(404, { message: 'Not Found' });
    if (one.suspendedAt !== null) return said(403, { message: 'This installation has been suspended' });
    const token = `ghs_${id}canary${String(one.tokens.length).padStart(30, '0')}`;
    one.tokens.push(token);
    limits.addToken(token, { id: `installation ${id}`, account: one.account, until: now() + HOUR, ...one.limits });
    return said(201, {
      token,
      expires_at: new Date(now() + HOUR).toISOString(),
      permissions: { contents: 'read', metadata: 'read' },
      repository_selection: 'all',
    });
  };

  const control: AppControl = {
    id: app.id,
    key: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    refusals,
    install: (account, given = {}) => {
      const one: InstallationState = {
        id: 5_000 + installations.length,
        account,
        limits: given,
        tokens: [],
        suspendedAt: null,
        gone: false,
      };
      installations.push(one);
      return {
        id: one.id,
        account,
        suspend: () => {
          one.suspendedAt = now();
          revoke(one);
        },
        resume: () => {
          one.suspendedAt = null;
        },
        remove: () => {
          one.gone = true;
          revoke(one);
        },
        tokens: () => one.tokens.length,
        used: () => ({
          core: limits.window(`installation ${one.id}`, 'core').used,
          graphql: limits.window(`installation ${one.id}`, 'graphql').used,
        }),
      };
    },
  };
  return { control, answer };
}
