// Pull requests that add support for a model, as observations: one for each model. Pure.
import type { Observation, Target } from '../../types/core.ts';
import type { RepositoryCursor } from './cursor.ts';
import type { Pull, RepositoryDocument } from './document.ts';

type Known = NonNullable<RepositoryCursor['support']>;

/** Models whose pull requests are remembered; the oldest go first. */
const mostRemembered = 200;

/** One that is merged before one that is open, and of several the first; those that were closed say nothing. */
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

/** `before` null: pull requests are asked for the first time, so that what is there is no news. */
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
    // That it is merged edits what was told, and is no news of its own.
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
