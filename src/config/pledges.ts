// The `pledges` section: promises to hold somebody to.
import type { z } from 'zod';
import type { Path } from './document.ts';
import { pledgeSchema } from './grammar.ts';
import { type Finding, findings } from './issues.ts';
import { valueAt } from './keys.ts';
import type { PledgeConfig } from './shape.ts';
import { spellingHint } from './spelling.ts';
import { type Audience, unknownChannels } from './watches.ts';

export interface PledgesReading {
  readonly pledges: readonly PledgeConfig[];
  readonly findings: readonly Finding[];
}

/** `labs`: the ids that are known; null = any is accepted. */
export function readPledges(
  entries: readonly unknown[],
  audience: Audience,
  labs: readonly string[] | null,
  source: (path: Path) => string | null,
): PledgesReading {
  const read = entries.map((entry, index): PledgesReading => {
    const path: Path = ['pledges', index];
    const strangers = unknownChannels(valueAt(entry, ['to']), path, audience);
    const parsed = pledgeSchema.safeParse(entry);
    if (!parsed.success) {
      return {
        pledges: [],
        findings: [...findings(parsed.error.issues, pledgeSchema, entry, path, source), ...strangers],
      };
    }
    const pledge = pledgeOf(parsed.data, audience);
    return {
      pledges: [pledge],
      findings: [...tooEarly(pledge, path), ...unknownLab(pledge.lab, path, labs), ...strangers],
    };
  });
  return { pledges: read.flatMap(({ pledges }) => pledges), findings: read.flatMap((one) => one.findings) };
}

function pledgeOf(written: z.infer<typeof pledgeSchema>, audience: Audience): PledgeConfig {
  return {
    model: written.model,
    by: written.by,
    said: written.said,
    due: written.due ?? null,
    source: written.source ?? null,
    lab: written.lab ?? null,
    zone: written.zone ?? null,
    withdrawn: written.state === 'withdrawn',
    to: audience.told(written.to ?? null),
  };
}

function tooEarly({ due, said }: PledgeConfig, path: Path): readonly Finding[] {
  const last = due?.match(/^(?:\d{4}-\d{2}-\d{2}\.\.)?(\d{4}-\d{2}-\d{2})$/)?.[1];
  if (last === undefined || last >= said) return [];
  return [{ path: [...path, 'due'], at: 'value', message: `due before the day it was said (${said})`, hint: null }];
}

function unknownLab(lab: string | null, path: Path, labs: readonly string[] | null): readonly Finding[] {
  if (lab === null || labs === null || labs.includes(lab)) return [];
  return [{ path: [...path, 'lab'], at: 'value', message: `unknown lab \`${lab}\``, hint: spellingHint(lab, labs) }];
}
