// The schema of an entry in config/licences.yaml.
import { z } from 'zod';

const words = z.array(z.string().min(1)).default([]);
const limits = [
  'mau',
  'revenue',
  'territory',
  'use-policy',
  'naming',
  'display',
  'no-train-others',
  'hosting',
  'register',
  'notify',
  'share-alike',
  'revocable',
  'no-derivatives',
  'no-sale',
] as const;

const classes = z.enum(['osi', 'open-data', 'permissive-with-limits', 'non-commercial', 'research-only', 'none']);
const condition = z
  .string()
  .refine((text) => text.split(/\s+/).length <= 5, 'at most five words')
  .nullable()
  .default(null);

const entrySchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.+-]*$/),
  name: z.string().min(1),
  spdx: z.string().nullable().default(null),
  base: z.string().nullable().default(null),
  hf: words,
  repos: words,
  names: words,
  links: words,
  titles: words,
  needs: words,
  covers: words,
  vague: z.boolean().default(false),
  class: classes,
  commercial: z.enum(['yes', 'conditional', 'no', 'unknown']),
  condition,
  territory: z.string().nullable().default(null),
  multimodal: z.boolean().default(false),
  limits: z.array(z.enum(limits)).default([]),
  source: z.url().nullable().default(null),
  read: z.iso.date().nullable().default(null),
  scancode: words,
});

const cueSchema = z.strictObject({
  class: classes,
  commercial: z.enum(['conditional', 'no', 'unknown']),
  condition,
  says: z.array(z.string().min(1)).min(1),
});

export const tableSchema = z.strictObject({
  lacked: words,
  added: words,
  tails: words,
  terms: words,
  cues: z.array(cueSchema).default([]),
  faces: z.array(cueSchema).default([]),
  licences: z.array(entrySchema).min(1),
});

export type LicenceEntry = Readonly<z.infer<typeof entrySchema>>;
export type LicenceCue = Readonly<z.infer<typeof cueSchema>>;
