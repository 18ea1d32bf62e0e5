// The installations of a GitHub App: which ones exist, and which one is used for which address.
import { z } from 'zod';
import type { LookReason } from '../../types/reasons/looks.ts';
import { hourMs, minuteMs } from '../../types/time.ts';
import type { PollContext } from '../define.ts';
import type { Octokit, RequestFailure } from './octokit.ts';

export interface Installation {
  readonly id: number;
  /** The account that it is installed on, in lower case. */
  readonly account: string;
}

export interface PoolsLearned {
  /** Whether the usable installations have changed. */
  readonly moved: boolean;
  /** Why they could not be learned; null = they were, or it was not yet time to ask. */
  readonly problem: LookReason | null;
}

export interface Installations {
  /** Those that can be used now. */
  readonly list: () => readonly Installation[];
  /** Asks GitHub if it is time to: hourly, and a minute after a failure. */
  readonly refresh: (context: PollContext) => Promise<LookReason | null>;
  /** The same, and whether anything has changed since the last call. */
  readonly learn: (context: PollContext) => Promise<PoolsLearned>;
  /** The last problem; null = the installations are known. */
  readonly problem: () => LookReason | null;
  /** To be called when GitHub has refused this one: it is left out for a while, and the list is asked for again. */
  readonly lose: (id: number, nowMs: number) => void;
}

/** https://docs.github.com/en/rest/apps/apps#list-installations-for-the-authenticated-app */
const item = z.object({
  id: z.int().positive(),
  account: z.object({ login: z.string().min(1) }).or(z.object({ slug: z.string().min(1) })),
  suspended_at: z.string().nullish(),
});
const pageSize = 100;
const mostPages = 10;
/** An installation that was refused although GitHub lists it is tried again after this time. */
const lostMs = 10 * minuteMs;

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  // FNV-1a alone hardly spreads differences in the last letters.
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}

/**
 * The installation for an address (`owner` or `owner/name`): the owner's own, which alone may see what is private there,
 * else one by rendezvous hashing, so that only the targets of an installation that comes or goes move.
 */
export function installationFor(address: string, installations: readonly Installation[]): Installation | null {
  const wanted = address.toLowerCase();
  const [owner] = wanted.split('/');
  const own = installations.find(({ account }) => account === owner);
  if (own !== undefined) return own;
  let best: Installation | null = null;
  let most = -1;
  for (const one of installations) {
    const weight = hash(`${one.id} ${wanted}`);
    if (weight > most) [best, most] = [one, weight];
  }
  return best;
}

function read(data: unknown): readonly Installation[] | null {
  const items = z.array(z.unknown()).safeParse(data).data;
  if (items === undefined) return null;
  return items.flatMap((one) => {
    const parsed = item.safeParse(one).data;
    if (parsed === undefined || parsed.suspended_at != null) return [];
    const { account } = parsed;
    return [{ id: parsed.id, account: ('login' in account ? account.login : account.slug).toLowerCase() }];
  });
}

function problemOf(host: string, thrown: unknown): LookReason {
  const { response, message }: RequestFailure = thrown instanceof Error ? thrown : new Error(String(thrown));
  if (response === undefined) return { code: 'github.unreachable', params: { host, detail: message } };
  // GitHub recognises the App by its id and the signature of its key: with a wrong one, it answers 404 or 401.
  if (response.status === 401 || response.status === 404) return { code: 'github.app-refused', params: { host } };
  return { code: 'github.answered', params: { host, status: response.status } };
}

async function ask(octokit: Octokit, signal: AbortSignal): Promise<readonly Installation[] | null> {
  const all: Installation[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const options = { per_page: pageSize, page, request: { signal } };
    const { data } = await octokit.request('GET /app/installations', options);
    const some = read(data);
    if (some === null) return null;
    all.push(...some);
    if (!Array.isArray(data) || data.length < pageSize) break;
  }
  return all.toSorted((one, other) => one.id - other.id);
}

export function createInstallations(host: string, app: () => Promise<Octokit>): Installations {
  let known: readonly Installation[] | null = null;
  let problem: LookReason | null = null;
  let askAt = 0;
  let told = '';
  const lost = new Map<number, number>();

  const list = (): readonly Installation[] => (known ?? []).filter(({ id }) => !lost.has(id));
  const changed = (): boolean => {
    const now = list()
      .map(({ id, account }) => `${id} ${account}`)
      .join();
    const moved = now !== told;
    told = now;
    return moved;
  };

  async function refresh({ now, signal }: PollContext): Promise<LookReason | null> {
    const nowMs = now();
    for (const [id, until] of lost) if (until <= nowMs) lost.delete(id);
    if (nowMs < askAt) return null;
    try {
      const listed = await ask(await app(), signal);
      problem = listed === null ? { code: 'github.no-list', params: { route: 'GET /app/installations' } } : null;
      known = listed ?? known;
      if (problem === null && list().length === 0) problem = { code: 'github.no-installation', params: { host } };
    } catch (thrown) {
      problem = problemOf(host, thrown);
    }
    askAt = nowMs + (problem === null ? hourMs : minuteMs);
    return problem;
  }

  return {
    list,
    refresh,
    learn: async (context) => {
      const failed = await refresh(context);
      return { moved: changed(), problem: failed };
    },
    problem: () => problem,
    lose: (id, nowMs) => {
      lost.set(id, nowMs + lostMs);
      askAt = 0;
    },
  };
}
