// Every form of message, with every request that changes something going wrong once: nothing lost, nothing doubled.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beside, configOf, type Scene, scenes, start, told } from '../../support/channels/forms.ts';
import { type Mishap, mishaps, type Outbox, openOutbox } from '../../support/outbox.ts';

// The REST client's own limiter reads the clock too.
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

async function until(outbox: Outbox, pauseMs: number): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    const at = await outbox.deliver();
    if ((await outbox.owed()) === 0) return;
    vi.setSystemTime(Math.max(Date.now() + pauseMs, at ?? 0));
  }
  throw new Error(`still owed: ${JSON.stringify(outbox.outcomes.at(-1))}`);
}

interface Played {
  readonly told: unknown;
  readonly beside: unknown;
  readonly happened: boolean;
}

async function played(scene: Scene, nth: number, mishap: Mishap | null, pauseMs: number): Promise<Played> {
  vi.setSystemTime(start);
  const outbox = await openOutbox({ now: Date.now }, (handles) => [configOf(scene, handles)]);
  try {
    if (scene.before.length > 0) await outbox.write(scene.before);
    await until(outbox, 1_000);
    vi.setSystemTime(Date.now() + 600_000);
    await outbox.write(scene.now);
    const plan = mishap === null ? null : outbox.plan(nth, mishap);
    await until(outbox, pauseMs);
    return { told: told(outbox), beside: beside(outbox), happened: plan?.happened() ?? false };
  } finally {
    await outbox.close();
  }
}

describe.each(scenes)('$name', (scene) => {
  it.each(mishaps)('%s', async (mishap) => {
    const wanted = await played(scene, 0, null, 1_000);
    let faults = 0;
    const arrived = mishap.includes('after');
    // Young doubts are settled by the nonce, old ones by looking; what did not arrive leaves none.
    for (const pauseMs of arrived ? [1_000, 600_000] : [1_000]) {
      for (let nth = 0; ; nth += 1) {
        const found = await played(scene, nth, mishap, pauseMs);
        if (!found.happened) break;
        faults += 1;
        expect(found.told, `request ${nth}, ${pauseMs} ms later`).toEqual(wanted.told);
        expect(found.beside, `beside request ${nth}`).toEqual(wanted.beside);
      }
    }
    expect(faults).toBeGreaterThan(0);
  });
});
