// Stories like those of a board after some months, written by hand in the shape of real ones; labs and models are invented.
import type { Fact, Mark, Openness, Pledge, Story, Turn } from '../../../src/types/story.ts';

export const hub = 'https://huggingface.co';
const readAt = '2026-02-28T08:00:00.000Z';
export const revision = '9f1c2d3e4f5a60718293a4b5c6d7e8f901234567';

function fact<T>(
  value: T,
  url: string,
  how: 'observed' | 'declared' | 'derived' = 'observed',
  field?: string,
): Fact<T> {
  return { value, how, because: { url, revision, at: readAt, ...(field === undefined ? {} : { field }) } };
}

function unknown(url: string): Fact<never> {
  return { value: 'unknown', how: 'unknown', because: { url, at: readAt } };
}

interface CardParts {
  readonly licence: string | null;
  readonly licenceClass: Exclude<Openness['licenceClass']['value'], 'unknown'>;
  readonly commercial: string;
  readonly territory?: string;
  readonly gated: 'no' | 'form' | 'approval';
  readonly parameters: string;
  readonly bytes: number;
  readonly data: 'public' | 'named' | 'not stated';
  readonly verdict: string;
}

function cardAt(url: string, parts: CardParts): Openness {
  return {
    licence: fact(parts.licence, url, 'declared', 'license'),
    licenceClass: fact(parts.licenceClass, url, 'derived', 'license'),
    licenceConflict: fact(null, url, 'derived', 'LICENSE'),
    commercialUse: fact(parts.commercial, url, 'derived', 'license'),
    territory: fact(parts.territory ?? null, url, 'derived', 'license'),
    kind: fact('model', url, 'derived', 'tags'),
    copies: fact(
      { main: { format: 'safetensors', precision: 'bf16', files: 12 }, others: [] },
      url,
      'observed',
      'siblings',
    ),
    quantisations: fact([], url, 'observed', 'siblings'),
    smallestDownload: fact(parts.bytes, url, 'observed', 'siblings'),
    memory: fact(Math.round(parts.bytes * 1.2), url, 'derived', 'siblings'),
    activeParameters: unknown(url),
    modality: fact('text → text', url, 'declared', 'pipeline_tag'),
    task: fact('text-generation', url, 'declared', 'pipeline_tag'),
    tuning: fact('instruct', url, 'derived', 'tags'),
    context: fact(131_072, url, 'observed', 'config'),
    languages: fact(['en', 'ko'], url, 'declared', 'language'),
    duties: fact(['naming'], url, 'derived', 'license'),
    weights: fact('published', url, 'observed', 'siblings'),
    files: fact(12, url, 'observed', 'siblings'),
    bytes: fact(parts.bytes, url, 'observed', 'siblings'),
    formats: fact(['safetensors'], url, 'observed', 'siblings'),
    parameters: fact(parts.parameters, url, 'observed', 'safetensors'),
    gated: fact(parts.gated, url, 'observed', 'gated'),
    inferenceCode: fact('library', url, 'declared', 'library_name'),
    trainingCode: unknown(url),
    trainingData: fact(parts.data, url, 'declared', 'datasets'),
    report: fact('arXiv:2601.00001', url, 'declared', 'tags'),
    derivativeOf: fact(null, url, 'observed', 'base_model'),
    newestOpen: unknown(url),
    newestOverall: unknown(url),
    verdict: fact(parts.verdict, url, 'derived', 'verdict'),
  };
}

