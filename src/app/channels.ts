// Opens the channels of a configuration: where alerts are sent, and in which style.
import { createHash } from 'node:crypto';
import type { ChannelKind, ChannelWorld, Draft, DraftStyle } from '../channels/define.ts';
import type { ChannelConfig, Config, MentionRule } from '../config/shape.ts';
import type { OutboxTarget } from '../outbox/target.ts';
import type { Story } from '../types/story.ts';

/** A hash, because the address of a webhook is a secret. */
function addressOf(channel: ChannelConfig): string {
  return createHash('sha256')
    .update(JSON.stringify([channel.kind, channel.options]))
    .digest('hex')
    .slice(0, 16);
}

function fits(rule: MentionRule, story: Story): boolean {
  const stage = rule.stages === null || rule.stages.includes(story.stage);
  return stage && (rule.labs === null || (story.lab !== null && rule.labs.includes(story.lab)));
}

/** A rule for stages pings for a story told in such a stage and for the turn into it, but not for later turns in that stage. */
function pings(rule: MentionRule, draft: Draft): boolean {
  switch (draft.form) {
    case 'card':
      return fits(rule, draft.story);
    case 'reply':
      return (
        fits(rule, draft.story) && (rule.stages === null || draft.turns.some(({ turn }) => turn === draft.story.stage))
      );
    case 'digest':
      return draft.stories.some((story) => fits(rule, story));
    case 'group':
      return rule.stages === null && rule.labs === null;
    case 'notice':
      return false;
  }
}

export function styleOf(channel: ChannelConfig): (draft: Draft) => DraftStyle {
  return (draft) => ({
    locale: channel.locale,
    timezone: channel.timezone,
    silent: (draft.form === 'card' || draft.form === 'reply') && channel.silent.includes(draft.story.stage),
    mention: channel.mention.filter((rule) => pings(rule, draft)).map((rule) => `${rule.kind}:${rule.id}`),
    thread: channel.thread,
  });
}

export function openChannels(
  config: Config,
  kinds: readonly ChannelKind[],
  world: ChannelWorld,
): readonly OutboxTarget[] {
  return config.channels
    .filter((channel) => channel.on)
    .flatMap((channel) => {
      const kind = kinds.find((known) => known.kind === channel.kind);
      if (kind === undefined) return [];
      const { name, locale, thread } = channel;
      const opened = kind.open(channel.options, world);
      const mention = channel.mention.map((rule) => `${rule.kind}:${rule.id}`);
      const missing: OutboxTarget['missing'] = (signal, urgency) =>
        opened.check?.(signal, { locale, thread, mention }, urgency) ?? Promise.resolve([]);
      return [{ name, address: addressOf(channel), channel: opened, style: styleOf(channel), missing }];
    });
}
