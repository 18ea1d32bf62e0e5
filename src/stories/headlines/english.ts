// Reading a clause in English: who does what, and whether it has happened.
import { type HeadlineReading, place } from './reading.ts';

const opening =
  /\bopen[- ]?sourc(?:e|es|ed|ing)\b|\bopen[- ]?weight(?:s|ed)?\b|\bopen(?:ly)?[- ](?:licen[sc]ed|available)\b|\bopen (?:release|access)\b|\b(?:fully |truly )?open (?:(?:[\w-]+ ){0,3})(?:models?|llms?|checkpoints?|model family)\b|\b(?:model )?weights\b|\bcheckpoints?\b|\bapache\b|\bmit licen[sc]ed?\b|\bunder (?:an?|the) (?:[\w.-]+ ){0,3}licen[sc]e\b|\bhugging ?face\b|\bfor download\b|\bdownloadable\b|\btorrent(?:s|ed)?\b|\bmagnet link\b|\bto (?:the )?public domain\b|: open (?:[\w-]+ ){1,4}models?\b|\bopen(?:s|ed|ing)? up\b|\b(?:go|goes|going|went) (?:fully )?open\b/;
const model =
  /\b(?:ai |language |foundation |reasoning |speech |vision |frontier )?(?:models?|llms?|vlms?|moe)\b(?! (?:vault|routing|evaluations?|serving|signing|scheduling|context protocol|garden|hub|optimi[sz]er))|\bweights\b|\bcheckpoints?\b|\bopen[- ]weights?\b|\bparameters?\b|\bfoundation for\b|\b\d+(?:\.\d+)?[bt]-param|[a-z]-\d+(?:\.\d+)?b\b/;

const verbs =
  'releases|released|launches|launched|drops|dropped|ships|shipped|publishes|published|uploads|uploaded|open[- ]?sources|open[- ]?sourced|open[- ]?sourcing|torrents|torrented|opens|opened|unleashes|unleashed|shares|shared|puts|posts|posted|gives away|debuts|debuted|lands|landed|arrives|arrived|(?:hits|hit) (?=hugging|github|the hub)';
const done = new RegExp(
  String.raw`(?<!\b(?:be|being|to|not|get|delay(?:s|ed)|postpon(?:es|ed)) (?:fully |officially |finally )?)\b(?:${verbs})\b|\b(?:is|are|was|now|officially|just|finally|has been|have been|becomes?|became|goes|went|made|makes) (?:now |officially |fully |finally )*(?:open[- ]?(?:source|weights?)|open|out|live|public|available|downloadable|here|free)\b|\bbecomes? (?:the )?(?:[\w-]+ ){0,2}open[- ]?(?:source|weight)|\bis an? (?:new )?(?:[\w-]+ ){0,2}open[- ](?:[\w-]+ ){0,2}models?\b|\b(?:returns?|back) to open[- ]source\b|\b(?:contributes|donates|hands|frees|unlocks|delivers|follows through)\b|\bout now\b|\bopen release of\b|\bweights (?:included|inside|released|out|live|available|published)\b|\bmakes? .{1,60}\b(?:public|open(?: source)?|freely available)\b|\bgo(?:es)? (?:small|public|live)\b|\bcan now (?:be )?(?:download|run)|\b(?:now|up|weights) (?:up |live )?on (?:hugging ?face|hf)\b|\bavailable (?:now|today|for download)\b`,
);
/** With a date to come, an announcement is of a plan. */
const dated =
  /\b(?:in|for|by|from|until|come) (?:early |mid-?|late )?(?:20\d\d|spring|summer|autumn|fall|winter|this (?:summer|fall|autumn|winter|year|quarter)|next|q[1-4]|jan\w*|feb\w*|march|april|may|june|july|aug\w*|sept?\w*|oct\w*|nov\w*|dec\w*)\b|\bon (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:later|late|early) (?:this|next) \w+|\bin the (?:near future|coming|next)|\bwithin (?:\d|two|three|days|weeks)|\bthis (?:summer|fall|autumn|winter)\b/;
const past =
  /\b(?<!\b(?:be|being|to|get|getting|is) (?:fully )?)(?:released|launched|dropped|shipped|published|uploaded|open[- ]?sourced|opened|torrented|landed|arrived)\b|\b(?:has|have|just|now|already|finally)\b|\bis out\b/;
