// The stand-in world on loopback: GitHub, Hugging Face, ModelScope, Discord and the web; strict, and controlled in-process.
import { type DiscordWorld, openDiscord } from './discord/open.ts';
import { type GithubWorld, openGithub } from './github/open.ts';
import { type HuggingfaceWorld, openHuggingface } from './huggingface/open.ts';
import { type ModelscopeWorld, openModelscope } from './modelscope/open.ts';
import type { Service } from './service.ts';
import { openWeb, type WebWorld } from './web/open.ts';

export interface World {
  readonly github: GithubWorld;
  readonly huggingface: HuggingfaceWorld;
  readonly modelscope: ModelscopeWorld;
  readonly discord: DiscordWorld;
  readonly web: WebWorld;
  /** Addresses for a child process, without tokens. */
  readonly env: Readonly<Record<string, string>>;
  /** Valid `GITHUB_TOKEN`, `HF_TOKEN` and `DISCORD_TOKEN`. */
  readonly tokens: Readonly<Record<string, string>>;
  readonly services: readonly Service[];
  /** Requests for something that this world does not have; a test expects none. */
  readonly unexpected: () => readonly string[];
  /** The world's clock, in milliseconds since the epoch. */
  readonly now: () => number;
  /** Moves the world's clock on: affects budgets, nonces and timestamps, but not real waiting. */
  readonly advance: (ms: number) => void;
  /** Delays every answer of every service, in milliseconds. */
  readonly latency: (ms: number) => void;
  readonly close: () => Promise<void>;
}

export interface WorldOptions {
  /** Default: the real time. */
  readonly now?: () => number;
  readonly latencyMs?: number;
}

/** Opens the whole world; close it in `afterEach`. */
export async function openWorld(options: WorldOptions = {}): Promise<World> {
  let shift = 0;
  const clock = options.now ?? Date.now;
  const now = (): number => clock() + shift;
  const [github, huggingface, modelscope, web, discord] = await Promise.all([
    openGithub(now),
    openHuggingface(now),
    openModelscope(now),
    openWeb(now),
    openDiscord(now),
  ]);
  const services = [github.api, github.web, huggingface.service, modelscope.service, web.service, discord.service];
  const latency = (ms: number): void => {
    for (const service of services) service.latency(ms);
  };
  latency(options.latencyMs ?? 0);
  return {
    github,
    huggingface,
    modelscope,
    discord,
    web,
    services,
    env: {
      GITHUB_API_URL: github.api.url,
      GITHUB_GRAPHQL_URL: `${github.api.url}/graphql`,
      GITHUB_SERVER_URL: github.web.url,
      HF_ENDPOINT: huggingface.service.url,
      MODELSCOPE_ENDPOINT: modelscope.service.url,
      DISCORD_API_URL: discord.url,
    },
    tokens: { GITHUB_TOKEN: github.token, HF_TOKEN: huggingface.token, DISCORD_TOKEN: discord.token },
    unexpected: () => services.flatMap((service) => service.unexpected.map((what) => `${service.name}: ${what}`)),
    now,
    advance: (ms) => {
      shift += ms;
    },
    latency,
    close: async () => {
      await Promise.all([github.close(), huggingface.close(), modelscope.close(), web.close(), discord.close()]);
    },
  };
}
