// Texts of the configuration with a format: durations, times of day, dates, zones, regular expressions, addresses.

import ipaddr from 'ipaddr.js';
import { validate } from 'node-cron';
import { RE2JS } from 're2js';
import { z } from 'zod';
import type { WishProblem } from '../types/reasons/wishes.ts';
import { dayMs, hourMs } from '../types/time.ts';
import { nearest } from './spelling.ts';

export type ParsedScalar<T> = { readonly value: T } | { readonly wrong: string; readonly hint: string | null };

/** A schema for a text that `read` parses; `meta` goes into the JSON Schema. */
export function text<T>(read: (written: string) => ParsedScalar<T>, meta: z.GlobalMeta): z.ZodType<T, string> {
  return z
    .string()
    .transform((written, context) => {
      const result = read(written);
      if ('value' in result) return result.value;
      context.issues.push({ code: 'custom', message: result.wrong, input: written, params: { hint: result.hint } });
      return z.NEVER;
    })
    .meta(meta);
}

/** A schema for the regular expression of this option. */
export function expression(option: string, meta: z.GlobalMeta): z.ZodType<string, string> {
  return z
    .string()
    .transform((written, context) => {
      const wish = expressionProblem(written, option);
      if (wish === null) return written;
      context.issues.push({ code: 'custom', message: wish.problem.code, input: written, params: { wish } });
      return z.NEVER;
    })
    .meta(meta);
}

const units: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', hourMs],
  ['d', dayMs],
]);

/** `30s`, `15m`, `2h`, `1d`, also `1h30m`; in milliseconds, at most a year. */
export function readDuration(written: string): ParsedScalar<number> {
  const wrong = { wrong: 'is not a duration', hint: 'such as 30s, 15m, 2h or 1d' };
  if (!/^(?:\d{1,9}[smhd])+$/.test(written)) return wrong;
  const parts = [...written.matchAll(/(\d+)([smhd])/g)];
  const ms = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (units.get(unit ?? '') ?? 0), 0);
  return ms > 0 && ms <= 366 * dayMs
    ? { value: ms }
    : { ...wrong, wrong: 'must be more than nothing and at most a year' };
}

/** A duration, or `off` = null. */
export function readMaxAge(written: string): ParsedScalar<number | null> {
  if (written === 'off') return { value: null };
  const read = readDuration(written);
  return 'value' in read ? read : { ...read, hint: 'such as 12h or 30d, or off' };
}

const sizes: ReadonlyMap<string, number> = new Map([
  ['MB', 1e6],
  ['GB', 1e9],
  ['TB', 1e12],
]);

/** `40 GB`, `1.5TB`; in bytes. */
export function readSize(written: string): ParsedScalar<number> {
  const [, count, unit] = /^(\d{1,6}(?:\.\d{1,3})?)\s?([MGT]B)$/i.exec(written.trim()) ?? [];
  const bytes = Number(count) * (sizes.get((unit ?? '').toUpperCase()) ?? 0);
  return bytes > 0 ? { value: bytes } : { wrong: 'is not a size', hint: 'such as 40 GB' };
}

/** `HH:MM`; in minutes after midnight. */
export function readTimeOfDay(written: string): ParsedScalar<number> {
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(written) ?? [];
  if (hours === undefined || minutes === undefined) return { wrong: 'is not a time of day', hint: 'such as "09:00"' };
  return { value: Number(hours) * 60 + Number(minutes) };
}

/** `HH:MM-HH:MM`, possibly across midnight; in minutes after midnight. */
export function readQuiet(written: string): ParsedScalar<{ readonly from: number; readonly to: number }> {
  const hint = 'such as "22:00-08:00"';
  const [start, end, more] = written.split('-').map((part) => part.trim());
  if (start === undefined || end === undefined || more !== undefined) return { wrong: 'is not a span of hours', hint };
  const from = readTimeOfDay(start);
  const to = readTimeOfDay(end === '24:00' ? '00:00' : end);
  if (!('value' in from) || !('value' in to)) return { wrong: 'is not a span of hours', hint };
  if (from.value === to.value) return { wrong: 'begins and ends at the same time', hint };
  return { value: { from: from.value, to: to.value } };
}

