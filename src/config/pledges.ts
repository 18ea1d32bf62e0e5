// The `pledges` section: promises that Landfall is to track.
import type { z } from 'zod';
import type { LabAdditions } from '../types/labs.ts';
import { type Audience, unknownChannels } from './audience.ts';
import type { Path } from './document.ts';
import { pledgeSchema } from './grammar.ts';
import { type ConfigIssue, findings } from './issues.ts';
import { valueAt } from './keys.ts';
import type { LabWatches } from './labs.ts';
import { dueHint } from './scalars.ts';
import type { PledgeConfig } from './shape.ts';
import { spellingHint } from './spelling.ts';

export interface PledgesReading {
  readonly pledges: readonly PledgeConfig[];
  readonly findings: readonly ConfigIssue[];
}

/** What entries are checked against; a function left out = anything is accepted. */
export interface Knowledge {
  /** Ids of the known labs; called only when an entry names one. */
  readonly labs?: () => readonly string[];
  /** What `lab: ID` stands for, including what the file adds to the labs table. */
  readonly labWatches?: (added: LabAdditions) => LabWatches;
  /** Accounts of known labs at one kind of source, including what the file adds to the labs table. */
  readonly accounts?: (added: LabAdditions) => (kind: string) => readonly string[];
  /** The days that words name, seen from the day they were said; null = the words name none. */
  readonly windowOf?: (words: string, said: string) => { readonly from: string; readonly to: string } | null;
}

export function readPledges(
  entries: readonly unknown[],
  audience: Audience,
  knowledge: Knowledge,
  source: (path: Path) => string | null,
): PledgesReading {
  const read = entries.map((entry, index): PledgesReading => {
    const path: Path = ['pledges', index];
    const unknownTo = unknownChannels(valueAt(entry, ['to']), path, audience);
    const parsed = pledgeSchema.safeParse(entry);
    if (!parsed.success) {
      return {
        pledges: [],
        findings: [
          ...findings(parsed.error.issues, { schema: pledgeSchema, input: entry, base: path, source }),
          ...unknownTo,
        ],
      };
    }
    const pledge = pledgeOf(parsed.data, path, audience);
    return {
      pledges: [pledge],
      findings: [...dueFindings(pledge, path, knowledge), ...unknownLab(pledge.lab, path, knowledge), ...unknownTo],
    };
  });
  return { pledges: read.flatMap(({ pledges }) => pledges), findings: read.flatMap((one) => one.findings) };
}

function pledgeOf(written: z.infer<typeof pledgeSchema>, path: Path, audience: Audience): PledgeConfig {
  return {
    model: written.model,
    by: written.by,
    said: written.said,
    due: written.due ?? null,
    source: written.source ?? null,
    lab: written.lab ?? null,
    zone: written.zone ?? null,
    withdrawn: written.state === 'withdrawn',
    to: audience.told(written.to ?? null, path),
  };
}

function dueFindings({ due, said }: PledgeConfig, path: Path, { windowOf }: Knowledge): readonly ConfigIssue[] {
  if (due === null) return [];
  const wrong = (message: string, hint: string | null): readonly ConfigIssue[] => [
    { path: [...path, 'due'], at: 'value', message, hint },
  ];
  const written = due.match(/^(?:\d{4}-\d{2}-\d{2}\.\.)?(\d{4}-\d{2}-\d{2})$/)?.[1];
  if (written !== undefined) return written < said ? wrong(`due before the day it was said (${said})`, null) : [];
  if (windowOf === undefined || windowOf(due, said) !== null) return [];
  return wrong(`\`due\`: \`${due}\` names no time`, `${dueHint}; for "soon", leave \`due\` out`);
}

function unknownLab(lab: string | null, path: Path, knowledge: Knowledge): readonly ConfigIssue[] {
  if (lab === null || knowledge.labs === undefined) return [];
  const labs = knowledge.labs();
  if (labs.includes(lab)) return [];
  return [{ path: [...path, 'lab'], at: 'value', message: `unknown lab \`${lab}\``, hint: spellingHint(lab, labs) }];
}
