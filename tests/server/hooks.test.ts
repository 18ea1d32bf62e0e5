// A webhook of Hugging Face becomes a look at once: of what is watched, with courtesy, and never lost to a look under way.
import { describe, expect, it } from 'vitest';
import { pacingWorld } from '../../src/app/open-worker.ts';
import { takePush } from '../../src/server/hooks.ts';
import { huggingface } from '../../src/sources/huggingface/source.ts';
import { hurryTargets, insertTarget, newTargetRow } from '../../src/store/targets.ts';
import type { PollResult } from '../../src/types/core.ts';
import { keepWatching } from '../../src/worker/loop.ts';
import { createPushes } from '../../src/worker/pushes.ts';
import { configOf, hourMs, noon, type Staged, stage, targetOf, watchOn } from '../support/worker.ts';

const owner = 'huggingface:acme';
const model = 'huggingface:acme/one';

function push(over: { readonly scope?: string; readonly type?: string; readonly name?: string } = {}) {
  return {
    event: { action: 'update', scope: over.scope ?? 'repo.content' },
    repo: {
      type: over.type ?? 'model',
      name: over.name ?? 'Acme/One',
      id: '66f0c0ffee',
      private: false,
      headSha: 'a1b2',
      tags: [],
    },
    updatedRefs: [{ ref: 'refs/heads/main', oldSha: 'a1b1', newSha: 'a1b2' }],
    webhook: { id: '66f0babe', version: 3 },
  };
}

async function hub(): Promise<Staged> {
  return stage({ sources: { huggingface: {} }, targets: [owner, model] });
}

describe('a push', () => {
  it.each([
    ['commits', push(), [owner, model]],
    ['a change of settings', { ...push({ scope: 'repo.config' }), updatedConfig: { private: false } }, [owner, model]],
    [
      'a new model',
      { ...push({ scope: 'repo', name: 'acme/two' }), event: { action: 'create', scope: 'repo' } },
      [owner],
    ],
    [
      'a renamed model',
      { ...push({ scope: 'repo', name: 'else/old' }), movedTo: { name: 'acme/one' } },
      [owner, model],
    ],
    ['a data set', push({ type: 'dataset' }), []],
    ['a conversation', push({ scope: 'discussion.comment' }), []],
    ['somebody nobody watches', push({ name: 'else/one' }), []],
    ['a name without an owner', push({ name: 'gpt2' }), []],
    ['a name that is none', push({ name: '../etc' }), []],
  ])('of %s', async (_, body, targetIds) => {
    const { worker } = await hub();
    const pushes = createPushes();
    const result = await takePush({ db: worker.db, address: huggingface.address, pushes }, body);
    expect(result).toEqual({ kind: 'taken', targetIds: expect.arrayContaining(targetIds) });
    expect(pushes.take('huggingface').toSorted()).toEqual(targetIds);
    expect(pushes.take('huggingface')).toEqual([]);
  });

  it.each([null, undefined, 'text', {}, { event: {}, repo: {} }, { ...push(), repo: { type: 'model' } }])(
    'that is none is not understood: %j',
    async (body) => {
      const { worker } = await hub();
      const pushes = createPushes();
      const result = await takePush({ db: worker.db, address: huggingface.address, pushes }, body);
      expect(result).toEqual({ kind: 'not understood' });
      expect(pushes.pools()).toEqual([]);
    },
  );
});

describe('a target that was pushed', () => {
  const now = new Date(noon).toISOString();
  const soon = new Date(noon + 20_000).toISOString();
  const tomorrow = new Date(noon + 24 * hourMs).toISOString();

  it('is due at once and hot, unless its host fails and asked for time; what its parent leads stays with it', async () => {
    const staged = await hub();
    const { db } = staged.worker;
    await db.batch([
      insertTarget(newTargetRow(targetOf('huggingface:acme/led'), 'huggingface', null)),
      { sql: 'UPDATE targets SET due_at = $1 WHERE due_at IS NOT NULL', params: [tomorrow] },
      { sql: 'UPDATE targets SET not_before = $1', params: [soon] },
      { sql: 'UPDATE targets SET failing_since = $1 WHERE id = $2', params: [now, model] },
      ...hurryTargets([owner, model, 'huggingface:acme/led'], now),
    ]);
    expect(await staged.row(owner)).toMatchObject({ dueAt: now, notBefore: now, hot: true });
    expect(await staged.row(model)).toMatchObject({ dueAt: soon, notBefore: soon, hot: true });
    expect(await staged.row('huggingface:acme/led')).toMatchObject({ dueAt: null, hot: false });
  });
});

describe('a worker that is told of a push', () => {
  const same: PollResult = { kind: 'same', cursor: null, restMs: null };

  /** Runs a worker that never wakes by itself again until `done` resolves. */
  async function running(
    staged: Staged,
    pushes: ReturnType<typeof createPushes>,
    done: Promise<unknown>,
  ): Promise<void> {
    const stop = new AbortController();
    const aborted = new Promise<void>((resolve) => stop.signal.addEventListener('abort', () => resolve()));
    const watching = keepWatching(
      {
        worker: staged.worker,
        pushes,
        everyMs: () => 30_000,
        pacing: pacingWorld(staged.worker),
        clock: () => aborted,
        wait: (_, signal) =>
          new Promise((resolve) => {
            if (signal.aborted) resolve();
            else signal.addEventListener('abort', () => resolve());
          }),
      },
      stop.signal,
    );
    await done;
    stop.abort();
    await watching;
  }

  const config = configOf({ targets: [targetOf(owner)], watches: [watchOn(owner)] });
  const quota = () => ({ limit: 500, windowMs: 300_000, share: 0.4, peak: 1, hot: 50, batch: 1, worst: 1, lanes: 8 });

  it('looks at once, without waiting for its next wake', async () => {
    const pushes = createPushes();
    let looks = 0;
    const second = Promise.withResolvers<void>();
    const staged = await stage({
      config,
      sources: {
        huggingface: {
          quota,
          poll: (asked) => {
            looks += 1;
            if (looks === 2) second.resolve();
            return Promise.resolve({ results: new Map(asked.map(({ target }) => [target.id, same])), spent: [] });
          },
        },
      },
    });
    const done = async () => {
      await expect.poll(async () => (await staged.row(owner)).lastAt, { interval: 1 }).not.toBeNull();
      pushes.add('huggingface', [owner]);
      await second.promise;
    };
    await running(staged, pushes, done());
    expect(looks).toBe(2);
  });

  it('looks again when the push came during a look, which may have seen what was before', async () => {
    const pushes = createPushes();
    let looks = 0;
    const second = Promise.withResolvers<void>();
    const staged = await stage({
      config,
      sources: {
        huggingface: {
          quota,
          poll: (asked) => {
            looks += 1;
            if (looks === 1) {
              pushes.add('huggingface', [owner]);
              staged.clock.now += 10;
            } else second.resolve();
            return Promise.resolve({ results: new Map(asked.map(({ target }) => [target.id, same])), spent: [] });
          },
        },
      },
    });
    await running(staged, pushes, second.promise);
    expect(looks).toBe(2);
  });
});