const cards: Readonly<Record<string, CardParts>> = {
  data: {
    licence: 'Apache-2.0',
    licenceClass: 'osi',
    commercial: 'yes',
    gated: 'no',
    parameters: '7.3B',
    bytes: 14_600_000_000,
    data: 'public',
    verdict: 'open-data model',
  },
  free: {
    licence: 'MIT',
    licenceClass: 'osi',
    commercial: 'yes',
    gated: 'no',
    parameters: '120B',
    bytes: 65_200_000_000,
    data: 'not stated',
    verdict: 'open weights, free licence',
  },
  limited: {
    licence: 'delta-community-2',
    licenceClass: 'permissive-with-limits',
    commercial: 'conditional: under 700 M monthly users',
    territory: 'not in the EU',
    gated: 'form',
    parameters: '314B',
    bytes: 628_000_000_000,
    data: 'not stated',
    verdict: 'open weights, limited',
  },
  research: {
    licence: 'own: research terms',
    licenceClass: 'research-only',
    commercial: 'no',
    gated: 'no',
    parameters: '3.1B',
    bytes: 6_200_000_000,
    data: 'named',
    verdict: 'research only',
  },
  gated: {
    licence: 'Gemma',
    licenceClass: 'permissive-with-limits',
    commercial: 'yes',
    gated: 'approval',
    parameters: '27B',
    bytes: 54_000_000_000,
    data: 'not stated',
    verdict: 'gated',
  },
};

export function storyMark(turn: Turn, revisionAt: number, at: string, url: string | null = null): Mark {
  return { turn, revision: revisionAt, at, detail: null, url };
}

interface Parts {
  readonly lab: string;
  readonly name: string;
  readonly at: string;
  readonly card?: keyof typeof cards;
  readonly over?: Partial<Story>;
}

/** A released model with its card. */
export function landedStory({ lab, name, at, card, over = {} }: Parts): Story {
  const slug = name.toLowerCase().replaceAll(' ', '-');
  const url = `${hub}/${lab}/${slug}`;
  const parts = card === undefined ? undefined : cards[card];
  const published = new Date(Date.parse(at) - 95_000).toISOString();
  return {
    id: `story-${lab}-${slug}`,
    key: `model:${lab}/${slug.replaceAll('-', '/')}`,
    scope: 'file',
    sort: 'model',
    name,
    lab,
    family: `${lab}/${slug.split('-')[0] ?? slug}`,
    subject: `huggingface:${lab}/${slug}`,
    stage: 'released',
    releasedAt: at,
    revision: 1,
    openedAt: at,
    updatedAt: at,
    nextAt: null,
    url,
    publishedAt: published,
    lang: 'en',
    text: `# ${name}\n\nWeights of ${name}. Serve them with any common server.`,
    items: [],
    spread: { count: 0, latest: [] },
    audience: ['releases'],
    marks: [storyMark('released', 1, at, url)],
    mergedInto: null,
    openness: parts === undefined ? null : cardAt(url, parts),
    pledge: null,
    evidence: [{ url, at, title: `${lab}/${slug}`, kind: 'weights', lang: null, revision }],
    known: {},
    ...over,
  };
}

export function pledgeOf(over: Partial<Pledge>): Pledge {
  return {
    by: 'Ursa',
    quoteUrl: 'https://social.example/ada/1',
    saidAt: '2026-01-12T00:00:00.000Z',
    dueFrom: '2026-02-01',
    dueTo: '2026-02-14',
    zone: 'UTC',
    confirmed: true,
    state: 'open',
    ...over,
  };
}

/** A promised model. */
export function promisedStory(parts: Omit<Parts, 'card'>, promise: Partial<Pledge>): Story {
  const story = landedStory(parts);
  return {
    ...story,
    stage: 'pledged',
    releasedAt: null,
    publishedAt: parts.at,
    openness: null,
    subject: null,
    url: 'https://news.example/2026/open',
    marks: [storyMark('pledged', 1, parts.at)],
    pledge: pledgeOf(promise),
    ...parts.over,
  };
}

const verdicts = Object.keys(cards);
const labs = ['ursa', 'lyra', 'corvus', 'aquila', 'volans', 'pavo', 'grus', 'norma'];

/** Many different models, over two years. */
export function manyStories(count: number): readonly Story[] {
  return Array.from({ length: count }, (_, index) => {
    const at = new Date(Date.parse('2026-02-01T00:00:00.000Z') - index * 105 * 60_000).toISOString();
    const lab = labs[index % labs.length] ?? 'ursa';
    const card = index % 11 === 0 ? undefined : (verdicts[index % verdicts.length] ?? 'free');
    return landedStory({ lab, name: `${lab} number ${index}`, at, ...(card === undefined ? {} : { card }) });
  });
}
