// A model's popularity: likes, downloads and derivatives, in one request for the fields that the server supports.
import { z } from 'zod';
import type { Target } from '../../types/core.ts';
import type { PollContext, SourceWorld, SpreadAnswer } from '../define.ts';
import { createClient } from './client.ts';

const count = z.int().nonnegative().optional().catch(undefined);
const relations = ['quantized', 'finetune', 'adapter', 'merge'] as const;

const document = z.object({
  private: z.boolean().optional().catch(undefined),
  likes: count,
  downloads: count,
  downloadsAllTime: count,
  childrenModelCount: z
    .union([z.int().nonnegative(), z.record(z.string(), z.int().nonnegative())])
    .optional()
    .catch(undefined),
});

/** From what every server supports to what only some do; the last ones are dropped first. */
const fields = ['likes', 'downloads', 'downloadsAllTime', 'childrenModelCount'] as const;

function measuresOf(read: z.infer<typeof document>): Readonly<Record<string, number>> | null {
  if (read.private === true) return null;
  const children = read.childrenModelCount;
  const byRelation =
    typeof children === 'object'
      ? relations.flatMap((relation) => {
          const made = children[relation];
          return made === undefined ? [] : [[`derivatives:${relation}`, made] as const];
        })
      : [];
  const all = typeof children === 'object' ? Object.values(children).reduce((sum, one) => sum + one, 0) : children;
  const known: readonly (readonly [string, number | undefined])[] = [
    ['likes', read.likes],
    ['downloads', read.downloads],
    ['downloadsAll', read.downloadsAllTime],
    ['derivatives', all],
    ...byRelation,
  ];
  return Object.fromEntries(known.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}

/** A field that the server has rejected is not asked for again until the program restarts. */
export function countSpread(world: SourceWorld): (target: Target, context: PollContext) => Promise<SpreadAnswer> {
  let known = fields.length;
  return async (target, context) => {
    const client = createClient(world, context);
    for (; known > 0; known -= 1) {
      const query = fields.slice(0, known).map((field) => `expand[]=${field}`);
      const answer = await client.json(`/api/models/${target.address}?${query.join('&')}`, null);
      if (answer.kind === 'too much') continue;
      const read = answer.kind === 'json' ? document.safeParse(answer.body) : null;
      return { measures: read?.success === true ? measuresOf(read.data) : null, spent: client.spent };
    }
    return { measures: null, spent: client.spent };
  };
}
