// The OpenAPI 3.1 description of the API, generated from the shapes of its answers.
import { OpenAPIHono, type z } from '@hono/zod-openapi';
import {
  modelShape,
  modelsQuery,
  modelsShape,
  noQuery,
  problemShape,
  promisesQuery,
  promisesShape,
  spreadShape,
  watchesQuery,
  watchesShape,
} from './shapes.ts';

export interface Endpoint<Query extends z.ZodObject = z.ZodObject, Answer extends z.ZodType = z.ZodType> {
  /** In OpenAPI's notation: `/api/v1/models/{key}`. */
  readonly path: string;
  readonly summary: string;
  readonly query: Query;
  readonly answer: Answer;
}

const endpoint = <Query extends z.ZodObject, Answer extends z.ZodType>(
  given: Endpoint<Query, Answer>,
): Endpoint<Query, Answer> => given;

export const endpoints = {
  models: endpoint({
    path: '/api/v1/models',
    summary: 'Models and releases, the newest first',
    query: modelsQuery,
    answer: modelsShape,
  }),
  model: endpoint({
    path: '/api/v1/models/{key}',
    summary: 'One model: its card with the evidence of every line, what happened, what it is known from',
    query: noQuery,
    answer: modelShape,
  }),
  promises: endpoint({
    path: '/api/v1/promises',
    summary: 'Promises, the one that falls due first comes first',
    query: promisesQuery,
    answer: promisesShape,
  }),
  watches: endpoint({
    path: '/api/v1/watches',
    summary: 'What the configuration watches, and how that stands; not there on a public board',
    query: watchesQuery,
    answer: watchesShape,
  }),
  spread: endpoint({
    path: '/api/v1/spread/{key}',
    summary: 'How a model spread, by days after its release',
    query: noQuery,
    answer: spreadShape,
  }),
} as const;

const problems: Readonly<Record<number, string>> = {
  400: 'The question is not understood',
  404: 'There is nothing of that key',
  429: 'Too many requests; `Retry-After` says when the next is welcome',
};

function problemOf(description: string) {
  return { description, content: { 'application/problem+json': { schema: problemShape } } };
}

/** `watches` is false for a public board, which does not serve them. */
export function describeApi(version: string, watches: boolean): string {
  const app = new OpenAPIHono();
  for (const [name, { path, summary, query, answer }] of Object.entries(endpoints)) {
    if (name === 'watches' && !watches) continue;
    const hasKey = path.includes('{key}');
    app.openAPIRegistry.registerPath({
      method: 'get',
      path,
      operationId: name,
      summary,
      request: {
        query,
        ...(hasKey ? { params: modelShape.pick({ key: true }) } : {}),
      },
      responses: {
        200: { description: summary, content: { 'application/json': { schema: answer } } },
        304: { description: 'As `If-None-Match` has it' },
        ...Object.fromEntries(
          Object.entries(problems)
            .filter(([code]) => code !== '404' || hasKey)
            .map(([code, description]) => [code, problemOf(description)]),
        ),
      },
    });
  }
  const description =
    'What a Landfall watches: which models landed, how open each is, which promises stand. Only reads; every list is paged by `cursor`; every answer has an ETag.';
  const document = app.getOpenAPI31Document({
    openapi: '3.1.0',
    info: { title: 'Landfall', version, description, license: { name: 'MIT' } },
    servers: [{ url: '/' }],
  });
  return `${JSON.stringify(document)}\n`;
}
