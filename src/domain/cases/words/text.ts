/** Texts about a case for people: names of states and events, and the next action. */

import type { Localized } from '../../locale.ts';
import type { CaseEventKind, CaseState, WaitedFor } from '../state.ts';

const say = (zh: string, ja: string, en: string): Localized => ({ zh, ja, en });

export const STATE_LABELS: Readonly<Record<CaseState, Localized>> = {
  DRAFT: say('草稿', '下書き', 'Draft'),
  SUBMITTED: say('已提交', '提出済み', 'Submitted'),
  SUPPLEMENT_REQUIRED: say('待补正', '補正待ち', 'More documents needed'),
  ACCEPTED: say('已受理', '受理済み', 'Accepted for review'),
  NOT_ACCEPTED: say('不予受理', '不受理', 'Not accepted'),
  UNDER_REVIEW: say('审核中', '審査中', 'Under review'),
  SPECIAL_PROCEDURE: say('特别程序中', '特別手続中', 'In a special procedure'),
  PUBLIC_NOTICE: say('公示中', '公示中', 'On public notice'),
  APPROVED: say('准予', '承認', 'Approved'),
  REJECTED: say('不予批准', '不承認', 'Rejected'),
  DELIVERED: say('已送达', '送達済み', 'Delivered'),
  CLOSED: say('已办结', '完了', 'Closed'),
  WITHDRAWN: say('已撤回', '取下げ済み', 'Withdrawn'),
  LAPSED: say('已失效', '失効', 'Lapsed'),
  TRANSFERRED: say('已移送', '移送済み', 'Transferred to another zone'),
  RECONSIDERATION: say('复核中', '再審査中', 'Under reconsideration'),
  UPHELD: say('维持原决定', '原決定維持', 'Decision upheld'),
  REVERSED: say('撤销原决定', '原決定取消', 'Decision reversed'),
};

export const EVENT_LABELS: Readonly<Record<CaseEventKind, Localized>> = {
  OPENED: say('建立申请', '申請の作成', 'Application opened'),
  RECOMMENDED: say('用人单位推荐', '雇用主による推薦', 'Recommended by the employer'),
  CONSENT_GIVEN: say('监护人同意', '保護者の同意', 'Guardian consented'),
  DOCUMENT_SUPPLIED: say('上传材料', '書類の提出', 'A document was handed in'),
  VERIFIED_DOCUMENT_USED: say(
    '同意使用其他功能区已核验的材料',
    '他の区域が確認済みの書類の利用に同意',
    "Consented to another zone's verification of a document",
  ),
  VERIFIED_DOCUMENT_WITHDRAWN: say(
    '撤回对已核验材料的使用同意',
    '確認済み書類の利用への同意を撤回',
    "Withdrew the consent to another zone's verification",
  ),
  SUBMITTED: say('提交申请', '申請の提出', 'Application submitted'),
  SUPPLEMENT_REQUESTED: say('一次性告知补正', '補正の一括通知', 'Told at once what is missing'),
  SUPPLEMENTED: say('补正材料', '補正書類の提出', 'Missing documents supplied'),
  HANDED_OVER: say('异地收件移交', '受付窓口からの引渡し', 'Handed over to the deciding zone'),
  ACCEPTED: say('受理', '受理', 'Accepted for review'),
  DEEMED_ACCEPTED: say(
    '逾期未告知，视为受理',
    '通知期限の経過により受理とみなす',
    'Deemed accepted: no notice in time',
  ),
  NOT_ACCEPTED: say('不予受理', '不受理', 'Not accepted'),
  IDENTITY_VERIFIED: say('核实身份', '本人確認', 'Identity verified'),
  REVIEW_STARTED: say('开始审核', '審査の開始', 'Review started'),
  OPINION_GIVEN: say('部门出具意见', '関係部門の意見', 'An agency gave its opinion'),
  DEADLINE_EXTENDED: say('延长办理期限', '処理期限の延長', 'Time limit extended'),
  SPECIAL_PROCEDURE_STARTED: say('进入特别程序', '特別手続の開始', 'Special procedure started'),
  SPECIAL_PROCEDURE_ENDED: say('特别程序结束', '特別手続の終了', 'Special procedure ended'),
  PUBLIC_NOTICE_OPENED: say('开始公示', '公示の開始', 'Public notice opened'),
  APPROVED: say('准予', '承認', 'Approved'),
  REJECTED: say('不予批准', '不承認', 'Rejected'),
  DELIVERED: say('送达结果', '結果の送達', 'Result delivered'),
  CLOSED: say('办结', '完了', 'Closed'),
  WITHDRAWN: say('撤回申请', '申請の取下げ', 'Application withdrawn'),
  LAPSED: say('逾期失效', '期限超過による失効', 'Lapsed'),
  TRANSFERRED: say('移送其他功能区', '他の区域への移送', 'Transferred to another zone'),
  RECONSIDERATION_REQUESTED: say('申请复核', '再審査の請求', 'Reconsideration requested'),
  RECONSIDERATION_TAKEN_UP: say('受理复核申请', '再審査請求の受理', 'Reconsideration taken up'),
  RECONSIDERATION_DEEMED_TAKEN_UP: say(
    '逾期未答复，复核申请视为受理',
    '期限の経過により再審査請求を受理とみなす',
    'Reconsideration deemed taken up: no answer in time',
  ),
  UPHELD: say('维持原决定', '原決定の維持', 'Decision upheld'),
  REVERSED: say('撤销原决定', '原決定の取消', 'Decision reversed'),
  RATED: say('服务评价', 'サービスの評価', 'Service rated'),
};