/** What comes after this is not what the clause tells. */
const afterwards = /(?<=\w) (?:(?:\w+ )?(?:minutes?|hours?|days?|weeks?|months?|shortly|soon) )?after .*$/;
const announced =
  /\b(?:introduc(?:es|ed|ing)|announc(?:es|ed|ing)|unveil(?:s|ed|ing)|present(?:s|ed|ing)|reveals?|meet|welcome|say hello to|release|launch|new release|rolls? out)\b/;
const future =
  /\b(?:will|shall|would be|we'll|we're going to|going to|gonna)\b|\b(?:plans?|planned|planning|promis(?:es|ed|ing|e)|vow(?:s|ed)?|pledg(?:es|ed)|commit(?:s|ted)|aims?|intends?|hopes|wants|prepar(?:es|ing)|gear(?:s|ing) up|readying|on track|targets|targeting|ready|set|due|slated|scheduled|schedules|agrees|confirms? (?:it will|plans?)) (?:for|to|on|in|by|open|that|[\w.' -]{1,40}(?:would|to|open|release))|\b(?:readies|preps|timeline|roadmap|countdown|eta)\b|(?<!\b(?:returns?|returned|back|comes?|turns?|moves?|switch(?:es)?|commitment|approach|shift|alternative|rival|pivots?|converts?|closest) )\bto (?:be |fully |soon |finally |also |officially )*(?:open(?:[- ]?source|[- ]sourced|ed)?|releas(?:e|ed)|launch(?:ed)?|publish(?:ed)?|unveil|make|ship|drop|share|introduce|follow|give away|go open|upload)\b|\b(?:is|are|weights?|models?|[\d.]+) coming\b|\bcoming (?:soon|in|on|to|this|next|later|by|early|late|mon|tue|wed|thu|fri|sat|sun|tomorrow|weeks?|months?)|\bupcoming\b|\bon (?:the|its) way\b|\bsets? a date\b|\bwill follow\b|\b(?:tomorrow|next (?:week|month|year|quarter|mon|tue|wed|thu|fri|sat|sun)\w*)\b|\bsoon\b|(?<!\b(?:on|keeps?|kept|fulfil\w*|delivers?|honou?r\w*) (?:his |its |the |a )?)\b(?:promise|pledge)\b/;
/** The present tense with a date to come: goes open source tomorrow. */
const scheduled =
  /\b(?:goes|opens|drops|lands|arrives|launches|ships|debuts|hits|releases|is out|open[- ]?sources)\b[^,;:]* (?:tomorrow|next (?:week|month|year|quarter|mon|tue|wed|thu|fri|sat|sun)\w*|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/;
const delayed =
  /\b(?:delay(?:s|ed|ing)?|postpon(?:es|ed|ing|e)|push(?:es|ed) (?:back|to|until)|moved (?:back )?to|rescheduled|on hold|held back|holds? back|slip(?:s|ped)|defer(?:s|red)?|not ready|more time)\b/;

const hedged =
  /\b(?:might|could|reportedly|rumou?r(?:s|ed)?|leak(?:s|ed|ing|er)?|allegedly|alleged|insiders?|people familiar|considers?|considering|weighs|weighing|mulls?|mulling|expected|likely|speculat\w+|hint(?:s|ed|ing)?|teas(?:es|ed|ing)|spotted|sighted|believed|suspected|points? to|suggests?|suggesting|signals?|mysterious|mystery|unconfirmed|vanish(?:es|ed)?|disappear(?:s|ed)?|briefly|explor(?:es|ing)|debat(?:es|ing)|imminent|about to|looms?|nears|said to|is it|shows up|whispers?|appears? (?:to|on)|surfaces?|unverified|circulat\w+|purported(?:ly)?|supposed(?:ly)?|apparently|seems?|accident(?:ally)?|discuss(?:es|ed|ing))\b|(?<!open[- ])\bsources?(?: say| claim| familiar|:)|\breports?(?: says?| claims?| that|:)|\bdenies (?:the )?(?:rumou?rs?|reports?|claims?)|\baccording to\b|\b(?:analysts?|experts?|observers?) (?:expects?|predicts?|says?|sees?)|\b(?:the information|bloomberg|reuters|the verge|wsj|nikkei|wired|financial times|axios) (?:says|reports?|reported|writes)|^(?:is|are|will|did|has|have) [^?]*\?|\bmay (?!\d|be the)(?:[a-z]+ly )?[a-z]+|\?.*\bspotted\b/;
const monthMay =
  /\b(?:in|by|on|until|till|from|late|early|mid|end of|last|this|next|since|of|through|and|to|-) may\b(?! (?:be|open|not|soon|release))|\bmay (?:\d|20\d\d)/;
const coming =
  /\b(?:release|launch|open|arrive|drop|land|come|ship|debut|publish|unveil|follow|close|appear)(?:s|ing)?\b/;
const sighted =
  /\b(?:leak(?:s|ed|ing)?|spotted|sighted|hint(?:s|ed|ing)? (?:at|of)|points? to|teas(?:es|ed|ing)|appears? on|shows? up|surfac(?:es|ed)|briefly (?:appears?|appeared|live|public))\b/;
const withdrawn =
  /\b(?:pull(?:s|ed)|remov(?:es|ed)|delet(?:es|ed)|tak(?:es|en) (?:\w+ ){0,4}(?:down|offline)|took (?:\w+ ){0,4}(?:down|offline)|withdr(?:aws?|ew|awn)|retract(?:s|ed)?|unpublish(?:es|ed)|yank(?:s|ed)?|vanish(?:es|ed)?|disappear(?:s|ed)?|hides?|gone from|goes (?:404|dark|missing|private|offline)|went (?:404|dark|missing|private|offline))\b/;
const denied =
  /\b(?:will not|won'?t|would not|wouldn'?t|is not|isn'?t|are not|aren'?t|does not|doesn'?t|do not|not going to|not planning to|never|no plans?|no intention|no longer|no open|rul(?:es|ed|ing) out|refus(?:es|ed|ing)|declin(?:es|ed)|oppos(?:es|ed)|against|abandon(?:s|ed|ing)?|scrap(?:s|ped)?|shelv(?:es|ed)|cancel(?:s|led|ed)?|stops?|stopped|denies (?:it|plans?|that)|walks? back|drops? (?:plans?|its)|instead of|rather than)\b(?: [\w'.@-]+){0,6}? (?:open|releas|publish|weights|source)|\bnot (?:be )?(?:open|released|public)|\b(?:keep(?:s|ing)?|stays?|staying|remains?|kept)\b(?: [\w.'-]+){0,4} (?:closed|proprietary|private)\b|\bclos(?:e|es|ing) (?:[\w.']+ ){0,2}weights\b|\b(?:be|go|goes|going) (?:fully )?closed\b|\bgiv(?:es|ing) up on open\b|\bcloses? (?:the )?weights\b|\bclos(?:es|ing) its models\b/;

const commentary =
  /^(?:"?(?:how|why|what|when|where|which|who|can|should|does|do|did|are|inside|ask hn|review|opinion|analysis|comparing|comparison|building|build|use|using|run|running|connect|fine[- ]?tun\w+|understanding|getting started|hands[- ]on|evaluating|benchmarking|deploy\w*|scaling|mastering|turbocharging|unlocking|unboxing|tips|lessons|podcast|interview|reimagining|the (?:state|case|problem|rise|future|truth|best|promise of)|a (?:year|month|week|look|guide|beginner)|\d+ (?:ways|things|reasons|best|lessons)|speaking of|enlisting|i (?:tried|built|ran|tested|finally)|we (?:tried|built|tested)|tutorial|from)\b)|\bvs\.?(?=\s)|\bversus\b|\bcompared\b|\bstep[- ]by[- ]step\b|\btutorial\b|\b(?:a|the|your|beginner'?s|complete) guide\b|\bguide to\b|\bhow to\b|\bfine[- ]?tun(?:e|ing) (?!\w*sdk)|\bjailbreak\w*|\bred[- ]?team\w*|\bphenomenon\b|\btrends?\b|\bhackathon\b|\bsu(?:es?|ed|ing)\b|\blawsuit\b|\bcourt\b|\brais(?:es|ed|ing) (?:[$€£]|\d)|\bfunding\b|\bvaluation\b|\bseries [a-h]\b|\bpartners? with\b|\bpartnership\b|\bhires\b|\bacquires?\b|\bacquisition\b|\bban(?:s|ned)\b|\bcensor\w*|\bmarket share\b|\bdownloads\b|\bgrants?\b|\bsurvey\b|\bstudy\b|\bhelp(?:s|ed|ing)? (?:\w+ )|\bis using\b|\bare using\b|\bbuilt with\b|\bworking with\b|\bis now critical\b|\bone year (?:on|later|after)\b|\b(?:year|months?) after\b|\bstartup program\b|\bwhat (?:it|this|that) means\b|\bexplained\b|\bneeds? better\b|\bclos(?:e|es|ing) the gap\b|\byou should\b/;
const aside =
  /\b(?:beats?|outperform\w*|tops?|rivals?|leaderboard|benchmark\w*|locally|on (?:a|your|my) (?:laptop|mac|macbook|phone|raspberry|gpu)|price|prices|pricing|cheaper|powered by|faster|in production|performance|joins|tests?)\b/;
const toolNoun =
  '(?:cli|sdks?|ide|librar(?:y|ies)|framework|toolkit|tools?|tooling|(?:coding |ai )?agents?|assistant|plugins?|extension|compiler|kernels?|megakernel|algorithms?|engine|datasets?|benchmark|database|runtime|apps?|protocol|spec|specification|standard|server|browser|editor|cookbook|recipes|platform|api|apis|driver|programming|gateway|parser|program|simulator|course|stack|studio|code assistant|search engine|interface|infrastructure|chips?|system prompts?|scheduler|package)';
const tool = new RegExp(`\\b${toolNoun}\\b`);
/** Open-source coding agent; open-sources Codex CLI; a toolkit as open source. */
const opensTool = new RegExp(
  `\\bopen[- ]?(?:source|weight)s?,? (?:(?!model|llm|weights)[\\w+#.-]+ ){0,4}${toolNoun}\\b(?! models?)|\\b${toolNoun} (?:is |are |goes |now |as |under )*(?:open[- ]?source|open)`,
);
const hosted =
  /\b(?:bedrock|azure|vertex|sagemaker|jumpstart|google cloud|aws|amazon|foundry|oracle cloud|nim microservices?|chatgpt|app store|android|ios|copilot|openrouter|playground|workspace|le chat|enterprise|subscribers|to everyone|api)\b/;
const spread =
  /^[[\]\w/. -]{1,24}? ?: ?(?:add|fix|support|enable|implement|update|improve|refactor|convert|bump)\b|\(#\d+\)|^\[\w+\] |\b(?:adds?|added|adding|gains?|gets|brings?|now|initial|day[- ]?(?:one|zero|0|1)) (?:[\w.-]+ ){0,4}support\b|\bnow supports?\b|\bsupport(?:s|ed)? (?:for )?(?:in|on)\b|\bon (?:mlx|vllm|ollama|llama\.cpp|sglang)\b|\bin (?:vllm|ollama|llama\.cpp|sglang|lm studio)\b|\bpowered by mlx\b/;
const nobody =
  /^(?:a |an |the |new |another )*(?:mysterious|mystery|anonymous|unknown|unnamed|unidentified|secret)\b|^(?:a |an |the |new )*\d+(?:\.\d+)?[bt][- ](?:parameters? )?(?:[\w-]+ ){0,3}models?\b/;

/** `quoted`: folded text; quotation marks around words count for nothing, apostrophes do. */
export function readEnglish(quoted: string): HeadlineReading {
  const clause = quoted.replace(/(?<![a-z0-9])['"]|['"](?![a-z0-9])/g, '');
  const guess = place(
    hedged,
    clause.replace(monthMay, (found) => '#'.repeat(found.length)),
  );
  const planned = scheduled.test(clause) || (dated.test(clause) && !past.test(clause));
  return {
    opening: opening.test(clause),
    model: model.test(clause),
    act: announced.test(clause) || done.test(clause) || (guess >= 0 && coming.test(clause)),
    done: planned ? -1 : place(done, clause.replace(afterwards, '')),
    future: planned ? 0 : place(future, clause),
    delayed: delayed.test(clause),
    hedged: guess,
    sighted: sighted.test(clause),
    withdrawn: place(withdrawn, clause),
    denied: denied.test(clause),
    commentary: commentary.test(clause),
    aside: aside.test(clause),
    tool: opensTool.test(clause) ? 'itself' : tool.test(clause) ? 'beside' : 'none',
    hosted: hosted.test(clause),
    spread: spread.test(clause),
    nobody: nobody.test(clause),
  };
}
