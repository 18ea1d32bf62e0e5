// Discord's gateway: hello, identify, ready, heartbeats, resume; and events for the connected client.
// https://docs.discord.com/developers/events/gateway
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { channelBody, guildBody, memberBody, roleBody, userBody } from './bodies.ts';
import type { DiscordState } from './state.ts';

interface Session {
  readonly id: string;
  readonly shard: ShardSeen;
  readonly events: { readonly seq: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | null;
}

export interface ShardSeen {
  readonly id: number;
  readonly total: number;
}

export interface Division {
  /** The number that `GET /gateway/bot` recommends and that logins must name. */
  readonly shards: number;
  /** The number of buckets (`shard % maxConcurrency`), each allowing one login in five seconds; default 1. */
  readonly maxConcurrency?: number;
}

export interface Gateway {
  /** The number of logins; Discord allows 1,000 a day, then resets the token. */
  readonly identifies: () => number;
  /** The logins refused because they came less than five seconds after another one of their bucket. */
  readonly hasty: () => number;
  readonly resumes: () => number;
  /** Of one shard, or of any. */
  readonly connected: (shard?: number) => boolean;
  /** The connected shards, by number. */
  readonly shards: () => readonly ShardSeen[];
  /** Changes the number of shards: logins with fewer are refused with 4011, with another wrong number with 4010. */
  readonly divide: (division: Division) => void;
  readonly division: () => Required<Division>;
  /** Resolves once a session is ready; rejects after the given time (milliseconds, default 10,000). */
  readonly ready: (timeoutMs?: number) => Promise<void>;
  /** Sends an event to the shard of the guild; without a guild to shard 0. */
  readonly dispatch: (event: string, data: unknown, guild?: string) => void;
  /** Refuses the next `times` logins with 4004, as for a wrong token. */
  readonly refuse: (times: number) => void;
  /** Breaks the connection of one shard, or of all; the client may resume. */
  readonly drop: (shard?: number) => void;
  /** Tells the client that its session is invalid. */
  readonly invalidate: (shard?: number) => void;
  /** Closes the connection of one shard, or of all, with this code. */
  readonly end: (code: number, shard?: number) => void;
  /** While muted, heartbeats are not acknowledged. */
  readonly mute: (muted: boolean) => void;
  /** Sets the interval at which clients must send heartbeats, in milliseconds; default 41,250. */
  readonly heartbeat: (intervalMs: number) => void;
  /** Payloads that clients sent, oldest first. */
  readonly received: readonly { readonly op: number; readonly d: unknown }[];
  readonly close: () => void;
}

/** https://docs.discord.com/developers/events/gateway#sharding-sharding-formula */
export function shardOf(guild: string, shards: number): number {
  return Number((BigInt(guild) >> 22n) % BigInt(shards));
}

const IDENTIFY_EVERY_MS = 5_000;
const RESUMABLE: readonly number[] = [4000, 4001, 4002, 4008];

interface Identify {
  readonly token?: string;
  readonly intents?: number;
  readonly shard?: readonly [number, number];
}

/** The close code for a login with a wrong shard; null = it is right. */
function refusalOf({ shard: [id, total] = [0, 1] }: Identify, { shards }: Division): number | null {
  if (total < shards) return 4011;
  return total !== shards || !Number.isInteger(id) || id < 0 || id >= total ? 4010 : null;
}

export function openGateway(state: DiscordState, server: Server): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const received: { op: number; d: unknown }[] = [];
  const waiting = new Set<() => void>();
  const cameAt = new Map<number, number>();
  let division: Required<Division> = { shards: 1, maxConcurrency: 1 };
  let identifies = 0;
  let hasty = 0;
  let resumes = 0;
  let refusals = 0;
  let muted = false;
  let intervalMs = 41_250;

  const send = (socket: WebSocket, payload: object): void => socket.send(JSON.stringify(payload));
  const push = (session: Session, t: string, d: unknown): void => {
    const event = { seq: (session.events.at(-1)?.seq ?? 0) + 1, t, d };
    session.events.push(event);
    if (session.socket !== null) send(session.socket, { op: 0, s: event.seq, t, d });
  };
  const wake = (): void => {
    for (const resolve of waiting) resolve();
    waiting.clear();
  };
  const sessionsOf = (shard?: number): readonly Session[] =>
    [...sessions.values()].filter((session) => shard === undefined || session.shard.id === shard);
  const live = (): readonly Session[] => sessionsOf().filter(({ socket }) => socket !== null);

  const isHasty = (id: number): boolean => {
    const bucket = id % division.maxConcurrency;
    const last = cameAt.get(bucket);
    cameAt.set(bucket, state.now());
    return last !== undefined && state.now() - last < IDENTIFY_EVERY_MS;
  };

