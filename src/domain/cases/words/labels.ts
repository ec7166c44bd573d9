/** Names of the closed sets of a case, for people: kinds, agencies, waiting parties, document states. */

import type { ClockStep, PauseReason } from '../../calendar/deadline.ts';
import type { Localized } from '../../locale.ts';
import type { Agency } from '../agency.ts';
import type { NoticeKind } from '../due.ts';
import type { StageName } from '../progress.ts';
import type { WaitedFor } from '../state.ts';

const say = (zh: string, ja: string, en: string): Localized => ({ zh, ja, en });
type Words<Name extends string = string> = Readonly<Record<Name, Localized>>;

export const KIND_LABELS = {
  HUKOU: say('落户', '戸籍', 'Hukou'),
  HOUSING: say('住房', '住宅', 'Housing'),
  SCHOOLING: say('子女入学', '子供の入学', 'Schooling'),
} as const satisfies Words;

export const ROUTE_LABELS = {
  ACADEMIC: say('学历落户', '学歴による戸籍', 'by degree'),
  QUALIFICATION: say('职称落户', '職称による戸籍', 'by professional title'),
  SKILL: say('技能落户', '技能による戸籍', 'by skill'),
  ENTREPRENEUR: say('创业落户', '創業による戸籍', 'for entrepreneurs'),
  URGENTLY_NEEDED: say('急需型人才落户', '緊急に必要な人材の戸籍', 'for urgently needed talent'),
  TALENT_APARTMENT: say('人才公寓', '人材アパート', 'Talent apartment'),
  PUBLIC_RENTAL: say('公租房', '公共賃貸住宅', 'Public rental housing'),
  RENT_SUBSIDY: say('租房补贴', '家賃補助', 'Rent subsidy'),
  PURCHASE_SUBSIDY: say('购房补贴', '住宅購入補助', 'Purchase subsidy'),
  KINDERGARTEN: say('幼儿园', '幼稚園', 'Kindergarten'),
  PRIMARY_SCHOOL: say('小学', '小学校', 'Primary school'),
} as const satisfies Words;

export const AGENCY_LABELS: Words<Agency> = {
  HRSS: say('人社局', '人力資源・社会保障局', 'Human Resources and Social Security Bureau'),
  EDU: say('教体局', '教育・体育局', 'Education and Sports Bureau'),
  PSB: say('公安局', '公安局', 'Public Security Bureau'),
  HOUSING: say('住建局', '住宅・建設局', 'Housing and Construction Bureau'),
  PARK: say('园区办公室', '園区事務所', 'Park office'),
};

export const WAITING_LABELS: Words<WaitedFor> = {
  APPLICANT: say('等待申请人', '申請者の対応待ち', 'Waiting for the applicant'),
  EMPLOYER: say('等待用人单位', '雇用主の対応待ち', 'Waiting for the employer'),
  AGENCY: say('等待受理机关', '担当機関の対応待ち', 'Waiting for the agency'),
  OTHER_ZONE: say('等待接收的功能区', '移送先区域の対応待ち', 'Waiting for the other zone'),
  NOBODY: say('无需任何人处理', 'だれの対応も必要ありません', 'Nobody has to act'),
};

export const STAGE_LABELS: Words<StageName> = {
  SUBMISSION: say('提交', '提出', 'Submission'),
  ACCEPTANCE: say('受理', '受理', 'Acceptance'),
  REVIEW: say('审核', '審査', 'Review'),
  DECISION: say('决定', '決定', 'Decision'),
  DELIVERY: say('送达', '送達', 'Delivery'),
  RECONSIDERATION: say('复核', '再審査', 'Reconsideration'),
  NOT_ACCEPTED: say('不予受理', '不受理', 'Not accepted'),
  WITHDRAWN: say('撤回', '取下げ', 'Withdrawn'),
  LAPSED: say('失效', '失効', 'Lapsed'),
  TRANSFERRED: say('移送', '移送', 'Transferred'),
};

