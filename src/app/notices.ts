// Notices to operators, in a given language.

import { fill } from '../messages/fill.ts';
import { messagesFor } from '../messages/index.ts';
import type { Notice, NoticeWords } from '../outbox/target.ts';
import type { Problem } from '../types/core.ts';

/** The notice about a changed configuration that was rejected. */
export function refusedNotice(problems: readonly Problem[]): Notice {
  const errors = problems.filter(({ severity }) => severity === 'error');
  const what = errors.map(({ file, line, column, message }) => `${file}:${line}:${column} ${message}`);
  return { kind: 'configRefused', what, reason: null };
}

/** How many names a notice lists; the rest are only counted. */
const namedAtMost = 5;

export function noticeWords(locale: string, notice: Notice): NoticeWords {
  const language = messagesFor(locale);
  const { title, text } = language.texts.notices[notice.kind];
  const rest = notice.what.length - namedAtMost;
  const named = notice.what.slice(0, namedAtMost).join(', ');
  const days = (count: number): string =>
    new Intl.NumberFormat(language.texts.formatting, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(count);
  const what = rest > 0 ? `${named}, ${language.count(language.texts.more, rest)}` : named;
  const silence = notice.silence ?? { days: 0, usualDays: 0 };
  const reason = notice.reason === null ? (notice.source ?? '') : language.reason(notice.reason);
  const number = (count = 0): string => new Intl.NumberFormat(language.texts.formatting).format(count);
  const counts = { places: number(notice.counts?.places), models: number(notice.counts?.models) };
  const { near = '' } = notice;
  const { by = '', from, to } = notice.promise ?? {};
  const due = from === undefined || to === undefined ? '' : language.days(from, to);
  return {
    title: fill(title, { what }),
    text: fill(text, {
      what,
      reason,
      near,
      by,
      due,
      silent: days(silence.days),
      usual: days(silence.usualDays),
      ...counts,
    }),
  };
}