/** A day that exists in the calendar, `YYYY-MM-DD`. */
export function readDate(written: string): ParsedScalar<string> {
  const hint = 'YYYY-MM-DD, such as 2026-03-15';
  if (!/^\d{4}-\d{2}-\d{2}$/.test(written)) return { wrong: `\`${shortened(written)}\` is not a date`, hint };
  const time = Date.parse(`${written}T00:00:00Z`);
  const exists = Number.isFinite(time) && new Date(time).toISOString().startsWith(written);
  return exists ? { value: written } : { wrong: `there is no day ${written}`, hint };
}

export const dueHint =
  'a date (2026-03-15), FROM..TO, or words such as "next week", "by the end of March", "in about 6 months", "다음 주"';

/** A date, `FROM..TO`, or words (read later, when the story of the pledge is folded). */
export function readDue(written: string): ParsedScalar<string> {
  const due = written.trim();
  if (due === '') return { wrong: 'is empty', hint: 'leave `due` out when no date was named' };
  // Dates such as 03/04/2026 are ambiguous: nobody can tell whether the day or the month comes first.
  const day = /(?<!\d)\d{1,4}(?:[./] ?\d{1,2}[./] ?\d{1,4}|-\d{1,2}-\d{4})(?!\d)/.exec(due)?.[0];
  if (day !== undefined) return { wrong: `\`${shortened(day)}\` is not a date`, hint: dueHint };
  if (!/^\d{4}-\d|^\d.*\.\./.test(due)) return { value: due };
  const dates = due.split('..').map((part) => readDate(part.trim()));
  const bad = dates.find((date) => 'wrong' in date);
  if (bad !== undefined && 'wrong' in bad) return { ...bad, hint: dueHint };
  const [from, to, more] = dates.flatMap((date) => ('value' in date ? [date.value] : []));
  if (from === undefined || more !== undefined) return { wrong: 'is not a span of days', hint: 'FROM..TO' };
  if (to === undefined) return { value: from };
  return from <= to ? { value: `${from}..${to}` } : { wrong: `${from} comes after ${to}`, hint: `${to}..${from}` };
}

/** A name from the IANA time zone database. */
export function readTimeZone(written: string): ParsedScalar<string> {
  const near = nearest(written, zoneNames()) ?? zoneNames().find((zone) => cityOf(zone) === written.toLowerCase());
  const hint = near === undefined ? 'an IANA name such as Asia/Seoul' : `did you mean \`${near}\`?`;
  const wrong = { wrong: `\`${shortened(written)}\` is not a time zone`, hint };
  if (!/^[A-Za-z]/.test(written)) return wrong;
  try {
    return { value: new Intl.DateTimeFormat('en', { timeZone: written }).resolvedOptions().timeZone };
  } catch {
    return wrong;
  }
}

function zoneNames(): readonly string[] {
  return ['UTC', ...Intl.supportedValuesOf('timeZone')];
}

function cityOf(zone: string): string | undefined {
  return zone.split('/').at(-1)?.toLowerCase();
}

/** A node-cron expression of five fields, or six with seconds. */
export function readSchedule(written: string): ParsedScalar<string> {
  const hint = 'five fields, or six with seconds first, such as "*/30 * * * * *"';
  return validate(written)
    ? { value: written }
    : { wrong: `\`${shortened(written)}\` is not a node-cron schedule`, hint };
}

/** RE2 program size allowed for one expression: with larger ones, matching a thousand long titles already takes a minute. */
const stepsAtMost = 10_000;
const expressionAtMost = 5_000;

