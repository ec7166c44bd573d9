import type { Locale } from '../../domain/locale.ts';
import type { AgreementKind, AgreementStatus, CaseKind, Suppression } from './generated/answers.ts';

/** A rate on the first and on the last day of a series. */
interface Climb {
  readonly from: string;
  readonly to: string;
}

/** The words of the page in one language. Functions put values into a sentence. */
export interface HomeWords {
  readonly title: string;
  readonly description: string;
  readonly production: string;
  readonly returnToWork: string;
  readonly ofEnterprises: (part: string, whole: string) => string;
  readonly ofStaff: (part: string, whole: string) => string;
  readonly asOf: (day: string) => string;
  readonly source: (title: string) => string;
  readonly climb: string;
  readonly climbSentence: (days: number, from: string, to: string) => string;
  /** The picture's content, for readers who don't see it. */
  readonly climbPicture: (production: Climb, returnToWork: Climb) => string;
  readonly parks: string;
  readonly parksSentence: string;
  /** The link to two parks side by side. */
  readonly compare: string;
  readonly zones: (group: string) => string;
  readonly zonesSentence: (zones: number, agreements: number) => string;
  readonly cases: string;
  readonly casesSentence: (from: string, to: string) => string;
  readonly casesNote: (limits: string) => string;
  /** Joins the limits. */
  readonly comma: string;
  readonly limit: (kind: string, threshold: number) => string;
  readonly policies: string;
  readonly policiesSentence: (day: string) => string;
  readonly morePolicies: string;
  readonly since: (day: string) => string;
  readonly doors: string;
  readonly table: string;
  readonly look: string;
  /** The link to the statistics of cases, period by period. */
  readonly series: string;
  readonly query: string;
  readonly missing: string;
  readonly columns: {
    readonly day: string;
    readonly park: string;
    readonly between: string;
    readonly agreement: string;
    readonly agreementKind: string;
    readonly status: string;
    readonly signedOn: string;
    readonly figure: string;
  };
  readonly agreementKinds: Readonly<Record<AgreementKind, string>>;
  readonly agreementStatuses: Readonly<Record<AgreementStatus, string>>;
  readonly caseKinds: Readonly<Record<CaseKind, string>>;
  readonly figures: {
    readonly received: string;
    readonly decided: string;
    readonly approved: string;
    readonly rejected: string;
    readonly onTime: string;
    readonly late: string;
    readonly onTimeRate: string;
    readonly medianDays: string;
  };
  readonly workingDays: (days: string) => string;
  /** Why a count is kept back. */
  readonly keptBack: Readonly<Record<Suppression, string>>;
  /** A rate or a median that is kept back with its counts, or of nothing. */
  readonly noValue: string;
  readonly door: Readonly<
    Record<
      'apply' | 'case' | 'my' | 'look' | 'explorer' | 'developers',
      { readonly name: string; readonly text: string }
    >
  >;
}