const NEXT_ACTIONS: Readonly<Record<CaseState, Localized | null>> = {
  DRAFT: say(
    '请补全材料并提交申请。',
    '書類をそろえて申請を提出してください。',
    'Complete the documents and submit the application.',
  ),
  SUBMITTED: say(
    '受理机关核对材料，决定受理或一次性告知需补正的内容。',
    '受付機関が書類を確認し、受理するか、不足を一括して通知します。',
    'The agency checks the documents, and accepts the application or tells at once all that is missing.',
  ),
  SUPPLEMENT_REQUIRED: say(
    '请按告知内容补正材料。',
    '通知に従って書類を補正してください。',
    'Supply the documents that you were told are missing.',
  ),
  ACCEPTED: say('受理机关开始审核。', '受付機関が審査を始めます。', 'The agency starts the review.'),
  NOT_ACCEPTED: null,
  UNDER_REVIEW: say(
    '有关部门出具意见，由受理机关作出决定。',
    '関係部門が意見を出し、受付機関が決定します。',
    'The agencies concerned give their opinions, and the handling agency decides.',
  ),
  SPECIAL_PROCEDURE: say(
    '听证、专家评审等程序进行中，所需时间不计入办理期限。',
    '聴聞、専門家評価などの手続中です。その期間は処理期限に含まれません。',
    'A hearing or an expert review is under way; its time does not count towards the limit.',
  ),
  PUBLIC_NOTICE: say(
    '公示期满后作出决定。',
    '公示期間の満了後に決定します。',
    'The decision follows when the public notice has run its time.',
  ),
  APPROVED: say('受理机关送达结果文书。', '受付機関が結果の文書を送達します。', 'The agency delivers the result.'),
  REJECTED: say(
    '受理机关送达决定书；对决定有异议的，可以申请复核。',
    '受付機関が決定書を送達します。不服があれば再審査を請求できます。',
    'The agency delivers the decision; whoever disagrees may ask for reconsideration.',
  ),
  DELIVERED: null,
  CLOSED: null,
  WITHDRAWN: null,
  LAPSED: null,
  TRANSFERRED: say(
    '由接收的功能区继续办理。',
    '移送先の区域が引き続き処理します。',
    'The zone that it was transferred to goes on with it.',
  ),
  RECONSIDERATION: say(
    '复核机关审查原决定。',
    '再審査機関が原決定を審査します。',
    'The reviewing agency examines the decision.',
  ),
  UPHELD: null,
  REVERSED: say('原受理机关重新办理。', '受付機関があらためて処理します。', 'The handling agency decides anew.'),
};

const RECOMMENDATION = say(
  '请用人单位出具推荐意见。',
  '雇用主が推薦書を提出してください。',
  'The employer gives its recommendation.',
);

/** Returns the next action and its actor; null where none follows. */
export function nextAction(state: CaseState, waitingOn: WaitedFor): Localized | null {
  return waitingOn === 'EMPLOYER' ? RECOMMENDATION : NEXT_ACTIONS[state];
}
