// What stands at a channel's id decides how a message is told: forums, threads, announcements, and what people do to them.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ChannelConfig } from '../../../src/config/shape.ts';
import { inEnglish } from '../../../src/messages/reasons/en.ts';
import { messagesOf } from '../../../src/store/messages.ts';
import { saveStory } from '../../../src/store/stories.ts';
import type { Story, Turn } from '../../../src/types/story.ts';
import { channel, owed, start } from '../../support/channels/forms.ts';
import { grok, mark } from '../../support/channels/stories.ts';
import { channelConfig, type Outbox, openOutbox } from '../../support/outbox.ts';
import { mentioning } from '../../support/reasons.ts';
import type { ChannelHandle, ChannelSeed } from '../../support/world/discord/handles.ts';

let outbox: Outbox;
let place: ChannelHandle;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: start });
});
afterEach(async () => {
  await outbox.close();
  vi.useRealTimers();
});

async function open(seed: ChannelSeed, over: Partial<ChannelConfig> = {}): Promise<void> {
  outbox = await openOutbox({ now: Date.now }, (handles) => {
    place = handles.channel(seed);
    return [channelConfig(place, channel, over)];
  });
}

async function settle(): Promise<void> {
  for (let round = 0; round < 12 && (round === 0 || (await outbox.owed()) > 0); round += 1) {
    await outbox.deliver();
    vi.setSystemTime(Date.now() + 6_000);
  }
}

const seen: Story = { ...grok, stage: 'seen', revision: 2 };

async function tellCard(): Promise<void> {
  await outbox.write([saveStory(seen, 0), owed(seen)]);
  await settle();
}

async function tellTurn(turn: Turn = 'released', revision = 3): Promise<void> {
  const story: Story = { ...grok, revision };
  const turns = [{ ...mark(turn, revision, '2026-03-02T10:00:00.000Z') }];
  await outbox.write([saveStory(story, revision - 1), owed(story), owed(story, { form: 'reply', content: { turns } })]);
  await settle();
}

const post = () => place.threads()[0];
const inPost = () => [...outbox.state.messages.values()].filter((message) => message.channel_id === post()?.id);
const tagsOf = () => post()?.thread?.tags.map((id) => place.state.tags.find((tag) => tag.id === id)?.name);
const asked = (method: string) => outbox.asked.filter((line) => line.startsWith(method));

describe('a forum', () => {
  it('has a post per story, with tags that exist; the turn stands in it and the stage moves', async () => {
    await open({ type: 'forum', tags: ['seen', 'Released', 'XAI'] });
    await tellCard();
    expect([post()?.name, tagsOf()]).toEqual(['Grok 2', ['seen', 'XAI']]);
    await tellTurn();
    expect(place.threads()).toHaveLength(1);
    expect(inPost()).toHaveLength(2);
    expect(inPost()[0]?.edited_timestamp).not.toBeNull();
    expect(tagsOf()).toEqual(['Released', 'XAI']);
  });

  it('gets the tags it lacks where the bot may make them, once', async () => {
    await open({ type: 'forum', tags: ['News'] });
    place.allow('ManageChannels');
    await tellCard();
    expect(place.state.tags.map(({ name }) => name)).toEqual(['News', 'Seen', 'xai']);
    expect(tagsOf()).toEqual(['Seen', 'xai']);
    expect(asked('PATCH')).toHaveLength(1);
  });

  it('gets its tags, however few requests Discord takes at a time', async () => {
    await open({ type: 'forum' });
    place.allow('ManageChannels');
    outbox.limits.global = 4;
    await tellCard();
    expect(tagsOf()).toEqual(['Seen', 'xai']);
    // Opening the post takes all that it may be changed for a while.
    outbox.limits.buckets['PATCH /channels/:channel'] = { limit: 1, windowMs: 4_000 };
    Object.assign(post()?.thread ?? {}, { archived: true });
    await tellTurn();
    expect(tagsOf()).toEqual(['Released', 'xai']);
    expect(inPost()).toHaveLength(2);
  });

  it('gets none where the bot may not, and nobody asks for it', async () => {
    await open({ type: 'forum' });
    await tellCard();
    expect([tagsOf(), asked('PATCH'), outbox.limits.invalid(Date.now())]).toEqual([[], [], 0]);
  });

  it('a post that folded is opened to be edited; one that was deleted becomes a new one by its next turn', async () => {
    await open({ type: 'forum' });
    await tellCard();
    const thread = post()?.thread;
    if (thread == null) throw new Error('no post');
    thread.archived = true;
    await tellTurn();
    expect(inPost()).toHaveLength(2);
    outbox.state.channels.delete(post()?.id ?? '');
    await tellTurn('licence changed', 4);
    expect(place.threads()).toHaveLength(1);
    expect(inPost()).toHaveLength(1);
    expect((await messagesOf(outbox.db, [grok.id]))[0]?.messageId).toBe(post()?.id);
  });
});

