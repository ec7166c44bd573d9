import type { Locale } from '../../domain/locale.ts';

type Audience = 'OWN' | 'ZONE' | 'PUBLIC';

/** The words of `/look` in one language. */
export interface LookWords {
  readonly title: string;
  readonly description: string;
  readonly intro: string;
  /** The headings of saved questions. */
  readonly saved: Readonly<Record<Audience, string>>;
  /** The readers of a saved question, below its name. */
  readonly audiences: Readonly<Record<Audience, string>>;
  /** The way on where a saved question isn't public. */
  readonly signInToSee: string;
  /** The answer to who signs in with an account that keeps no questions. */
  readonly noQuestions: string;
  readonly ask: string;
  readonly any: string;
  readonly views: Readonly<Record<LookView, string>>;
  readonly view: string;
  readonly more: (total: string) => string;
  readonly next: string;
  readonly all: (limit: string) => string;
  /** All entries of a list whose number is known. */
  readonly everything: (total: string) => string;
  /** The price of the rest of a list, and what may still be spent. */
  readonly price: (cost: string, remaining: string) => string;
  readonly fetched: (count: string, total: string) => string;
  readonly stop: string;
  /** The field for a text that rows must contain. */
  readonly filter: string;
  readonly empty: string;
  readonly noPicture: string;
  readonly fault: string;
  readonly wrong: string;
  /** Nothing has the values that were asked for. */
  readonly none: string;
  /** The hint at a field whose value doesn't fit, by its type. */
  readonly wrongValue: (type: string) => string;
  readonly export: string;
  readonly about: string;
  readonly query: string;
  /** The label of the document's name. */
  readonly document: string;
  readonly answeredAt: string;
  readonly variables: string;
  readonly source: string;
  readonly definition: string;
  readonly unit: string;
  readonly units: { readonly percent: string; readonly count: string };
  /** The label of a saved question's name. */
  readonly question: string;
  /** A label before its value, in one text. */
  readonly pair: (label: string, value: string) => string;
  readonly columns: string;
  readonly rows: (count: string) => string;
  /** Heading of the fields of a second answer. */
  readonly compare: string;
  /** A variable of the second answer that is as in the first. */
  readonly same: string;
  /** Heading of the row of sums. */
  readonly sum: string;
}

export const LOOK_VIEWS = ['table', 'chart', 'graph', 'json'] as const;
export type LookView = (typeof LOOK_VIEWS)[number];

const ZH: LookWords = {
  title: '数据',
  description: '公开数据：选择问题，查看图表，下载表格。',
  intro: '选择一个问题。所有人都可以查看这些数据。',
  saved: { OWN: '我的问题', ZONE: '本功能区的问题', PUBLIC: '保存的问题' },
  audiences: {
    OWN: '此问题仅您本人可见。',
    ZONE: '此问题仅本功能区可见。',
    PUBLIC: '此问题人人可见。',
  },
  signInToSee: '此地址下没有公开的问题。如果是您本人或本功能区的问题，请登录后查看。',
  noQuestions: '此账户不能保存问题。',
  ask: '查看',
  any: '不限',
  views: { table: '表格', chart: '图表', graph: '关系图', json: 'JSON' },
  view: '显示方式',
  more: (total) => `共${total}条，此处只是一部分。`,
  next: '下一页',
  all: (limit) => `一次取得全部（最多${limit}条）`,
  everything: (total) => `取得全部${total}条`,
  price: (cost, remaining) => `其余约需${cost}点；您现在可用${remaining}点。`,
  fetched: (count, total) => `已取得${count}条，共${total}条。`,
  stop: '停止',
  filter: '只显示含有此文字的行',
  empty: '没有数据。',
  noPicture: '这些数据没有适合的图，请看表格。',
  fault: '暂时无法取得数据，请稍后再试。',
  wrong: '请检查填写的内容：有的值不能用于此问题。',
  none: '没有找到符合条件的内容，请检查条件。',
  wrongValue: (type) =>
    ({ Int: '须为1至100的整数。', Date: '须为存在的日期。', DateTime: '须为日期和时间。' })[type] ?? '此值不能使用。',
  export: '下载',
  about: '关于这些数据',
  query: '查看此查询',
  document: '查询',
  answeredAt: '查询时间',
  variables: '条件',
  source: '来源',
  definition: '定义（英文）',
  unit: '单位',
  units: { percent: '比率以百分比表示；如未注明，截至一位小数。', count: '数量为人数、企业数、件数或天数。' },
  question: '问题',
  pair: (label, value) => `${label}：${value}`,
  columns: '各列的含义（接口文档原文）',
  rows: (count) => `${count}行`,
  compare: '与另一组条件比较',
  same: '相同',
  sum: '合计',
};

