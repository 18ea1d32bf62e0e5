// One scene for each form of message: what is in Discord before, what is owed, and what is there in the end.
import type { ChannelConfig } from '../../../src/config/shape.ts';
import type { Statement } from '../../../src/store/define.ts';
import { insertDelivery } from '../../../src/store/deliveries.ts';
import { saveMessage } from '../../../src/store/messages.ts';
import { saveStory } from '../../../src/store/stories.ts';
import type { Content, Delivery } from '../../../src/types/delivery.ts';
import type { Story } from '../../../src/types/story.ts';
import { channelConfig, type Outbox } from '../outbox.ts';
import type { ChannelSeed, createHandles } from '../world/discord/handles.ts';
import { grok, mark, release } from './stories.ts';

export const channel = 'releases';
export const start = Date.parse('2026-03-02T10:00:00.000Z');

export interface Scene {
  readonly name: string;
  readonly place: ChannelSeed;
  readonly config: Partial<ChannelConfig>;
  /** Delivered before any fault occurs. */
  readonly before: readonly Statement[];
  readonly now: readonly Statement[];
}

export function owed(
  story: Pick<Story, 'id' | 'revision'>,
  what: Content = { form: 'card', content: null },
  seq = story.revision * 10,
): Statement {
  const now = new Date(start).toISOString();
  const delivery: Delivery = {
    id: `${story.id}@${story.revision}>${channel}/${what.form}`,
    subject: story.id,
    revision: story.revision,
    channel,
    seq: seq + (what.form === 'reply' ? 1 : 0),
    notBefore: now,
    attempts: 0,
    pinned: null,
    sent: [],
    doubtSince: null,
    ...what,
  };
  return insertDelivery(delivery, now);
}

const seen: Story = { ...grok, stage: 'seen', revision: 2 };
const turned = mark('released', 3, '2026-03-02T10:00:00.000Z');
const card: readonly Statement[] = [saveStory(seen, 0), owed(seen)];
const turn: readonly Statement[] = [
  saveStory(grok, 2),
  owed(grok),
  owed(grok, { form: 'reply', content: { turns: [turned] } }),
];
const period = { from: '2026-03-01T09:00:00.000Z', to: '2026-03-02T09:00:00.000Z' };

/** Enough items for several pages. */
const many = Array.from(
  { length: 24 },
  (_, index): Story => ({
    ...release,
    id: `release-${index}`,
    key: `github:o/r@v${index}`,
    name: `${'a-repository-with-a-long-name/'.repeat(3)}v${index}`,
  }),
);
const items = many.map(({ id, name, url }) => ({ key: id, title: name, url, at: null }));
const group = owed(
  { id: 'group:w', revision: 1 },
  { form: 'group', content: { title: 'o/r', url: 'https://github.com/o/r', items } },
);
const digest = many.flatMap((story, index) => [
  saveStory(story, 0),
  owed(story, { form: 'digest', content: period }, index),
  saveMessage(story.id, channel, null, story.revision),
]);

export const scenes: readonly Scene[] = [
  { name: 'card', place: {}, config: {}, before: [], now: card },
  { name: 'edit and reply', place: {}, config: {}, before: card, now: turn },
  { name: 'edit and reply in a thread', place: {}, config: { thread: true }, before: card, now: turn },
  { name: 'announcement', place: { type: 'announcement' }, config: {}, before: [], now: card },
  { name: 'forum post', place: { type: 'forum', tags: ['Seen', 'xai'] }, config: {}, before: [], now: card },
  {
    name: 'edit and reply in a forum',
    place: { type: 'forum', tags: ['Seen', 'Released'] },
    config: {},
    before: card,
    now: turn,
  },
  { name: 'group', place: {}, config: {}, before: [], now: [group] },
  { name: 'group in a forum', place: { type: 'forum' }, config: {}, before: [], now: [group] },
  { name: 'digest', place: {}, config: { digest: 'daily' }, before: [], now: digest },
  { name: 'digest in a forum', place: { type: 'forum' }, config: { digest: 'daily' }, before: [], now: digest },
];

export function configOf(scene: Scene, handles: ReturnType<typeof createHandles>): ChannelConfig {
  return channelConfig(handles.channel(scene.place), channel, scene.config);
}

/** All messages as people see them, without ids and times. */
export function told({ state }: Outbox): unknown {
  return [...state.channels.values()].map(({ id, type, name }) => {
    const messages = [...state.messages.values()].filter((message) => message.channel_id === id);
    return { type, name, messages: messages.map((message) => [message.content, message.embeds, message.type]) };
  });
}

/** Effects of secondary requests that can be observed: publishing and tags. */
export function beside({ state }: Outbox): unknown {
  const tags = [...state.channels.values()].map(({ thread, parentId }) => {
    const known = new Map(state.channels.get(parentId ?? '')?.tags.map(({ id, name }) => [id, name]));
    return thread?.tags.map((id) => known.get(id)).sort() ?? null;
  });
  return { tags, published: state.crossposted.size };
}