const ZH: HomeWords = {
  title: '园区概览',
  description: '园区复工复产、功能区联动、人才事项和现行政策一览。',
  production: '复工复产率',
  returnToWork: '返岗率',
  ofEnterprises: (part, whole) => `${whole}家企业中已有${part}家复工复产`,
  ofStaff: (part, whole) => `${whole}名员工中已有${part}人返岗`,
  asOf: (day) => `截至${day}`,
  source: (title) => `来源：${title}`,
  climb: '复工复产进展',
  climbSentence: (days, from, to) => `${from}至${to}，共${days}天。`,
  climbPicture: (production, returnToWork) =>
    `复工复产率由${production.from}变为${production.to}；返岗率由${returnToWork.from}变为${returnToWork.to}。`,
  parks: '各园区对比',
  parksSentence: '各园区最近一个有数据的日期。',
  compare: '比较两个园区',
  zones: (group) => `${group}联动`,
  zonesSentence: (zones, agreements) => `${zones}个功能区和合作区，${agreements}条协议关系。`,
  cases: '人才事项统计',
  casesSentence: (from, to) => `${from}至${to}，最近一个已公布的季度。`,
  casesNote: (limits) =>
    `为保护个人，会透露少数人情况的数字不公布（${limits}），可由此推算它们的数字也不公布。不公布不等于零。`,
  comma: '，',
  limit: (kind, threshold) => `${kind}：少于${threshold}人`,
  policies: '现行政策',
  policiesSentence: (day) => `${day}有效。`,
  morePolicies: '还有更多政策：打开此查询可查看全部。',
  since: (day) => `自${day}起`,
  doors: '进入',
  table: '以表格显示',
  look: '细看和下载',
  series: '一年来的变化',
  query: '查看此查询',
  missing: '暂时无法显示这部分。其余内容不受影响，请稍后重新打开此页。',
  columns: {
    day: '日期',
    park: '园区',
    between: '双方',
    agreement: '协议',
    agreementKind: '类型',
    status: '状态',
    signedOn: '签署日期',
    figure: '指标',
  },
  agreementKinds: {
    JOINT_DEVELOPMENT: '合作共建',
    BENEFIT_SHARING: '利益共享',
    CROSS_COVERAGE: '政策交叉覆盖',
    MUTUAL_RECOGNITION: '资格互认',
  },
  agreementStatuses: {
    PROPOSED: '待签署',
    SIGNED: '已签署',
    EXPIRED: '已到期',
    TERMINATED: '已终止',
    DECLINED: '已拒绝',
    WITHDRAWN: '已撤回',
  },
  caseKinds: { HUKOU: '落户', HOUSING: '住房', SCHOOLING: '子女入学' },
  figures: {
    received: '收到申请',
    decided: '已作决定',
    approved: '批准',
    rejected: '不予批准',
    onTime: '按时决定',
    late: '超时决定',
    onTimeRate: '按时率',
    medianDays: '半数在此期限内决定',
  },
  workingDays: (days) => `${days}个工作日`,
  keptBack: {
    BELOW_THRESHOLD: '不公布：涉及人数过少',
    DOMINATED: '不公布：主要来自一家企业',
    NOT_PUBLISHED: '当日数据尚未公布',
    PROTECTS_OTHERS: '不公布：可推算其他数字',
  },
  noValue: '不公布',
  door: {
    apply: { name: '申请人才服务', text: '回答几个问题，看看能否申请，再提交申请。' },
    case: { name: '办件进度', text: '凭受理编号和查询密码查看进度。' },
    my: { name: '我的办件', text: '登录后查看全部办件，撤回、申请复核，查看谁看过我的信息。' },
    look: { name: '数据', text: '选择问题，查看图表，下载表格。' },
    explorer: { name: '数据查询器', text: '用 GraphQL 提问（英文界面）。' },
    developers: { name: '开发者入口', text: '为伙伴功能区的系统：文档、密钥、事件推送与用量。' },
  },
};

