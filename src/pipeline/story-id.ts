// The id of a story in the database and in what is sent.
import { createHash } from 'node:crypto';
import { scopeName } from '../store/stories.ts';
import type { Story } from '../types/story.ts';

/** Same key, same id: it does not depend on when the story was opened. */
export function storyId(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 16);
}

/** The input for `storyId`: a guild's story of a key is another one than the file's. */
export function scopedKey(scope: Story['scope'], key: string): string {
  return scope === 'file' ? key : `${scopeName(scope)} ${key}`;
}
