// What leaves: no secret in any form that it takes on the way, and nothing that steers a terminal.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRedactor } from '../../src/infra/redactor.ts';

const esc = String.fromCharCode(0x1b);

describe('secrets', () => {
  const secret = 'p4Ss word/+&"\\é한';
  const redactor = createRedactor();
  redactor.learn([secret, 'short']);
  test.each([
    ['as they stand', secret],
    ['in an address', encodeURIComponent(secret)],
    ['in an address with small letters', encodeURIComponent(secret).toLowerCase()],
    ['in small letters', secret.toLowerCase()],
    ['in a form', encodeURIComponent(secret).replaceAll('%20', '+')],
    ['in JSON', JSON.stringify({ said: `it is ${secret}` })],
    ['in JSON that escapes slashes', JSON.stringify(secret).replaceAll('/', '\\/')],
    ['in an address within an address', encodeURIComponent(encodeURIComponent(secret))],
    ['in a form of a browser', new URLSearchParams({ secret }).toString()],
    ['in JSON that is ASCII', JSON.stringify(secret).replace('é', '\\u00e9').replace('한', '\\ud55c')],
    ['in markup', secret.replace('&', '&amp;').replace('"', '&quot;')],
    ['with controls between its letters', `${secret.slice(0, 3)}${esc}${secret.slice(3)}`],
  ])('%s are taken out', (_, text) => {
    expect(redactor.redact(`before ${text} after`)).toContain('***');
    expect(redactor.redact(text)).not.toMatch(/p4ss/i);
    expect(redactor.redactForTerminal(text)).not.toMatch(/p4ss/i);
  });

  test.each(['', 'u:', 'user:', 'somebody:'])('are taken out of Base64, behind %j', (before) => {
    for (const coding of ['base64', 'base64url'] as const) {
      const shown = redactor.redact(Buffer.from(`${before}${secret}`).toString(coding));
      expect(shown).toContain('***');
      expect(Buffer.from(shown.replaceAll('***', ''), coding).toString()).not.toMatch(/p4ss/i);
    }
  });

  test('that an address holds encoded are taken out when they come back decoded', () => {
    const encoded = createRedactor();
    encoded.learn([encodeURIComponent(secret), '100%-sure']);
    expect(encoded.redact(`bad key ${secret}, 100%-sure`)).toBe('bad key ***, ***');
  });

  test('that are as short as words stay', () => expect(redactor.redact('a short word')).toBe('a short word'));

  test('of several lines are secret line by line', () => {
    const keyed = createRedactor();
    keyed.learn(['-----BEGIN KEY-----\nMIIEvQIBADANBgkqhkiG9w0\nQEFAASCBKcwggSjAgEAAoIB\n-----END KEY-----']);
    expect(keyed.redact('so: QEFAASCBKcwggSjAgEAAoIB!')).toBe('so: ***!');
  });
});

describe('what steers a terminal', () => {
  const redactor = createRedactor();
  test('goes, as it stands and as JSON writes it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const steering = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;
        expect(redactor.redact(text)).not.toMatch(steering);
        const json = redactor.redact(JSON.stringify({ text }));
        expect(json).not.toMatch(steering);
        expect(String((JSON.parse(json) as { text: string }).text)).not.toMatch(steering);
      }),
    );
  });

  test('what JSON says of backslashes stays JSON', () => {
    for (const text of ['\\u001b', '\\\\u001b', `\\${esc}`, `\\\\${esc}[31m`, '\\r\r', '\u202e\\u202e'])
      expect(() => JSON.parse(redactor.redact(JSON.stringify({ text })))).not.toThrow();
    expect(JSON.parse(redactor.redact(JSON.stringify({ text: '\\u001b' })))).toEqual({ text: '\\u001b' });
  });

  test('our own colours stay on a terminal that shows them, and nothing else does', () => {
    expect(redactor.redactForTerminal(`${esc}[31mred${esc}[0m ${esc}[2J${esc}]0;title\u0007 \u009b31m`)).toBe(
      `${esc}[31mred${esc}[0m [2J]0;title 31m`,
    );
    expect(redactor.redact(`${esc}[31mred`)).toBe('[31mred');
  });
});
