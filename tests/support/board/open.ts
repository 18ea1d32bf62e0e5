// Opens a board over a database that a test has filled.
import type { Hono } from 'hono';
import { pacingWorld } from '../../../src/app/open-worker.ts';
import { boardWorld } from '../../../src/app/serve.ts';
import { createMetrics } from '../../../src/server/metrics.ts';
import { createApp } from '../../../src/server/server.ts';
import type { Bindings } from '../../../src/server/world.ts';
import { huggingface } from '../../../src/sources/huggingface/source.ts';
import type { Db } from '../../../src/store/define.ts';
import { insertDelivery } from '../../../src/store/deliveries.ts';
import { saveMeta } from '../../../src/store/meta.ts';
import { settle } from '../../../src/store/settling.ts';
import { saveSpread } from '../../../src/store/spread.ts';
import { saveStory } from '../../../src/store/stories.ts';
import type { Story } from '../../../src/types/story.ts';
import type { Worker } from '../../../src/worker/context.ts';
import { createPushes } from '../../../src/worker/pushes.ts';

export const boardNow = Date.parse('2026-03-02T12:00:00.000Z');

/** Saves stories as if they had been folded, and told 30 seconds after they opened. */
export async function fillBoard(db: Db, stories: readonly Story[]): Promise<void> {
  for (let from = 0; from < stories.length; from += 200) {
    const part = stories.slice(from, from + 200);
    await db.batch(
      part.flatMap((story, index) => {
        const id = `${story.id}@1>releases/card`;
        const told = new Date(Date.parse(story.openedAt) + 30_000 + index * 1_000).toISOString();
        const delivery = {
          id,
          subject: story.id,
          revision: 1,
          channel: 'releases',
          form: 'card' as const,
          seq: from + index,
          notBefore: told,
          attempts: 0,
          content: null,
          pinned: null,
          sent: [],
          doubtSince: null,
        };
        return [saveStory(story, 0), insertDelivery(delivery, told), settle({ id, sent: ['1'] }, 'sent', null, told)];
      }),
    );
  }
  await db.batch([
    saveMeta('beat', JSON.stringify({ at: new Date(boardNow - 12_000).toISOString(), everyMs: 30_000 })),
  ]);
}

/** Saves ten days of popularity figures, all of them growing. */
export async function fillSpread(db: Db, storyId: string, from: string, days = 10): Promise<void> {
  const growth: Readonly<Record<string, readonly [number, number]>> = {
    downloadsAll: [9_000, 41_000],
    likes: [210, 95],
    derivatives: [3, 31],
    'derivatives:quantized': [2, 24],
    'derivatives:finetune': [1, 7],
  };
  const dates = Array.from({ length: days }, (_, day) =>
    new Date(Date.parse(from) + day * 86_400_000).toISOString().slice(0, 10),
  );
  await db.batch(
    dates.flatMap((day, index) =>
      Object.entries(growth).map(([measure, [first, more]]) =>
        saveSpread({ storyId, day, measure, value: first + more * index }, `${day}T06:00:00.000Z`),
      ),
    ),
  );
}

type Served = Pick<Worker, 'config' | 'db' | 'now' | 'sources' | 'log' | 'random'>;

export function openBoard(worker: Served): Hono<{ Bindings: Bindings }> {
  const { db, now, sources, log } = worker;
  return createApp({
    now,
    metrics: createMetrics({ db, now, sources, channels: ['releases'] }),
    hook: { db, address: huggingface.address, pushes: createPushes() },
    secret: null,
    log,
    board: boardWorld(worker, pacingWorld(worker)),
  });
}
