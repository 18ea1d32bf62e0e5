// The `labs` section, which adds to the labs table, and the type of `lab: ID` among the watches.
import { z } from 'zod';
import { readTimeZone, text } from './scalars.ts';

const line = z.string().trim().min(1);
const words = (description: string) => z.array(line).optional().meta({ description });
const id = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'an id is lower case: letters, digits, `.` and `-`');
const account = z
  .string()
  .regex(/^[A-Za-z0-9][\w.-]{0,95}$/, 'an account is written without a host, such as meta-llama');
const accounts = (description: string) => z.array(account).optional().meta({ description });

const family = z.strictObject({
  id,
  names: words('Spellings, without the version; default: the id.'),
  called: line.optional().meta({ description: 'How it is shown.' }),
  unversioned: z.boolean().optional().meta({ description: 'Its bare name says which model is meant.' }),
  weights: z.enum(['open', 'mixed', 'closed']).optional(),
  closed: words('Words of hosted-only models.'),
  tools: words('Words of programs rather than models.'),
  words: words('Further words of names of this family.'),
  sizes: words('Words that only say how large it is.'),
  lines: words('Product lines that count their versions for themselves.'),
  letters: words('Letters before a version that are a part of it.'),
  suffixes: words('Letters behind a version that are a part of it.'),
  needs: z.enum(['nothing', 'any', 'version', 'lab']).optional(),
  not: words('What begins like this family and is something else.'),
  aliases: z.record(z.string(), z.string()).optional(),
});

const lab = z.strictObject({
  names: words('How people write it; default: the id.'),
  people: words('Who speaks for it.'),
  zone: text(readTimeZone, { description: 'IANA time zone; default that of the table, else UTC.' }).optional(),
  sites: words('Hosts it speaks on itself.'),
  huggingface: accounts('Its own accounts on Hugging Face.'),
  github: accounts('Its own accounts on GitHub.'),
  modelscope: accounts('Its own accounts on ModelScope.'),
  formerly: accounts('Older accounts, still its own.'),
  families: z
    .array(family)
    .optional()
    .meta({ description: 'Families of models; one of a known id replaces its fields.' }),
});

export const labsSchema = z
  .record(id, lab)
  .optional()
  .meta({ description: 'Adds to the table of laboratories: accounts that are their own, names, families.' });

/** The watches that `lab: ID` stands for, as entries of the file; null = no such lab. */
export type LabWatches = (id: string) => readonly Readonly<Record<string, unknown>>[] | null;
