// Errors for programs, as problem+json: https://www.rfc-editor.org/rfc/rfc9457
import type { WebRequest } from './world.ts';

const titles = {
  400: 'Bad request',
  404: 'Not found',
  405: 'Method not allowed',
  429: 'Too many requests',
  500: 'Something failed here',
} as const;

export function problemJson(
  ask: WebRequest,
  status: keyof typeof titles,
  detail: string,
  headers: Readonly<Record<string, string>> = {},
): Response {
  const body = JSON.stringify({ type: 'about:blank', title: titles[status], status, detail });
  return ask.body(body, status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...headers,
  });
}