/** Null when RE2 accepts the expression: RE2 matches in linear time, so it has no lookaround and no backreferences. */
function expressionProblem(written: string, option: string): WishProblem | null {
  if (written === '')
    return {
      problem: { code: 'expression.empty', params: { option } },
      help: { code: 'help.leave-out', params: {} },
    };
  if (written.length > expressionAtMost)
    return {
      problem: { code: 'expression.long', params: { option, most: expressionAtMost } },
      help: { code: 'help.match', params: {} },
    };
  try {
    const steps = RE2JS.compile(written).programSize();
    return steps <= stepsAtMost
      ? null
      : {
          problem: { code: 'expression.steps', params: { option, steps } },
          help: { code: 'help.repeat-freely', params: {} },
        };
  } catch (error) {
    const said = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : 'unknown error';
    const help = expressionHelp(said);
    return {
      problem: { code: 'expression.invalid', params: { option, said } },
      help: help === null ? null : { code: help, params: {} },
    };
  }
}

type ExpressionHelp = 'help.lookaround' | 'help.backreference' | 'help.atomic' | 'help.glob';

/** Chosen by the text of the library's message, because its errors have no codes. */
function expressionHelp(said: string): ExpressionHelp | null {
  if (/\(\?(?:<?[=!])/.test(said)) return 'help.lookaround';
  if (/escape sequence: `\\[1-9k]/.test(said)) return 'help.backreference';
  if (/\(\?>|[*+?]\+/.test(said)) return 'help.atomic';
  return said.startsWith('missing argument') ? 'help.glob' : null;
}

/** An http or https address, without trailing slashes; an empty text stays empty. */
export function readBaseAddress(written: string): ParsedScalar<string> {
  if (written === '' || isWebAddress(written)) return { value: written.replace(/(?<!\/)\/+$/, '') };
  return { wrong: 'is not a web address', hint: 'such as https://api.github.com' };
}

/** The address of a web page that serves as evidence. */
export function readWebAddress(written: string): ParsedScalar<string> {
  if (isWebAddress(written)) return { value: written };
  return { wrong: 'is not a web address', hint: 'it begins with https://' };
}

function isWebAddress(written: string): boolean {
  return /^https?:\/\/[^\s]+$/.test(written) && URL.canParse(written);
}

/** A host without port, path or scheme. */
export function readHost(written: string): ParsedScalar<string> {
  const host = written.toLowerCase();
  if (/^[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/.test(host) || isIpv6(host)) return { value: host };
  const inside = URL.canParse(host) && host.includes('://') ? new URL(host).hostname : host.replace(/:\d+$|\/.*$/g, '');
  return { wrong: 'is not a host', hint: `only the name, without scheme, port and path: ${shortened(inside)}` };
}

/** `HOST:PORT`, with an IPv6 host in brackets. */
export function readListen(written: string): ParsedScalar<{ readonly host: string; readonly port: number }> {
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9_.-]+)):(\d{1,5})$/.exec(written) ?? [];
  const host = bracketed ?? plain;
  if (host === undefined || Number(digits) > 65_535)
    return { wrong: 'is not HOST:PORT', hint: 'such as "127.0.0.1:8080"' };
  return { value: { host, port: Number(digits) } };
}

/** An IP address, or a network such as `10.0.0.0/8`. */
export function readNetwork(written: string): ParsedScalar<string> {
  const network = written.trim();
  return ipaddr.isValid(network) || ipaddr.isValidCIDR(network)
    ? { value: network }
    : { wrong: 'is not an IP address or network', hint: 'such as 127.0.0.1 or 10.0.0.0/8' };
}

function isIpv6(host: string): boolean {
  return /^[0-9a-f:.]+$/.test(host) && host.includes(':') && URL.canParse(`http://[${host}]/`);
}

function shortened(written: string): string {
  return written.length > 60 ? `${[...written].slice(0, 59).join('')}…` : written;
}
