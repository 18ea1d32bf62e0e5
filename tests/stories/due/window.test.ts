import { describe, expect, test } from 'vitest';
import { dueWindow } from '../../../src/stories/due/window.ts';
import { tables } from '../tables.ts';

/** Words, and the days they name as seen from Wednesday, 6 August 2025; `-` for none. */
const english = `
next week | 2025-08-11..2025-08-17
this week | 2025-08-06..2025-08-10
later this week | 2025-08-06..2025-08-10
by the end of the week | 2025-08-06..2025-08-10
by the end of next week | 2025-08-06..2025-08-17
the week after next | 2025-08-18..2025-08-24
tomorrow | 2025-08-07
later today | 2025-08-06
on Thursday | 2025-08-07
Wednesday | 2025-08-13
next Tuesday | 2025-08-12
Thursday next week | 2025-08-14
by Friday | 2025-08-06..2025-08-08
in two weeks | 2025-08-18..2025-08-24
in about 3 weeks | 2025-08-25..2025-08-31
in the next two weeks | 2025-08-06..2025-08-20
within 10 days | 2025-08-06..2025-08-16
in ten days | 2025-08-16
within six months | 2025-08-06..2026-02-06
this month | 2025-08-06..2025-08-31
by the end of the month | 2025-08-06..2025-08-31
at the end of this month | 2025-08-06..2025-08-31
next month | 2025-09-01..2025-09-30
early next month | 2025-09-01..2025-09-10
in about 6 months | 2026-02-01..2026-03-15
in a month | 2025-09-01..2025-10-15
two months from now | 2025-10-01..2025-11-15
in 2-3 months | 2025-10-01..2025-12-15
in the coming months | 2025-09-06..2026-02-06
over the next few months | 2025-09-06..2026-02-06
in the coming weeks | 2025-08-13..2025-09-17
this summer | 2025-07-01..2025-09-22
late summer | 2025-07-01..2025-09-22
later this summer | 2025-07-01..2025-09-22
this fall | 2025-09-01..2025-12-21
by the end of the year | 2025-08-06..2025-12-31
before year's end | 2025-08-06..2025-12-31
later this year | 2025-08-06..2025-12-31
this year | 2025-08-06..2025-12-31
early next year | 2026-01-01..2026-03-31
late next year | 2026-10-01..2026-12-31
next year | 2026-01-01..2026-12-31
in 2027 | 2027-01-01..2027-12-31
early 2027 | 2027-01-01..2027-03-31
in Q1 2026 | 2026-01-01..2026-03-31
in Q4 | 2025-10-01..2025-12-31
in the first quarter of next year | 2026-01-01..2026-03-31
next quarter | 2025-10-01..2025-12-31
in the second half of 2026 | 2026-07-01..2026-12-31
in H1 2026 | 2026-01-01..2026-06-30
in March | 2026-03-01..2026-03-31
in March 2026 | 2026-03-01..2026-03-31
on March 3 | 2026-03-03
on September 3rd | 2025-09-03
3 March 2026 | 2026-03-03
by March 15, 2026 | 2025-08-06..2026-03-15
mid-October | 2025-10-11..2025-10-20
by the end of October | 2025-08-06..2025-10-31
by November | 2025-08-06..2025-11-30
in May | 2026-05-01..2026-05-31
it may be opened | -
soon | -
last week | -
in March 2024 | -
six months later | -
2026-02-01..2026-03-15 | 2026-02-01..2026-03-15
2026-03-15 | 2026-03-15
2026-02-30 | -
delayed from next week to late summer | 2025-07-01..2025-09-22
Grok 3 will be made open source in about 6 months. | 2026-02-01..2026-03-15
the 8B model with 32K context | -
`;