const JA: HomeWords = {
  title: 'パークの概況',
  description: '操業再開、区域間連携、人材手続、施行中の政策を一目で。',
  production: '操業再開率',
  returnToWork: '職場復帰率',
  ofEnterprises: (part, whole) => `企業${whole}社のうち${part}社が操業を再開`,
  ofStaff: (part, whole) => `従業員${whole}人のうち${part}人が職場に復帰`,
  asOf: (day) => `${day}現在`,
  source: (title) => `出典：${title}`,
  climb: '再開の推移',
  climbSentence: (days, from, to) => `${from}から${to}までの${days}日間。`,
  climbPicture: (production, returnToWork) =>
    `操業再開率は${production.from}から${production.to}へ、職場復帰率は${returnToWork.from}から${returnToWork.to}へ。`,
  parks: 'パーク別の比較',
  parksSentence: '各パークの数値がある最後の日。',
  compare: '二つのパークを比べる',
  zones: (group) => `${group}の連携`,
  zonesSentence: (zones, agreements) => `${zones}区域、協定による結びつき${agreements}件。`,
  cases: '人材手続の統計',
  casesSentence: (from, to) => `${from}から${to}まで。公表済みの最後の四半期。`,
  casesNote: (limits) =>
    `個人を守るため、少人数のことが分かる数値（${limits}）と、そこから逆算できる数値は公表しません。非公表はゼロではありません。`,
  comma: '、',
  limit: (kind, threshold) => `${kind}は${threshold}人未満`,
  policies: '施行中の政策',
  policiesSentence: (day) => `${day}に有効。`,
  morePolicies: 'ほかにもあります。このクエリを開くとすべて見られます。',
  since: (day) => `${day}から`,
  doors: '入口',
  table: '表で見る',
  look: '詳しく見る・保存',
  series: '一年の推移',
  query: 'このクエリを開く',
  missing: 'この部分は現在表示できません。ほかの部分には影響ありません。しばらくしてから開き直してください。',
  columns: {
    day: '日付',
    park: 'パーク',
    between: '当事者',
    agreement: '協定',
    agreementKind: '種類',
    status: '状態',
    signedOn: '署名日',
    figure: '項目',
  },
  agreementKinds: {
    JOINT_DEVELOPMENT: '共同開発',
    BENEFIT_SHARING: '利益共有',
    CROSS_COVERAGE: '政策クロスカバー',
    MUTUAL_RECOGNITION: '資格の相互承認',
  },
  agreementStatuses: {
    PROPOSED: '署名待ち',
    SIGNED: '署名済み',
    EXPIRED: '満了',
    TERMINATED: '終了',
    DECLINED: '不成立',
    WITHDRAWN: '取下げ',
  },
  caseKinds: { HUKOU: '戸籍', HOUSING: '住宅', SCHOOLING: '子供の入学' },
  figures: {
    received: '受付',
    decided: '決定',
    approved: '承認',
    rejected: '不承認',
    onTime: '期限内の決定',
    late: '期限後の決定',
    onTimeRate: '期限内の割合',
    medianDays: '半数が決定されるまで',
  },
  workingDays: (days) => `${days}営業日`,
  keptBack: {
    BELOW_THRESHOLD: '非公表：少人数',
    DOMINATED: '非公表：一社が大半',
    NOT_PUBLISHED: '当日分は未公表',
    PROTECTS_OTHERS: '非公表：逆算できるため',
  },
  noValue: '非公表',
  door: {
    apply: { name: '人材サービスの申請', text: 'いくつかの質問に答え、申請できるか確かめて、申請する。' },
    case: { name: '案件の進み具合', text: '受付番号と照会用パスワードで確かめる。' },
    my: { name: '私の案件', text: 'ログインして全件を見る。取下げ、再審査の請求、閲覧記録の確認。' },
    look: { name: 'データ', text: '質問を選び、図表を見て、表を保存する。' },
    explorer: { name: 'エクスプローラー', text: 'GraphQL で質問する（英語の画面）。' },
    developers: { name: '開発者の入口', text: '連携区域のシステムのために：文書、キー、Webhook、利用量。' },
  },
};

/** Returns an English noun in the number of a count. */
const one = (count: number | string, noun: string): string => (String(count) === '1' ? noun : `${noun}s`);

