import type { Locale } from '../../domain/locale.ts';
import { wordsOf } from '../../views/look/labels.ts';
import { questionOf } from '../../views/look/questions.ts';
import { type ExampleTitle, MUTATION_TITLES } from './mutation-titles.ts';

/** Titles of the queries that `/look` doesn't show, by their names. English titles are made of the names. */
const TITLES: Readonly<Record<string, ExampleTitle>> = {
  AgreementLedger: { ZH: '协议台账', JA: '協定の台帳' },
  CaseScreen: { ZH: '办件页面', JA: '手続の画面' },
  CaseStatus: { ZH: '办件进度', JA: '手続の状況' },
  CheckEligibility: { ZH: '申请资格预审', JA: '申請資格の確認' },
  DeveloperAccount: { ZH: '开发者账户', JA: '開発者のアカウント' },
  DirectiveCompliance: { ZH: '指令的落实情况', JA: '指示の実施状況' },
  EnterpriseNotices: { ZH: '企业事项通知', JA: '企業の登録に関する通知' },
  EnterpriseRegister: { ZH: '企业登记', JA: '企業の登録' },
  EnterprisesToDecide: { ZH: '待裁定的企业事项', JA: '決定待ちの企業の異議' },
  FiguresProposals: { ZH: '数据更正提议', JA: '数値の訂正案' },
  FillableGaps: { ZH: '可填补的供应缺口', JA: '補える供給の不足' },
  LedgerEntries: { ZH: '台账条目', JA: '台帳の記載' },
  LedgerEntryText: { ZH: '台账条目的签名文本', JA: '署名する台帳の記載' },
  MayIApply: { ZH: '我能申请吗', JA: '申請できるか', EN: 'May I apply?' },
  MyAccessLog: { ZH: '谁查看了我的信息', JA: '自分の情報の閲覧記録' },
  MyCase: { ZH: '我的一件办件', JA: '自分の手続（一件）' },
  MyCases: { ZH: '我的办件', JA: '自分の手続' },
  OfficerCase: { ZH: '经办人查看的办件', JA: '担当者が見る手続' },
  OverdueInspections: { ZH: '逾期未整改的检查', JA: '期限を過ぎた点検' },
  OwnEnterprise: { ZH: '本企业', JA: '自社' },
  PolicyAppliesByFacts: { ZH: '按事实判断政策是否适用', JA: '事実から見た政策の適用' },
  SavedQuestion: { ZH: '一个保存的问题', JA: '保存された質問（一件）' },
  SavedQuestions: { ZH: '保存的问题', JA: '保存された質問' },
  SearchCases: { ZH: '查找办件', JA: '手続を探す' },
  Worklist: { ZH: '待办列表', JA: '処理待ちの一覧' },
  ZoneRelocations: { ZH: '本功能区的企业迁移', JA: '区域の企業の移転' },
};

/** Returns the title of an example in a language; the words of its name where it has none. */
export function titleOf(name: string, locale: Locale): string {
  const title = questionOf(name)?.title ?? TITLES[name] ?? MUTATION_TITLES[name];
  return title?.[locale] ?? wordsOf(name);
}
