import type { Locale } from '../../domain/locale.ts';
import { LANGUAGES } from '../../views/language.ts';
import { LOCALES, readLocale } from '../case/language.ts';

/** Our own words of the explorer, in one language. GraphiQL's words stay English. */
export interface ExplorerWords {
  readonly examples: string;
  readonly showExamples: string;
  readonly hideExamples: string;
  readonly groups: Readonly<Record<string, string>>;
  readonly notYours: string;
  readonly mutation: string;
  readonly hintBarred: (name: string) => string;
  readonly hintRun: (name: string) => string;
  readonly hintWrites: (name: string) => string;
  readonly showAccount: string;
  readonly answer: string;
  readonly showAs: string;
  readonly both: string;
  readonly table: string;
  readonly asking: string;
  readonly begin: string;
  readonly lists: string;
  readonly noData: string;
  readonly otherRole: string;
  readonly signInFirst: string;
  readonly emptyList: (name: string) => string;
  readonly previous: string;
  readonly next: string;
  readonly rows: (from: number, to: number, count: number) => string;
  readonly count: (count: number) => string;
  readonly ofAll: (range: string, total: number) => string;
  readonly more: (range: string) => string;
  readonly csv: string;
  readonly xlsx: string;
  readonly share: string;
  readonly shared: string;
  readonly notShared: string;
  readonly look: string;
  readonly saved: string;
  readonly audiences: Readonly<Record<'OWN' | 'ZONE' | 'PUBLIC', string>>;
  readonly save: string;
  readonly questionName: string;
  readonly forZone: string;
  readonly isSaved: string;
  readonly notSaved: string;
  readonly chart: string;
  readonly noChart: string;
}

const EN: ExplorerWords = {
  examples: 'Examples',
  showExamples: 'Show the examples',
  hideExamples: 'Hide the examples',
  groups: {
    analyst: 'Analyst',
    partner: 'Partner zone',
    mobile: 'Phone',
    officer: 'Officer',
    clerk: 'Enterprise clerk',
    admin: 'Administrator',
  },
  notYours: 'not yours',
  mutation: 'mutation',
  hintBarred: (name) => `Load ${name}; it asks for what you may not see as who you are`,
  hintRun: (name) => `Load and run ${name}`,
  hintWrites: (name) => `Load ${name}; it writes, so running it is up to you`,
  showAccount: 'Show the account',
  answer: 'Answer as figures and tables',
  showAs: 'Show the answer as',
  both: 'Both',
  table: 'Table',
  asking: 'Asking the gateway…',
  begin: 'Choose an example, or write a query and run it with Ctrl-Enter: its figures and lists appear here.',
  lists: 'List of the answer',
  noData: 'The answer holds no data.',
  otherRole: 'Your role may not see this: sign in with another one that may.',
  signInFirst: 'Nobody is signed in: sign in below the examples as a role that may see this.',
  emptyList: (name) => `The list ${name} is empty.`,
  previous: 'Previous',
  next: 'Next',
  rows: (from, to, count) => `${from}-${to} of ${count} rows`,
  count: (count) => (count === 1 ? '1 row' : `${count} rows`),
  ofAll: (range, total) => `${range}, of ${total} in all`,
  more: (range) => `${range}, and more to fetch`,
  csv: 'Download CSV',
  xlsx: 'Download XLSX',
  share: 'Copy a link',
  shared: 'The link is copied.',
  notShared: 'No link: this query has personal values, or writes.',
  look: 'Chart and form',
  saved: 'Saved questions',
  audiences: { OWN: 'mine', ZONE: 'zone', PUBLIC: 'public' },
  save: 'Save',
  questionName: 'Name',
  forZone: 'for the zone',
  isSaved: 'The question is saved.',
  notSaved: 'It was not saved. Try again.',
  chart: 'Chart',
  noChart: 'No chart fits this answer.',
};

