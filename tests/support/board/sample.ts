// Stories for looking at the pages: every verdict, every state of a promise, news in both languages.
import type { Story } from '../../../src/types/story.ts';
import { hub, landedStory, pledgeOf, promisedStory, revision, storyMark } from './stories.ts';

export const sampleStories: readonly Story[] = [
  landedStory({
    lab: 'ursa',
    name: 'Ursa 3',
    at: '2026-02-20T14:02:00.000Z',
    card: 'limited',
    over: {
      pledge: pledgeOf({ state: 'kept late' }),
      revision: 4,
      updatedAt: '2026-02-21T09:00:00.000Z',
      marks: [
        storyMark('pledged', 1, '2026-01-12T10:00:00.000Z', 'https://social.example/ada/1'),
        storyMark('overdue', 2, '2026-02-15T00:00:00.000Z'),
        storyMark('released', 3, '2026-02-20T14:02:00.000Z', `${hub}/ursa/ursa-3`),
        storyMark('kept late', 3, '2026-02-20T14:02:00.000Z'),
        storyMark('news', 4, '2026-02-21T09:00:00.000Z', 'https://sinmun.example/1'),
      ],
      evidence: [
        {
          url: 'https://social.example/ada/1',
          at: '2026-01-12T10:00:00.000Z',
          title: 'We will open Ursa 3 in early February',
          kind: 'entry',
          lang: 'en',
        },
        {
          url: 'https://sinmun.example/1',
          at: '2026-02-21T09:00:00.000Z',
          title: '우르사 3, 마침내 가중치 공개',
          kind: 'entry',
          lang: 'ko',
        },
        {
          url: `${hub}/ursa/ursa-3`,
          at: '2026-02-20T14:02:00.000Z',
          title: 'ursa/ursa-3',
          kind: 'weights',
          lang: null,
          revision,
        },
      ],
      items: [
        {
          key: 'huggingface:ursa/ursa-3',
          title: 'ursa/ursa-3',
          url: `${hub}/ursa/ursa-3`,
          at: '2026-02-20T14:02:00.000Z',
        },
        {
          key: 'huggingface:ursa/ursa-3-mini',
          title: 'ursa/ursa-3-mini',
          url: `${hub}/ursa/ursa-3-mini`,
          at: '2026-02-20T14:02:00.000Z',
        },
      ],
      spread: {
        count: 41,
        latest: [
          {
            key: 'huggingface:quants/ursa-3-gguf',
            title: 'quants/ursa-3-GGUF',
            url: `${hub}/quants/ursa-3-GGUF`,
            at: '2026-02-21T01:00:00.000Z',
          },
          {
            key: 'huggingface:mirror/ursa-3',
            title: 'mirror/ursa-3',
            url: `${hub}/mirror/ursa-3`,
            at: '2026-02-21T03:00:00.000Z',
          },
        ],
      },
    },
  }),
  landedStory({ lab: 'lyra', name: 'Lyra 7B', at: '2026-02-26T09:30:00.000Z', card: 'data' }),
  landedStory({ lab: 'corvus', name: 'Corvus Large 2', at: '2026-02-24T17:45:00.000Z', card: 'free' }),
  landedStory({ lab: 'lyra', name: 'Lyra Vision 3B', at: '2026-02-11T06:12:00.000Z', card: 'research' }),
  landedStory({ lab: 'aquila', name: 'Aquila 27B it', at: '2026-01-30T16:00:00.000Z', card: 'gated' }),
  landedStory({ lab: 'corvus', name: 'Corvus Tiny', at: '2026-01-09T12:00:00.000Z' }),
  landedStory({
    lab: 'ursa',
    name: 'Ursa 2',
    at: '2025-11-18T10:00:00.000Z',
    card: 'free',
    over: {
      pledge: pledgeOf({
        state: 'kept',
        saidAt: '2025-10-02T00:00:00.000Z',
        dueFrom: '2025-11-01',
        dueTo: '2025-11-30',
      }),
      marks: [
        storyMark('pledged', 1, '2025-10-02T00:00:00.000Z'),
        storyMark('released', 2, '2025-11-18T10:00:00.000Z'),
        storyMark('kept', 2, '2025-11-18T10:00:00.000Z'),
      ],
    },
  }),
  landedStory({
    lab: 'aquila',
    name: 'aquila-labs/serve v0.9.0',
    at: '2026-02-27T11:00:00.000Z',
    over: {
      sort: 'software',
      key: 'github:aquila-labs/serve@v0.9.0',
      url: 'https://github.com/aquila-labs/serve/releases/tag/v0.9.0',
    },
  }),
  promisedStory(
    { lab: 'ursa', name: 'Ursa 4', at: '2026-02-22T10:00:00.000Z' },
    { saidAt: '2026-02-22T00:00:00.000Z', dueFrom: '2026-06-01', dueTo: '2026-08-31' },
  ),
  promisedStory(
    { lab: 'corvus', name: 'Corvus Code', at: '2026-01-20T10:00:00.000Z' },
    { by: 'Corvus', saidAt: '2026-01-20T00:00:00.000Z', dueFrom: '2026-02-16', dueTo: '2026-02-22', state: 'overdue' },
  ),
  promisedStory(
    { lab: 'aquila', name: 'Aquila 70B', at: '2026-02-02T10:00:00.000Z' },
    { by: 'Aquila AI', saidAt: '2026-02-02T00:00:00.000Z', dueFrom: null, dueTo: null, confirmed: false },
  ),
  promisedStory(
    { lab: 'lyra', name: 'Lyra 70B', at: '2025-12-02T10:00:00.000Z' },
    { by: 'Lyra', saidAt: '2025-12-02T00:00:00.000Z', dueFrom: '2026-01-01', dueTo: '2026-01-31', state: 'withdrawn' },
  ),
];
