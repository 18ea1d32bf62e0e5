// Stories as the pipeline would pass them to a channel, written by hand.
import type { Channel, ChannelKind, ChannelWorld, DraftStyle } from '../../../src/channels/define.ts';
import type { Evidence, Fact, Mark, Openness, Story, Turn } from '../../../src/types/story.ts';

const card: Evidence = {
  url: 'https://huggingface.co/xai-org/grok-2',
  revision: '9f1c2d3e4f5a60718293a4b5c6d7e8f901234567',
  at: '2025-08-23T18:10:00Z',
};

export function fact<T>(value: T): Fact<T> {
  return { value, how: 'observed', because: card };
}

export const unknownFact: Fact<never> = { value: 'unknown', how: 'unknown', because: card };

export const grokOpenness: Openness = {
  licence: fact('grok2-community'),
  licenceClass: fact('permissive-with-limits'),
  licenceConflict: fact(null),
  commercialUse: fact('conditional: xAI acceptable use policy'),
  territory: fact(null),
  kind: fact('model'),
  weights: fact('published'),
  files: fact(42),
  bytes: fact(500_000_000_000),
  formats: fact(['safetensors']),
  copies: fact({ main: { format: 'safetensors', precision: 'bf16', files: 42 }, others: [] }),
  quantisations: fact([]),
  smallestDownload: fact(500_000_000_000),
  memory: fact(600_000_000_000),
  parameters: unknownFact,
  activeParameters: unknownFact,
  gated: fact('no'),
  inferenceCode: fact('library'),
  trainingCode: unknownFact,
  trainingData: fact('not stated'),
  report: fact(null),
  derivativeOf: fact(null),
  modality: unknownFact,
  task: unknownFact,
  tuning: unknownFact,
  context: unknownFact,
  languages: unknownFact,
  duties: fact(['naming', 'no-train-others']),
  newestOpen: fact('Grok 2'),
  newestOverall: fact('Grok 4'),
  verdict: fact('open weights, limited'),
};

export function mark(turn: Turn, revision: number, at: string, detail: string | null = null): Mark {
  return { turn, revision, at, detail, url: null };
}

/** Grok 2 on the day its weights appeared, six days after the promised week. */
export const grok: Story = {
  id: 'story-grok-2',
  key: 'model:xai/grok/2',
  scope: 'file',
  sort: 'model',
  name: 'Grok 2',
  lab: 'xai',
  family: 'xai/grok',
  subject: 'huggingface:xai-org/grok-2',
  stage: 'released',
  releasedAt: '2025-08-23T18:10:00Z',
  revision: 3,
  openedAt: '2025-08-06T09:00:00Z',
  updatedAt: '2025-08-23T18:10:00Z',
  nextAt: null,
  url: 'https://huggingface.co/xai-org/grok-2',
  publishedAt: '2025-08-23T18:04:00Z',
  lang: 'en',
  text: 'Grok 2 weights.\n\n## Usage\nServe them with `sglang`.',
  items: [],
  spread: { count: 0, latest: [] },
  audience: ['releases'],
  marks: [
    mark('pledged', 1, '2025-08-06T09:00:00Z'),
    mark('overdue', 2, '2025-08-18T00:00:00Z'),
    mark('released', 3, '2025-08-23T18:10:00Z'),
    mark('kept late', 3, '2025-08-23T18:10:00Z'),
  ],
  mergedInto: null,
  openness: grokOpenness,
  pledge: {
    by: 'Elon Musk (xAI)',
    quoteUrl: 'https://x.com/elonmusk/status/1',
    saidAt: '2025-08-06T00:00:00Z',
    dueFrom: '2025-08-11',
    dueTo: '2025-08-17',
    zone: 'UTC',
    confirmed: true,
    state: 'kept late',
  },
  evidence: [
    {
      url: 'https://www.example.co.kr/news/1',
      at: '2025-08-06T09:00:00Z',
      title: '머스크 "다음 주 그록 2 오픈소스로 공개"',
      kind: 'entry',
      lang: 'ko',
    },
    {
      url: 'https://huggingface.co/xai-org/grok-2',
      at: '2025-08-23T18:10:00Z',
      title: 'xai-org/grok-2',
      kind: 'weights',
      lang: null,
      revision: card.revision ?? '',
    },
  ],
  known: {},
};

/** A software release without an openness card. */
export const release: Story = {
  ...grok,
  id: 'story-vllm',
  key: 'github:vllm-project/vllm@v0.9.0',
  sort: 'software',
  name: 'vllm-project/vllm v0.9.0',
  lab: null,
  revision: 1,
  url: 'https://github.com/vllm-project/vllm/releases/tag/v0.9.0',
  publishedAt: '2025-05-15T03:00:00Z',
  marks: [mark('released', 1, '2025-05-15T03:01:00Z')],
  openness: null,
  pledge: null,
  text: null,
  evidence: [
    {
      url: 'https://github.com/vllm-project/vllm/releases/tag/v0.9.0',
      at: '2025-05-15T03:01:00Z',
      title: 'v0.9.0',
      kind: 'release',
      lang: null,
    },
  ],
};

export const style: DraftStyle = { locale: 'en', timezone: 'UTC', silent: false, mention: [] };

export function worldOf(change: Partial<ChannelWorld> = {}): ChannelWorld {
  return {
    fetch: () => Promise.reject(new Error('no network here')),
    publicFetch: () => Promise.reject(new Error('no network here')),
    addresses: { 'discord.apiUrl': 'https://discord.test/api' },
    secrets: { DISCORD_TOKEN: 'bot-token-canary' },
    userAgent: 'Landfall/1.0.0 (+https://landfall.test)',
    now: () => Date.parse('2025-08-23T18:15:00Z'),
    write: () => undefined,
    colour: false,
    columns: 80,
    json: false,
    ...change,
  };
}

export function opened(kind: ChannelKind, options: unknown, change: Partial<ChannelWorld> = {}): Channel {
  return kind.open(options, worldOf(change));
}
