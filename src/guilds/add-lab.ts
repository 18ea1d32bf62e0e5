// Adds everything the labs table lists for a lab: each target is previewed and added like any other.

import { addWatch, type Preview, previewWatch, type WatchDraft, type Wish } from './add-watch.ts';
import type { GuildChannelIds, GuildContext } from './context.ts';

export interface LabDraft {
  readonly place: GuildChannelIds;
  /** The lab's id. */
  readonly lab: string;
  readonly drafts: readonly WatchDraft[];
}

export type LabPreview =
  | { readonly kind: 'no lab' }
  | {
      readonly kind: 'lab';
      readonly draft: LabDraft;
      readonly already: number;
      readonly previews: readonly Preview[];
    };

export interface LabAdded {
  readonly lab: string;
  readonly added: number;
  /** Why the first refused watch was refused; null = all were added. */
  readonly refused: Preview | null;
}

/** An entry of the labs table in the form of a request from Discord. */
function wishOf(context: GuildContext, entry: Readonly<Record<string, unknown>>): Wish | null {
  const kind = context.kinds.find((one) => Object.hasOwn(entry, one.kind))?.kind;
  if (kind === undefined) return null;
  const { [kind]: address, select, include, exclude, ...more } = entry;
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const target = [text(address) ?? '', text(select) ?? ''].join(' ').trim();
  return { kind, target, include: text(include), exclude: text(exclude), more };
}

export async function previewLab(
  context: GuildContext,
  place: GuildChannelIds,
  lab: string,
  signal: AbortSignal,
): Promise<LabPreview> {
  const entries = context.labWatches(lab);
  if (entries === null) return { kind: 'no lab' };
  const wishes = entries.flatMap((entry) => wishOf(context, entry) ?? []);
  const previews: Preview[] = [];
  for (const wish of wishes) previews.push(await previewWatch(context, place, wish, signal));
  const drafts = previews.flatMap((preview) => (preview.kind === 'ready' ? [preview.draft] : []));
  const already = previews.filter(({ kind }) => kind === 'already').length;
  return { kind: 'lab', draft: { place, lab, drafts }, already, previews };
}

export async function addLab(context: GuildContext, { lab, drafts }: LabDraft): Promise<LabAdded> {
  let added = 0;
  let refused: Preview | null = null;
  for (const draft of drafts) {
    const done = await addWatch(context, draft);
    if (done.kind === 'added') added += 1;
    else refused ??= done;
  }
  return { lab, added, refused };
}
