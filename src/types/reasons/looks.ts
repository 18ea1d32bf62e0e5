// Why a look yielded nothing, as reported by the sources, the pipeline and the worker.
import type { HttpCodes } from './http.ts';
import type { AnyReason, None, ReasonOf } from './reason.ts';

type Host = { readonly host: string };
type Status = { readonly status: number };
type Owner = { readonly owner: string };

export interface LookCodes extends HttpCodes {
  /** No answer before the pass ended. */
  'look.late': None;
  'look.unanswered': None;
  'look.internal': { readonly detail: string };
  'look.no-source': { readonly kind: string };
  'look.host-rests': None;
  'look.host-rests-until': { readonly until: string };
  'look.unrecorded': None;
  'look.stopped': None;
  /** For a source without words of its own. */
  'look.answered': Host & Status;
  /** Neither weights nor a licence. */
  'look.nothing-open': { readonly address: string };

  'document.waits': Status;
  'document.trouble': Status;
  'document.login': Status;
  'document.refuses': Status;
  'document.nothing': Status;
  'document.gone': Status;
  'document.none': Status;
  'document.empty': None;
  /** 304 to a look that sent no validator. */
  'document.unasked': Status;
  'document.too-large': { readonly most: string };
  'document.damaged': None;
  /** `place`: the host that answered, when it is not the one that was asked. */
  'document.answered-by': { readonly cause: AnyReason; readonly place: string };

  'feed.empty': None;
  'feed.unfolds': None;
  'feed.cut-short': None;
  'feed.too-long': { readonly most: number };
  'feed.html': None;
  /** `feed`: the address of a feed that the page names. */
  'feed.html-naming': { readonly feed: string };
  'feed.sitemap': None;
  'feed.opml': None;
  'feed.neither': None;
  'feed.other': { readonly name: string };
  'feed.no-channel': None;
  'feed.unreadable': { readonly detail: string };
  'feed.json-damaged': None;
  'feed.json-other': None;
  'feed.json-deep': None;
  'feed.json-long': None;
  'feed.json-entries': None;
  /** Entries are in places where neither RSS nor Atom has them. */
  'feed.misplaced': None;

  'discover.answered': Host & Status;
  /** The answer is not a list of models or repositories. */
  'discover.no-list': Host;

  'modelscope.answered': Host & Status;
  /** `success: false`, which comes even with HTTP 200; `said`: its code. */
  'modelscope.refused': Host & { readonly said: string };
  'modelscope.no-answer': Host;

  'page.not-html': None;
  'page.feed': None;
  'page.select-unusable': { readonly detail: string };
  'page.elements': { readonly most: number };
  'page.depth': { readonly most: number };
  'page.select-many': { readonly most: number };
  'page.select-nothing': { readonly links: number };
  /** So few links that the page is probably built in the browser. */
  'page.select-nothing-few': { readonly links: number };
  'page.select-lost': None;
  'page.select-no-links': None;

  'sitemap.index-alone': None;
  'sitemap.emptied': None;
  'sitemap.nested': None;
  'sitemap.cut-short': None;
  'sitemap.too-many': { readonly most: number };
  'sitemap.depth': None;
  'sitemap.html': None;
  'sitemap.feed': None;
  'sitemap.none': None;
  'sitemap.other': { readonly name: string };

  'github.spent': Host;
  'github.limit': Host;
  'github.limit-answered': Host & Status;
  'github.cut-short': Host;
  'github.stopping': Host;
  'github.slow': Host & { readonly detail: string };
  'github.unreachable': Host & { readonly detail: string };
  'github.unanswered': Host;
  'github.answered': Host & Status;
  'github.answered-saying': Host & Status & { readonly said: string };
  'github.unasked': Host;
  'github.token-refused': Host;
  'github.token-wanted': Host;
  /** GitHub does not know the App's id or key, or they do not belong together. */
  'github.app-refused': Host;
  'github.no-installation': Host;
  /** The App was uninstalled from the account, or is suspended there. */
  'github.installation-gone': Host & { readonly account: string };
  'github.few-left': Host & { readonly left: number; readonly limit: number; readonly until: string };
  'github.part-missing': None;
  'github.forbidden': Host & { readonly said: string };
  'github.query-failed': Host & { readonly said: string };
  'github.query-unanswered': Host;
  'github.no-repository': { readonly address: string };
  'github.no-owner': Owner;
  'github.no-licence': { readonly repository: string };
  'github.no-list': { readonly route: string };
  'github.unchanged-unseen': None;
  'github.recorded-other': None;

  'huggingface.spent': Host;
  'huggingface.answered': Host & Status;
  'huggingface.answered-saying': Host & Status & { readonly said: string };
  'huggingface.unasked': Host;
  'huggingface.elsewhere': Host;
  'huggingface.not-json': Host;
  'huggingface.question-refused': Host & { readonly said: string };
  'huggingface.token-refused': Host;
  'huggingface.token-wanted': Owner;
  'huggingface.no-model': { readonly model: string };
  'huggingface.no-list': Owner;
  'huggingface.endless': Owner;
  'huggingface.cut-short': Owner;
  'huggingface.disabled': Owner;
  'huggingface.recorded-no-json': None;
  'huggingface.recorded-no-list': None;
  'huggingface.recorded-no-model': None;

  /** Text that was stored before reasons had codes. */
  words: { readonly text: string };
}

export type LookReason = ReasonOf<LookCodes>;