const EN: HomeWords = {
  title: 'The park at a glance',
  description: 'Return to work, linkages between zones, talent cases and the policies in force, on one page.',
  production: 'Production resumed',
  returnToWork: 'Staff back at work',
  ofEnterprises: (part, whole) => `${part} of ${whole} enterprises`,
  ofStaff: (part, whole) => `${part} of ${whole} staff`,
  asOf: (day) => `As of ${day}`,
  source: (title) => `Source: ${title}`,
  climb: 'The climb',
  climbSentence: (days, from, to) => `${days} ${one(days, 'day')}, from ${from} to ${to}.`,
  climbPicture: (production, returnToWork) =>
    `Production resumed from ${production.from} to ${production.to}; staff back at work from ${returnToWork.from} to ${returnToWork.to}.`,
  parks: 'The parks side by side',
  parksSentence: 'The last day with figures of each park.',
  compare: 'Compare two parks',
  zones: (group) => `Linkages of the ${group}`,
  zonesSentence: (zones, agreements) =>
    `${zones} ${one(zones, 'zone')}, and ${agreements} ${one(agreements, 'link')} by agreements between them.`,
  cases: 'Talent cases',
  casesSentence: (from, to) => `${from} to ${to}, the last quarter published.`,
  casesNote: (limits) =>
    `To protect people, figures that would tell of few of them are kept back (${limits}), and so are those that would reveal such a figure. Kept back is not zero.`,
  comma: ', ',
  limit: (kind, threshold) => `${kind}: fewer than ${threshold}`,
  policies: 'Policies in force',
  policiesSentence: (day) => `In force on ${day}.`,
  morePolicies: 'There are more: the query behind this lists all.',
  since: (day) => `since ${day}`,
  doors: 'Go on to',
  table: 'Show as a table',
  look: 'Look closer, download',
  series: 'A year of cases',
  query: 'The query behind this',
  missing: 'This part can’t be shown now. The rest is not affected; open the page again in a while.',
  columns: {
    day: 'Day',
    park: 'Park',
    between: 'Between',
    agreement: 'Agreement',
    agreementKind: 'Kind',
    status: 'Status',
    signedOn: 'Signed on',
    figure: 'Figure',
  },
  agreementKinds: {
    JOINT_DEVELOPMENT: 'Joint development',
    BENEFIT_SHARING: 'Benefit sharing',
    CROSS_COVERAGE: 'Cross coverage of policies',
    MUTUAL_RECOGNITION: 'Mutual recognition',
  },
  agreementStatuses: {
    PROPOSED: 'To be signed',
    SIGNED: 'Signed',
    EXPIRED: 'Expired',
    TERMINATED: 'Terminated',
    DECLINED: 'Declined',
    WITHDRAWN: 'Withdrawn',
  },
  caseKinds: { HUKOU: 'Hukou', HOUSING: 'Housing', SCHOOLING: 'Schooling' },
  figures: {
    received: 'Applications received',
    decided: 'Decided',
    approved: 'Approved',
    rejected: 'Rejected',
    onTime: 'Decided on time',
    late: 'Decided late',
    onTimeRate: 'On time',
    medianDays: 'Half decided within',
  },
  workingDays: (days) => `${days} working ${one(days, 'day')}`,
  keptBack: {
    BELOW_THRESHOLD: 'kept back: tells of few',
    DOMINATED: 'kept back: mostly one enterprise',
    NOT_PUBLISHED: 'day not published yet',
    PROTECTS_OTHERS: 'kept back: reveals others',
  },
  noValue: 'kept back',
  door: {
    apply: {
      name: 'Apply for a talent service',
      text: 'Answer a few questions, see whether you may apply, and apply.',
    },
    case: { name: 'Case progress', text: 'See how far a case is, with receipt number and secret.' },
    my: { name: 'My cases', text: 'Sign in to see all your cases, withdraw, object, and see who looked at your data.' },
    look: { name: 'Data', text: 'Choose a question, see its picture, download its table.' },
    explorer: { name: 'Explorer', text: 'Ask a question of your own in GraphQL.' },
    developers: {
      name: 'For developers',
      text: 'Documentation, keys, webhooks and usage for systems of partner zones.',
    },
  },
};

/** The words of the page, by language. */
export const HOME_WORDS: Readonly<Record<Locale, HomeWords>> = { ZH, JA, EN };
