// The list of channel kinds. A new one needs its file or folder, a test, and a line here.
import type { ChannelKind } from './define.ts';
import { discord } from './discord/channel.ts';
import { terminal } from './terminal/channel.ts';
import { webhook } from './webhook/channel.ts';

export const channelKinds: readonly ChannelKind[] = [discord, terminal, webhook];
