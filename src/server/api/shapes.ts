// The schemas of the API's queries and answers: OpenAPI is generated from them, and tests check every answer against them.
import { z } from '@hono/zod-openapi';

const iso = z.iso.datetime().meta({ description: 'UTC.' });
const day = z.iso.date();
const stage = z.enum(['reported', 'pledged', 'seen', 'released']);
const kind = z.enum(['model', 'software', 'repository', 'news']);

export const factShape = z
  .object({
    value: z.unknown().meta({ description: '"unknown" = not known; null = known to be absent.' }),
    how: z.enum(['observed', 'declared', 'derived', 'unknown']),
    evidence: z.object({
      url: z.string(),
      field: z.string().optional(),
      revision: z.string().optional(),
      at: iso,
    }),
  })
  .openapi('Fact');

export const promiseShape = z
  .object({
    key: z.string(),
    name: z.string(),
    lab: z.string().nullable(),
    by: z.string(),
    source: z.string().nullable().meta({ description: 'Where it was said.' }),
    said: iso,
    dueFrom: day.nullable(),
    dueTo: day.nullable(),
    confirmed: z.boolean(),
    state: z.enum(['open', 'moved', 'overdue', 'kept', 'kept late', 'withdrawn']),
    keptAt: iso.nullable(),
  })
  .openapi('Promise');

const modelParts = {
  key: z.string().meta({ description: 'Names it in addresses; stable but for a version that turns up later.' }),
  id: z.string().meta({ description: 'Never changes.' }),
  name: z.string(),
  lab: z.string().nullable(),
  kind,
  stage,
  landedAt: iso.nullable(),
  publishedAt: iso.nullable(),
  openedAt: iso,
  updatedAt: iso,
  url: z.string().meta({ description: 'The artefact, or the news while there is only news.' }),
  page: z.string().meta({ description: 'Its page on this board.' }),
  verdict: z.string().nullable(),
};

export const modelBriefShape = z
  .object({
    ...modelParts,
    answers: z
      .record(z.string(), z.unknown())
      .nullable()
      .meta({ description: 'The openness card without its evidence; null = there is none.' }),
  })
  .openapi('ModelBrief');

const item = z.object({ title: z.string(), url: z.string(), at: iso.nullable() });

export const modelShape = z
  .object({
    ...modelParts,
    openness: z.record(z.string(), factShape).nullable(),
    promise: promiseShape.nullable(),
    timeline: z.array(z.object({ at: iso, turn: z.string(), detail: z.unknown(), url: z.string().nullable() })),
    evidence: z.array(z.object({ url: z.string(), title: z.string(), kind: z.string(), at: iso })),
    parts: z.array(item),
    derivatives: z.object({ count: z.int(), latest: z.array(item) }),
    text: z.string().nullable(),
  })
  .openapi('Model');

export const watchShape = z
  .object({
    target: z.string(),
    select: z.string().nullable(),
    state: z.enum(['broken', 'failing', 'absent', 'quiet', 'new', 'paused', 'well']),
    lastLook: iso.nullable(),
    nextLook: iso.nullable(),
    lastChange: iso.nullable(),
    failingSince: iso.nullable(),
    reason: z.string().nullable(),
    code: z.string().nullable().meta({ description: 'Of `reason`: the same in every language.' }),
    pace: z.string().nullable(),
  })
  .openapi('Watch');

export const spreadShape = z
  .object({
    key: z.string(),
    name: z.string(),
    released: day.nullable(),
    measures: z
      .record(z.string(), z.array(z.object({ day, after: z.int(), value: z.int() })))
      .meta({ description: 'By measure; `after` counts days since the release.' }),
  })
  .openapi('Spread');

const next = z.string().nullable().meta({ description: '`cursor` of the next page; null = this is the last.' });
export const modelsShape = z.object({ items: z.array(modelBriefShape), next }).openapi('Models');
export const promisesShape = z.object({ items: z.array(promiseShape), next }).openapi('Promises');
export const watchesShape = z.object({ items: z.array(watchShape), next }).openapi('Watches');

export const problemShape = z
  .object({ type: z.string(), title: z.string(), status: z.int(), detail: z.string() })
  .openapi('Problem');

const limit = z.coerce.number().int().min(1).max(100).default(25);
const cursor = z.string().max(200).optional().meta({ description: 'The `next` of the page before.' });
const word = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .regex(/^\P{Cc}*$/u, 'holds a control character')
  .optional();

export const modelsQuery = z.strictObject({
  lab: word,
  verdict: word.meta({ description: '"unknown" = without one.' }),
  kind: kind.optional(),
  stage: stage.optional(),
  q: word.meta({ description: 'HtmlPart of a name or link.' }),
  since: z
    .union([z.iso.date(), z.iso.datetime()])
    .optional()
    .meta({ description: 'Landed (or first told of) not before.' }),
  limit,
  cursor,
});
export const promisesQuery = z.strictObject({
  lab: word,
  state: promiseShape.shape.state.optional(),
  limit,
  cursor,
});
export const watchesQuery = z.strictObject({ q: word, state: watchShape.shape.state.optional(), limit, cursor });
export const noQuery = z.strictObject({});
