// Guilds for tests of scopes: their watches, what targets show, and what each channel received.

import type { GuildContext } from '../../../src/guilds/context.ts';
import { scopeOfAddition } from '../../../src/guilds/own-scope.ts';
import { createPreviews } from '../../../src/scheduler/previews.ts';
import { hasOwnScope } from '../../../src/store/scopes.ts';
import { storiesByKey } from '../../../src/store/stories.ts';
import { insertTarget, lookSoon, newTargetRow } from '../../../src/store/targets.ts';
import { saveWatch } from '../../../src/store/watches.ts';
import type { Observation, Watch } from '../../../src/types/core.ts';
import type { Story } from '../../../src/types/story.ts';
import { deliverDue } from '../../../src/worker/once.ts';
import { fresh, seen } from '../pipeline.ts';
import { channelConfig, configOf, hourMs, type Staged, stage, targetOf, watchOn } from '../worker.ts';

export const grok9 = 'model:xai/grok/9';
export const account = 'huggingface:xai-org';
export const press = 'feed:https://press.test/ai.xml';
/** Channels in two guilds: `b` in guild 2, `c` in guild 3. */
export const b = 'guild:2:20';
export const c = 'guild:3:30';

/** The file's channels are `releases` and `people`; it watches `targets`, whose first looks have been made. */
export async function staged(...targets: readonly string[]): Promise<Staged> {
  const names = ['releases', 'people', b, c];
  const scene = await stage({
    config: configOf({ channels: names.map((name) => channelConfig(name)) }),
    sources: { feed: { expectsNews: true }, huggingface: {}, github: {} },
    targets,
  });
  await firstLook(scene, targets);
  return scene;
}

async function firstLook(scene: Staged, targets: readonly string[]): Promise<void> {
  for (const id of targets) scene.answers.set(id, fresh([]));
  await scene.look(...targets);
}

/** Somebody in the channel's guild adds a watch, and its first look is made. */
export async function adds(
  scene: Staged,
  channel: string,
  target: string,
  over: Partial<Watch> = {},
  to: string = channel,
): Promise<Watch> {
  const [, guild = ''] = channel.split(':');
  const now = new Date(scene.clock.now).toISOString();
  const watch: Watch = {
    ...watchOn(target),
    id: `${channel}:${target}`,
    origin: { by: 'guild', guild },
    to: [to],
    ...over,
  };
  const row = newTargetRow(targetOf(target), targetOf(target).source, now);
  await scene.worker.db.batch([
    insertTarget(row),
    lookSoon(row),
    ...(await scopeOfAddition(scene.worker.db, watch, guild)),
    saveWatch(watch, now),
  ]);
  scene.answers.delete(target);
  if ((await scene.row(target)).baselineAt === null) await firstLook(scene, [target]);
  else await scene.look(target);
  return watch;
}

export const two = { guild: '2', channel: '20' };
export const three = { guild: '3', channel: '30' };

export function contextOf(scene: Staged): GuildContext {
  const { db, config, matcher, sizeOf, sources } = scene.worker;
  return {
    db,
    config,
    matcher,
    sizeOf,
    sources,
    kinds: [],
    now: () => scene.clock.now,
    previews: createPreviews(),
    isModel: () => true,
    labWatches: () => null,
    fileChannel: () => null,
    changed: () => Promise.resolve(),
  };
}

/** An hour later, a look at the target finds these; what is then owed is delivered. */
export async function shows(scene: Staged, target: string, ...observations: readonly Observation[]): Promise<void> {
  await loses(scene, target, [], observations);
}

/** The same, and these keys are proved to be gone. */
export async function loses(
  scene: Staged,
  target: string,
  gone: readonly string[],
  observations: readonly Observation[] = [],
): Promise<void> {
  scene.clock.now += hourMs;
  scene.answers.set(
    target,
    fresh(
      observations.map((one) => ({ ...one, targetId: target })),
      { gone },
    ),
  );
  await scene.look(target);
  await deliverDue(scene.worker, AbortSignal.timeout(10_000));
}

export function article(scene: Staged, title: string): Observation {
  const url = `https://press.test/${encodeURIComponent(title)}`;
  const publishedAt = new Date(scene.clock.now).toISOString();
  return seen(url, { kind: 'entry', about: `news:${url}`, title, url, lang: 'en', publishedAt });
}

export function model(id: string, over: Partial<Observation> = {}): Observation {
  return seen(`weights:${id}`, {
    kind: 'weights',
    about: `huggingface:${id}`,
    subject: id.slice(id.indexOf('/') + 1),
    title: id,
    url: `https://huggingface.co/${id}`,
    facts: { files: 1, bytes: 5e9 },
    ...over,
  });
}

/** The forms a channel received since the last call. */
export function heard(scene: Staged, channel: string): readonly string[] {
  const said = scene.said.filter((one) => one.channel === channel);
  for (const one of said) scene.said.splice(scene.said.indexOf(one), 1);
  return said.map(({ draft }) => draft.form);
}

/** The story that this scope has for a key; a guild that shares the file's stories has the file's. */
export async function storyOf(scene: Staged, scope: Story['scope'], key: string = grok9): Promise<Story | undefined> {
  const { db } = scene.worker;
  const own = scope === 'file' || (await hasOwnScope(db, scope.guild)) ? scope : 'file';
  return (await storiesByKey(db, own, [key])).get(key);
}
