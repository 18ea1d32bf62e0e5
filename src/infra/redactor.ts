// All text that leaves the program goes through here: secrets are removed in every form they may take, and so are characters
// that would control a terminal or reverse the order of its letters.

export interface Redactor {
  /** These secrets are removed from now on. */
  readonly learn: (secrets: Iterable<string>) => void;
  /** For files, databases, pipes and people. */
  readonly redact: (text: string) => string;
  /** For a terminal that shows colours: our own colour codes stay. */
  readonly redactForTerminal: (text: string) => string;
}

/** Shorter ones are ordinary words: removing those would only garble messages. */
const shortest = 6;
/** Each line of a key with several lines is as secret as the whole. */
const shortestLine = 16;

const esc = String.fromCharCode(0x1b);
/** Controls except tab and line feed, and characters that override the direction of text. */
const steering = '[[\\p{Cc}\\u202a-\\u202e\\u2066-\\u2069]--[\\t\\n]]';
const anySteering = new RegExp(steering, 'v');
const everySteering = new RegExp(steering, 'gv');
const butColours = new RegExp(`${esc}\\[[0-9;]{0,20}m|${steering}`, 'gv');
/** The same characters as JSON escapes them; an even number of backslashes in front is text of its own. */
const inJson =
  /(?<!\\)((?:\\\\){0,100})\\(?:u00(?:0[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF]|[89][0-9a-fA-F])|u202[a-eA-E]|u206[6-9]|[bfr])/g;

/** Shorter pieces of Base64 might be anything. */
const shortestBase64 = 8;

/** What Base64 shows of a text wherever it begins, such as behind a user's name: without the letters shared with neighbours. */
function base64Of(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8');
  return [0, 1, 2].flatMap((before) => {
    const written = Buffer.concat([Buffer.alloc(before), bytes])
      .toString('base64')
      .replace(/={1,2}$/, '');
    const own = written.slice(before === 0 ? 0 : before + 1, (before + bytes.length) % 3 === 0 ? undefined : -1);
    return own.length < shortestBase64 ? [] : [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

const inAscii = (json: string): string =>
  json.replace(/[\u0080-\uffff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`);

const inMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** A text as it is, as URLs and forms encode it (once more, too), as JSON and markup escape it, and as Base64 shows it. */
function writtenForms(text: string): readonly string[] {
  const encoded = encodeURIComponent(text);
  const whole = encoded.replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  const json = JSON.stringify(text).slice(1, -1);
  const urls = [encoded, whole, encodeURI(text), new URLSearchParams({ '': text }).toString().slice(1)];
  return [
    text,
    ...urls,
    encoded.replaceAll('%20', '+'),
    encodeURIComponent(encoded),
    ...[json, inAscii(json)].flatMap((one) => [one, one.replaceAll('/', '\\/')]),
    inMarkup(text),
    ...base64Of(text),
  ];
}

/** A secret may be written percent-encoded into an address, and come back decoded. */
function decoded(secret: string): string {
  try {
    return decodeURIComponent(secret);
  } catch {
    return secret;
  }
}

function formsOf(secret: string): readonly string[] {
  const lines = secret.split(/[\r\n]+/).filter((line) => line.length >= shortestLine && !line.startsWith('-----'));
  return [...new Set([secret, decoded(secret)])]
    .filter(({ length }) => length >= shortest)
    .flatMap(writtenForms)
    .concat(lines.length > 1 ? lines : []);
}

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');

export function createRedactor(): Redactor {
  const forms = new Set<string>();
  let secrets: RegExp | null = null;
  const scrubbed = (text: string): string => (secrets === null ? text : text.replace(secrets, '***'));
  const clean = (text: string, all: RegExp): string => {
    const plain = anySteering.test(text) ? text.replace(all, (found) => (found.length > 1 ? found : '')) : text;
    return plain.includes('\\') && /^\s*[[{"]/.test(plain) ? plain.replace(inJson, '$1') : plain;
  };
  return {
    learn: (given) => {
      for (const secret of given)
        if (secret.length >= shortest) for (const form of formsOf(secret.toWellFormed())) forms.add(form);
      // Codes of an address come in small letters, too, and keys of names are stored in them.
      const longestFirst = [...forms].sort((one, other) => other.length - one.length);
      secrets = longestFirst.length === 0 ? null : new RegExp(longestFirst.map(literal).join('|'), 'gi');
    },
    // Cleaned first, because control characters inside a secret would hide it.
    redact: (text) => scrubbed(clean(text, everySteering)),
    redactForTerminal: (text) => scrubbed(clean(text, butColours)),
  };
}
