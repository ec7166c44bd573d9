import { ACCESSOR_LABELS } from '../../../domain/access-log/words.ts';
import { ACTION_LABELS } from '../../../domain/cases/words/actions.ts';
import {
  AGENCY_LABELS,
  DOCUMENT_STATUS_LABELS,
  IDENTITY_LABELS,
  KIND_LABELS,
  ROUTE_LABELS,
  STEP_LABELS,
  VERDICT_LABELS,
  WAITING_LABELS,
} from '../../../domain/cases/words/labels.ts';
import { EVENT_LABELS, STATE_LABELS } from '../../../domain/cases/words/text.ts';
import type { Localized } from '../../../domain/locale.ts';

/** Words for the values of enums of cases, the access log and the statistics of cases. */
export const CASES_VALUES: Readonly<Record<string, Readonly<Record<string, Localized>>>> = {
  Agency: AGENCY_LABELS,
  CaseRoute: ROUTE_LABELS,
  CaseState: STATE_LABELS,
  CaseEventKind: EVENT_LABELS,
  CaseActionKind: ACTION_LABELS,
  ClockStep: STEP_LABELS,
  LimitStep: STEP_LABELS,
  WaitingOn: WAITING_LABELS,
  DocumentStatus: DOCUMENT_STATUS_LABELS,
  OpinionVerdict: VERDICT_LABELS,
  IdentityState: IDENTITY_LABELS,
  IdentityVerifier: {
    ISSUER: { zh: '统一身份认证', ja: '認証基盤', en: 'Issuer of the sign-in' },
    OFFICER: { zh: '工作人员', ja: '担当官', en: 'Officer' },
  },
  StageStatus: {
    DONE: { zh: '已完成', ja: '完了', en: 'Done' },
    CURRENT: { zh: '进行中', ja: '進行中', en: 'Under way' },
    UPCOMING: { zh: '未开始', ja: 'これから', en: 'Still to come' },
  },
  AccessorKind: {
    ANONYMOUS: ACCESSOR_LABELS.anonymous,
    APPLICANT: ACCESSOR_LABELS.applicant,
    CASE_HOLDER: ACCESSOR_LABELS.caseHolder,
    OFFICER: ACCESSOR_LABELS.officer,
    CLERK: ACCESSOR_LABELS.clerk,
    PARTNER: ACCESSOR_LABELS.partner,
    ANALYST: ACCESSOR_LABELS.analyst,
    ADMIN: ACCESSOR_LABELS.admin,
  },
  NewsChannel: {
    SMS: { zh: '短信', ja: 'ショートメッセージ', en: 'Text message' },
    WECHAT: { zh: '微信公众号', ja: 'WeChat', en: 'WeChat' },
    EMAIL: { zh: '电子邮件', ja: 'メール', en: 'Email' },
    WEB_PUSH: { zh: '浏览器推送', ja: 'ブラウザーの通知', en: 'Browser notification' },
  },
  LimitUnit: {
    WORKING_DAY: { zh: '工作日', ja: '営業日', en: 'Working days' },
    CALENDAR_DAY: { zh: '日', ja: '日', en: 'Days' },
    MONTH: { zh: '月', ja: '月', en: 'Months' },
  },
  EligibilityCode: {
    ZONE_NOT_SERVED: { zh: '该功能区不受理此类申请', ja: 'この区域では受け付けない', en: 'Zone not served' },
    POLICY_NOT_IN_FORCE: {
      zh: '所依据的政策当日无有效版本',
      ja: '政策がその日に有効でない',
      en: 'Policy not in force',
    },
    WINDOW_NOT_OPEN: { zh: '尚未开始受理', ja: '受付前', en: 'Not open yet' },
    WINDOW_CLOSED: { zh: '已停止受理', ja: '受付終了', en: 'Closed' },
    DOCUMENT_MISSING: { zh: '缺少必需材料', ja: '必要書類がない', en: 'Document missing' },
    CHILD_MISSING: { zh: '未填写子女', ja: '子どもの記載がない', en: 'Child missing' },
    CONSENT_MISSING: { zh: '缺少监护人同意', ja: '保護者の同意がない', en: 'Consent missing' },
  },
  StatisticsBreakdown: {
    ZONE: { zh: '功能区', ja: '区域', en: 'Zone' },
    PARK: { zh: '园区', ja: 'パーク', en: 'Park' },
    ROUTE: { zh: '申请途径', ja: '申請の種類', en: 'Route' },
  },
  StatisticsPeriod: {
    MONTH: { zh: '月', ja: '月', en: 'Month' },
    QUARTER: { zh: '季度', ja: '四半期', en: 'Quarter' },
    YEAR: { zh: '年', ja: '年', en: 'Year' },
    ROLLING_YEAR: { zh: '滚动四季度', ja: '直近四四半期', en: 'Four quarters' },
  },
  CaseKind: KIND_LABELS,
  CounterDuty: {
    CHECK_FORM: { zh: '形式审查、一次性告知', ja: '形式の確認', en: 'Check the form' },
    TAKE_DOCUMENTS: { zh: '代收材料', ja: '書類の受領', en: 'Take documents' },
    DELIVER: { zh: '代为送达', ja: '結果の交付', en: 'Deliver the result' },
  },
  CalendarStatus: {
    PUBLISHED: { zh: '已公布', ja: '公表済み', en: 'Published' },
    PROVISIONAL: { zh: '暂定', ja: '暫定', en: 'Provisional' },
  },
};
