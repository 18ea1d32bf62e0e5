// How a problem of the configuration is shown: as text with a hint below, and as JSON.
import type { Problem } from '../types/core.ts';

/** `FILE:LINE:COL: message`, with the hint on an indented line of its own. */
export function formatProblem(problem: Problem): string {
  const head = `${problem.file}:${problem.line}:${problem.column}: ${labelled(problem)}`;
  return problem.hint === null ? head : `${head}\n    hint: ${problem.hint}`;
}

/** What `--json` prints for one problem; a warning is marked as one in its message. */
export function problemJson(problem: Problem): {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly hint: string | null;
} {
  const { file, line, column, hint } = problem;
  return { file, line, column, message: labelled(problem), hint };
}

function labelled(problem: Problem): string {
  switch (problem.severity) {
    case 'error':
      return problem.message;
    case 'warning':
      return `warning: ${problem.message}`;
  }
}
