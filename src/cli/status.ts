// landfall status: each watch, each quota, what is owed.

import { withoutAddress } from '../infra/log.ts';
import { table } from '../infra/text/columns.ts';
import type { Status, WatchStatus } from '../reports/status.ts';
import { exit, type RunCommand } from './command.ts';
import { withReading } from './config.ts';

/** `5 min ago`, `in 2 h`; `–` for never. */
function when(at: string | null, nowMs: number): string {
  if (at === null) return '–';
  const seconds = Math.round((Date.parse(at) - nowMs) / 1000);
  const size = Math.abs(seconds);
  const text =
    size < 90
      ? `${size} s`
      : size < 5400
        ? `${Math.round(size / 60)} min`
        : size < 129_600
          ? `${Math.round(size / 3600)} h`
          : `${Math.round(size / 86_400)} d`;
  return seconds <= 0 ? `${text} ago` : `in ${text}`;
}

/** How long status shows that a site was rebuilt. */
const restructuredMs = 7 * 86_400_000;

function state(watch: WatchStatus, nowMs: number): string {
  if (watch.paused) return 'paused';
  if (watch.result === null) return 'not looked at yet';
  if (watch.result !== 'fresh' && watch.result !== 'same') return watch.result;
  if (watch.restructured !== null && nowMs - Date.parse(watch.restructured) < restructuredMs)
    return 'looks restructured';
  if (watch.absent) return 'not there (yet)';
  return watch.trouble?.kind === 'quiet' ? 'gone quiet' : 'ok';
}

/** Reasons of the network begin with the address, which is in the first column already. */
function errorOf({ error, target }: WatchStatus): string | null {
  return error === null ? null : withoutAddress(error, target.slice(target.indexOf(':') + 1));
}

/** What operators were asked about a thing whose owner is not there either. */
function questionOf({ question }: WatchStatus): string | null {
  if (question === null) return null;
  const { owner, near } = question;
  return `is ${owner} right? there is no such account${near === null ? '' : `; the nearest one that is known is ${near}`}`;
}

function refusedOf({ refused }: Status['channels'][number], nowMs: number): string {
  if (refused === null) return '';
  const many = refused.messages === 1 ? 'a message was refused' : `${refused.messages} messages were refused`;
  return `${many} ${when(refused.at, nowMs)}: ${refused.reason}`;
}

/** At most this many disconnected shards are listed. */
const namedShards = 8;

function gatewayOf({ gateway }: Status, nowMs: number): readonly string[] {
  if (gateway === null) return [];
  const named = gateway.away
    .slice(0, namedShards)
    .map(
      ({ shard, since, reason }) =>
        `  shard ${shard}: ${reason}${since === null ? '' : `, since ${when(since, nowMs).replace(/ ago$/, '')}`}`,
    );
  const more = gateway.away.length - named.length;
  return [`bot: ${gateway.reason}`, ...named, ...(more > 0 ? [`  and ${more} more`] : [])];
}

function draw(status: Status, nowMs: number, columns: number): string {
  const watches = status.watches.map((watch) => [
    watch.target +
      (watch.select === null ? '' : ` ${watch.select}`) +
      (watch.origin === 'discord' ? ' (from Discord)' : ''),
    state(watch, nowMs),
    when(watch.lastLook, nowMs),
    when(watch.nextLook, nowMs),
    when(watch.lastChange, nowMs),
    errorOf(watch) ?? questionOf(watch) ?? watch.pace ?? (watch.found > 0 ? `${watch.found} found through it` : ''),
  ]);
  const channels = status.channels.map((channel) => [
    channel.channel,
    channel.gone
      ? 'gone'
      : !channel.on
        ? 'off'
        : channel.holdUntil !== null && Date.parse(channel.holdUntil) > nowMs
          ? 'on hold'
          : 'ok',
    `${channel.owed} owed`,
    [
      channel.reason ?? '',
      refusedOf(channel, nowMs),
      channel.missing.length > 0 ? `missing: ${channel.missing.join(', ')}` : '',
      channel.checking.length > 0 ? `permissions: ${channel.checking.join(', ')}` : '',
    ]
      .filter((part) => part !== '')
      .join('; '),
  ]);
  const pools = status.pools.map((pool) => [
    pool.pool,
    pool.pausedUntil !== null ? `rests, again ${when(pool.pausedUntil, nowMs)}` : 'open',
    `${pool.spent} of ${Math.floor(pool.cap)} in ${Math.round(pool.windowMs / 60_000)} min`,
    pool.left === null ? '–' : String(pool.left),
    when(pool.nextAt, nowMs),
    `${pool.targets}, ${pool.due} due`,
  ]);
  return [
    `worker: ${status.beat === null ? '`landfall run` has not run here yet' : `last beat ${when(status.beat, nowMs)}`}`,
    ...gatewayOf(status, nowMs),
    '',
    table([['WATCH', 'STATE', 'LOOKED', 'NEXT', 'CHANGED', 'NOTES'], ...watches], columns),
    '',
    table([['CHANNEL', 'STATE', 'OWED', 'NOTES'], ...channels], columns),
    ...(pools.length === 0
      ? []
      : ['', table([['QUOTA', 'STATE', 'SPENT', 'LEFT', 'NEXT', 'TARGETS'], ...pools], columns)]),
  ].join('\n');
}

export const status: RunCommand = (context) =>
  withReading(context, async (config, db) => {
    const { app, out } = context;
    const result = await app.status(config, db);
    out.print(out.json ? JSON.stringify(result) : draw(result, Date.now(), out.columns));
    return exit.done;
  });
