// The labs that a configuration adds, with the accounts that somebody vouched for beside it.
import type { LabAddition, LabAdditions, Vouch } from '../types/labs.ts';

export interface Vouched {
  /** The same object for as long as nothing changes. */
  readonly labs: LabAdditions;
  /** Those that count for all. */
  readonly vouch: (vouches: readonly Vouch[]) => void;
}

type Accounts = 'huggingface' | 'github' | 'modelscope';

const isAccounts = (source: string): source is Accounts =>
  source === 'huggingface' || source === 'github' || source === 'modelscope';

function added(labs: LabAdditions, { source, account, lab }: Vouch): LabAdditions {
  if (!isAccounts(source)) return labs;
  // The file's own word goes before.
  const named = Object.values(labs).some((one) =>
    (one[source] ?? []).some((known) => known.toLowerCase() === account.toLowerCase()),
  );
  const known: LabAddition = labs[lab] ?? {};
  return named ? labs : { ...labs, [lab]: { ...known, [source]: [...(known[source] ?? []), account] } };
}

/** `config.labs` may be another object later. */
export function withVouches(config: { readonly labs: LabAdditions }): Vouched {
  let vouches: readonly Vouch[] = [];
  let last: { readonly from: LabAdditions; readonly labs: LabAdditions } | null = null;
  return {
    get labs() {
      if (last?.from !== config.labs) last = { from: config.labs, labs: vouches.reduce(added, config.labs) };
      return last.labs;
    },
    vouch: (list) => {
      if (JSON.stringify(list) === JSON.stringify(vouches)) return;
      vouches = list;
      last = null;
    },
  };
}
