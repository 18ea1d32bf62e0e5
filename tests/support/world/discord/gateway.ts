// Discord's gateway: hello, identify, ready, heartbeats, resume; and events for the connected client.
// https://docs.discord.com/developers/events/gateway
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { channelBody, guildBody, memberBody, roleBody, userBody } from './bodies.ts';
import type { DiscordState } from './state.ts';

interface Session {
  readonly id: string;
  readonly events: { readonly seq: number; readonly t: string; readonly d: unknown }[];
  socket: WebSocket | null;
}

export interface Gateway {
  /** The number of logins; Discord allows 1,000 a day, then resets the token. */
  readonly identifies: () => number;
  readonly resumes: () => number;
  readonly connected: () => boolean;
  /** Resolves once a session is ready; rejects after the given time (milliseconds, default 10,000). */
  readonly ready: (timeoutMs?: number) => Promise<void>;
  readonly dispatch: (event: string, data: unknown) => void;
  /** Refuses the next `times` logins with 4004, as for a wrong token. */
  readonly refuse: (times: number) => void;
  /** Breaks the connection; the client may resume. */
  readonly drop: () => void;
  /** Tells the client that its session is invalid. */
  readonly invalidate: () => void;
  /** While muted, heartbeats are not acknowledged. */
  readonly mute: (muted: boolean) => void;
  /** Sets the interval at which clients must send heartbeats, in milliseconds; default 41,250. */
  readonly heartbeat: (intervalMs: number) => void;
  /** Payloads that clients sent, oldest first. */
  readonly received: readonly { readonly op: number; readonly d: unknown }[];
  readonly close: () => void;
}

export function openGateway(state: DiscordState, server: Server): Gateway {
  const sockets = new WebSocketServer({ noServer: true });
  const sessions = new Map<string, Session>();
  const received: { op: number; d: unknown }[] = [];
  const waiting = new Set<() => void>();
  let current: Session | null = null;
  let identifies = 0;
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

  const identify = (socket: WebSocket, data: { token?: string; intents?: number }): void => {
    identifies += 1;
    if (refusals > 0 || data.token !== state.app.token) {
      refusals = Math.max(0, refusals - 1);
      socket.close(4004, 'Authentication failed.');
      return;
    }
    const session: Session = { id: `session${state.snowflake()}`, events: [], socket };
    sessions.set(session.id, session);
    current = session;
    push(session, 'READY', {
      v: 10,
      user: userBody(state),
      guilds: [...state.guilds.keys()].map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: addressOf(server),
      session_type: 'normal',
      private_channels: [],
      application: { id: state.app.id, flags: 0 },
      shard: [0, 1],
    });
    for (const id of state.guilds.keys()) push(session, 'GUILD_CREATE', guildCreate(state, id));
    for (const resolve of waiting) resolve();
    waiting.clear();
  };

  const resume = (socket: WebSocket, data: { token?: string; session_id?: string; seq?: number }): void => {
    const session = sessions.get(data.session_id ?? '');
    if (session === undefined || data.token !== state.app.token) {
      send(socket, { op: 9, d: false });
      return;
    }
    resumes += 1;
    session.socket = socket;
    current = session;
    for (const event of session.events.filter((one) => one.seq > (data.seq ?? 0))) {
      send(socket, { op: 0, s: event.seq, t: event.t, d: event.d });
    }
    push(session, 'RESUMED', {});
    for (const resolve of waiting) resolve();
    waiting.clear();
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

  const connected = (): boolean => current?.socket != null;
  return {
    identifies: () => identifies,
    resumes: () => resumes,
    connected,
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
    dispatch: (event, data) => {
      if (current === null) throw new Error(`nobody at the gateway to hear ${event}`);
      push(current, event, data);
    },
    refuse: (times) => {
      refusals = times;
    },
    drop: () => current?.socket?.terminate(),
    invalidate: () => {
      if (current === null) return;
      sessions.delete(current.id);
      if (current.socket !== null) send(current.socket, { op: 9, s: null, t: null, d: false });
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
