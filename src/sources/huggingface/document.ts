// A model as the Hugging Face API returns it, reduced to the fields that are used.
import { z } from 'zod';
import { isUsedFile } from './files.ts';

const text = z.string().optional().catch(undefined);
const flag = z.boolean().optional().catch(undefined);
const texts = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .nullish()
  .catch(undefined);

const sibling = z.object({
  rfilename: z.string(),
  size: z.number().optional().catch(undefined),
  blobId: text,
  lfs: z.object({ size: z.number() }).nullish().catch(undefined),
});

const usedTag =
  /^(?:license:|arxiv:|dataset:|base_model:|custom_code$|lora$|merge$|mergekit$|conversational$|base_model$)/;

const card = z.object({
  license: texts,
  license_name: text,
  license_link: text,
  datasets: texts,
  base_model: texts,
  base_model_relation: text,
  language: texts,
  pipeline_tag: text,
  extra_gated_eu_disallowed: flag,
});

const count = z.number().positive().optional().catch(undefined);

/** The settings of config.json that are used; the API returns some of them itself. */
const modelConfig = z.object({
  context: count,
  experts: count,
  chosen: count,
  hidden: count,
  expertWidth: count,
  layers: count,
  /** `dense`: layers without experts; `further`: layers with experts beyond those that `layers` counts. */
  dense: count,
  further: count,
});

/** Only a model without a readable id is rejected; any other invalid field counts as absent. */
export const modelDocument = z.object({
  /** Stays through renames. */
  _id: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .optional()
    .catch(undefined),
  id: z.string().regex(/^[\w.-]+(?:\/[\w.-]+)?$/),
  sha: text,
  createdAt: text,
  lastModified: text,
  private: flag,
  disabled: flag,
  gated: z
    .union([z.boolean(), z.enum(['auto', 'manual'])])
    .optional()
    .catch(undefined),
  library_name: text,
  pipeline_tag: text,
  tags: z
    .array(z.string())
    .transform((all) => all.filter((tag) => usedTag.test(tag)))
    .optional()
    .catch(undefined),
  cardData: card.nullish().catch(undefined),
  siblings: z
    .array(sibling.catch({ rfilename: '' }))
    .transform((all) => all.filter(isUsedFile))
    .optional()
    .catch(undefined),
  safetensors: z
    .object({ parameters: z.record(z.string(), z.number()).optional(), total: z.number() })
    .nullish()
    .catch(undefined),
  gguf: z.object({ total: count, context_length: count }).nullish().catch(undefined),
  config: z
    .object({
      quantization_config: z.object({ quant_method: text }).nullish().catch(undefined),
      tokenizer_config: z
        .object({ chat_template: z.unknown().transform((template) => template != null) })
        .nullish()
        .catch(undefined),
    })
    .nullish()
    .catch(undefined),
  /** Read by further requests of the same look, not part of the API's answer; kept here so that a recording is one document. */
  further: z
    .object({
      licence: z.object({ path: z.string(), text: z.string() }).optional(),
      licences: z
        .array(z.object({ from: z.enum(['file', 'link', 'page', 'code']), url: z.string(), text: z.string() }))
        .optional(),
      readme: z
        .union([
          z.literal('unreadable'),
          z.object({
            pretraining: z.boolean(),
            corpora: z.array(z.string()),
            datasets: z.array(z.string()),
            trainingCode: z.string().nullable(),
            report: z.string().nullable(),
          }),
        ])
        .optional(),
      config: modelConfig.optional(),
      datasets: z
        .array(z.object({ id: z.string(), readable: z.boolean(), licences: z.array(z.string()), extract: z.boolean() }))
        .optional(),
    })
    .optional()
    .catch(undefined),
});

export type ModelDocument = z.infer<typeof modelDocument>;

/** The models of a listing; items that cannot be read are dropped and counted. Null when the body is not a list. */
export function readListing(
  body: unknown,
): { readonly models: readonly ModelDocument[]; readonly dropped: number } | null {
  if (!Array.isArray(body)) return null;
  const models = new Map<string, ModelDocument>();
  let dropped = 0;
  for (const item of body) {
    const read = modelDocument.safeParse(item);
    if (read.success) models.set(read.data.id, read.data);
    else dropped += 1;
  }
  return { models: [...models.values()], dropped };
}

const refusal = z.object({ error: z.string() });

/** The `error` field of a refusal; null when there is none. */
export function readRefusal(body: unknown): string | null {
  const read = refusal.safeParse(body);
  return read.success ? read.data.error : null;
}

/** The documents that stand for an absent or disabled model, in the API's own words. */
export const notFound = { error: 'Repository not found' } as const;
export const disabledWords = 'Access to this resource is disabled.';
