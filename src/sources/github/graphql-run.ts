// Combines many questions into one GraphQL query. Batches are sized by latency and sent one at a time; an error affects
// only the question it belongs to.

import { z } from 'zod';
import type { LookReason } from '../../types/reasons/looks.ts';
import { iso } from '../../types/time.ts';
import type { GithubReply, GithubSession } from './client.ts';
import { type GithubRefusal, isRefusal, pauseOf, readMessage, readQuota } from './refusal.ts';

export interface Question {
  readonly id: string;
  /** Its cost, relative to a light look at one repository. */
  readonly load: number;
  /** The GraphQL field to ask for; `variable` registers a value and returns the name of its variable. */
  readonly field: (variable: (value: string, type?: string) => string) => string;
}

export type NodeAnswer =
  | { readonly kind: 'node'; readonly node: unknown }
  | { readonly kind: 'missing' }
  /** GraphQL is not available here: ask over REST. */
  | { readonly kind: 'elsewhere' }
  | GithubRefusal;

/** Fragments by name; a query includes only those it uses. */
export type Fragments = Readonly<Record<string, string>>;

export type Run = (questions: readonly Question[], fragments: Fragments) => Promise<ReadonlyMap<string, NodeAnswer>>;

/** What is learned about the server, kept while the source is open. */
export interface GraphqlState {
  size: number;
  works: boolean | null;
  /** The query in progress: queries are sent one after another. */
  last: Promise<unknown>;
}

export const mostAtOnce = 100;
const leastAtOnce = 10;
/** GitHub cancels a query after 10 s and charges for it all the same; batches grow only while well below that. */
const aimMs = 4_000;

export function createPace(): GraphqlState {
  return { size: mostAtOnce, works: null, last: Promise.resolve() };
}

const failure = z.object({
  type: z.string().nullish(),
  message: z.string().nullish(),
  path: z.array(z.union([z.string(), z.number()])).nullish(),
});
const envelope = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(failure).nullish(),
});
const rateLimit = z.object({ cost: z.number(), remaining: z.number(), limit: z.number(), resetAt: z.string() });

export function createRun(asking: GithubSession, pace: GraphqlState): Run {
  return async (questions, fragments) => {
    const told = new Map<string, NodeAnswer>();
    let waiting = questions;
    while (waiting.length > 0) {
      const batch = takeBatch(waiting, pace.size);
      waiting = waiting.slice(batch.length);
      const again = await ask(asking, pace, { batch, fragments, told });
      // What is missing from a partial answer is asked for once more, in two halves; what fails again waits for its next look.
      for (const half of halve(again.questions)) {
        const rest = await ask(asking, pace, { batch: half, fragments, told });
        for (const { id } of rest.questions) told.set(id, { kind: 'later', reason: rest.reason, afterMs: null });
      }
    }
    return told;
  };
}

function takeBatch(questions: readonly Question[], size: number): readonly Question[] {
  let load = 0;
  const end = questions.findIndex((one, index) => {
    load += one.load;
    return index > 0 && load > size;
  });
  return end < 0 ? questions : questions.slice(0, end);
}

function halve(questions: readonly Question[]): readonly (readonly Question[])[] {
  const middle = Math.ceil(questions.length / 2);
  return [questions.slice(0, middle), questions.slice(middle)].filter((half) => half.length > 0);
}

interface Again {
  readonly questions: readonly Question[];
  readonly reason: LookReason;
}

const partMissing: LookReason = { code: 'github.part-missing', params: {} };
const nothing: Again = { questions: [], reason: partMissing };

interface QuestionBatch {
  readonly batch: readonly Question[];
  readonly fragments: Fragments;
  readonly told: Map<string, NodeAnswer>;
}

/** Sends one batch, records its answers in `told`, and returns the questions worth asking again. */
async function ask(
  asking: GithubSession,
  pace: GraphqlState,
  { batch, fragments, told }: QuestionBatch,
): Promise<Again> {
  const all = (one: NodeAnswer): Again => {
    for (const { id } of batch) told.set(id, one);
    return nothing;
  };
  if (pace.works === false) return all({ kind: 'elsewhere' });
  const { text, variables } = write(batch, fragments);
  // The query before this one may have shown that the server does not support GraphQL.
  const sent = pace.last.then(() => (pace.works === false ? null : asking.query(text, variables)));
  pace.last = sent.catch(() => null);
  const reply = await sent;
  if (reply === null) return all({ kind: 'elsewhere' });
  if (isRefusal(reply)) {
    if (reply.reason.code !== 'github.slow') return all(reply);
    return slowDown(pace, batch, reply.reason);
  }
  const body = reply.status === 200 ? (envelope.safeParse(reply.body).data ?? null) : null;
  spend(asking, reply, body);
  // A query that was too expensive is cancelled without an explanation; a `Retry-After` would mean another problem.
  if ((reply.status === 502 || reply.status === 504) && reply.headers['retry-after'] === undefined) {
    const reason: LookReason = { code: 'github.answered', params: { host: asking.host, status: reply.status } };
    return slowDown(pace, batch, reason);
  }
  const limited = body?.errors?.find((one) => one.type === 'RATE_LIMITED');
  if (limited) return all(asking.refused({ ...reply, status: 429, body: { message: limited.message ?? '' } }));
  const hindered = reply.status === 403 && pauseOf(403, reply.headers, readMessage(reply.body), 0) === null;
  if (hindered && pace.works !== true) return all({ kind: 'elsewhere' });
  const unheardOf = reply.status === 501 && pace.works !== true;
  if (reply.status === 401 || reply.status === 403 || reply.status === 429 || (reply.status >= 500 && !unheardOf)) {
    return all(asking.refused(reply));
  }
  if (!body?.data) {
    // Without an earlier success, the server does not support GraphQL or is not GitHub's.
    if (pace.works !== null)
      return all({
        kind: 'later',
        reason: { code: 'github.query-unanswered', params: { host: asking.host } },
        afterMs: null,
      });
    pace.works = false;
    return all({ kind: 'elsewhere' });
  }
  pace.works = true;
  asking.heed('graphql', reply);
  steer(pace, reply.tookMs);
  return sort(batch, { data: body.data, errors: body.errors ?? [], host: asking.host }, told, pace);
}

