import { describe, expect, test } from 'vitest';
import { dueWindow } from '../../../src/stories/due/window.ts';
import { tables } from '../tables.ts';

/** The day it was said, the words, and the days they name; `-` for none. */
const said = `
2026-02-02 GLM-5 Coming in February! | 2026-02-01..2026-02-28
2025-07-13 다음 주 오픈 웨이트 모델을 출시할 예정이었지만, 이를 연기한다 | -
2025-08-06 머스크는 이날 수요일 그록 2의 코드를 오픈소스화할 계획이라고 발표했다 | -
2026-08-19 19일 로이터통신에 따르면 딥시크가 V4를 공개한다 | -
2026-08-12 오픈AI는 11일(현지시간) 오픈 모델을 공개할 계획이라고 밝혔다 | -
2026-08-12 11일(현지시간) 로이터에 따르면 메타는 다음 달 뮤즈를 공개한다 | 2026-09-01..2026-09-30
2026-08-06 업스테이지, 8월 솔라 오픈 3 푼다 | 2026-08-01..2026-08-31
2026-08-06 8월 말 오픈소스로 공개 | 2026-08-21..2026-08-31
2026-08-06 오는 20일 허깅페이스에 공개 | 2026-08-20
2026-08-06 20일 허깅페이스에 공개 | 2026-08-20
2026-08-20 키미 K3, 27일 오픈소스 공개 예고 | 2026-08-27
2026-08-20 무료 체험 14일까지 | -
2026-08-20 체험 25일까지…가중치는 다음 달 공개 | 2026-09-01..2026-09-30
2025-08-06 지난 3월 공개한 그록 2, 연내 오픈소스로 | 2025-08-06..2025-12-31
2026-07-31 open weights coming in the next few days | -
2026-07-30 Moonshot, which launched K3 on July 16, will open its weights next week | 2026-08-03..2026-08-09
2026-07-30 OpenAI was expected to release its open model in July, but it is delayed | -
2026-07-30 The model, originally planned for June, will now be opened in September | 2026-09-01..2026-09-30
2026-07-30 Musk promised in March to open source Grok 3 | -
2026-07-30 The July 27 date was missed; weights coming in August | 2026-08-01..2026-08-31
2026-07-20 Weights by July 27 | 2026-07-20..2026-07-27
2026-07-20 K3 weights on July 27 | 2026-07-27
2026-03-30 Gemma 4 coming this week | 2026-03-30..2026-04-05
2026-06-10 free trial until June 14, weights in Q3 | 2026-07-01..2026-09-30
2026-06-10 SKT는 10일 A.X K2를 7월 중 공개하겠다고 밝혔다 | 2026-07-01..2026-07-31
2026-06-10 LG는 지난 3일 공개한 모델의 가중치를 이달 말까지 푼다 | 2026-06-10..2026-06-30
2026-06-10 올해 하반기 오픈소스 공개 | 2026-07-01..2026-12-31
2026-06-10 6월이 아닌 여름 후반에 공개 | 2026-07-01..2026-09-22
2026-06-10 당초 5월 공개하기로 했던 모델을 9월로 연기 | 2026-09-01..2026-09-30
2026-06-10 in about a month | 2026-07-01..2026-08-15
2026-06-10 Kimi K3 weights tonight | 2026-06-10
2026-06-10 weights in the next 24 hours | 2026-06-10..2026-06-11
2026-06-10 48시간 내 공개 | 2026-06-10..2026-06-12
2026-06-10 coming mid June | 2026-06-11..2026-06-20
2026-06-10 later this month | 2026-06-10..2026-06-30
2026-06-10 in two weeks' time | 2026-06-22..2026-06-28
2026-06-10 H2 2026 | 2026-07-01..2026-12-31
2026-06-10 by the end of Q3 | 2026-06-10..2026-09-30
2026-06-10 Friday | 2026-06-12
2026-06-10 early July | 2026-07-01..2026-07-10
2026-06-10 다음 달 중순 | 2026-07-11..2026-07-20
2026-06-10 이번 주 금요일 | 2026-06-12
2026-06-10 2주 안에 | 2026-06-10..2026-06-24
2026-06-10 한 달 내 | 2026-06-10..2026-07-10
2026-06-10 올가을 | 2026-09-01..2026-12-21
2026-06-10 3분기 중 | 2026-07-01..2026-09-30
2026-06-10 6월 20일까지 | 2026-06-10..2026-06-20
2026-06-10 6월 9일 공개된 프리뷰 | -
2026-06-10 오늘 오픈소스로 공개한다 | 2026-06-10
2026-06-10 이르면 다음 주 | 2026-06-15..2026-06-21
2026-06-10 내년 3월 | 2027-03-01..2027-03-31
2026-06-10 before the end of summer | 2026-06-10..2026-09-22
2026-06-10 in July 2027 | 2027-07-01..2027-07-31
2026-06-10 this Friday, June 12 | 2026-06-12
2026-06-10 within the month | 2026-06-10..2026-06-30
`;

function shown(words: string, day: string): string {
  const window = dueWindow(words, day, tables.dates);
  if (window === null) return '-';
  return window.from === window.to ? window.from : `${window.from}..${window.to}`;
}

describe('which of the dates in a text is the time to come', () => {
  test.each(
    said
      .trim()
      .split('\n')
      .map((line) => [line.slice(0, 10), ...line.slice(11).split(' | ')] as const),
  )('on %s: %s → %s', (day, words = '', window = '') => {
    expect(shown(words, day)).toBe(window);
  });
});
