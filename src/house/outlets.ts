// Opens the channels of a configuration: where alerts go, and in which style.
import { createHash } from 'node:crypto';
import type { ChannelKind, ChannelWorld, Draft, DraftStyle } from '../channels/define.ts';
import type { ChannelConfig, Config, MentionRule } from '../config/shape.ts';
import type { Outlet } from '../deliver.ts';

/** Tells one place from another without showing it: a webhook's address is a secret. */
function addressOf(channel: ChannelConfig): string {
  return createHash('sha256').update(JSON.stringify([channel.kind, channel.options])).digest('hex').slice(0, 16);
}

function pings(rule: MentionRule, draft: Draft): boolean {
  if (draft.form !== 'card') return rule.stages === null && rule.labs === null && draft.form !== 'notice';
  const stage = rule.stages === null || rule.stages.includes(draft.story.stage);
  return stage && (rule.labs === null || (draft.story.lab !== null && rule.labs.includes(draft.story.lab)));
}

export function styleOf(channel: ChannelConfig): (draft: Draft) => DraftStyle {
  return (draft) => ({
    locale: channel.locale,
    timezone: channel.timezone,
    silent: (draft.form === 'card' || draft.form === 'reply') && channel.silent.includes(draft.story.stage),
    mention: channel.mention.filter((rule) => pings(rule, draft)).map((rule) => `${rule.kind}:${rule.id}`),
  });
}

export function openOutlets(config: Config, kinds: readonly ChannelKind[], world: ChannelWorld): readonly Outlet[] {
  return config.channels
    .filter((channel) => channel.on)
    .flatMap((channel) => {
      const kind = kinds.find((known) => known.kind === channel.kind);
      if (kind === undefined) return [];
      return [{ name: channel.name, address: addressOf(channel), channel: kind.open(channel.options, world), style: styleOf(channel) }];
    });
}
