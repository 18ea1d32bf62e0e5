// The parts of discord.js that the gateway takes. A module of ours, imported when the bot starts: a bundle gives a CommonJS
// package that is imported on demand as its default alone.
import {
  Client,
  DefaultRestOptions,
  Events,
  GatewayIntentBits,
  Options,
  Routes,
  SimpleShardingStrategy,
} from 'discord.js';

export const discord = {
  Client,
  DefaultRestOptions,
  Events,
  GatewayIntentBits,
  Options,
  Routes,
  SimpleShardingStrategy,
};
