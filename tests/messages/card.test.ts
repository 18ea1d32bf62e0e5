// What a card says about a story, in both languages.
import { describe, expect, it } from 'vitest';
import { cardOf, pledgeText, stageText, toneOf } from '../../src/messages/card.ts';
import { messagesFor } from '../../src/messages/index.ts';
import { headline, turnText } from '../../src/messages/turns.ts';
import type { Pledge, Story } from '../../src/types/story.ts';
import { fact, grok, grokOpenness, mark, release, unknownFact } from '../support/channels/stories.ts';

const en = messagesFor('en');
const ko = messagesFor('ko');

function pledged(change: Partial<Pledge>): Story {
  return grok.pledge === null ? grok : { ...grok, pledge: { ...grok.pledge, ...change } };
}

function lines(story: Story, language = en): Readonly<Record<string, string>> {
  return Object.fromEntries(cardOf(story, language).lines.map(({ label, value }) => [label, value]));
}

describe('the openness card', () => {
  it('says how open Grok 2 is', () => {
    expect(lines(grok)).toEqual({
      Licence: 'grok2-community · permissive with limits',
      'Commercial use': 'conditional: xAI acceptable use policy',
      Terms: 'naming duty; not for training other models',
      Weights: 'published · 42 files · 500 GB (bf16 safetensors)',
      Memory: 'about 600 GB',
      Access: 'open to all',
      'Training data': 'not stated',
      'Inference code': 'runs in a known library',
      Report: 'none found',
      'Newest open': 'Grok 2',
      'Newest overall': 'Grok 4',
    });
    expect(cardOf(grok, en).notKnown).toEqual({ label: 'Not known', value: 'Parameters, Training code' });
    expect(cardOf(grok, en).verdict).toBe('open weights, limited');
    expect(cardOf(grok, ko).verdict).toBe('가중치 공개, 이용 제한 있음');
    expect(lines(grok, ko)).toMatchObject({
      가중치: '공개됨 · 파일 42개 · 500GB (bf16 safetensors)',
      '상업적 이용': '조건부: xAI acceptable use policy',
    });
  });

  it('says "unknown", never "no", of what readers ask for first', () => {
    const story = {
      ...grok,
      openness: { ...grokOpenness, licence: unknownFact, commercialUse: unknownFact, trainingData: unknownFact },
    };
    expect(lines(story)).toMatchObject({ Licence: 'unknown', 'Commercial use': 'unknown', 'Training data': 'unknown' });
  });

  it('shows a territory that is shut out and licences that disagree', () => {
    const openness = {
      ...grokOpenness,
      territory: fact('not in Korea, the EU or the UK'),
      licenceConflict: fact('text MIT, metadata apache-2.0'),
    };
    const shown = cardOf({ ...grok, openness }, en).lines.filter(({ wide }) => wide);
    expect(shown.map(({ value }) => value)).toEqual([
      'naming duty; not for training other models',
      'not in Korea, the EU or the UK',
      'text MIT, metadata apache-2.0',
    ]);
  });

  it('is left out without weights and licence, and speaks of no weights where there is only code', () => {
    const none = { ...grokOpenness, licence: unknownFact, weights: fact('not found' as const) };
    expect(cardOf({ ...grok, openness: none }, en).lines).toEqual([]);
    expect(cardOf({ ...grok, openness: none }, en).verdict).toBeNull();
    const code = {
      ...grokOpenness,
      weights: unknownFact,
      licence: fact('Apache-2.0'),
      licenceClass: fact('osi' as const),
      commercialUse: fact('yes'),
    };
    expect(lines({ ...release, openness: code })).toEqual({
      Licence: 'Apache-2.0 · OSI-approved',
      'Commercial use': 'yes',
      Terms: 'naming duty; not for training other models',
    });
  });

  it('says in which copies the weights are there, what a copy needs, and what it is for', () => {
    const openness = {
      ...grokOpenness,
      kind: fact('quantisation' as const),
      bytes: fact(16_000_000_000),
      copies: fact({
        main: { format: 'safetensors', precision: 'bf16', files: 4 },
        others: [
          { format: 'gguf', count: 12, least: 4_000_000_000, most: 16_000_000_000 },
          { format: 'pth', count: 1, least: 16_000_000_000, most: 16_000_000_000 },
        ],
      }),
      smallestDownload: fact(4_000_000_000),
      memory: fact(19_200_000_000),
      parameters: fact('30.5B'),
      activeParameters: fact('3B (by its name)'),
      modality: fact('image, text → text'),
      tuning: fact('instruct' as const),
      context: fact(131_072),
      languages: fact(['en', 'ko']),
      trainingData: { ...fact('named' as const), note: 'extract' as const },
      trainingCode: fact(null),
    };
    expect(lines({ ...grok, openness })).toMatchObject({
      Kind: 'quantisation',
      Weights: 'published · 42 files · 16 GB (bf16 safetensors); also gguf 4 GB – 16 GB in 12 variants, pth 16 GB',
      Memory: 'about 19.2 GB; smallest download 4 GB',
      Parameters: '30.5B, 3B (by its name) active',
      Use: 'image, text → text · instruct · 131,072 tokens of context',
      Languages: 'en, ko',
      'Training data': 'named (an extract only)',
      'Training code': 'none found',
    });
    expect(lines({ ...grok, openness }, ko)).toMatchObject({
      가중치: '공개됨 · 파일 42개 · 16GB (bf16 safetensors); 그 밖에 gguf 4GB – 16GB 12종, pth 16GB',
      매개변수: '30.5B(활성 3B (이름 기준))',
    });
  });

  it('of a card that was stored before a line was known says the rest', () => {
    const { copies, memory, duties, kind, languages, modality, task, tuning, context, ...before } = grokOpenness;
    const stored: Story = JSON.parse(JSON.stringify({ ...grok, openness: before }));
    expect(lines(stored)).toMatchObject({ Weights: 'published · 42 files · 500 GB · safetensors' });
    expect([copies, memory, duties, kind, languages, modality, task, tuning, context]).toHaveLength(9);
  });
});

