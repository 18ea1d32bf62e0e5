// When a source that fails is told to operators: sooner where it is ours to mend, and only where it is that twice in a row.
import { expect, test } from 'vitest';
import type { PollResult } from '../../src/types/core.ts';
import { deliverDue } from '../../src/worker/once.ts';
import { hourMs, stage } from '../support/worker.ts';

const feed = 'feed:https://lab.test/news.xml';
const answers: Readonly<Record<string, PollResult>> = {
  theirs: { kind: 'later', reason: { code: 'document.trouble', params: { status: 503 } }, afterMs: null },
  ours: { kind: 'broken', reason: { code: 'document.nothing', params: { status: 404 } } },
};

/** After which of these looks, each five minutes (or so long) after the one before, operators hear of it. */
async function heardAfter(looks: readonly string[], everyMs = 5 * 60_000): Promise<readonly number[]> {
  const staged = await stage({ targets: [feed] });
  const heard: number[] = [];
  for (const [index, name] of looks.entries()) {
    const answer = answers[name];
    if (answer === undefined) staged.answers.delete(feed);
    else staged.answers.set(feed, answer);
    staged.clock.now += everyMs;
    await staged.look(feed);
    await deliverDue(staged.worker, AbortSignal.timeout(10_000));
    if (staged.said.splice(0).some(({ channel, draft }) => channel === 'operators' && draft.form === 'notice'))
      heard.push(index + 1);
  }
  return heard;
}

test.each<[string, readonly string[], number, readonly number[]]>([
  ['what is ours to mend: after the third', ['ours', 'ours', 'ours', 'ours'], 300_000, [3]],
  [
    'their trouble in between: not before two of ours in a row',
    ['ours', 'theirs', 'ours', 'theirs', 'ours', 'ours'],
    300_000,
    [6],
  ],
  ['theirs: after five looks and an hour', ['theirs', 'theirs', 'theirs', 'theirs', 'theirs', 'theirs'], hourMs, [5]],
  ['theirs, five within the hour: not yet', ['theirs', 'theirs', 'theirs', 'theirs', 'theirs'], 300_000, []],
  ['one that works', ['well', 'well', 'well', 'well', 'well'], hourMs, []],
])('%s', async (_, looks, everyMs, after) => {
  expect(await heardAfter(looks, everyMs)).toEqual(after);
});
