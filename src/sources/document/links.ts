// Makes links absolute, removes tracking parameters, and normalises links for comparison.

/** Parameters that say where the reader came from; never those that identify the page (`id`, `no`, `idxno`, `p`, …). */
const tracking = new RegExp(
  `^(?:${[
    'utm_?[a-z_]*|ref|ref_?src|ref_?url|referrer|referer|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|gad_source|gad_campaignid',
    'yclid|ymclid|msclkid|twclid|ttclid|li_fat_id|igshid|igsh|epik|srsltid|_ga|_gl|_ke|_kx|_hs(?:enc|mi)|hsctatracking',
    'mc_(?:cid|eid|tc)|mkt_tok|ml_subscriber(?:_hash)?|vero_(?:id|conv)|oly_(?:anon|enc)_id|rb_clickid|s_cid|s_kwcid|ef_id|wickedid',
    'cmpid|ncid|nr_email_referer|ocid|trk|trkcampaign|trkinfo|sc_(?:campaign|channel|content|medium|outcome|geo|country)',
    'pk_[a-z_]+|piwik_[a-z_]+|mtm_[a-z_]+|matomo_[a-z_]+|at_(?:medium|campaign|custom\\d|link_[a-z]+|format|bbc_team|ptr_name)',
    'fb_(?:action_ids|action_types|ref|source)|soc_(?:src|trk)|guccounter|guce_referrer(?:_sig)?|__twitter_impression|xtor|wt\\.mc_id|wt_mc',
    'jsessionid|phpsessid|aspsessionid[a-z]*|asp\\.net_sessionid|cfid|cftoken|sessionid|session_id|sessid',
    'spm|cjevent|irclickid|icid|taid|__s|_openstat|mc_id|sfmc_[a-z]+|dm_i',
  ].join('|')})$`,
  'i',
);
/** Parameters that identify pages on some sites: they count as tracking only when their value says so. */
const sometimes = /^(?:source|src|from|via|medium|cid|campaign|rss|feed)$/i;
const saysFeed = /^(?:rss|feed|atom|newsletter|twitter|facebook|email)/i;
const trackingFragment =
  /^(?:utm_|xtor=|ref=|rss$|atom-(?:everything|entries)$|:~:|comments?$|mc_cid|ftag=|tk\.rss|Echobox)/i;

/** Servers append the session id to the path for clients without cookies. */
const sessionInPath = /;(?:jsessionid|phpsessid|sid)=[^/;]*/gi;
/** Longer than any address that browsers accept from a server. */
const linkAtMost = 16_000;

/** An http or https link, absolute and without tracking parameters; null for anything else (`mailto:`, `javascript:`, …). */
export function linkOf(written: string, base: string): string | null {
  if (written.length > linkAtMost) return null;
  const text = written
    .trim()
    .replace(/[\t\r\n]+\s*/g, '')
    .replaceAll('&amp;', '&');
  if (text === '' || !URL.canParse(text, base)) return null;
  const url = new URL(text, base);
  if (!/^https?:$/.test(url.protocol) || url.hostname === '') return null;
  url.username = '';
  url.password = '';
  if (url.pathname.includes(';')) url.pathname = url.pathname.replace(sessionInPath, '');
  return withoutTracking(url);
}

function withoutTracking(url: URL): string {
  // The query is cut textually: parsing and serialising it would change its encoding.
  const kept = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && !isTracking(pair));
  url.search = kept.length === 0 ? '' : `?${kept.join('&')}`;
  if (trackingFragment.test(url.hash.slice(1))) url.hash = '';
  return url.href.replace(/#$/, '');
}

function isTracking(pair: string): boolean {
  const cut = pair.indexOf('=');
  const name = cut === -1 ? pair : pair.slice(0, cut);
  if (tracking.test(name)) return true;
  return sometimes.test(name) && (cut === -1 ? /^(?:rss|feed)$/i.test(name) : saysFeed.test(pair.slice(cut + 1)));
}

function withoutSlashes(path: string): string {
  let end = path.length;
  while (end > 0 && path[end - 1] === '/') end -= 1;
  return path.slice(0, end);
}

/** Normalises a link: drops whatever does not change which page it leads to (scheme, `www.`, a trailing slash). */
export function identityOf(link: string): string {
  const url = new URL(link);
  const path = withoutSlashes(url.pathname).replace(/%[0-9a-f]{2}/gi, (code) => code.toUpperCase());
  return `https://${url.host.replace(/^www\./, '')}${path}${url.search}${url.hash}`;
}

/** Resolves an xml:base or `<base href>` against the current base; an unusable one is ignored. */
export function baseOf(written: string | undefined, before: string): string {
  if (
    written === undefined ||
    written.length > linkAtMost ||
    written.trim() === '' ||
    !URL.canParse(written.trim(), before)
  )
    return before;
  const url = new URL(written.trim(), before);
  return /^https?:$/.test(url.protocol) ? url.href : before;
}