describe('the pledge line', () => {
  it.each<[Partial<Pledge>, string, string]>([
    [
      {},
      'Promised by Elon Musk (xAI) for 11–17 August 2025: kept 6 days late',
      'Elon Musk (xAI)의 공개 약속, 기한 2025년 8월 11일~17일: 6일 늦게 지켜졌습니다',
    ],
    [
      { state: 'overdue' },
      'Promised by Elon Musk (xAI) for 11–17 August 2025: overdue since 18 August 2025',
      'Elon Musk (xAI)의 공개 약속, 기한 2025년 8월 11일~17일: 2025년 8월 18일부터 기한이 지난 상태입니다',
    ],
    [
      { state: 'open', confirmed: false, dueFrom: null, dueTo: null },
      'Promised by Elon Musk (xAI), no date given (unconfirmed): not due yet',
      'Elon Musk (xAI)의 공개 약속, 기한 없음 (미확인): 기한 전입니다',
    ],
    [
      { state: 'withdrawn', dueFrom: '2025-08-17' },
      'Promised by Elon Musk (xAI) for 17 August 2025: withdrawn',
      'Elon Musk (xAI)의 공개 약속, 기한 2025년 8월 17일: 철회되었습니다',
    ],
  ])('%o', (change, english, korean) => {
    expect(pledgeText(pledged(change), en)).toBe(english);
    expect(pledgeText(pledged(change), ko)).toBe(korean);
  });

  it('counts the days of lateness in the zone of the pledge', () => {
    const kept = { ...pledged({ zone: 'America/Los_Angeles' }), marks: [mark('kept late', 3, '2025-08-19T03:00:00Z')] };
    expect(pledgeText(kept, en)).toContain('kept one day late');
    expect(pledgeText(pledged({ zone: 'UTC' }), en)).toContain('kept 6 days late');
  });
});

describe('what happened', () => {
  it('names the turns of the newest revision only', () => {
    expect(headline(grok, en)).toBe('weights published, promise kept 6 days late');
    expect(headline(grok, ko)).toBe('가중치 공개, 약속을 6일 늦게 이행');
    expect(headline(release, en)).toBe('new release');
    expect(headline({ ...grok, marks: [], pledge: null }, en)).toBe('new model');
    // A promise of the configuration tells nothing at first; whatever edits its card then, it stays a promise.
    const promised = (state: Pledge['state']): string =>
      headline({ ...pledged({ state }), marks: [], stage: 'pledged' }, en);
    expect(promised('open')).toMatch(/^release promised: /);
    expect(promised('overdue')).toBe('promise overdue');
    expect(promised('withdrawn')).toBe('promise withdrawn');
  });

  it('tells details, with commits short and our own words translated', () => {
    const moved = mark('tag moved', 3, '2025-08-23T00:00:00Z', `${'a1'.repeat(20)} → ${'b2'.repeat(20)}`);
    expect(turnText(grok, moved, en)).toBe('tag moved: a1a1a1a1a1a1 → b2b2b2b2b2b2');
    expect(turnText(grok, mark('licence changed', 3, '2025-08-23T00:00:00Z', 'none → MIT'), ko)).toBe(
      '라이선스 변경: 없음 → MIT',
    );
    expect(turnText(grok, mark('gated', 3, '2025-08-23T00:00:00Z', 'approval'), en)).toBe(
      'access restricted: after approval',
    );
    expect(turnText(grok, mark('renamed', 3, '2025-08-23T00:00:00Z', 'xai-org/form'), ko)).toBe(
      '이름 변경: xai-org/form',
    );
  });

  it('leaves faint turns out beside telling ones', () => {
    const story = { ...grok, marks: [mark('news', 3, grok.updatedAt), mark('released', 3, grok.updatedAt)] };
    expect(headline(story, en)).toBe('weights published');
  });
});

describe('tone', () => {
  it.each<[string, Partial<Story>, string, string]>([
    ['released', {}, 'released', 'Released'],
    ['overdue', { stage: 'pledged', pledge: pledged({ state: 'overdue' }).pledge }, 'overdue', 'Overdue'],
    ['gone', { marks: [mark('released', 1, grok.openedAt), mark('withdrawn', 2, grok.updatedAt)] }, 'gone', 'Gone'],
    ['back', { marks: [mark('withdrawn', 2, grok.openedAt), mark('back', 3, grok.updatedAt)] }, 'released', 'Released'],
    ['one release of many gone', { marks: [mark('withdrawn', 2, grok.updatedAt, 'v1')] }, 'released', 'Released'],
  ])('%s', (_name, change, tone, stage) => {
    expect(toneOf({ ...grok, ...change })).toBe(tone);
    expect(stageText({ ...grok, ...change }, en)).toBe(stage);
  });

  it('a merged story is one line', () => {
    const merged = { ...grok, mergedInto: 'story-2', marks: [mark('merged', 4, grok.updatedAt, 'Grok 2.5')] };
    expect(cardOf(merged, en).merged).toBe('This is told as Grok 2.5 now.');
  });
});
