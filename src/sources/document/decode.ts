// Decodes bytes to text. In order of trust: byte order mark, HTTP header, the document's own declaration, the bytes themselves.
import { isAscii } from 'node:buffer';

/** The WHATWG standard maps these labels to Windows code pages; Node's TextDecoder reads EUC-KR without the CP949 extension. */
const aliases: Readonly<Record<string, string>> = {
  'ks_c_5601-1987': 'cp949',
  'ks_c_5601-1989': 'cp949',
  ksc5601: 'cp949',
  'euc-kr': 'cp949',
  euckr: 'cp949',
  uhc: 'cp949',
  'windows-949': 'cp949',
  'x-windows-949': 'cp949',
  'iso-8859-1': 'windows-1252',
  latin1: 'windows-1252',
  'us-ascii': 'windows-1252',
  ascii: 'windows-1252',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  'tis-620': 'windows-874',
  utf8: 'utf-8',
};
/** Charsets in which an ASCII byte can mean something else, so bytes that are valid UTF-8 prove nothing. */
const shifting = /^(?:iso-2022-|hz-|utf-7)/;

const marks: readonly (readonly [readonly number[], string])[] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
  // Without a byte order mark, the zero bytes around the first `<` show the encoding.
  [[0x3c, 0, 0, 0], 'utf-32le'],
  [[0, 0, 0, 0x3c], 'utf-32be'],
  [[0x3c, 0], 'utf-16le'],
  [[0, 0x3c], 'utf-16be'],
];

/** Decodes a document; never throws. `contentType` is the header as received. */
export async function decode(bytes: Uint8Array, contentType: string | null): Promise<string> {
  const marked = marks.find(([mark]) => mark.every((byte, index) => bytes[index] === byte));
  if (marked !== undefined) return marked[1] === 'utf-8' ? readUtf8(bytes) : (await openReader())(bytes, marked[1]);
  const declared = [charsetOf(contentType), declaredIn(bytes)].filter((name) => name !== null);
  const foreign = declared.filter((name) => name !== 'utf-8' && !/^utf-(?:16|32)|^ucs-/.test(name));
  const shifted = foreign.find((name) => shifting.test(name));
  if (shifted !== undefined) return (await openReader())(bytes, shifted);
  // ASCII is the same in all remaining charsets, and most long documents are ASCII.
  if (isAscii(bytes)) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const utf8 = readUtf8(bytes);
  if (isUtf8(utf8, foreign)) return utf8;
  const read = await openReader();
  for (const name of foreign) {
    const text = read(bytes, name);
    if (damageOf(text) < 0.02) return text;
  }
  return sniffed(bytes, read) ?? read(bytes, foreign[0] ?? 'windows-1252');
}

function readUtf8(bytes: Uint8Array): string {
  return new TextDecoder('utf-8').decode(bytes);
}

type Reader = (bytes: Uint8Array, charset: string) => string;

/** Loaded only when needed: the tables of all charsets take half a megabyte, and most documents are UTF-8. */
async function openReader(): Promise<Reader> {
  const { default: iconv } = await import('iconv-lite');
  return (bytes, charset) => {
    if (charset === 'utf-8') return readUtf8(bytes);
    if (iconv.encodingExists(charset))
      return iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), charset);
    try {
      return new TextDecoder(charset).decode(bytes);
    } catch {
      return new TextDecoder('windows-1252').decode(bytes);
    }
  };
}

const charsetOf = (contentType: string | null): string | null =>
  named(/charset\s*=\s*["']?([\w.:-]+)/i.exec(contentType ?? '')?.[1]);

function declaredIn(bytes: Uint8Array): string | null {
  const head = Buffer.from(bytes.subarray(0, 2048)).toString('latin1');
  const prolog = /^\s{0,64}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([\w.:-]+)/.exec(head);
  return named(prolog?.[1] ?? /<meta[^>]{1,200}?charset\s{0,9}=\s{0,9}["']?([\w.:-]+)/i.exec(head)?.[1]);
}

function named(label: string | undefined): string | null {
  if (label === undefined) return null;
  const name = label.toLowerCase();
  return aliases[name] ?? name;
}

/** Two bytes in one of these may form a valid UTF-8 character by chance, so a few of these do not overrule the declaration. */
const doubleByte = /^(?:cp949|gb18030|big5|euc-|shift)/;

/** UTF-8 cut in the middle of a character is still UTF-8; text in another charset has hardly any valid UTF-8 sequences. */
function isUtf8(text: string, declared: readonly string[]): boolean {
  const { good, bad } = countOf(text);
  if (bad > 0) return good > 0 && bad / (good + bad) < 0.1;
  return good === 0 || good >= 4 || !declared.some((name) => doubleByte.test(name));
}

function damageOf(text: string): number {
  const { good, bad } = countOf(text);
  return bad === 0 ? 0 : bad / (good + bad);
}

function countOf(text: string): { readonly good: number; readonly bad: number } {
  let good = 0;
  let bad = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === 0xfffd) bad += 1;
    else if (code > 0x7f) good += 1;
  }
  return { good, bad };
}

interface Likely {
  readonly charset: string;
  readonly script: RegExp;
  /** The least share of this script among the non-ASCII characters. */
  readonly share: number;
  readonly usual: RegExp;
}

const japanese = {
  script: /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー]/gu,
  share: 0.7,
  usual: /\p{Script=Hiragana}/gu,
};
const chinese = { script: /\p{Script=Han}/gu, share: 0.6, usual: /[的一是不了在有我他這这]/g };
/** What a text in each charset must contain to be recognised, the most distinctive first. */
const likely: readonly Likely[] = [
  // Common syllables tell Korean from Chinese, whose bytes also decode as Korean syllables.
  { charset: 'cp949', script: /\p{Script=Hangul}/gu, share: 0.5, usual: /[이의다는에가을고한로]/g },
  { charset: 'shift_jis', ...japanese },
  { charset: 'euc-jp', ...japanese },
  { charset: 'big5', ...chinese },
  { charset: 'gb18030', ...chinese },
];
const sampleBytes = 65_536;

function sniffed(bytes: Uint8Array, read: Reader): string | null {
  const from = bytes.findIndex((byte) => byte > 0x7f);
  const sample = bytes.subarray(from, from + sampleBytes);
  const charset = likely.find((one) => fits(read(sample, one.charset), one))?.charset;
  return charset === undefined ? null : read(bytes, charset);
}

function fits(text: string, { script, share, usual }: Likely): boolean {
  const { good, bad } = countOf(text);
  if (good === 0 || bad / (good + bad) > 0.02) return false;
  const inScript = text.match(script)?.length ?? 0;
  const known = text.match(usual)?.length ?? 0;
  return inScript / good >= share && known / inScript >= 0.04;
}
