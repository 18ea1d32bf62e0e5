// The licence texts of a model: its own files, one for code only, and the target of the card's link.
import { Parser } from 'htmlparser2';
import type { Http } from '../../infra/http/client.ts';
import type { PollContext } from '../define.ts';
import type { Failure, HubClient } from './client.ts';
import type { ModelDocument } from './document.ts';
import { isNamedAsTerms, licenceFiles } from './files.ts';

type Further = NonNullable<ModelDocument['further']>;
export type LicenceTexts = Pick<Further, 'licence' | 'licences'>;

const licenceBytes = 64 * 1024;
/** Larger than the limit for a text, because HTML surrounds it. */
const pageBytes = 1024 * 1024;
const linkTimeoutMs = 10_000;
/** How many further licence files are read besides the first. */
const mostFurther = 2;

const quoted = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Reads a text outside the hub; null when there is none that can be read. */
export type ReadLink = (url: string) => Promise<{ readonly text: string; readonly page: boolean } | null>;

/** Sends no token and never reaches a private address: anybody may put a link into a card. */
export function linkReader(http: Http, context: PollContext): ReadLink {
  return async (url) => {
    const reply = await http.get(rawOf(url), {
      signal: context.signal,
      reach: 'public',
      maxRedirects: 3,
      maxBytes: pageBytes,
      timeoutMs: linkTimeoutMs,
      headers: { accept: 'text/plain, text/markdown, text/html;q=0.5' },
    });
    if (reply.kind === 'failed' || reply.status !== 200) return null;
    const text = new TextDecoder().decode(reply.bytes);
    if (isBinary(text)) return null;
    const page = /html/i.test(reply.headers.get('content-type') ?? '') || /^\s*<(?:!doctype|html)\b/i.test(text);
    return { text: (page ? textOfPage(text) : text).slice(0, licenceBytes), page };
  };
}

const isBinary = (text: string): boolean => text.startsWith('%PDF') || text.slice(0, 4_096).includes('\u0000');

/** The raw file behind a page that displays it. */
function rawOf(url: string): string {
  const [, repo, path] = /^https:\/\/github\.com\/([^/]+\/[^/]+)\/(?:blob|raw)\/(.+)$/.exec(url) ?? [];
  return repo === undefined || path === undefined ? url : `https://raw.githubusercontent.com/${repo}/${path}`;
}

const blocks = new Set(
  'p div br li ul ol h1 h2 h3 h4 h5 h6 tr table section article pre blockquote header footer title'.split(' '),
);
const hidden = new Set(['script', 'style', 'noscript', 'template', 'svg', 'nav', 'head']);

function textOfPage(html: string): string {
  const parts: string[] = [];
  let within = 0;
  const parser = new Parser({
    onopentag: (name) => {
      if (hidden.has(name)) within += 1;
      if (blocks.has(name)) parts.push('\n');
    },
    ontext: (text) => {
      if (within === 0) parts.push(text);
    },
    onclosetag: (name) => {
      if (hidden.has(name)) within = Math.max(0, within - 1);
      if (blocks.has(name)) parts.push('\n');
    },
  });
  parser.end(html);
  return parts
    .join('')
    .replace(/[ \t]+/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

interface HubFile {
  /** `owner/name`, or `spaces/owner/name`. */
  readonly repo: string;
  readonly revision: string;
  readonly path: string;
}

const hubHosts = /^(?:www\.)?(?:huggingface\.co|hf\.co)$/i;

const isHub = (url: URL, endpoint: string): boolean =>
  hubHosts.test(url.hostname) || url.host === new URL(endpoint).host;

const pathAtMost = 1_000;

/** The hub file that a link leads to, under any of the hub's host names; null for any other address. */
function hubFile(url: URL, endpoint: string): HubFile | null {
  if (!isHub(url, endpoint) || url.pathname.length > pathAtMost) return null;
  const found = /^\/((?:spaces\/|datasets\/)?[\w.-]+\/[\w.-]+)\/(?:blob|resolve|raw)\/([^/]+)\/(.+)$/.exec(
    url.pathname,
  );
  const [, repo, revision, path] = found ?? [];
  if (repo === undefined || revision === undefined || path === undefined) return null;
  return { repo, revision, path: decoded(path) };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** The text that the card's link leads to, unless that file has been read already. */
async function askLink(
  client: HubClient,
  readLink: ReadLink,
  model: ModelDocument,
  known: string | undefined,
): Promise<NonNullable<LicenceTexts['licences']>[number] | null | Failure> {
  const link = model.cardData?.license_link?.trim();
  if (link === undefined || link === '') return null;
  const revision = model.sha ?? 'main';
  const file = URL.canParse(link)
    ? hubFile(new URL(link), client.endpoint)
    : { repo: model.id, revision, path: link.replace(/^(?:\.?\/)+/, '').split(/[?#]/)[0] ?? '' };
  if (file === null) {
    // A page of the hub is not a licence text, and requests for pages have the smallest quota.
    if (!/^https?:\/\//i.test(link) || isHub(new URL(link), client.endpoint)) return null;
    const got = await readLink(link);
    return got === null ? null : { from: got.page ? 'page' : 'link', url: link, text: got.text };
  }
  const own = file.repo.toLowerCase() === model.id.toLowerCase();
  // The page of a model, or its README, contains more than its licence.
  if (!isNamedAsTerms({ rfilename: file.path })) return null;
  if (file.path.split('/').includes('..') || (own && file.path === known)) return null;
  if (own && model.siblings?.some(({ rfilename }) => rfilename === file.path) === false) return null;
  const at = own ? revision : file.revision;
  const got = await client.text(`/${file.repo}/resolve/${encodeURIComponent(at)}/${quoted(file.path)}`, licenceBytes);
  if (got.kind !== 'text') return got;
  if (got.text === null || isBinary(got.text)) return null;
  return { from: 'link', url: `${client.endpoint}/${file.repo}/blob/${at}/${file.path}`, text: got.text };
}

export async function askLicences(
  client: HubClient,
  readLink: ReadLink,
  model: ModelDocument,
): Promise<{ readonly kind: 'licences'; readonly texts: LicenceTexts } | Failure> {
  const revision = model.sha ?? 'main';
  const { model: first, further, code } = licenceFiles(model.siblings ?? []);
  let licence: LicenceTexts['licence'];
  const licences: NonNullable<LicenceTexts['licences']> = [];
  for (const [from, file] of [
    ['main', first],
    ...further.slice(0, mostFurther).map((file) => ['file', file] as const),
    ['code', code],
  ] as const) {
    if (file === null) continue;
    const got = await client.text(`/${model.id}/resolve/${revision}/${quoted(file.rfilename)}`, licenceBytes);
    if (got.kind !== 'text') return got;
    if (got.text === null || isBinary(got.text)) continue;
    if (from === 'main') licence = { path: file.rfilename, text: got.text };
    else
      licences.push({ from, url: `${client.endpoint}/${model.id}/blob/${revision}/${file.rfilename}`, text: got.text });
  }
  const linked = await askLink(client, readLink, model, licence?.path);
  if (linked !== null) {
    if ('kind' in linked) return linked;
    licences.push(linked);
  }
  return {
    kind: 'licences',
    texts: { ...(licence === undefined ? {} : { licence }), ...(licences.length === 0 ? {} : { licences }) },
  };
}
