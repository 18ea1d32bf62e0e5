// Notices to operators about channels: one per trouble, in their own language, and never about a notice itself.

import { describe, expect, it } from 'vitest';
import { noticeWords } from '../../src/app/notices.ts';
import { locales } from '../../src/messages/index.ts';
import { channelStates } from '../../src/store/channel-states.ts';
import { countGuildWatches, saveGuildChannel } from '../../src/store/guilds.ts';
import { duePools } from '../../src/store/pools.ts';
import type { Outcome } from '../../src/types/delivery.ts';
import { notices } from '../../src/worker/context.ts';
import { deliverDue } from '../../src/worker/once.ts';
import { fresh, seen } from '../support/pipeline.ts';
import { because, refusal } from '../support/reasons.ts';
import { addWatches, channelConfig, configOf, guildWatchOn, hourMs, type Staged, stage } from '../support/worker.ts';

const place = { name: 'guild:1:2', guild: '1', channel: '2' };
const repository = 'github:lab/model';
const refused: Outcome = { kind: 'dead', reason: refusal('Invalid Form Body'), gone: false };
const held: Outcome = {
  kind: 'later',
  reason: refusal('Missing Permissions'),
  afterMs: null,
  doubtful: false,
  hold: true,
};

async function owing(): Promise<Staged> {
  const staged = await stage({ sources: { github: {} }, targets: [repository] });
  await staged.look(repository);
  return staged;
}

async function release(staged: Staged, tag: string): Promise<void> {
  staged.clock.now += hourMs;
  const publishedAt = new Date(staged.clock.now).toISOString();
  staged.answers.set(repository, fresh([seen(tag, { targetId: repository, publishedAt })]));
  await staged.look(repository);
}

async function toOperators(staged: Staged): Promise<readonly string[]> {
  await deliverDue(staged.worker, AbortSignal.timeout(10_000));
  const said = staged.said.splice(0).filter(({ channel }) => channel === 'operators');
  return said.flatMap(({ draft }) => (draft.form === 'notice' ? [draft.text] : [`not a notice: ${draft.form}`]));
}

describe('operators', () => {
  it('are told once that a channel is held, and again when it is held anew', async () => {
    const staged = await owing();
    staged.outcome = (channel) => (channel === 'releases' ? held : { kind: 'sent', messageId: 'm' });
    await release(staged, 'v1');
    expect(await toOperators(staged)).toEqual([
      'Messages to releases wait, nothing is lost: Discord answered 400: Missing Permissions',
    ]);
    staged.clock.now += 2 * hourMs;
    expect(await toOperators(staged)).toEqual([]);
    staged.outcome = () => ({ kind: 'sent', messageId: 'm' });
    staged.clock.now += 2 * hourMs;
    expect(await toOperators(staged)).toEqual([]);
    expect((await channelStates(staged.worker.db)).get('releases')?.holdUntil).toBeNull();
    staged.outcome = (channel) => (channel === 'releases' ? held : { kind: 'sent', messageId: 'm' });
    await release(staged, 'v2');
    expect(await toOperators(staged)).toHaveLength(1);
  });

  it('are told that a message was refused, but not that this notice was', async () => {
    const staged = await owing();
    staged.outcome = () => refused;
    await release(staged, 'v1');
    expect(await toOperators(staged)).toEqual([
      expect.stringMatching(/^Discord refused a message to releases: .*: Discord answered 400: Invalid Form Body$/),
    ]);
    staged.clock.now += hourMs;
    expect(await toOperators(staged)).toEqual([]);
  });

  it('are told that a channel is gone', async () => {
    const staged = await owing();
    staged.outcome = (channel) =>
      channel === 'releases'
        ? { kind: 'dead', reason: refusal('Unknown Channel'), gone: true }
        : { kind: 'sent', messageId: 'm' };
    await release(staged, 'v1');
    expect(await toOperators(staged)).toEqual([
      'Nothing more is sent to releases: Discord answered 400: Unknown Channel',
    ]);
  });
});

describe('a channel that people in Discord added and that is gone', () => {
  it('takes its watches along, and begins anew when somebody adds one in it', async () => {
    const channels = [channelConfig('guild:1:2'), channelConfig('operators', { operator: true })];
    const staged = await stage({ config: configOf({ channels }), sources: { github: {} } });
    const { db } = staged.worker;
    const begin = async (): Promise<void> => {
      await addWatches(staged, [guildWatchOn(repository)]);
      await db.batch(
        saveGuildChannel({ ...place, locale: null, digest: null }, new Date(staged.clock.now).toISOString()),
      );
      await staged.look(repository);
    };
    await begin();
    staged.outcome = () => ({ kind: 'dead', reason: refusal('Unknown Channel'), gone: true });
    await release(staged, 'v1');
    expect(await toOperators(staged)).toEqual([]);
    expect(await countGuildWatches(db, '1')).toBe(0);
    expect(await duePools(db, '9999')).toEqual([]);
    staged.outcome = () => ({ kind: 'sent', messageId: 'm' });
    staged.answers.clear();
    await begin();
    await release(staged, 'v2');
    await deliverDue(staged.worker, AbortSignal.timeout(10_000));
    expect(staged.said.map(({ channel }) => channel)).toEqual(['guild:1:2']);
  });
});

describe('a notice', () => {
  it('goes to operator channels that are on, each in its language', async () => {
    const channels = [
      channelConfig('all'),
      channelConfig('en', { operator: true }),
      channelConfig('ko', { operator: true, locale: 'ko' }),
      channelConfig('off', { operator: true, on: false }),
    ];
    const { worker } = await stage({ config: configOf({ channels }) });
    const statements = notices(worker, {
      kind: 'pledgeUndated',
      what: ['Grok 3'],
      reason: null,
      source: 'https://x.test/1',
    });
    expect(statements.map(({ params }) => params[1])).toEqual(['en', 'ko']);
    expect(String(statements[0]?.params[7])).toContain('Grok 3 was promised 90 days ago');
    expect(String(statements[1]?.params[7])).toContain('Grok 3 공개 약속');
  });

  it('is given of no channel that people in Discord added', async () => {
    const { worker } = await stage();
    for (const kind of ['channelHeld', 'channelGone', 'messageRefused'] as const) {
      expect(notices(worker, { kind, what: ['guild:1:2'], reason: because('r') })).toEqual([]);
      expect(notices(worker, { kind, what: ['releases'], reason: because('r') })).toHaveLength(1);
    }
  });

  it.each(locales)('leaves no blank open in %s, whatever stands in the names', (locale) => {
    const kinds = [
      'sourceFailing',
      'sourceStale',
      'sourceBack',
      'channelHeld',
      'channelGone',
      'messageRefused',
      'pledgeUndated',
    ] as const;
    for (const kind of kinds) {
      const { title, text } = noticeWords(locale, {
        kind,
        what: ['feed:https://a.test/{reason}'],
        reason: because('r'),
        silence: { days: 90, usualDays: 1 },
      });
      expect(text).toContain('feed:https://a.test/{reason}');
      expect(`${title} ${text.replace('/{reason}', '')}`).not.toMatch(/[{}]/);
    }
  });

  it('names five and counts the rest', () => {
    const what = Array.from({ length: 8 }, (_, index) => `t${index}`);
    const { text } = noticeWords('en', { kind: 'sourceBack', what, reason: null });
    expect(text).toBe('Working as usual again: t0, t1, t2, t3, t4, and 3 more.');
  });
});
