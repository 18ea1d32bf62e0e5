// What a watch has to say on a change: it is told, or why it is not. Stored as the code alone: no verdict has parameters.

export type VerdictCode =
  | 'told'
  | 'baseline'
  | 'first look of this watch'
  | 'before the window'
  | 'moved'
  | 'no news in itself'
  | 'not in on'
  | 'prerelease'
  | 'not included'
  | 'excluded'
  | 'no match'
  | 'matches none'
  | 'no model'
  | 'too old'
  | 'paused'
  | 'private';