const korean = `
다음 주 | 2025-08-11..2025-08-17
다음주 오픈소스 공개 예고 | 2025-08-11..2025-08-17
내주 공개 | 2025-08-11..2025-08-17
다음 주 화요일 | 2025-08-12
이번 주 | 2025-08-06..2025-08-10
이번 주 안에 | 2025-08-06..2025-08-10
금요일까지 | 2025-08-06..2025-08-08
오는 목요일 | 2025-08-07
내일 | 2025-08-07
2주 뒤 | 2025-08-18..2025-08-24
10일 내 | 2025-08-06..2025-08-16
이달 중 | 2025-08-06..2025-08-31
이번 달 말 | 2025-08-06..2025-08-31
이달 말까지 | 2025-08-06..2025-08-31
다음 달 | 2025-09-01..2025-09-30
내달 초 | 2025-09-01..2025-09-10
다음 달까지 | 2025-08-06..2025-09-30
6개월 뒤 | 2026-02-01..2026-03-15
석 달이 아니라 두 달 뒤 | 2025-10-01..2025-11-15
3개월 내 | 2025-08-06..2025-11-06
몇 달 뒤 | 2025-09-06..2026-02-06
몇달 안에 | 2025-09-06..2026-02-06
수개월 내 | 2025-09-06..2026-02-06
수주 내 | 2025-08-13..2025-09-17
반년 뒤 | 2026-02-01..2026-03-15
올해 말까지 | 2025-08-06..2025-12-31
연내 | 2025-08-06..2025-12-31
연말까지 | 2025-08-06..2025-12-31
올해 안에 | 2025-08-06..2025-12-31
내년 초 | 2026-01-01..2026-03-31
내년 | 2026-01-01..2026-12-31
내년 상반기 | 2026-01-01..2026-06-30
하반기 중 | 2025-08-06..2025-12-31
4분기 | 2025-10-01..2025-12-31
내년 1분기 | 2026-01-01..2026-03-31
2026년 2분기 | 2026-04-01..2026-06-30
올여름 | 2025-07-01..2025-09-22
여름 후반 | 2025-07-01..2025-09-22
10월 | 2025-10-01..2025-10-31
10월 중순 | 2025-10-11..2025-10-20
3월 | 2026-03-01..2026-03-31
3월까지 | 2025-08-06..2026-03-31
9월 15일 | 2025-09-15
2026년 3월 3일 | 2026-03-03
오는 20일 | 2025-08-20
내달 3일 | 2025-09-03
지난 3월 | -
3개월 만에 | -
곧 | -
조만간 | -
`;

const rows = (table: string): readonly (readonly [string, string])[] =>
  table
    .trim()
    .split('\n')
    .map((line) => {
      const [words = '', window = ''] = line.split(' | ');
      return [words, window];
    });

function shown(words: string, said: string): string {
  const window = dueWindow(words, said, tables.dates);
  if (window === null) return '-';
  return window.from === window.to ? window.from : `${window.from}..${window.to}`;
}

describe('dates in words', () => {
  test.each(rows(english))('%s → %s', (words, window) => {
    expect(shown(words, '2025-08-06')).toBe(window);
  });

  test.each(rows(korean))('%s → %s', (words, window) => {
    expect(shown(words, '2025-08-06')).toBe(window);
  });

  test('a week ends on Sunday, the day said included', () => {
    expect(shown('this week', '2025-08-10')).toBe('2025-08-10');
    expect(shown('next week', '2025-08-10')).toBe('2025-08-11..2025-08-17');
    expect(shown('next week', '2025-08-11')).toBe('2025-08-18..2025-08-24');
  });

  test('a month that is too short ends the window on its last day', () => {
    expect(shown('in the coming months', '2025-08-31')).toBe('2025-09-30..2026-02-28');
    expect(shown('in about 6 months', '2025-12-31')).toBe('2026-06-01..2026-07-15');
  });

  test('a month or season that is over is next year’s', () => {
    expect(shown('this summer', '2025-11-10')).toBe('2026-07-01..2026-09-22');
    expect(shown('10월', '2025-11-10')).toBe('2026-10-01..2026-10-31');
  });

  test('a month stands for its first day, and nonsense for no day', () => {
    expect(shown('next week', '2025-08')).toBe('2025-08-04..2025-08-10');
    expect(dueWindow('next week', 'yesterday', tables.dates)).toBeNull();
  });
});
