// POST /graphql: runs queries against GitHub's published schema, on the same state as REST.
import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type DocumentNode,
  execute,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import type { Ask, Said } from '../service.ts';
import type { Node } from './connection.ts';
import { type Cost, costOf } from './cost.ts';
import type { GithubContext } from './found.ts';
import { type GithubLimits, limitHeaders, type Principal, type Window } from './limits.ts';
import { createNodes } from './nodes.ts';
import { findRepo, nodeId, stamp } from './state.ts';

/** What a test can do to GraphQL besides the faults of every service. */
export interface GraphqlControl {
  /** The next queries are cancelled like those over GitHub's ten seconds: 502, and the points are charged twice. */
  kill: number;
  /** Real time in milliseconds for each connection of a query. */
  msPerConnection: number;
  /** A query that would take longer than this is cancelled, and answered after this time. */
  killAfterMs: number;
  /** The next `times` queries answer only the first `after` aliases; the others get RESOURCE_LIMITS_EXCEEDED. */
  exhaust: { times: number; after: number };
  /** The queries answered: cost, nodes, connections. */
  readonly queries: { readonly at: number; readonly cost: Cost; readonly killed: boolean }[];
}

// The package's own entry would also parse three megabytes of JSON.
const SCHEMA = new URL('../../../../node_modules/@octokit/graphql-schema/schema.graphql', import.meta.url);

/** How many parsed queries are cached. */
const MOST_PREPARED = 500;

let schema: GraphQLSchema | null = null;

/** GitHub's published schema; loaded at the first call (about 200 ms). */
export function githubSchema(): GraphQLSchema {
  if (schema === null) {
    const document = parse(readFileSync(SCHEMA, 'utf8'), { noLocation: true });
    schema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  }
  return schema;
}

interface Prepared {
  readonly document: DocumentNode;
  readonly errors: readonly GraphQLError[];
}