  const identify = (socket: WebSocket, data: Identify): void => {
    identifies += 1;
    if (refusals > 0 || data.token !== state.app.token) {
      refusals = Math.max(0, refusals - 1);
      socket.close(4004, 'Authentication failed.');
      return;
    }
    const code = refusalOf(data, division);
    if (code !== null) {
      socket.close(code, 'Invalid shards.');
      return;
    }
    const [id, total] = data.shard ?? [0, 1];
    if (isHasty(id)) {
      hasty += 1;
      send(socket, { op: 9, s: null, t: null, d: false });
      return;
    }
    const guilds = [...state.guilds.keys()].filter((guild) => shardOf(guild, total) === id);
    const session: Session = { id: `session${state.snowflake()}`, shard: { id, total }, events: [], socket };
    sessions.set(session.id, session);
    push(session, 'READY', {
      v: 10,
      user: userBody(state),
      guilds: guilds.map((guild) => ({ id: guild, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: addressOf(server),
      session_type: 'normal',
      private_channels: [],
      application: { id: state.app.id, flags: 0 },
      shard: [id, total],
    });
    for (const guild of guilds) push(session, 'GUILD_CREATE', guildCreate(state, guild));
    wake();
  };

  const resume = (socket: WebSocket, data: { token?: string; session_id?: string; seq?: number }): void => {
    const session = sessions.get(data.session_id ?? '');
    if (session === undefined || data.token !== state.app.token) {
      send(socket, { op: 9, d: false });
      return;
    }
    resumes += 1;
    session.socket = socket;
    for (const event of session.events.filter((one) => one.seq > (data.seq ?? 0))) {
      send(socket, { op: 0, s: event.seq, t: event.t, d: event.d });
    }
    push(session, 'RESUMED', {});
    wake();
  };

  sockets.on('connection', (socket: WebSocket) => {
    send(socket, { op: 10, s: null, t: null, d: { heartbeat_interval: intervalMs, _trace: [] } });
    socket.on('message', (data) => {
      const payload = JSON.parse((data as Buffer).toString('utf8')) as { op: number; d: Record<string, unknown> };
      received.push(payload);
      if (payload.op === 1 && !muted) send(socket, { op: 11, s: null, t: null, d: null });
      if (payload.op === 2) identify(socket, payload.d);
      if (payload.op === 6) resume(socket, payload.d);
    });
    socket.on('close', () => {
      for (const session of sessions.values()) if (session.socket === socket) session.socket = null;
    });
  });
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    sockets.handleUpgrade(request, stream, head, (socket) => sockets.emit('connection', socket, request));
  };
  server.on('upgrade', upgrade);

  const connected = (shard?: number): boolean =>
    live().some(({ shard: { id } }) => shard === undefined || id === shard);
  return {
    identifies: () => identifies,
    hasty: () => hasty,
    resumes: () => resumes,
    connected,
    shards: () =>
      live()
        .map(({ shard }) => shard)
        .toSorted((one, other) => one.id - other.id),
    divide: ({ shards, maxConcurrency = 1 }) => {
      division = { shards, maxConcurrency };
    },
    division: () => division,
    received,
    ready: (timeoutMs = 10_000) =>
      new Promise((resolve, reject) => {
        if (connected()) {
          resolve();
          return;
        }
        const timer = setTimeout(() => reject(new Error(`nobody at the gateway within ${timeoutMs} ms`)), timeoutMs);
        waiting.add(() => {
          clearTimeout(timer);
          resolve();
        });
      }),
    dispatch: (event, data, guild) => {
      const hears = ({ shard: { id, total } }: Session): boolean =>
        id === (guild === undefined ? 0 : shardOf(guild, total));
      const hearing = sessionsOf().filter(hears);
      if (hearing.length === 0) throw new Error(`nobody at the gateway to hear ${event}`);
      for (const session of hearing) push(session, event, data);
    },
    refuse: (times) => {
      refusals = times;
    },
    drop: (shard) => {
      for (const { socket } of sessionsOf(shard)) socket?.terminate();
    },
    invalidate: (shard) => {
      for (const { id, socket } of sessionsOf(shard)) {
        sessions.delete(id);
        if (socket !== null) send(socket, { op: 9, s: null, t: null, d: false });
      }
    },
    end: (code, shard) => {
      for (const { id, socket } of sessionsOf(shard)) {
        if (!RESUMABLE.includes(code)) sessions.delete(id);
        socket?.close(code);
      }
    },
    mute: (silent) => {
      muted = silent;
    },
    heartbeat: (ms) => {
      intervalMs = ms;
    },
    close: () => {
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

/** `ws://127.0.0.1:PORT` of the server that the gateway shares. */
export function addressOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server does not listen');
  return `ws://127.0.0.1:${address.port}`;
}

export function guildCreate(state: DiscordState, id: string): Record<string, unknown> {
  const guild = state.guilds.get(id);
  if (guild === undefined) throw new Error(`no guild ${id}`);
  const channels = [...state.channels.values()].filter((one) => one.guildId === id);
  return {
    ...guildBody(state, guild),
    roles: guild.roles.map(roleBody),
    joined_at: '2025-01-01T00:00:00.000000+00:00',
    large: false,
    unavailable: false,
    member_count: 2,
    members: [memberBody(state, guild)],
    channels: channels.filter((one) => one.thread === null).map((one) => channelBody(state, one)),
    threads: channels.filter((one) => one.thread !== null).map((one) => channelBody(state, one)),
    voice_states: [],
    presences: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}
