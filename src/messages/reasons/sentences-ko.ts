// What the configuration says in English when something is wrong or fails, in Korean.

/** The first that fits a whole reason replaces it; a reason that none fits stays as it is. */
export const reasonsKo: readonly (readonly [fits: RegExp, words: string])[] = [
  // Addresses and options that cannot be watched.
  [/^(.+) is not an address on GitHub$/, '$1: GitHub 주소가 아닙니다'],
  [/^(.+) has more than one slash$/, '$1: 빗금(/)이 둘 이상입니다'],
  [/^(.+) does not name an owner on GitHub$/, '$1: GitHub 소유자 이름이 아닙니다'],
  [/^(.+) does not name a repository on GitHub$/, '$1: GitHub 저장소 이름이 아닙니다'],
  [/^(.+) is not on Hugging Face$/, '$1: Hugging Face 주소가 아닙니다'],
  [/^huggingface watches models, not (.+)$/, 'Hugging Face에서는 모델만 지켜봅니다($1은(는) 안 됩니다)'],
  [/^an empty text is (?:not the address of an? \w+|no Hugging Face address)$/, '주소가 비어 있습니다'],
  [/^(.+) is no Hugging Face address$/, '$1: Hugging Face 주소가 아닙니다'],
  [/^(.+) is not the address of a feed$/, '$1: 피드 주소가 아닙니다'],
  [/^(.+) is not the address of a page$/, '$1: 페이지 주소가 아닙니다'],
  [/^(.+) is not the address of a sitemap$/, '$1: 사이트맵 주소가 아닙니다'],
  [/^`select` is not a CSS selector: (.+)$/, '주소 뒤의 글은 CSS 선택자가 아닙니다: $1'],
  [/^`include`: is empty$/, '포함 조건이 비어 있습니다'],
  [/^`exclude`: is empty$/, '제외 조건이 비어 있습니다'],
  [
    /^`include`: not a regular expression that RE2 takes: (.+)$/,
    '포함 조건은 RE2가 읽을 수 있는 정규식이 아닙니다: $1',
  ],
  [
    /^`exclude`: not a regular expression that RE2 takes: (.+)$/,
    '제외 조건은 RE2가 읽을 수 있는 정규식이 아닙니다: $1',
  ],
  [/^unknown key `(include|exclude)`$/, '이 종류에는 $1 조건을 쓸 수 없습니다'],
  [/^unknown source (.+)$/, '모르는 종류입니다: $1'],
  // What would help.
  [
    /^write `owner\/name` for a repository, or `owner` for an organisation or user$/,
    '저장소는 `owner/name`, 조직이나 사용자는 `owner`로 써 주세요',
  ],
  [/^write `owner\/name` or `owner`;.*$/, '`owner/name` 또는 `owner`로 써 주세요'],
  [
    /^write an organisation or user \((.+)\) or a model \((.+)\)$/,
    '조직이나 사용자($1) 또는 모델($2) 이름을 써 주세요',
  ],
  [/^write it in full: (.+)$/, '전체 주소를 써 주세요: $1'],
  [/^an example: select: "(.+)"$/, '예: $1'],
  [/^lookaround is not supported.*$/, '전방·후방 탐색은 지원하지 않습니다. 포함과 제외 조건을 함께 써 주세요'],
  [/^backreferences are not supported$/, '역참조는 지원하지 않습니다'],
  [/^atomic groups and possessive quantifiers.*$/, '원자 그룹과 소유 수량자는 지원하지 않으며 RE2에서는 필요 없습니다'],
  [/^a glob\?.*$/, '와일드카드인가요? 정규식에서 “아무 글자나”는 `.*`입니다'],
  [/^leave it out to filter nothing$/, '거르지 않으려면 비워 두지 말고 빼 주세요'],
  [/^did you mean (.+)\?$/, '혹시 $1인가요?'],
  [/^one of: (.+)$/, '다음 중 하나: $1'],
];