export const STEP_LABELS: Words<ClockStep> = {
  SUPPLEMENT_NOTICE: say('一次性告知', '不足の一括通知', 'Telling what is missing'),
  DECISION: say('作出决定', '決定', 'Decision'),
  DELIVERY: say('送达结果', '結果の送達', 'Delivery of the result'),
  RECONSIDERATION: say('复核', '再審査', 'Reconsideration'),
  HAND_OVER: say('异地收件移交', '受付窓口からの引渡し', 'Handing over to the deciding zone'),
  TAKE_UP: say('接收移送', '移送の受入れ', 'Taking up the transfer'),
  RECONSIDERATION_TAKE_UP: say('受理复核申请', '再審査請求の受理', 'Taking up the reconsideration'),
};

export const NOTICE_LABELS: Words<NoticeKind> = {
  PROMISE_NEAR: say('承诺时限即将届满', '約束の期限が近づいています', 'The promised time is nearly over'),
  PROMISE_MISSED: say('超出承诺时限', '約束の期限を過ぎました', 'The promised time was missed'),
  PROMISE_MOVED: say(
    '工作日安排调整，承诺时限重新计算',
    '稼働日暦の変更により約束の期限を再計算しました',
    'The calendar of working days changed: the promised time was computed anew',
  ),
  LIMIT_NEAR: say('法定时限即将届满', '法定期限が近づいています', 'The legal time limit is nearly over'),
  LIMIT_MISSED: say('超出法定时限', '法定期限を過ぎました', 'The legal time limit was missed'),
  LIMIT_MOVED: say(
    '工作日安排调整，法定时限重新计算',
    '稼働日暦の変更により法定期限を再計算しました',
    'The calendar of working days changed: the legal time limit was computed anew',
  ),
};

export const PAUSE_LABELS: Words<PauseReason> = {
  HEARING: say('听证', '聴聞', 'Hearing'),
  EXPERT_REVIEW: say('专家评审', '専門家評価', 'Expert review'),
  WAITING_FOR_APPLICANT: say('等待申请人', '申請者の対応待ち', 'Waiting for the applicant'),
};

export const DOCUMENT_STATUS_LABELS = {
  ASKED: say('待提交', '提出待ち', 'Asked for'),
  RECEIVED: say('已收到', '受領済み', 'Received'),
  CHECKED: say('已核对', '確認済み', 'Checked'),
  REFUSED: say('未通过', '不備あり', 'Refused'),
} as const satisfies Words;

export const IDENTITY_LABELS = {
  VERIFIED: say('身份已核实', '本人確認済み', 'Identity verified'),
  NOT_VERIFIED: say('身份未核实', '本人未確認', 'Identity not verified'),
} as const satisfies Words;

export const VERDICT_LABELS = {
  AGREE: say('同意', '同意', 'In favour'),
  DISAGREE: say('不同意', '不同意', 'Against'),
} as const satisfies Words;
export const VERDICT_AWAITED = say('待出具', '意見待ち', 'Awaited');

export const DECISION_LABELS = {
  approved: say('准予', '承認', 'Approved'),
  refused: say('不予批准', '不承認', 'Not approved'),
} as const satisfies Words;

export const RELATION_LABELS = {
  SELF: say('本人', '本人', 'Yourself'),
  SPOUSE: say('配偶', '配偶者', 'Your spouse'),
  CHILD: say('子女', '子供', 'Your child'),
  PARENT: say('父母', '親', 'Your parent'),
} as const satisfies Words;

/** The payment terms of a subsidy's amount; other housing has none. */
export const AMOUNT_TERMS = {
  RENT_SUBSIDY: say('每月', '毎月', 'a month'),
  PURCHASE_SUBSIDY: say('一次性', '一括', 'once'),
} as const satisfies Words<string>;

/** Returns the words for a name; null for an unknown name. */
export function wordsOf(words: Words, name: string): Localized | null {
  return Object.hasOwn(words, name) ? (words[name] ?? null) : null;
}
