// The channels there are. A further one: its file (or folder), its test, and a line here.
import type { ChannelKind } from './define.ts';
import { discord } from './discord/channel.ts';
import { terminal } from './terminal/channel.ts';
import { webhook } from './webhook/channel.ts';

export const channelKinds: readonly ChannelKind[] = [discord, terminal, webhook];