describe('replies in threads', () => {
  it('stand in one thread of the message, named like the story', async () => {
    await open({}, { thread: true });
    await tellCard();
    await tellTurn();
    await tellTurn('licence changed', 4);
    expect(place.threads().map(({ name }) => name)).toEqual(['Grok 2']);
    expect(inPost()).toHaveLength(2);
    expect(place.messages()).toHaveLength(1);
  });

  it('a thread that people deleted: the reply stands beside it', async () => {
    await open({}, { thread: true });
    await tellCard();
    await tellTurn();
    outbox.state.channels.delete(post()?.id ?? '');
    await tellTurn('licence changed', 4);
    expect(await outbox.owed()).toBe(0);
    expect(place.messages().length + inPost().length).toBe(2);
  });

  it('a message that people deleted: the turn posts the card again', async () => {
    await open({}, { thread: true });
    await tellCard();
    place.removeMessage(place.messages()[0]?.id ?? '');
    await tellTurn();
    expect(place.messages().map(({ embeds }) => embeds.length)).toEqual([1]);
    expect(await outbox.owed()).toBe(0);
  });
});

describe('announcements', () => {
  it('are published, ten an hour; more are told without waiting', async () => {
    await open({ type: 'announcement' });
    const stories = Array.from({ length: 12 }, (_, n): Story => ({ ...grok, id: `s${n}`, key: `k${n}`, revision: 1 }));
    await outbox.write(
      stories.flatMap((story, n) => [saveStory(story, 0), owed(story, { form: 'card', content: null }, n)]),
    );
    await settle();
    expect([place.messages().length, outbox.state.crossposted.size]).toEqual([12, 10]);
    const notes = outbox.outcomes.flatMap(({ outcome }) => (outcome.kind === 'sent' ? [outcome.note] : []));
    expect(notes.filter((note) => note !== undefined)).toEqual(
      Array.from({ length: 2 }, () => mentioning('not published')),
    );
    expect(outbox.limits.invalid(Date.now())).toBe(0);
  });
});

describe('pings', () => {
  it('name exactly the roles whose rule fits, on the card and on the turn that reaches the stage, never on edits', async () => {
    await open(
      {},
      {
        mention: [
          { kind: 'role', id: '111', stages: ['released'], labs: ['xai'] },
          { kind: 'role', id: '222', stages: ['seen'], labs: null },
          { kind: 'user', id: '333', stages: null, labs: ['mistral'] },
        ],
        silent: ['seen'],
      },
    );
    await tellCard();
    await tellTurn();
    await tellTurn('licence changed', 4);
    const history = outbox.state.history.map(({ type, message }) => [
      type,
      message.content.match(/<@.?\d+>/g),
      message.flags,
    ]);
    expect(history).toEqual([
      ['create', ['<@&222>'], 4096],
      ['edit', ['<@&111>'], 4096],
      ['create', ['<@&111>'], 0],
      ['edit', ['<@&111>'], 4096],
      ['create', null, 0],
    ]);
    const edits = outbox.state.history.filter(({ type }) => type === 'edit');
    expect(edits.map(({ message }) => message.mention_roles)).toEqual([[], []]);
  });
});

describe('what is missing', () => {
  it.each<[string, ChannelSeed, Partial<ChannelConfig>, readonly string[]]>([
    ['nothing in text', {}, {}, []],
    [
      'threads',
      { deny: ['CreatePublicThreads', 'SendMessagesInThreads'] },
      { thread: true },
      ['Create Public Threads', 'Send Messages in Threads'],
    ],
    ['no threads wanted', { deny: ['CreatePublicThreads', 'SendMessagesInThreads'] }, {}, []],
    ['a forum without tags', { type: 'forum' }, {}, ['Manage Channels']],
    ['a forum with them', { type: 'forum', tags: ['Reported', 'Promised', 'Seen', 'Released'] }, {}, []],
    [
      'a forum that takes no answers',
      { type: 'forum', tags: ['Reported', 'Promised', 'Seen', 'Released'], deny: ['SendMessagesInThreads'] },
      {},
      ['Send Messages in Threads'],
    ],
  ])('%s', async (_name, seed, config, wanted) => {
    await open(seed, config);
    const lacks = await outbox.outboxTargets()[0]?.missing?.(new AbortController().signal);
    expect(lacks?.map(inEnglish)).toEqual(wanted);
  });
});
