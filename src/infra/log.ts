// Logs on standard error: lines for people on a terminal, JSON otherwise; secrets never get through.
import { type Logger, pino } from 'pino';

export interface Log {
  readonly debug: (text: string, about?: Readonly<Record<string, unknown>>) => void;
  readonly info: (text: string, about?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (text: string, about?: Readonly<Record<string, unknown>>) => void;
  readonly error: (text: string, about?: Readonly<Record<string, unknown>>) => void;
}

export interface LogPlace {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly write: (text: string) => void;
  /** True: a person reads it. */
  readonly terminal: boolean;
}

const levels: Readonly<Record<number, string>> = { 20: 'debug', 30: 'info', 40: 'warn', 50: 'error' };

function forPeople(line: string): string {
  const { level, time, msg, ...about } = JSON.parse(line) as { level: number; time: number; msg: string };
  const extra = Object.entries(about).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const word = levels[level] ?? 'info';
  return `${new Date(time).toISOString().slice(11, 19)} ${word === 'info' ? '' : `${word}: `}${msg}${extra.length > 0 ? `  ${extra.join(' ')}` : ''}\n`;
}

export function createLog(place: LogPlace): Log {
  const write = place.terminal ? (line: string): void => place.write(forPeople(line)) : place.write;
  let opened: Logger | null = null;
  const logger = (): Logger => {
    opened ??= pino({ level: place.level, base: null }, { write });
    return opened;
  };
  return {
    // By far the most frequent line, and rarely wanted: no logger is created for it.
    debug: (text, about) => void (place.level === 'debug' && logger().debug(about ?? {}, text)),
    info: (text, about) => logger().info(about ?? {}, text),
    warn: (text, about) => logger().warn(about ?? {}, text),
    error: (text, about) => logger().error(about ?? {}, text),
  };
}

/** An error with its causes, on one line. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause === undefined ? error.message : `${error.message}: ${errorText(error.cause)}`;
}

/** A reason without the address at its beginning, for a line that shows the address already. */
export function withoutAddress(reason: string, address: string): string {
  return reason.startsWith(`${address}: `) ? reason.slice(address.length + 2) : reason;
}
