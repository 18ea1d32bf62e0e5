// Forum channels: a card is a post, later messages are replies in it. Posts have no nonce, so doubt is resolved by searching.
import type { Outcome } from '../../types/delivery.ts';
import type { OutgoingPage } from '../define.ts';
import { archived, closed, deleted, notOurs, outcomeOf, threadsFull } from './outcome.ts';
import type { DiscordPage } from './page.ts';
import type { DiscordPlace, DiscordPlaces } from './place.ts';
import { archiveAfter } from './place.ts';
import { createPostFinder } from './posts.ts';
import { foldQuietest } from './quiet.ts';
import { asideOf, editCall, lookFrom, post, type Sender, sentOf, unfinished } from './send.ts';
import { createTagger } from './tags.ts';

type ForumSend = (
  place: DiscordPlace,
  outgoing: OutgoingPage,
  page: DiscordPage,
  signal: AbortSignal,
) => Promise<Outcome>;

/** An attempt younger than this, in milliseconds, may still be on its way, so a search could miss it. */
const landingMs = 5_000;

interface PostEdit {
  readonly thread: string;
  readonly outgoing: OutgoingPage;
  readonly page: DiscordPage;
}

export function createForum(sender: Sender, places: DiscordPlaces): ForumSend {
  const { connection, now } = sender;
  const find = createPostFinder(sender);
  const tagger = createTagger(connection, places);

  async function create(
    place: DiscordPlace,
    outgoing: OutgoingPage,
    page: DiscordPage,
    signal: AbortSignal,
  ): Promise<Outcome> {
    if (outgoing.doubtSince !== null) {
      const since = lookFrom(Date.parse(outgoing.doubtSince), now());
      const early = since + landingMs - now();
      if (early > 0)
        return { kind: 'later', reason: { code: 'discord.in-doubt', params: {} }, afterMs: early, doubtful: true };
      const search = await find(place, page, since, signal);
      if (search.kind === 'found') return { kind: 'sent', messageId: search.messageId };
      if (search.kind === 'unknown') return search.outcome;
    }
    const tags = await tagger.idsOf(place, page.heading.tags, signal);
    if ('kind' in tags) return asideOf(tags, outgoing);
    const body = {
      name: page.heading.name,
      auto_archive_duration: archiveAfter,
      applied_tags: tags,
      message: page.message,
    };
    const call = { method: 'POST', path: `/channels/${place.channel}/threads`, body, auth: true } as const;
    const first = await connection.call(call, signal);
    const roomier = threadsFull(first) && (await foldQuietest(connection, place, signal));
    const answer = roomier ? await connection.call(call, signal) : first;
    if (answer.kind === 'answer') return sentOf(answer, null, page);
    if (answer.kind === 'refused') places.forget();
    return outcomeOf(answer);
  }

  /** A post and its first message have the same id. */
  async function edit(
    place: DiscordPlace,
    { thread, outgoing, page }: PostEdit,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const call = editCall(thread, thread, page);
    let answer = await connection.call(call, signal);
    if (archived(answer)) {
      const open = { method: 'PATCH', path: `/channels/${thread}`, body: { archived: false }, auth: true } as const;
      const opened = await connection.call(open, signal);
      if (opened.kind === 'refused') return deleted;
      if (opened.kind !== 'answer') return asideOf(opened, outgoing);
      answer = await connection.call(call, signal);
    }
    if (answer.kind !== 'answer') return closed(answer) || notOurs(answer) ? deleted : outcomeOf(answer);
    const left = await tagger.retag(place, thread, page.heading.tags, signal);
    if (left === null) return { kind: 'sent', messageId: thread };
    return (
      unfinished(left, outgoing) ?? {
        kind: 'sent',
        messageId: thread,
        note: { code: 'discord.untagged', params: { cause: left.reason } },
      }
    );
  }

  return async (place, outgoing, page, signal) => {
    if (outgoing.to !== null && 'edit' in outgoing.to)
      return edit(place, { thread: outgoing.to.edit, outgoing, page }, signal);
    const thread = outgoing.to === null ? (outgoing.first ?? null) : outgoing.to.reply;
    if (thread === null || thread === '') return create(place, outgoing, page, signal);
    const { outcome, answer } = await post(sender, { channel: thread, outgoing, page, reply: null }, signal);
    // The post was deleted or locked: the turn becomes a new post.
    return answer !== null && outcome.kind !== 'sent' && closed(answer) ? deleted : outcome;
  };
}
