/**
 * Eligibility as a list of rules, each about one fact. Every unmet condition is reported at once, in the applicant's
 * language. The same list decides before an application, at its submission and at its acceptance.
 */

import { ageOn, daysBetween } from '../calendar/day.ts';
import type { ArrangedCaseType } from '../case-types/arrangement.ts';
import type { CaseTypeFacts } from '../case-types/case-type.ts';
import type { CaseSituation, Declared } from '../cases/file.ts';
import type { Localized } from '../locale.ts';

export const ELIGIBILITY_CODES = [
  'ZONE_NOT_SERVED',
  'POLICY_NOT_IN_FORCE',
  'WINDOW_NOT_OPEN',
  'WINDOW_CLOSED',
  'DOCUMENT_MISSING',
  'CHILD_MISSING',
  'CONSENT_MISSING',
] as const;
export type EligibilityCode = (typeof ELIGIBILITY_CODES)[number];

/** The facts that the rules read. */
export interface Application {
  readonly caseType: Pick<ArrangedCaseType, 'kind' | 'window' | 'requiredDocuments' | 'zoneIds' | 'basis'>;
  /** The day of the application in Asia/Shanghai. Any time of the day counts the same. */
  readonly on: string;
  /** Codes of the documents at hand. */
  readonly documents: ReadonlySet<string>;
  /** Codes of the documents that an agency requested. They are required, whatever the case type says. */
  readonly askedFor: ReadonlySet<string>;
  readonly recommended: boolean;
  readonly consented: boolean;
  /** Null where the case concerns no child, or nothing is stated about it. */
  readonly child: { readonly age: number; readonly isUnderFourteen: boolean } | null;
  readonly declared: Declared;
  /** The zone of the application. */
  readonly zoneId: string;
  /** True once the application was made: its zone counts then, whatever a transfer makes of it. */
  readonly hasApplied: boolean;
}

export interface Unmet {
  readonly code: EligibilityCode;
  readonly reason: Localized;
  /** The missing document; null for rules without one. */
  readonly document: string | null;
}

type Rule = (application: Application) => readonly Unmet[];

const unmet = (code: EligibilityCode, zh: string, ja: string, en: string): Unmet => ({
  code,
  reason: { zh, ja, en },
  document: null,
});

const isServed = ({ caseType: { zoneIds }, zoneId }: Application) => zoneIds?.includes(zoneId) ?? true;

const zoneTakesApplications: Rule = (application) =>
  application.hasApplied || isServed(application)
    ? []
    : [
        unmet(
          'ZONE_NOT_SERVED',
          '本功能区不受理此类申请。',
          'この区域ではこの種類の申請を受け付けていません。',
          'The zone takes no applications of this type.',
        ),
      ];

const policyIsInForce: Rule = (application) =>
  application.hasApplied || !isServed(application) || application.caseType.basis?.version !== null
    ? []
    : [
        unmet(
          'POLICY_NOT_IN_FORCE',
          '所依据的政策当日在本功能区未生效。',
          '根拠となる政策はその日この区域で施行されていません。',
          'The policy is not in force in the zone on that day.',
        ),
      ];

const windowIsOpen: Rule = ({ caseType: { window }, on }) => {
  if (!window) return [];
  const { opensOn, closesOn } = window;
  if (on < opensOn) {
    return [
      unmet(
        'WINDOW_NOT_OPEN',
        `申请自${opensOn}起受理。`,
        `申請の受付は${opensOn}からです。`,
        `Applications are taken from ${opensOn}.`,
      ),
    ];
  }
  if (on <= closesOn) return [];
  return [
    unmet(
      'WINDOW_CLOSED',
      `申请已于${closesOn}截止。`,
      `申請の受付は${closesOn}に終了しました。`,
      `Applications were taken until ${closesOn}.`,
    ),
  ];
};

const documentsAreThere: Rule = ({ caseType, documents, askedFor }) =>
  caseType.requiredDocuments
    .filter(({ code, required }) => (required || askedFor.has(code)) && !documents.has(code))
    .map(({ code, name }) => ({
      code: 'DOCUMENT_MISSING',
      reason: {
        zh: `缺少材料：${name.zh}。`,
        ja: `書類が不足しています：${name.ja}。`,
        en: `A document is missing: ${name.en}.`,
      },
      document: code,
    }));

const childIsStated: Rule = ({ caseType: { kind }, child }) =>
  kind === 'SCHOOLING' && !child
    ? [unmet('CHILD_MISSING', '未填写子女信息。', '子の情報がありません。', 'Nothing is said of the child.')]
    : [];

const guardianConsents: Rule = ({ child, consented }) =>
  child?.isUnderFourteen && !consented
    ? [
        unmet(
          'CONSENT_MISSING',
          '未满十四周岁子女的信息须经监护人同意。',
          '14歳未満の子の情報には保護者の同意が必要です。',
          'A guardian must consent to the use of the data of a child under fourteen.',
        ),
      ]
    : [];

/** In the order in which they are reported. */
export const ELIGIBILITY_RULES: readonly Rule[] = Object.freeze([
  zoneTakesApplications,
  policyIsInForce,
  windowIsOpen,
  childIsStated,
  guardianConsents,
  documentsAreThere,
]);

/** Returns every unmet condition; empty where the application may be made. */
export function unmetConditions(application: Application): readonly Unmet[] {
  return ELIGIBILITY_RULES.flatMap((rule) => rule(application));
}

const NOTHING_DECLARED: Declared = { residenceZoneId: null, ownsDwelling: null };

/** Returns the facts of a case as an application. */
export function applicationOf(
  { case: subject, caseType, documents, askedFor, child }: CaseSituation,
  today: string,
): Application {
  const { course, declared, zoneId } = subject;
  const there = documents.filter(({ status }) => status === 'RECEIVED' || status === 'CHECKED').map(({ code }) => code);
  return {
    caseType,
    // A supplement after the window counts as in time, since the application was.
    on: course.appliedOn ?? today,
    hasApplied: course.appliedOn != null,
    documents: new Set(there),
    askedFor: new Set(askedFor),
    recommended: course.recommended,
    consented: course.consented,
    child,
    declared: declared ?? NOTHING_DECLARED,
    // A transferred case keeps its place of residence, because the applicant applied in the former zone.
    zoneId: course.state === 'TRANSFERRED' ? (declared?.residenceZoneId ?? zoneId) : zoneId,
  };
}

const FOURTEEN = 14;

/** Returns the facts of a child that a case stores instead of its birth date. */
export function childOf(bornOn: string, { childAgeOn }: Pick<CaseTypeFacts, 'childAgeOn'>, today: string) {
  return { age: ageOn(bornOn, childAgeOn ?? today), isUnderFourteen: ageOn(bornOn, today) < FOURTEEN };
}

/** Returns whether a birth date may be that of a child: born, and under age. */
export function isBirthDateOfChild(bornOn: string, today: string): boolean {
  return daysBetween(bornOn, today) >= 0 && ageOn(bornOn, today) < 18;
}