const ZH: ExplorerWords = {
  examples: '示例',
  showExamples: '显示示例',
  hideExamples: '隐藏示例',
  groups: {
    analyst: '分析人员',
    partner: '伙伴功能区',
    mobile: '手机',
    officer: '经办人员',
    clerk: '企业专员',
    admin: '管理员',
  },
  notYours: '无权限',
  mutation: '写入',
  hintBarred: (name) => `载入 ${name}；当前身份无权查看其内容`,
  hintRun: (name) => `载入并运行 ${name}`,
  hintWrites: (name) => `载入 ${name}；它会写入数据，由您决定是否运行`,
  showAccount: '显示账户',
  answer: '以指标和表格显示回答',
  showAs: '回答的显示方式',
  both: '并列',
  table: '表格',
  asking: '正在查询……',
  begin: '选择示例，或自己编写查询并按 Ctrl-Enter 运行：指标和列表将显示在这里。',
  lists: '回答中的列表',
  noData: '回答中没有数据。',
  otherRole: '您的身份无权查看：请以有权限的身份登录。',
  signInFirst: '尚未登录：请在示例下方以有权限的身份登录。',
  emptyList: (name) => `列表 ${name} 为空。`,
  previous: '上一页',
  next: '下一页',
  rows: (from, to, count) => `第${from}–${to}行，共${count}行`,
  count: (count) => `${count}行`,
  ofAll: (range, total) => `${range}，总计${total}行`,
  more: (range) => `${range}，还有更多`,
  csv: '下载 CSV',
  xlsx: '下载 XLSX',
  share: '复制链接',
  shared: '链接已复制。',
  notShared: '没有链接：此查询含个人信息，或会写入数据。',
  look: '图表与表单',
  saved: '保存的问题',
  audiences: { OWN: '我的', ZONE: '本区', PUBLIC: '公开' },
  save: '保存',
  questionName: '名称',
  forZone: '供本区使用',
  isSaved: '问题已保存。',
  notSaved: '未能保存，请重试。',
  chart: '图表',
  noChart: '此回答没有合适的图表。',
};

const JA: ExplorerWords = {
  examples: '例',
  showExamples: '例を表示',
  hideExamples: '例を隠す',
  groups: {
    analyst: 'アナリスト',
    partner: '連携区域',
    mobile: 'スマートフォン',
    officer: '担当者',
    clerk: '企業の担当者',
    admin: '管理者',
  },
  notYours: '権限なし',
  mutation: '書き込み',
  hintBarred: (name) => `${name} を読み込む。今の身元では見られません`,
  hintRun: (name) => `${name} を読み込んで実行`,
  hintWrites: (name) => `${name} を読み込む。書き込むので、実行はあなたが決めます`,
  showAccount: 'アカウントを表示',
  answer: '答えの数値と表',
  showAs: '答えの表示方法',
  both: '両方',
  table: '表',
  asking: '問い合わせ中…',
  begin: '例を選ぶか、クエリーを書いて Ctrl-Enter で実行すると、数値と表がここに出ます。',
  lists: '答えの中の一覧',
  noData: '答えにデータがありません。',
  otherRole: '今の役割では見られません。見られる役割でログインしてください。',
  signInFirst: 'ログインしていません。例の下で、見られる役割でログインしてください。',
  emptyList: (name) => `一覧 ${name} は空です。`,
  previous: '前へ',
  next: '次へ',
  rows: (from, to, count) => `${count}行のうち${from}–${to}行`,
  count: (count) => `${count}行`,
  ofAll: (range, total) => `${range}（全${total}行）`,
  more: (range) => `${range}（続きあり）`,
  csv: 'CSV を保存',
  xlsx: 'XLSX を保存',
  share: 'リンクをコピー',
  shared: 'リンクをコピーしました。',
  notShared: 'リンクはありません。個人の値を含むか、書き込むクエリーです。',
  look: '図とフォーム',
  saved: '保存された質問',
  audiences: { OWN: '自分', ZONE: '区域', PUBLIC: '公開' },
  save: '保存',
  questionName: '名前',
  forZone: '区域で共有',
  isSaved: '質問を保存しました。',
  notSaved: '保存できませんでした。もう一度お試しください。',
  chart: '図',
  noChart: 'この答えに合う図はありません。',
};

const WORDS: Readonly<Record<Locale, ExplorerWords>> = { ZH, JA, EN };

const wanted = new URLSearchParams(location.search).get('lang')?.toUpperCase();

/** The language of our words: the address's (`?lang=ja`), else the one chosen before, else the browser's. */
export const locale: Locale = LOCALES.find((each) => each === wanted) ?? readLocale();
export const words = WORDS[locale];
/** The BCP 47 tag of the language. */
export const languageTag = LANGUAGES[locale].tag;
