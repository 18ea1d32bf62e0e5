// Pages and sitemaps as lab sites write them.
import { xmlText } from '../xml.ts';

export interface PageShape {
  readonly title: string;
  readonly links: readonly { readonly href: string; readonly text: string }[];
  /** The whole document, replacing everything else. */
  readonly html?: string;
}

export interface SitemapShape {
  readonly urls?: readonly { readonly loc: string; readonly lastmod?: string }[];
  /** Addresses of further sitemaps, which make it an index. */
  readonly index?: readonly { readonly loc: string; readonly lastmod?: string }[];
  /** As a `.gz` file (not a content encoding). */
  readonly gzip?: boolean;
}

export function writePage(page: PageShape): string {
  if (page.html !== undefined) return page.html;
  const items = page.links.map(
    (link) => `      <li><a href="${xmlText(link.href)}"><h3>${xmlText(link.text)}</h3></a></li>`,
  );
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8"><title>${xmlText(page.title)}</title></head>
  <body>
    <nav><a href="/">Home</a> <a href="/careers">Careers</a></nav>
    <main><ul>
${items.join('\n')}
    </ul></main>
  </body>
</html>
`;
}

export function writeSitemap(sitemap: SitemapShape): string {
  const place = (name: string, one: { readonly loc: string; readonly lastmod?: string }): string =>
    `  <${name}><loc>${xmlText(one.loc)}</loc>${one.lastmod === undefined ? '' : `<lastmod>${one.lastmod}</lastmod>`}</${name}>`;
  const index = sitemap.index !== undefined;
  const root = index ? 'sitemapindex' : 'urlset';
  const lines = index
    ? (sitemap.index ?? []).map((one) => place('sitemap', one))
    : (sitemap.urls ?? []).map((one) => place('url', one));
  return `<?xml version="1.0" encoding="UTF-8"?>
<${root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${lines.join('\n')}
</${root}>
`;
}
