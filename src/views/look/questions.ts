import { inLocale, type Locale } from '../../domain/locale.ts';
import type { LookDocument } from '../../domain/questions/look-document.ts';
import { wordsOf } from './labels.ts';

type Texts = Readonly<Record<Locale, string>>;

/** A shipped question in the words of its readers. */
export interface Question {
  readonly title: Texts;
  /** The answer in one sentence. */
  readonly about: Texts;
}

/** The questions of one topic, those that most readers ask first. */
interface Topic {
  readonly heading: Texts;
  readonly questions: Readonly<Record<string, Question>>;
}

const TOPICS: readonly Topic[] = [
  {
    heading: { ZH: '复工复产', JA: '操業の再開', EN: 'Return to work' },
    questions: {
      ResumptionSeries: {
        title: { ZH: '复工复产进展', JA: '再開の推移', EN: 'The climb, day by day' },
        about: {
          ZH: '一个园区每日的复工复产率和返岗率。',
          JA: 'パークの操業再開率と職場復帰率を日ごとに示します。',
          EN: 'Both rates of a park on each day: production resumed, and staff back at work.',
        },
      },
      ParksSideBySide: {
        title: { ZH: '各园区对比', JA: 'パーク別の比較', EN: 'The parks side by side' },
        about: {
          ZH: '各园区最近一个有数据的日期的复工复产率和返岗率。',
          JA: '各パークの、数値がある最後の日の両方の率です。',
          EN: 'Both rates of each park on its last day with figures.',
        },
      },
      Headline: {
        title: { ZH: '某日的复工复产情况', JA: 'ある日の再開の状況', EN: 'The headline of a day' },
        about: {
          ZH: '一个园区某日的两项比率、各项指标及其来源。',
          JA: 'パークのある日の両方の率と、指標とその出典です。',
          EN: 'Both rates of a park on one day, with its indicators and their sources.',
        },
      },
      Breakdowns: {
        title: { ZH: '按产业、规模和方式', JA: '産業・規模・形態別', EN: 'By sector, size and mode' },
        about: {
          ZH: '一个园区某日的企业和员工，按产业、企业规模和复工方式分列。',
          JA: 'パークのある日の企業と従業員を、産業・規模・操業形態に分けて示します。',
          EN: 'Enterprises and staff of a park on one day, by sector, size class and mode of operation.',
        },
      },
      ResumptionAsOf: {
        title: {
          ZH: '某日数据的各次修订',
          JA: 'ある日の数値の改訂',
          EN: 'A day as it was known then, and its revisions',
        },
        about: {
          ZH: '某日已公布的数据：现在的、某一时刻所知的，以及各次修订。',
          JA: '公表された日の数値を、現在、ある時点、すべての改訂で示します。',
          EN: 'A published day now, as it was known at an instant, and all its revisions.',
        },
      },
      ParkFigures: {
        title: { ZH: '园区每日数据的状态', JA: '日々の数値の状態', EN: 'The status of a park’s days' },
        about: {
          ZH: '每日数据是否已定稿、第几次修订、何时截止。',
          JA: '日ごとの数値が確定したか、何回目の改訂か、いつ締め切られるか。',
          EN: 'Whether each day’s figures are final, which revision they have, and when the day closes.',
        },
      },
      DayFigures: {
        title: { ZH: '某日数据的状态', JA: 'ある日の数値の状態', EN: 'The status of one day' },
        about: {
          ZH: '一个园区某日的数据、修订号、公布时间和截止时间。',
          JA: 'パークのある日の数値、改訂番号、公表と締め切りの時刻です。',
          EN: 'A park’s figures of one day, their revision, and when they were published and close.',
        },
      },
    },
  },
  {
    heading: { ZH: '人才事项', JA: '人材手続', EN: 'Talent cases' },
    questions: {
      CaseStatisticsSeries: {
        title: { ZH: '人才事项逐期统计', JA: '人材手続の推移', EN: 'Talent cases, period by period' },
        about: {
          ZH: '落户、住房或子女入学事项最近十二期，或两个日期之间各期的统计。',
          JA: '戸籍・住宅・就学の手続を、直近の十二期または二つの日の間について示します。',
          EN: 'Cases of hukou, housing or schooling in the last twelve periods, or between two days.',
        },
      },
      CaseStatistics: {
        title: { ZH: '人才事项统计', JA: '人材手続の統計', EN: 'Statistics of talent cases' },
        about: {
          ZH: '各类事项在一个已结束期间的受理、决定和用时。',
          JA: '終わった一つの期間の、種類別の受付・決定・所要日数です。',
          EN: 'Cases received, decided and in time, of each kind, in one closed period.',
        },
      },
      ApplyChoices: {
        title: { ZH: '可申请的事项与功能区', JA: '申請できる手続と区域', EN: 'What can be applied for, and where' },
        about: {
          ZH: '可以申请哪些事项，在哪些功能区申请。',
          JA: '申請できる手続と、申請できる区域です。',
          EN: 'The kinds of cases that can be applied for, and the zones that take them.',
        },
      },
    },
  },
  {
    heading: { ZH: '企业', JA: '企業', EN: 'Enterprises' },
    questions: {
      Enterprises: {
        title: { ZH: '园区企业', JA: 'パークの企業', EN: 'Enterprises of a park' },
        about: {
          ZH: '一个园区的全部企业：统一社会信用代码、行业、产业和规模。',
          JA: 'パークのすべての企業の信用コード・業種・産業・規模です。',
          EN: 'All enterprises of a park: credit code, industry, sector and size class.',
        },
      },
      EnterprisesByName: {
        title: { ZH: '按名称查企业', JA: '名称で探す企業', EN: 'Enterprises by name' },
        about: {
          ZH: '中文、日文或英文名称以所填文字开头的企业。',
          JA: '中国語・日本語・英語の名称が、入力した文字で始まる企業です。',
          EN: 'Enterprises whose names begin with a text, in one language.',
        },
      },
      EmployerByCode: {
        title: { ZH: '按信用代码查企业', JA: '信用コードで探す企業', EN: 'An enterprise by its credit code' },
        about: {
          ZH: '统一社会信用代码对应的企业。',
          JA: '統一社会信用コードの企業です。',
          EN: 'The enterprise of a unified social credit code.',
        },
      },
      SupplyGaps: {
        title: { ZH: '供应缺口', JA: '供給の不足', EN: 'Gaps of supply' },
        about: {
          ZH: '园区企业需从区外采购或无处采购的货物。',
          JA: 'パークの企業が区域外から調達している、または調達できない品目です。',
          EN: 'Goods that enterprises of a park get from elsewhere or not at all.',
        },
      },
      ParkEnterprises: {
        title: { ZH: '园区企业（按产业）', JA: 'パークの企業（産業を選ぶ）', EN: 'Enterprises of a park and sector' },
        about: {
          ZH: '一个园区的企业，可按产业筛选。伙伴功能区的系统也使用此查询。',
          JA: 'パークの企業を産業で絞り込みます。連携区域のシステムも使います。',
          EN: 'Enterprises of a park, of one sector if you choose one. Systems of partner zones ask this.',
        },
      },
      PolicyNotices: {
        title: { ZH: '企业的政策提醒', JA: '企業への政策のお知らせ', EN: 'Policy notices of an enterprise' },
        about: {
          ZH: '为企业所在功能区公布的政策，新的在前。',
          JA: '企業のある区域に公表された政策を、新しい順に示します。',
          EN: 'Policies that were published for the enterprise’s zones, newest first.',
        },
      },
    },
  },
  {
    heading: { ZH: '功能区与政策', JA: '区域と政策', EN: 'Zones and policies' },
    questions: {
      Linkages: {
        title: { ZH: '功能区联动', JA: '区域の連携', EN: 'Linkages between zones' },
        about: {
          ZH: '一组功能区及其之间的协议。',
          JA: '一つのグループの区域と、その間の協定です。',
          EN: 'The zones of a group, and the agreements between them.',
        },
      },
      PoliciesInForce: {
        title: { ZH: '某日有效的政策', JA: 'ある日に有効な政策', EN: 'Policies in force on a day' },
        about: {
          ZH: '某日有效的政策，新的在前。',
          JA: 'ある日に有効な政策を、新しい順に示します。',
          EN: 'The policies with a version in force on a day, newest first.',
        },
      },
      Policies: {
        title: { ZH: '政策', JA: '政策', EN: 'Policies' },
        about: {
          ZH: '全部政策及其发布机关。',
          JA: 'すべての政策と、その発布機関です。',
          EN: 'All policies, and who issued them.',
        },
      },
      PolicyApplies: {
        title: { ZH: '政策是否适用', JA: '政策が適用されるか', EN: 'Does a policy apply?' },
        about: {
          ZH: '一项政策某日是否适用于一家企业，以及依据哪项协议。',
          JA: 'ある日に政策が企業に適用されるか、どの協定によるかを示します。',
          EN: 'Whether a policy applies to an enterprise on a day, and by which agreement.',
        },
      },
    },
  },
  {
    heading: { ZH: '园区服务', JA: 'パークのサービス', EN: 'Services of a park' },
    questions: {
      FreePlaces: {
        title: { ZH: '空余名额', JA: '空きの数', EN: 'Free places' },
        about: {
          ZH: '一个园区的住房和学位，以及其中的空余。',
          JA: 'パークの住宅と学校の定員、そのうちの空きです。',
          EN: 'The flats and school places of a park, and how many of them are free.',
        },
      },
      ParkPosts: {
        title: { ZH: '固定岗位', JA: '配置場所', EN: 'Posts of a park' },
        about: {
          ZH: '一个园区的固定岗位，以及某一时刻的值守人数。',
          JA: 'パークの配置場所と、ある時点の人数です。',
          EN: 'The fixed posts of a park, and how many are on duty at an instant.',
        },
      },
      ParkDirectives: {
        title: { ZH: '园区的指令', JA: 'パークへの指示', EN: 'Directives to a park' },
        about: {
          ZH: '发给一个园区的指令、要求和期限。',
          JA: 'パークへの指示と、求める措置、期限です。',
          EN: 'The directives of a park, what they require, and until when.',
        },
      },
    },
  },
];

