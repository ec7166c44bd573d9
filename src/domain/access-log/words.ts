/** Names of the kinds of viewers, for the access log that a person reads. */
import type { Localized } from '../locale.ts';
import type { ViewerKind } from '../viewer.ts';

export const ACCESSOR_LABELS: Readonly<Record<ViewerKind, Localized>> = {
  anonymous: { zh: '未登录者', ja: '未ログインの利用者', en: 'visitor who did not sign in' },
  applicant: { zh: '其他申请人', ja: '別の申請者', en: 'another applicant' },
  caseHolder: { zh: '持有受理回执者', ja: '受付票の所持者', en: 'holder of the receipt' },
  officer: { zh: '工作人员', ja: '担当官', en: 'officer' },
  clerk: { zh: '用人单位经办人', ja: '企業の担当者', en: 'clerk of an enterprise' },
  partner: { zh: '合作区域的系统', ja: '連携地域のシステム', en: 'system of a partner zone' },
  analyst: { zh: '统计分析人员', ja: '統計分析者', en: 'analyst' },
  admin: { zh: '系统管理员', ja: 'システム管理者', en: 'administrator' },
};
