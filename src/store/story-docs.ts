// Documents of stories. Content that is the same in several servers' stories is stored once; a row keeps only its own fields.
import { hash } from 'node:crypto';
import type { Iso } from '../types/core.ts';
import type { Story } from '../types/story.ts';
import type { Row, Statement } from './define.ts';
import { doc, textOrNull } from './rows.ts';

/** The columns a query for stories selects; `storiesOf` and `storyOf` read them. */
export const storyDoc = 'stories.doc AS doc, (SELECT c.doc FROM story_docs c WHERE c.hash = stories.common) AS common';

function merged(row: Row, common: Omit<Story, 'id'> | null): Story {
  const own = doc<Story>(row, 'doc');
  const story = common === null ? own : { ...common, ...own };
  if (story.key === undefined) throw new Error(`story ${story.id}: what it shares with others is not there`);
  return story;
}

export function storyOf(row: Row): Story {
  const common = textOrNull(row, 'common');
  return merged(row, common === null ? null : (JSON.parse(common) as Story));
}

/** A document shared by several rows is parsed once. */
export function storiesOf(rows: readonly Row[]): readonly Story[] {
  const read = new Map<string, Story>();
  return rows.map((row) => {
    const common = textOrNull(row, 'common');
    if (common === null) return merged(row, null);
    const known = read.get(common) ?? (JSON.parse(common) as Story);
    read.set(common, known);
    return merged(row, known);
  });
}

export interface KeptDoc {
  readonly doc: string;
  /** The hash of the shared document; null = the story shares none. */
  readonly common: string | null;
}

export function wholeDoc(story: Story): KeptDoc {
  return { doc: JSON.stringify(story), common: null };
}

/** How each story is stored, and the statements to run first: they write each document that two or more servers share. */
export function sharedDocs(
  stories: readonly Story[],
  now: Iso,
): { readonly kept: (story: Story) => KeptDoc; readonly statements: readonly Statement[] } {
  const texts = new Map<Story, string>();
  const counts = new Map<string, number>();
  for (const story of stories) {
    if (story.scope === 'file') continue;
    const { id: _, scope: _scope, audience: _audience, revision: _revision, held: _held, ...common } = story;
    const text = JSON.stringify(common);
    texts.set(story, text);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const names = new Map(
    [...counts].filter(([, count]) => count > 1).map(([text]) => [text, hash('sha256', text, 'base64url')]),
  );
  return {
    statements: [...names].map(([text, name]) => ({
      // `used_at` is refreshed on conflict: a clean-up by age must not drop a document that a story is about to refer to.
      sql: `INSERT INTO story_docs (hash, doc, used_at) VALUES ($1, $2, $3)
        ON CONFLICT (hash) DO UPDATE SET used_at = excluded.used_at`,
      params: [name, text, now],
    })),
    kept: (story) => {
      const name = names.get(texts.get(story) ?? '');
      if (name === undefined) return wholeDoc(story);
      const { id, scope, audience, revision, held } = story;
      return { doc: JSON.stringify({ id, scope, audience, revision, held }), common: name };
    },
  };
}
