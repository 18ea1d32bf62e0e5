// Pull requests that add support for a model, as observations: one per model. Pure.
import type { Observation, Target } from '../../types/core.ts';
import type { RepositoryCursor } from './cursor.ts';
import type { Pull, RepositoryDocument } from './document.ts';

type Known = NonNullable<RepositoryCursor['support']>;

/** How many models' pull requests are remembered; the oldest are dropped first. */
const mostRemembered = 200;

/** The known pull request, else a merged one before an open one, and the lowest number first. Closed ones are ignored. */
function chosen(pulls: readonly Pull[], known: Known[string] | undefined): Pull | null {
  const alive = pulls.filter(({ state }) => state !== 'closed').toSorted((one, other) => one.number - other.number);
  const same = alive.find(({ number }) => number === known?.number);
  return same ?? alive.find(({ state }) => state === 'merged') ?? alive[0] ?? null;
}

interface SupportLook {
  readonly document: RepositoryDocument;
  readonly pulls: readonly Pull[];
  readonly before: Known | null;
}

/** `before` null = pull requests are asked for the first time, so existing ones are the baseline. */
export function readSupport(
  target: Target,
  { document, pulls, before }: SupportLook,
  supportedIn: ((title: string) => string | null) | undefined,
): { readonly moved: readonly Observation[]; readonly next: Known } {
  const named = pulls.flatMap((pull) => {
    const model = supportedIn?.(pull.title) ?? null;
    return model === null ? [] : [{ model, pull }];
  });
  const next = new Map(Object.entries(before ?? {}));
  const moved: Observation[] = [];
  for (const [model, list] of Map.groupBy(named, (one) => one.model)) {
    const known = next.get(model);
    const pull = chosen(
      list.map((one) => one.pull),
      known,
    );
    if (pull === null) continue;
    const merged = pull.state === 'merged';
    const quiet = known?.quiet ?? before === null;
    if (known !== undefined && (known.merged || !merged)) continue;
    next.set(model, { number: pull.number, merged, quiet });
    moved.push(observed(target, document, { model, quiet }, pull));
  }
  return { moved, next: Object.fromEntries([...next].slice(-mostRemembered)) };
}

interface SupportSeen {
  readonly model: string;
  readonly quiet: boolean;
}

function observed(
  target: Target,
  { name }: RepositoryDocument,
  { model, quiet }: SupportSeen,
  { number, title, url, state, createdAt }: Pull,
): Observation {
  return {
    targetId: target.id,
    key: `support:${model}`,
    // Constant: a merge edits the message already sent, and is not news of its own.
    fingerprint: 'there',
    kind: 'support',
    sort: quiet ? 'trait' : 'thing',
    about: `${target.id}#${number}`,
    subject: null,
    title,
    url,
    publishedAt: createdAt,
    lang: 'en',
    text: null,
    facts: { support: { repository: name, number, merged: state === 'merged' } },
  };
}
