/** What is said to people about why a policy doesn't apply. */
import type { CoverageFailure } from './coverage.ts';
import type { Localized } from './locale.ts';

export const INAPPLICABILITY: Readonly<Record<CoverageFailure, Localized>> = {
  POLICY_NOT_FOUND: {
    zh: '没有这项政策。',
    ja: 'この政策はありません。',
    en: 'There is no such policy.',
  },
  POLICY_NOT_IN_FORCE: {
    zh: '该政策当日未生效。',
    ja: 'その日、この政策は施行されていません。',
    en: 'The policy is not in force on that day.',
  },
  SUBJECT_NOT_FOUND: {
    zh: '没有这一对象。',
    ja: 'この対象はありません。',
    en: 'There is no such subject.',
  },
  SUBJECT_NOT_RESIDENT: {
    zh: '该对象当日未入驻任何功能区。',
    ja: 'その日、この対象はどの区域にも入居していません。',
    en: 'The subject resides in no zone on that day.',
  },
  SUBJECT_KIND_DIFFERS: {
    zh: '该政策或覆盖不适用于此类对象。',
    ja: 'この政策または適用は、この種類の対象向けではありません。',
    en: 'The policy or the coverage is for another kind of subject.',
  },
  NO_COVERAGE: {
    zh: '政策所属区域与该对象所在功能区之间没有交叉覆盖。',
    ja: '政策の区域から対象の区域へのクロスカバーがありません。',
    en: "No coverage leads from the policy's zones to a zone of the subject.",
  },
  COVERAGE_NOT_IN_FORCE: {
    zh: '该交叉覆盖当日未生效。',
    ja: 'その日、このクロスカバーは有効ではありません。',
    en: 'The coverage is not in force on that day.',
  },
  AGREEMENT_NOT_SIGNED: {
    zh: '所依据的协议尚未由双方签署。',
    ja: '根拠となる協定に双方が署名していません。',
    en: 'The agreement that it rests on is not signed by both zones.',
  },
  AGREEMENT_NOT_IN_FORCE: {
    zh: '所依据的协议当日未生效。',
    ja: 'その日、根拠となる協定は有効ではありません。',
    en: 'The agreement that it rests on is not in force on that day.',
  },
  CONDITION_NOT_MET: {
    zh: '该对象不符合交叉覆盖的条件。',
    ja: '対象がクロスカバーの条件を満たしていません。',
    en: 'The subject does not meet the conditions of the coverage.',
  },
};