function slowDown(pace: GraphqlState, questions: readonly Question[], reason: LookReason): Again {
  pace.size = Math.max(leastAtOnce, Math.floor(pace.size / 2));
  return { questions, reason };
}

function steer(pace: GraphqlState, tookMs: number): void {
  pace.size = tookMs > aimMs ? Math.max(leastAtOnce, Math.floor(pace.size * 0.7)) : Math.min(mostAtOnce, pace.size + 5);
}

interface GraphqlReply {
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly z.infer<typeof failure>[];
  readonly host: string;
}

function sort(
  batch: readonly Question[],
  { data, errors, host }: GraphqlReply,
  told: Map<string, NodeAnswer>,
  pace: GraphqlState,
): Again {
  const again: Question[] = [];
  const pathless = errors.some((one) => !one.path || one.path.length === 0);
  const exhausted = errors.find((one) => one.type === 'RESOURCE_LIMITS_EXCEEDED');
  batch.forEach((question, index) => {
    const alias = `a${index}`;
    const own = errors.filter((one) => one.path?.[0] === alias);
    const node = data[alias] ?? null;
    if (own.some((one) => one.type === 'NOT_FOUND' && one.path?.length === 1))
      told.set(question.id, { kind: 'missing' });
    else if (own.some((one) => one.type === 'FORBIDDEN')) {
      const said = (own[0]?.message ?? 'forbidden').slice(0, 200);
      told.set(question.id, { kind: 'broken', reason: { code: 'github.forbidden', params: { host, said } } });
    } else if (own.length > 0 || (node === null && pathless)) again.push(question);
    // Absent owners, and fields that a compatible server does not fill, are null without an error: ask over REST instead.
    else told.set(question.id, node === null ? { kind: 'elsewhere' } : { kind: 'node', node });
  });
  if (again.length === 0) return nothing;
  const said = (exhausted ?? errors[0])?.message?.slice(0, 200);
  return slowDown(pace, again, said ? { code: 'github.query-failed', params: { host, said } } : partMissing);
}

function spend(asking: GithubSession, reply: GithubReply, body: z.infer<typeof envelope> | null): void {
  const limit = rateLimit.safeParse(body?.data?.rateLimit).data;
  const quota = limit
    ? { left: limit.remaining, limit: limit.limit, resetAt: iso(Date.parse(limit.resetAt)) }
    : readQuota(reply.headers);
  const pauseMs = reply.status === 403 || reply.status === 429 ? asking.heed('graphql', reply) : null;
  asking.spend({
    pool: asking.pool,
    cost: limit?.cost ?? 1,
    ...quota,
    tookMs: reply.tookMs,
    ...(pauseMs === null ? {} : { pauseMs }),
  });
}

/** The query of a batch. Names are passed as variables, so an address cannot inject anything into the query. */
export function write(
  batch: readonly Question[],
  fragments: Fragments,
): { readonly text: string; readonly variables: Readonly<Record<string, string>> } {
  const variables: Record<string, string> = {};
  const declared: string[] = [];
  const variable = (value: string, type = 'String!'): string => {
    const name = `v${declared.length}`;
    declared.push(`$${name}:${type}`);
    variables[name] = value;
    return `$${name}`;
  };
  const fields = batch.map((one, index) => `a${index}:${one.field(variable)}`);
  const head = declared.length === 0 ? 'query' : `query(${declared.join(' ')})`;
  const body = `${head}{rateLimit{cost limit remaining resetAt} ${fields.join(' ')}}`;
  const used = new Set<string>();
  const collect = (text: string): void => {
    for (const [, name = ''] of text.matchAll(/\.\.\.(\w+)/g)) {
      const fragment = fragments[name];
      if (fragment === undefined || used.has(fragment)) continue;
      used.add(fragment);
      collect(fragment);
    }
  };
  collect(body);
  return { text: [body, ...used].join(' '), variables };
}
