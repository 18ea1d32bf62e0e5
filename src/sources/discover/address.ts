// A discovery watch: which list to read, and what to take from it. All its options are stored in the target's shape.
import { z } from 'zod';
import type { Target } from '../../types/core.ts';
import type { AddressReading } from '../define.ts';

const count = (description: string) => z.int().positive().max(1_000_000).optional().meta({ description });

export const options = {
  top: z
    .int()
    .positive()
    .max(500)
    .optional()
    .meta({ description: 'Told when it enters the first so many by trending.' }),
  likes: count('Told when it has so many likes; with `families` default 20.'),
  within: z
    .string()
    .regex(/^[1-9]\d{0,3}d$/, 'days, such as 30d')
    .optional()
    .meta({ description: 'Made at most so long ago, plus 60 days for what is prepared in private; default 30d.' }),
  tasks: z
    .array(z.string().trim().min(1))
    .min(1)
    .optional()
    .meta({ description: 'Only these tasks, such as text-generation.' }),
  derivatives: z
    .boolean()
    .optional()
    .meta({ description: 'true: quantisations, fine-tunes, merges and adapters too; default false.' }),
  families: z
    .boolean()
    .optional()
    .meta({ description: "true: a known family's or lab's name in an account that no lab is known to own." }),
  query: z.string().trim().min(1).max(256).optional().meta({ description: "github: words of GitHub's own search." }),
};

const wish = z.object(options);

export interface Discovery {
  readonly top: number | null;
  readonly likes: number | null;
  readonly days: number;
  readonly tasks: readonly string[];
  readonly derivatives: boolean;
  readonly families: boolean;
  readonly query: string;
}

const defaultDays = 30;

export function readAddress(written: string, entry: Readonly<Record<string, unknown>>): AddressReading {
  const [, place = '', words = ''] = /^(\S+)\s*(.*)$/.exec(written.trim()) ?? [];
  const wanted = wish.safeParse(entry).data ?? {};
  const where = place.toLowerCase();
  if (where !== 'huggingface' && where !== 'github')
    return {
      problem: { code: 'address.discover', params: { written } },
      help: { code: 'help.did-you-mean', params: { word: 'huggingface' } },
    };
  const query = wanted.query ?? words;
  if (where === 'github' && query === '')
    return {
      problem: { code: 'address.discover-query', params: {} },
      help: { code: 'help.discover-query', params: {} },
    };
  const odd =
    where === 'github'
      ? (['top', 'likes', 'tasks', 'derivatives', 'families'] as const).find((name) => wanted[name] !== undefined)
      : (['query'] as const).find((name) => wanted[name] !== undefined || (name === 'query' && words !== ''));
  if (odd !== undefined)
    return {
      problem: { code: 'address.discover-option', params: { option: odd, place: where } },
      help: null,
      about: odd,
    };
  const shape = new URLSearchParams();
  if (where === 'github') shape.set('query', query);
  if (wanted.families === true) shape.set('families', 'true');
  if (wanted.top !== undefined) shape.set('top', String(wanted.top));
  if (wanted.likes !== undefined) shape.set('likes', String(wanted.likes));
  if (wanted.within !== undefined && wanted.within !== `${defaultDays}d`) shape.set('within', wanted.within);
  if (wanted.tasks !== undefined) shape.set('tasks', [...new Set(wanted.tasks)].toSorted().join(','));
  if (wanted.derivatives === true) shape.set('derivatives', 'true');
  const text = shape.toString();
  const id = text === '' ? `discover:${where}` : `discover:${where}#${text}`;
  return { target: { id, source: 'discover', address: where, shape: text === '' ? null : text } };
}

/** The inverse of `readAddress`. */
export function discoveryOf(shape: string | null): Discovery {
  const said = new URLSearchParams(shape ?? '');
  const number = (name: string): number | null => (said.has(name) ? Number(said.get(name)) : null);
  const families = said.get('families') === 'true';
  const none = !families && !said.has('top') && !said.has('likes');
  return {
    top: number('top') ?? (none ? 50 : null),
    likes: number('likes') ?? (families ? 20 : none ? 100 : null),
    days: Number.parseInt(said.get('within') ?? '', 10) || defaultDays,
    tasks: (said.get('tasks') ?? '').split(',').filter((task) => task !== ''),
    derivatives: said.get('derivatives') === 'true',
    families,
    query: said.get('query') ?? '',
  };
}

/** The same entry of the watch list with other options: another place, or another search, is another discovery. */
export function continues(before: Target, after: Target): boolean {
  const [one, other] = [discoveryOf(before.shape), discoveryOf(after.shape)];
  return before.address === after.address && one.query === other.query && one.families === other.families;
}
