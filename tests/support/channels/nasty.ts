// Malicious text, as the worst feed might contain it.
import fc from 'fast-check';

const pieces = [
  '@everyone',
  '@here',
  '<@123456789012345678>',
  '<@!1>',
  '<@&2>',
  '<#3>',
  '</cmd:4>',
  '<t:0:R>',
  '<:e:5>',
  '[good.example](https://evil.example)',
  '[',
  ']',
  '(',
  ')',
  '](',
  '<',
  '>',
  '`',
  '```',
  '*',
  '_',
  '||',
  '~~',
  '\\',
  '#',
  '-# ',
  '\n',
  '\n\n',
  ' ',
  '\u200b',
  '\u202e',
  '\u0000',
  '\ud83d',
  '\ude00',
  '👩‍👩‍👧',
  '한국어',
  'https://evil.example/a_b',
  'http://x.y/](https://evil.example)',
  '<!--',
  '-->',
  '![a](b)',
  '{name}',
];

export const anyText = fc.oneof(
  fc.array(fc.constantFrom(...pieces), { maxLength: 40 }).map((parts) => parts.join('')),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

/** What Discord would turn into a mention, a command, a timestamp or an emoji. */
export const liveMention = /@(?:everyone|here)|<(?:@[!&]?\d|#\d|\/\w|a?:\w+:\d|t:)/i;
export const liveLink = /\]\(/;