export function createGithubGraphql(context: GithubContext, limits: GithubLimits, unexpected: string[]) {
  const control: GraphqlControl = {
    kill: 0,
    msPerConnection: 0,
    killAfterMs: 10_000,
    exhaust: { times: 0, after: 0 },
    queries: [],
  };
  const nodes = createNodes(context.state, context.hosts);
  const prepared = new Map<string, Prepared>();

  const prepare = (query: string): Prepared => {
    const known = prepared.get(query);
    if (known !== undefined) return known;
    let fresh: Prepared;
    try {
      const document = parse(query);
      fresh = { document, errors: validate(githubSchema(), document) };
    } catch (cause) {
      if (!(cause instanceof GraphQLError)) throw cause;
      fresh = { document: { kind: 'Document', definitions: [] } as unknown as DocumentNode, errors: [cause] };
    }
    if (prepared.size >= MOST_PREPARED) prepared.clear();
    prepared.set(query, fresh);
    return fresh;
  };

  // A field that the state cannot answer is a gap in this world, not a null from GitHub.
  const fieldResolver: GraphQLFieldResolver<Node, unknown> = (source, args, ctx, info) => {
    const value = source[info.fieldName];
    if (value === undefined) {
      unexpected.push(`GraphQL ${info.parentType.name}.${info.fieldName}`);
      throw new GraphQLError(`this world has no ${info.parentType.name}.${info.fieldName}`);
    }
    return typeof value === 'function' ? value(args, ctx, info) : value;
  };

  const answer = async (ask: Ask): Promise<Said> => {
    const principal = limits.principal(ask);
    if (principal === null || !principal.token) {
      const message = principal === null ? 'Bad credentials' : 'This endpoint requires you to be authenticated.';
      return { status: 401, body: { message, documentation_url: 'https://docs.github.com/graphql', status: '401' } };
    }
    const headers = (): Record<string, string> => limitHeaders(limits.window(principal.id, 'graphql'), 'graphql');
    const refusal = limits.refuse(ask, principal, 'graphql');
    if (refusal !== null) return { ...refusal, headers: { ...headers(), ...refusal.headers } };
    const said = (status: number, body: object): Said => ({ status, headers: headers(), body });

    const asked = readQuery(ask.body);
    if (asked === null)
      return said(400, { message: 'Problems parsing JSON', documentation_url: 'https://docs.github.com/graphql' });
    const { document, errors } = prepare(asked.query);
    if (errors.length > 0) return said(200, { errors: errors.map(publicError) });
    const cost = costOf(githubSchema(), document, asked.variables);
    if (cost.refused !== null) return said(200, { errors: [cost.refused] });
    const window = limits.window(principal.id, 'graphql');
    if (window.used + cost.points > window.limit) {
      limits.refusals.primary += 1;
      const message = 'API rate limit already exceeded for user ID 583231.';
      return said(200, { errors: [{ type: 'RATE_LIMITED', code: 'graphql_rate_limit', message }] });
    }
    limits.spend(principal.id, 'graphql', cost.points);

    const tookMs = cost.connections * control.msPerConnection;
    const killed = control.kill > 0 || tookMs > control.killAfterMs;
    control.queries.push({ at: ask.at, cost, killed });
    if (tookMs > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(tookMs, control.killAfterMs)));
    if (killed) {
      control.kill = Math.max(0, control.kill - 1);
      limits.spend(principal.id, 'graphql', cost.points);
      const message =
        'Something went wrong while executing your query. This may be the result of a timeout, or it could be a GitHub bug. Please include `E0F1:1A2B3:4C5D6E` when reporting this issue.';
      return said(502, { data: null, errors: [{ message }] });
    }
    const result = await execute({
      schema: githubSchema(),
      document,
      rootValue: root(cost, window, principal),
      variableValues: asked.variables,
      fieldResolver,
    });
    const failures = (result.errors ?? []).map(publicError);
    return said(200, failures.length === 0 ? { data: result.data } : { data: result.data, errors: failures });
  };

  const root = (cost: Cost, window: Window, { account }: Principal): Node => {
    const exhausting = control.exhaust.times > 0;
    if (exhausting) control.exhaust.times -= 1;
    let resolved = 0;
    const heavy = (): void => {
      resolved += 1;
      if (exhausting && resolved > control.exhaust.after) {
        throw typed('RESOURCE_LIMITS_EXCEEDED', 'Resource limits for this query exceeded.');
      }
    };
    const ownerOf = (login: string, kind: string, fits: readonly string[]): Node => {
      heavy();
      const owner = context.state.owners.get(login.toLowerCase());
      if (owner === undefined || !fits.includes(owner.type)) {
        throw typed('NOT_FOUND', `Could not resolve to ${kind} with the login of '${login}'.`);
      }
      return nodes.owner(owner);
    };
    const byId = (id: string): Node | null => {
      for (const repo of context.state.byId.values()) {
        if (nodeId('R', repo.id) === id && !repo.private) return nodes.repository(repo);
      }
      return null;
    };
    return {
      repository: ({ owner, name, followRenames }: { owner: string; name: string; followRenames?: boolean | null }) => {
        heavy();
        const found = findRepo(context.state, owner, name, account);
        if (found !== null && 'repo' in found) return nodes.repository(found.repo);
        if (found !== null && followRenames !== false) return nodes.repository(found.moved);
        throw typed('NOT_FOUND', `Could not resolve to a Repository with the name '${owner}/${name}'.`);
      },
      organization: ({ login }: { login: string }) => ownerOf(login, 'an Organization', ['Organization']),
      user: ({ login }: { login: string }) => ownerOf(login, 'a User', ['User']),
      repositoryOwner: ({ login }: { login: string }) => {
        heavy();
        const owner = context.state.owners.get(login.toLowerCase());
        return owner === undefined ? null : nodes.owner(owner);
      },
      node: ({ id }: { id: string }) => {
        const found = byId(id);
        if (found === null) throw typed('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`);
        return found;
      },
      nodes: ({ ids }: { ids: readonly string[] }) => ids.map(byId),
      viewer: { login: 'landfall-test', id: nodeId('U', 1), databaseId: 583231 },
      rateLimit: {
        cost: cost.points,
        limit: window.limit,
        used: window.used,
        remaining: Math.max(0, window.limit - window.used),
        nodeCount: cost.nodes,
        resetAt: stamp(window.resetAt),
      },
    };
  };

  return { answer, control };
}

function typed(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

/** GitHub puts `type` beside the message, not under `extensions`. */
function publicError(error: GraphQLError): object {
  const { message, locations, path, extensions } = error.toJSON();
  const type = extensions?.type;
  return { ...(type === undefined ? {} : { type }), ...(path === undefined ? {} : { path }), locations, message };
}

function readQuery(body: Buffer): { query: string; variables: Record<string, unknown> } | null {
  try {
    const given = JSON.parse(body.toString('utf8')) as { query?: unknown; variables?: unknown };
    if (typeof given.query !== 'string') return null;
    return { query: given.query, variables: (given.variables ?? {}) as Record<string, unknown> };
  } catch {
    return null;
  }
}
