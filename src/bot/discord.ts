// The parts of discord.js that the gateway uses, re-exported by a module that is imported when the bot starts: in a bundle, a
// dynamically imported CommonJS package has only its default export.
import {
  Client,
  DefaultRestOptions,
  Events,
  GatewayIntentBits,
  Options,
  REST,
  Routes,
  SimpleShardingStrategy,
} from 'discord.js';

export const discord = {
  Client,
  DefaultRestOptions,
  Events,
  GatewayIntentBits,
  Options,
  REST,
  Routes,
  SimpleShardingStrategy,
};
