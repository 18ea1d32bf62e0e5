// Model repositories whose openness card is known beforehand: one JSON file each, in the shape of the Hub's answers.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ownSpdxTexts } from '../../src/app/files.ts';

const fields = z.record(z.string(), z.unknown());
const lfs = z.union([z.boolean(), z.object({ size: z.number() })]);

const knownCard = z.strictObject({
  id: z.string().regex(/^[^/]+\/[^/]+$/),
  gated: z.union([z.literal(false), z.enum(['auto', 'manual'])]),
  library_name: z.string().optional(),
  pipeline_tag: z.string().optional(),
  cardData: fields,
  /** As the API shows them; those that the Hub makes from the card may be among them. */
  tags: z.array(z.string()),
  safetensors: z.object({ parameters: z.record(z.string(), z.number()), total: z.number() }).optional(),
  gguf: fields.optional(),
  config: fields.optional(),
  siblings: z.array(z.object({ rfilename: z.string(), size: z.number(), lfs: lfs.optional() })),
  /** Texts of files of the repository. */
  files: z.record(z.string(), z.string()),
  /** What the API says of data sets: `gated`, and the card or tags that name their licence. */
  datasets: z.record(z.string(), fields),
  /** Texts by address; what is not here cannot be read. */
  links: z.record(z.string(), z.string()).default({}),
  /** What the card must say; `re:` begins a regular expression. */
  right: fields,
  evidence: z.string().optional(),
  note: z.string().optional(),
});

export type KnownCard = z.infer<typeof knownCard>;

/** `{{MIT}}` stands for the text of that identifier on the SPDX list. */
function withStandardTexts(json: string, texts: Readonly<Record<string, string>>): string {
  return json.replace(/\{\{([\w.-]+)\}\}/g, (_all, id: string) => {
    const text = texts[id];
    if (text === undefined) throw new Error(`no standard text is called ${id}`);
    return JSON.stringify(text).slice(1, -1);
  });
}

/** Every `*.json` of a folder, by name; throws with the name of the file that is not of this shape. */
export function readKnownCards(folder: string): readonly KnownCard[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const texts = ownSpdxTexts();
  return names.toSorted().map((name) => {
    const json = withStandardTexts(readFileSync(join(folder, name), 'utf8'), texts);
    const read = knownCard.safeParse(JSON.parse(json));
    if (!read.success) throw new Error(`${join(folder, name)} is no known card: ${z.prettifyError(read.error)}`);
    return read.data;
  });
}
