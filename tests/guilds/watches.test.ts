// Which watch is meant by what somebody typed or chose: exactly that one, and none when it could be several.
import { expect, test } from 'vitest';
import { muteWatch, pauseWatch, removeWatch, watchesHere } from '../../src/guilds/watches.ts';
import { addAll, here, openGuildContext } from '../support/guilds/scene.ts';

test('a watch whose address ends in a slash is found by its choice, its text and its address', async () => {
  const scene = await openGuildContext();
  const target = 'feed:https://lab.test/feed/';
  await addAll(scene, here, target);
  const [watch] = await watchesHere(scene, here);
  expect(await pauseWatch(scene, here, watch?.handle ?? '')).toEqual({ kind: 'paused', target });
  expect(await pauseWatch(scene, here, 'https://lab.test/feed/')).toEqual({ kind: 'resumed', target });
  expect(await muteWatch(scene, here, 'HTTPS://lab.test/feed', '2h')).toMatchObject({ kind: 'muted', target });
  expect(await removeWatch(scene, here, target)).toEqual({ kind: 'done', target });
  expect(await watchesHere(scene, here)).toEqual([]);
});

test('of two that differ only in case or in the slash, the one is meant that was written', async () => {
  const scene = await openGuildContext();
  const feeds = ['feed:https://lab.test/Feed', 'feed:https://lab.test/feed', 'feed:https://lab.test/feed/'];
  await addAll(scene, here, ...feeds);
  expect(await removeWatch(scene, here, 'feed:https://lab.test/FEED')).toEqual({ kind: 'several', targets: feeds });
  expect(await removeWatch(scene, here, 'feed:https://lab.test/feed')).toEqual({ kind: 'done', target: feeds[1] });
  expect(await removeWatch(scene, here, 'https://lab.test/feed/')).toEqual({ kind: 'done', target: feeds[2] });
  expect(await removeWatch(scene, here, 'https://LAB.test/feed')).toEqual({ kind: 'done', target: feeds[0] });
});

test('an address that two sorts of source watch is asked back', async () => {
  const scene = await openGuildContext();
  const both = ['github:xai-org/grok-1', 'huggingface:xai-org/grok-1'];
  await addAll(scene, here, ...both);
  expect(await pauseWatch(scene, here, 'xai-org/grok-1')).toEqual({ kind: 'several', targets: both });
  expect(await muteWatch(scene, here, 'xai-org/grok-1', '1h')).toEqual({ kind: 'several', targets: both });
  expect(await removeWatch(scene, here, 'HuggingFace:xai-org/grok-1')).toEqual({ kind: 'done', target: both[1] });
  expect(await removeWatch(scene, here, 'elsewhere')).toEqual({ kind: 'not watched' });
});