const QUESTIONS: Readonly<Record<string, Question>> = Object.assign({}, ...TOPICS.map(({ questions }) => questions));

/** Returns a shipped question by its document; undefined for a document without words of its own. */
export const questionOf = (name: string): Question | undefined =>
  Object.hasOwn(QUESTIONS, name) ? QUESTIONS[name] : undefined;

/** Returns the title of a document in a language: its question's, its saver's, or else the words of its name. */
export const titleOf = ({ name, saved }: Pick<LookDocument, 'name' | 'saved'>, locale: Locale): string =>
  saved ? inLocale(saved.title, locale) : (questionOf(name)?.title[locale] ?? wordsOf(name));

/** Returns what a document answers, in a language; undefined for a saved question. Else its own English description. */
export function aboutOf({ name, saved, description }: LookDocument, locale: Locale): string | undefined {
  return saved
    ? undefined
    : (questionOf(name)?.about[locale] ?? (locale === 'EN' ? (description ?? undefined) : undefined));
}

/** The documents of one topic. */
interface TopicList {
  readonly heading: string;
  readonly documents: readonly LookDocument[];
}

const OTHERS: Texts = { ZH: '其他', JA: 'その他', EN: 'Others' };

/** Returns documents by topic, in the order in which readers look for them. Those without words of their own come last. */
export function byTopic(documents: readonly LookDocument[], locale: Locale): readonly TopicList[] {
  const lists = TOPICS.map(({ heading, questions }) => ({
    heading: heading[locale],
    documents: Object.keys(questions).flatMap((name) => documents.filter((each) => each.name === name)),
  }));
  const others = documents.filter(({ name }) => !questionOf(name));
  return [...lists, { heading: OTHERS[locale], documents: others }].filter((list) => list.documents.length > 0);
}
