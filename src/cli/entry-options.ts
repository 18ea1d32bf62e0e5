// The options of a `watch` entry that `landfall try` takes. The help loads this file, so it imports nothing else.
import type { OptionSpec } from './commands.ts';

export type Sort = 'text' | 'number' | 'list' | 'yes' | 'yaml';

interface EntryOption extends OptionSpec {
  /** The key in the YAML. */
  readonly key: string;
  readonly sort: Sort;
}

const option = (key: string, sort: Sort, says: string): EntryOption => {
  const long = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  const value = { text: ' <TEXT>', number: ' <N>', list: ' <LIST>', yaml: ' <YAML>', yes: '' }[sort];
  return { key, sort, flags: `--${long}${value}`, says };
};

/** The options of an entry that affect what is told. */
export const entryOptions: readonly EntryOption[] = [
  option('on', 'list', 'what is told, such as release,licence'),
  option('include', 'text', 'RE2 expression: only what it finds'),
  option('exclude', 'text', 'RE2 expression: not what it finds'),
  option('prereleases', 'yes', 'prereleases too'),
  option('where', 'yaml', 'releases by their card: "{ commercial: yes, maxSize: 40 GB }"'),
  option('match', 'yaml', 'text in title or summary: "{ any: [open source], none: [careers] }"'),
  option('only', 'text', 'models: only what is about a model'),
  option('maxAge', 'text', 'how old an entry of a feed may be: 12h, 30d, off'),
  option('select', 'text', 'the links of a page, as a CSS selector'),
  option('every', 'text', 'shortest time between two looks: 15m, 2h'),
  option('top', 'number', 'discover: among the first so many by trending'),
  option('likes', 'number', 'discover: with so many likes'),
  option('within', 'text', 'discover: made at most so long ago, such as 30d'),
  option('tasks', 'list', 'discover: only these tasks'),
  option('derivatives', 'yes', 'discover: quantisations, fine-tunes, merges and adapters too'),
  option('families', 'yes', 'discover: a known name in an unknown account'),
  option('query', 'text', "discover: words of GitHub's search"),
];