const JA: LookWords = {
  title: 'データ',
  description: '公開データ：質問を選び、図表を見て、表をダウンロードする。',
  intro: '質問を選んでください。だれでも見られるデータです。',
  saved: { OWN: '自分の質問', ZONE: '自分の区域の質問', PUBLIC: '保存された質問' },
  audiences: {
    OWN: '自分だけに見える質問です。',
    ZONE: '自分の区域の担当者に見える質問です。',
    PUBLIC: 'だれでも見られる質問です。',
  },
  signInToSee: 'このアドレスに公開された質問はありません。自分や区域の質問であれば、ログインすると表示されます。',
  noQuestions: 'このアカウントでは質問を保存できません。',
  ask: '見る',
  any: '指定なし',
  views: { table: '表', chart: 'グラフ', graph: '関係図', json: 'JSON' },
  view: '表示',
  more: (total) => `全${total}件のうちの一部です。`,
  next: '次のページ',
  all: (limit) => `すべてを一度に取得（最大${limit}件）`,
  everything: (total) => `全${total}件を取得`,
  price: (cost, remaining) => `残りは約${cost}ポイント。今使えるのは${remaining}ポイントです。`,
  fetched: (count, total) => `全${total}件のうち${count}件を取得しました。`,
  stop: '中止',
  filter: 'この文字を含む行だけ',
  empty: 'データがありません。',
  noPicture: 'このデータに合う図はありません。表をご覧ください。',
  fault: '現在データを取得できません。しばらくしてからお試しください。',
  wrong: '入力を確かめてください。この質問に使えない値があります。',
  none: '条件に合うものがありません。条件を確かめてください。',
  wrongValue: (type) =>
    ({ Int: '1から100までの整数です。', Date: '存在する日付です。', DateTime: '日付と時刻です。' })[type] ??
    'この値は使えません。',
  export: 'ダウンロード',
  about: 'このデータについて',
  query: 'このクエリを開く',
  document: 'クエリ',
  answeredAt: '照会日時',
  variables: '条件',
  source: '出典',
  definition: '定義（英語）',
  unit: '単位',
  units: {
    percent: '率はパーセントで、特に示さない限り小数第一位まで切り捨て。',
    count: '数は人数・企業数・件数・日数。',
  },
  question: '質問',
  pair: (label, value) => `${label}：${value}`,
  columns: '各列の意味（API 文書の原文）',
  rows: (count) => `${count}行`,
  compare: '別の条件と比べる',
  same: '同じ',
  sum: '合計',
};

const EN: LookWords = {
  title: 'Data',
  description: 'Public data: choose a question, see its picture, download its table.',
  intro: 'Choose a question. Everybody may look at these data.',
  saved: { OWN: 'My questions', ZONE: 'Questions of my zone', PUBLIC: 'Saved questions' },
  audiences: {
    OWN: 'You alone can read this question.',
    ZONE: 'Your zone can read this question.',
    PUBLIC: 'Everybody can read this question.',
  },
  signInToSee: 'No public question has this address. If it is yours or your zone’s, sign in to see it.',
  noQuestions: 'This account keeps no questions.',
  ask: 'Show',
  any: 'Any',
  views: { table: 'Table', chart: 'Chart', graph: 'Graph', json: 'JSON' },
  view: 'Show as',
  more: (total) => `This is a part of ${total} entries.`,
  next: 'Next page',
  all: (limit) => `All at once (at most ${limit})`,
  everything: (total) => `All ${total} entries`,
  price: (cost, remaining) =>
    `The rest costs about ${cost} ${cost === '1' ? 'point' : 'points'}; you have ${remaining} now.`,
  fetched: (count, total) => `${count} of ${total} entries`,
  stop: 'Stop',
  filter: 'Only rows that contain',
  empty: 'There are no data.',
  noPicture: 'No picture fits these data: see the table.',
  fault: 'The data can’t be had now. Try again in a while.',
  wrong: 'Check what you have filled in: a value does not fit this question.',
  none: 'Nothing was found. Check the conditions.',
  wrongValue: (type) =>
    ({ Int: 'A whole number from 1 to 100.', Date: 'A day that exists.', DateTime: 'A day and a time.' })[type] ??
    'This value can’t be used.',
  export: 'Download',
  about: 'About these data',
  query: 'The query behind this',
  document: 'Query',
  answeredAt: 'Asked at',
  variables: 'Conditions',
  source: 'Source',
  definition: 'Definition',
  unit: 'Unit',
  units: {
    percent: 'Rates are in per cent, truncated to one decimal where nothing else is said.',
    count: 'Numbers are counts of people, enterprises or cases, or days.',
  },
  question: 'Question',
  pair: (label, value) => `${label}: ${value}`,
  columns: 'What each column means (from the API’s documentation)',
  rows: (count) => (count === '1' ? '1 row' : `${count} rows`),
  compare: 'Compare with other values',
  same: 'The same',
  sum: 'Sum',
};

/** The words of the page, by language. */
export const LOOK_WORDS: Readonly<Record<Locale, LookWords>> = { ZH, JA, EN };
