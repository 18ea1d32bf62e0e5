// The labs that a configuration adds, together with the accounts that people have vouched for.
import type { LabAddition, LabAdditions, Vouch } from '../types/labs.ts';

export interface Vouched {
  /** The same object as long as nothing has changed. */
  readonly labs: LabAdditions;
  /** Sets the vouches that apply to everybody. */
  readonly vouch: (vouches: readonly Vouch[]) => void;
}

type Accounts = 'huggingface' | 'github' | 'modelscope';

const isAccounts = (source: string): source is Accounts =>
  source === 'huggingface' || source === 'github' || source === 'modelscope';

function added(labs: LabAdditions, { source, account, lab }: Vouch): LabAdditions {
  if (!isAccounts(source)) return labs;
  // What the file says takes precedence.
  const named = Object.values(labs).some((one) =>
    (one[source] ?? []).some((known) => known.toLowerCase() === account.toLowerCase()),
  );
  const known: LabAddition = labs[lab] ?? {};
  return named ? labs : { ...labs, [lab]: { ...known, [source]: [...(known[source] ?? []), account] } };
}

/** `config.labs` is read again each time, as the object may be replaced. */
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
