/** Refusals of mutations in the person's language. The gateway's messages are English, for developers. */
import type { Locale } from '../../domain/locale.ts';

export interface Refusal {
  readonly code: string;
  readonly field: readonly string[] | null;
  readonly message: string;
}

type Words = Readonly<Record<string, string>>;

const ZH: Words = {
  INVALID: '填写的内容或文件不符合要求，请检查。',
  'INVALID applicant.idNumber': '身份证号码不正确，请检查。',
  'INVALID applicant.phone': '手机号码不正确，请检查。',
  'INVALID applicant.name': '姓名不正确，请检查。',
  'INVALID child': '孩子的信息不符合要求，请检查。',
  NOT_FOUND: '没有找到。请刷新后再试。',
  NOT_ALLOWED: '现在不能这样做：条件尚未满足，或办件状态已变化。请查看办件后再试。',
  VERSION_CONFLICT: '办件刚刚有变化。请查看后再试。',
  ALREADY_EXISTS: '已经办理过了。',
  FACILITY_FULL: '名额已满。',
  ENTERPRISE_ENDED: '用人单位已不再登记，请核对统一社会信用代码。',
  QUOTA_EXCEEDED: '今天的次数已用完。请明天再试。',
};

const JA: Words = {
  INVALID: '入力内容またはファイルが条件に合いません。ご確認ください。',
  'INVALID applicant.idNumber': '身分証番号が正しくありません。ご確認ください。',
  'INVALID applicant.phone': '携帯電話番号が正しくありません。ご確認ください。',
  'INVALID applicant.name': '氏名が正しくありません。ご確認ください。',
  'INVALID child': 'お子さまの情報が条件に合いません。ご確認ください。',
  NOT_FOUND: '見つかりません。読み込み直してもう一度お試しください。',
  NOT_ALLOWED: '今は行えません。条件が満たされていないか、状態が変わっています。案件を確認してからお試しください。',
  VERSION_CONFLICT: '案件がいま変わりました。確認してからもう一度お試しください。',
  ALREADY_EXISTS: 'すでに行われています。',
  FACILITY_FULL: '空きがありません。',
  ENTERPRISE_ENDED: '勤務先はすでに登録を終えています。統一社会信用コードをご確認ください。',
  QUOTA_EXCEEDED: '本日の回数を使い切りました。明日お試しください。',
};

/** Returns a refusal in words. English readers get the gateway's message, which says the most. */
export function refusalText({ code, field, message }: Refusal, locale: Locale): string {
  if (locale === 'EN') return message;
  const words = locale === 'ZH' ? ZH : JA;
  const path = field?.join('.') ?? '';
  return words[`${code} ${path}`] ?? words[code] ?? words.NOT_ALLOWED ?? message;
}
