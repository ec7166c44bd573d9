/** Words of the actions on a case, and of the sides that take them. */
import type { Localized } from '../../locale.ts';
import type { ActingSide, ActionOfPeople } from '../possible-actions.ts';

const say = (zh: string, ja: string, en: string): Localized => ({ zh, ja, en });

export const ACTION_LABELS: Readonly<Record<ActionOfPeople, Localized>> = {
  SUPPLY_DOCUMENT: say('上传材料', '書類を提出する', 'Supply a document'),
  USE_VERIFIED: say('授权使用已核验材料', '確認済み書類の利用に同意する', "Consent to another zone's verification"),
  WITHDRAW_VERIFIED: say('撤回使用授权', '利用への同意を撤回する', 'Withdraw that consent'),
  SUBMIT: say('提交', '提出する', 'Submit'),
  RECOMMEND: say('推荐申请人', '申請者を推薦する', 'Recommend the applicant'),
  CONSENT: say('监护人同意', '保護者として同意する', 'Consent as the guardian'),
  WITHDRAW: say('撤回申请', '申請を取り下げる', 'Withdraw the application'),
  REQUEST_RECONSIDERATION: say('申请复核', '再審査を請求する', 'Request reconsideration'),
  RATE: say('评价服务', 'サービスを評価する', 'Rate the service'),
  HAND_OVER: say('异地收件移交', '決定区域へ引き渡す', 'Hand over to the deciding zone'),
  ACCEPT: say('受理', '受理する', 'Accept'),
  DECLINE: say('不予受理', '受理しない', 'Decline'),
  REQUEST_SUPPLEMENT: say('一次性告知补正', '補正を一括して通知する', 'Request missing documents'),
  START_REVIEW: say('开始审核', '審査を始める', 'Start the review'),
  VERIFY_IDENTITY: say('核实身份', '本人を確認する', 'Verify the identity'),
  GIVE_OPINION: say('出具意见', '意見を出す', 'Give an opinion'),
  START_SPECIAL_PROCEDURE: say('进入特别程序', '特別手続を始める', 'Start a special procedure'),
  END_SPECIAL_PROCEDURE: say('结束特别程序', '特別手続を終える', 'End the special procedure'),
  EXTEND_DEADLINE: say('延长办理期限', '処理期限を延長する', 'Extend the time limit'),
  OPEN_PUBLIC_NOTICE: say('公示', '公示する', 'Give public notice'),
  APPROVE: say('准予', '承認する', 'Approve'),
  REJECT: say('不予批准', '承認しない', 'Reject'),
  DELIVER: say('送达结果', '結果を送達する', 'Deliver the result'),
  CLOSE: say('办结', '完了とする', 'Close'),
  TRANSFER: say('移送其他功能区', '他の区域へ移送する', 'Transfer to another zone'),
  TAKE_UP_RECONSIDERATION: say('受理复核申请', '再審査の請求を受理する', 'Take up the reconsideration'),
  UPHOLD: say('维持原决定', '原決定を維持する', 'Uphold the decision'),
  REVERSE: say('撤销原决定', '原決定を取り消す', 'Reverse the decision'),
};

export const SIDE_LABELS: Readonly<Record<ActingSide, Localized>> = {
  APPLICANT: say('申请人', '申請者', 'The applicant'),
  EMPLOYER: say('用人单位', '雇用主', 'The employer'),
  AGENCY: say('办理机构', '担当機関', 'The agency'),
};
