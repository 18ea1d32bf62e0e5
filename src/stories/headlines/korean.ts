// Reading a clause in Korean: the end of the clause says whether it has happened, is planned, or is only said.
import { type HeadlineReading, place } from './reading.ts';

const opening =
  /오픈 ?소스|오픈 ?웨이트|가중치|공개형|개방형|비공개 ?(?:전환|검토)|폐쇄형|허깅 ?페이스|오픈 (?:ai )?(?:언어 ?)?모델|오픈형|아파치|라이[선센]스|모델 파일|풀었|풀린|풀렸|풀려|푼다|풀겠|풀기로|풀 것|무료 공개|누구나|open[- ]?sourc|open[- ]?weight|hugging ?face|상업적 (?:이용|사용)/;
const model =
  /모델|llm|가중치|매개변수|파라미터|파운데이션|챗봇|오픈 ?웨이트|slm|vlm|vla|추론 ?ai|체크포인트|거대 ?언어/;

/** A finished verb ends the matter. */
const finite =
  /(?:공개|출시|배포|개방|오픈|오픈소스화|전환|등재|게시|발표|개시)(?:했|됐|되었|하였|해(?!야)|돼|됨)|풀려|풀렸|풀었|내놨|내놔|내놓았|선보여|선보였|나왔|나와|등장(?:했|$|[.!,"'])|올렸|올려(?:$|[.!])|올라왔|되다(?:$|[^가-힣])|지켰|열었|나섰/;
/** A noun at the end of a headline stands for a verb, unless a plan or guess follows it. */
const nominal =
  /(?:공개|출시|배포|개방|오픈|오픈소스화|개시|등재|발표|등장|오픈소스로 전환|무료 개방)(?:$|[.,!·"')]| (?:\p{So}|[^ ]+$)?)|(?:공개|출시)(?:한|된|로)(?= |$)/u;
const future =
  /겠(?:다|습|어|음|단|고)|예정|예고|계획|약속(?!을? ?(?:지켰|지킨|이행))|기로|(?:공개|출시|배포|개방|오픈|발표|오픈소스화|탑재)(?:한다|할 ?것|할 ?전망|할|될|된다)|(?:공개|출시|배포) ?(?:앞두|앞둬|앞둔|초읽기|시동|박차|준비|선언|공언|시사|재확인|목표|일정)|푼다|풀 ?것|낸다|내겠|낼 ?것|내기로|풀릴|내놓는다|내놓을|내놓기|선보인다|선보일|연다|나선다|나온다|나올|추진|다짐|공언|목표|재확인|조만간|(?:^|[ ,"'])곧(?= )|다음 ?주|다음 ?달|내달|내년|연내|연말|올해 ?말|이달 ?(?:중|말|내)|이번 ?(?:주|달) ?(?:중|내|안)|(?:상|하)반기|[1-4]분기|(?:개월|주|달) ?(?:뒤|후|내|안)|몇 ?달|수개월|올 ?(?:여름|가을|겨울|봄)|내일|오는 \d|(?<!지난 ?)(?<!\d)\d{1,2}월(?!호)|(?<![\d가-힣])\d{1,2}일(?! ?(?:만|전|째|연속))/;
const delayed = /연기|미뤄|미룬|미뤘|늦춰|늦춘|늦어|지연|순연|연장/;

const hedged =
  /(?:포기|전환|공개|비공개|중단|철회|출시|유출|연기|개방|폐쇄|인수|도입|지연|임박|등장|오픈소스화|폐기|취소)설(?![가-힣]|계)|설(?:이|에|도|은)? ?(?:솔솔|돌|나돌|확산|제기|모락|부인)|소문|루머|유출|관측|전망|가능성|검토|알려져|알려졌|알려진|전해져|전해졌|것으로 (?:보|전|알|추|예)|(?:할|될|낼|풀|나올|열) ?듯|포착|의혹|추정|추측|솔솔|설왕설래|고심|저울질|만지작|내부 ?논의|논의|정체불명|의문의|익명의?|임박|사실무근|사실 ?(?:아냐|아니|무근)|(?:하|푸|여|가|내놓|나오|접|바꾸|되|올리|닫|미루|늦추|서|갈아타|돌아서|바뀌|포기하|선보이)나(?=$|[?."'… ])|(?:할|풀|될|낼|나올|열|갈)까|힌트|암시|시사|단서|미확인|초읽기|보도|이르면|여부/;
const sighted = /유출|포착|등장설|정체불명|나타났|힌트|단서/;
const withdrawn = /삭제|내려(?!받|간다|가)|내렸|사라져|사라졌|사라진|회수|거둬들|비공개로? 전환|돌연 비공개|철수/;
const denied =
  /(?:공개|오픈소스|개방|출시)(?:를|로|는|은|하지|화)? ?(?:[가-힣]+ ){0,2}?(?:않는|않기로|않을|않겠|안 ?한|안 ?해|없다|없을|못 ?한)|계획 ?(?:은|이)? ?없|포기(?!설)|백지화|배제|거부|선 ?그|일축|(?:^|[ "'])비공개(?! ?전환설|로 ?전환설|설)|닫(?:는다|기로|았)|폐쇄(?:형|로)? ?(?:전환|모델로)|오픈소스 ?(?:아니|아냐|중단|철회|접)|(?:공개|오픈소스)[^.]*(?:중단|철회|취소)(?!설)/;

const commentary =
  /^(?:왜|어떻게|\[(?:칼럼|사설|기고|인터뷰|기자수첩|리뷰)\])|(?:^| )왜 |방법|가이드|튜토리얼|비교|(?:^| )vs\.? |사용기|후기|리뷰|써보니|돌려보니|파인 ?튜닝|미세 ?조정|소송|고소|제소|투자|유치|인수(?!설)|주가|실적|매출|상장|쇼크|바꾼 것|바꿀|늘어|확산|열풍|전략|컨퍼런스|평가|도입(?!설)|활용|적용|협력|제휴|맞손|손잡|mou|논란(?!의)|규제|금지|차단|데이터센터|반도체|칩|채용|영입|강의|세미나|해커톤|공모전|써야|해야|이유|분석|진단|주목|시대|생태계|달성|1위|제쳐|제치|능가|압도/;
const softened = /평가|주목|능가|달성|1위|제쳐|제치|압도|비교|활용|적용|협력|분석|시대|생태계|확산/g;
const toolNoun =
  '(?:도구|툴(?!킷? ?모델)|라이브러리|프레임워크|에이전트(?! ?(?:용|형)? ?모델)|cli|sdk|알고리즘|데이터 ?(?:셋|세트|베이스)|플랫폼|(?<!거대)언어(?! ?(?:모델|ai))|앱(?![가-힣])|서비스|브라우저|커널|컴파일러|엔진|플러그인|소프트웨어|운영 ?체제|ide|솔루션|프로그램|벤치마크|리더보드|인프라)';
const tool = new RegExp(toolNoun);
const opensTool = new RegExp(`오픈 ?소스 (?:(?!모델|llm)[가-힣a-z0-9.·]+ ){0,2}[가-힣a-z]*${toolNoun}`);
const hosted =
  /베드록|애저|버텍스|세이지메이커|aws|클라우드에서|api ?(?:출시|공개|제공)|(?:에서|에) ?(?:사용|제공|이용|탑재)|유료|구독|앱스토어/;
const spread = /지원 ?(?:추가|시작|한다|해|개시)|(?:vllm|llama\.cpp|올라마|ollama|트랜스포머)[^.]*지원|\(#\d+\)/;
const nobody = /정체불명|의문의|익명|출처 ?불명|주인 ?모를|미상/;

/** `clause`: folded text. */
export function readKorean(clause: string): HeadlineReading {
  const event = opening.test(clause) && (finite.test(clause) || nominal.test(clause));
  const hard = commentary.test(clause) && !(event && !commentary.test(clause.replace(softened, '')));
  const finished = place(finite, clause);
  const planned = place(future, clause);
  const guess = place(hedged, clause);
  // The end of a Korean clause governs it: what is planned or guessed before a finished verb has come true.
  const later = planned > finished ? planned : -1;
  const named = later === -1 && guess === -1 && !delayed.test(clause) ? place(nominal, clause) : -1;
  return {
    opening: opening.test(clause),
    model: model.test(clause),
    act: finished >= 0 || nominal.test(clause) || (guess >= 0 && /공개|출시|배포|나올|오픈|등장/.test(clause)),
    done: finished >= 0 ? finished : named,
    future: later,
    delayed: delayed.test(clause),
    hedged: guess,
    sighted: sighted.test(clause),
    withdrawn: place(withdrawn, clause),
    denied: denied.test(clause),
    commentary: hard,
    aside: false,
    tool: opensTool.test(clause) ? 'itself' : tool.test(clause) ? 'beside' : 'none',
    hosted: hosted.test(clause),
    spread: spread.test(clause),
    nobody: nobody.test(clause),
  };
}
