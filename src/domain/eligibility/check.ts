/** The rules of eligibility, asked before there is a case: of what somebody states, which is kept nowhere. */

import { dayInShanghai } from '../calendar/day.ts';
import type { CaseTypeFacts, RequiredDocument } from '../case-types/case-type.ts';
import type { Declared } from '../cases/file.ts';
import type { Localized } from '../locale.ts';
import { childOf, type EligibilityCode, unmetConditions } from './eligibility.ts';

/** What is stated of an application that isn't made yet. */
export interface StatedApplication {
  readonly zoneId: string;
  /** The day on which it would be made; null for today. */
  readonly on: string | null;
  /** Codes of the documents that are at hand. */
  readonly documents: readonly string[];
  readonly child: { readonly bornOn: string } | null;
  readonly recommended: boolean;
  readonly consented: boolean;
  readonly declared: Declared;
}

export interface UnmetCondition {
  readonly code: EligibilityCode;
  readonly reason: Localized;
  /** The document that is missing; null where it is about none. */
  readonly document: RequiredDocument | null;
}

export interface Eligibility<CaseType extends CaseTypeFacts = CaseTypeFacts> {
  readonly caseType: CaseType;
  /** All that is unmet; empty where the application may be made. */
  readonly unmet: readonly UnmetCondition[];
}

/** The day of an application in Asia/Shanghai. */
export function dayOfApplication({ on }: Pick<StatedApplication, 'on'>, now: Date): string {
  return on ?? dayInShanghai(now);
}

/** Whether what is stated would be enough under a case type: as its submission is decided, on the same day. */
export function checkEligibility<CaseType extends CaseTypeFacts>(
  caseType: CaseType,
  stated: StatedApplication,
  now: Date,
): Eligibility<CaseType> {
  const on = dayOfApplication(stated, now);
  const unmet = unmetConditions({
    ...stated,
    caseType,
    on,
    documents: new Set(stated.documents),
    askedFor: new Set(),
    child: stated.child && childOf(stated.child.bornOn, caseType, on),
  });
  const documentOf = (wanted: string | null) => caseType.requiredDocuments.find(({ code }) => code === wanted) ?? null;
  return { caseType, unmet: unmet.map((each) => ({ ...each, document: documentOf(each.document) })) };
}
