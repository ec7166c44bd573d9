/** Eligibility check before there is a case, from a client's statements. Nothing of it is stored. */

import { dayInShanghai } from '../calendar/day.ts';
import type { CaseTypeFacts, RequiredDocument } from '../case-types/case-type.ts';
import { PERSON_FACTS } from '../case-types/terms.ts';
import type { Declared } from '../cases/file.ts';
import type { Localized } from '../locale.ts';
import { type Answer, answerTo } from '../rules/answer.ts';
import type { Truth } from '../rules/evaluate.ts';
import type { Facts } from '../rules/rule.ts';
import { childOf, type EligibilityCode, unmetConditions } from './eligibility.ts';
import { factsOf } from './terms.ts';

/** Statements about an application that isn't made yet. */
export interface StatedApplication {
  readonly zoneId: string;
  /** The intended day of the application; null for today. */
  readonly on: string | null;
  /** Codes of the documents at hand. */
  readonly documents: readonly string[];
  readonly child: { readonly bornOn: string } | null;
  readonly recommended: boolean;
  readonly consented: boolean;
  readonly declared: Declared;
  /** Further facts, for the rule of the case type. */
  readonly facts: Facts;
}

export interface UnmetCondition {
  readonly code: EligibilityCode;
  readonly reason: Localized;
  /** The missing document; null for conditions without one. */
  readonly document: RequiredDocument | null;
}

export interface Eligibility<CaseType extends CaseTypeFacts = CaseTypeFacts> {
  readonly caseType: CaseType;
  /** Every unmet condition; empty where the application may be made. */
  readonly unmet: readonly UnmetCondition[];
  /** The judgement of the case type's rule; null where it has none. */
  readonly judgement: Answer | null;
  /** Unknown where nothing is unmet and facts are missing. */
  readonly truth: Truth;
}

/** Returns the day of an application in Asia/Shanghai. */
export function dayOfApplication({ on }: Pick<StatedApplication, 'on'>, now: Date): string {
  return on ?? dayInShanghai(now);
}

/** Checks statements against a case type, by the same rules and on the same day as a submission. */
export function checkEligibility<CaseType extends CaseTypeFacts>(
  caseType: CaseType,
  stated: StatedApplication,
  now: Date,
): Eligibility<CaseType> {
  const on = dayOfApplication(stated, now);
  const child = stated.child && childOf(stated.child.bornOn, caseType, on);
  const unmet = unmetConditions({
    ...stated,
    caseType,
    on,
    hasApplied: false,
    documents: new Set(stated.documents),
    askedFor: new Set(),
    child,
  });
  const documentOf = (wanted: string | null) => caseType.requiredDocuments.find(({ code }) => code === wanted) ?? null;
  // A statement of its own field goes before one in `facts`.
  const facts = { REGISTRY: {}, STATED: { ...stated.facts, ...factsOf({ ...stated, child }) } };
  const judgement = caseType.rule ? answerTo(caseType.rule, facts, on, PERSON_FACTS) : null;
  return {
    caseType,
    unmet: unmet.map((each) => ({ ...each, document: documentOf(each.document) })),
    judgement,
    truth: unmet.length > 0 ? 'NOT_MET' : (judgement?.truth ?? 'MET'),
  };
}
