/** Eligibility check before there is a case, from a client's statements. Nothing of it is stored. */

import { dayInShanghai } from '../calendar/day.ts';
import { type ArrangedCaseType, onPolicy, type PolicyBasis } from '../case-types/arrangement.ts';
import type { CaseArrangement, CaseTypeFacts, RequiredDocument } from '../case-types/case-type.ts';
import { PERSON_FACTS } from '../case-types/terms.ts';
import type { Declared } from '../cases/file.ts';
import { cardOf, recognisingJudge, withCard } from '../linkages/recognised-facts.ts';
import type { CountedRecognition, RecognitionsAtHand } from '../linkages/recognition.ts';
import type { Localized } from '../locale.ts';
import { birthDateIn, residentIdFault } from '../people/resident-id.ts';
import type { CopiedPolicy } from '../policies/policy-version.ts';
import type { Answer, SourcedFacts } from '../rules/answer.ts';
import type { Truth } from '../rules/evaluate.ts';
import type { Facts } from '../rules/rule.ts';
import type { Viewer } from '../viewer.ts';
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
  /** The facts of the applicant that somebody vouches for. They go before statements. */
  readonly registered: Facts;
}

/** Returns the facts that the issuer of an applicant's token confirms: the birth date in their identity number. */
export function registeredFacts(viewer: Viewer): Facts {
  const idNumber = viewer.kind === 'applicant' ? viewer.idNumber : undefined;
  return idNumber !== undefined && residentIdFault(idNumber) === null ? { bornOn: birthDateIn(idNumber) } : {};
}

export interface UnmetCondition {
  readonly code: EligibilityCode;
  readonly reason: Localized;
  /** The missing document; null for conditions without one. */
  readonly document: RequiredDocument | null;
}

export interface Eligibility<CaseType extends CaseTypeFacts = CaseTypeFacts> {
  readonly caseType: CaseType;
  /** The arrangement that holds for the application; null where the case type itself does. */
  readonly arrangement: CaseArrangement | null;
  /** The policy version that the terms rest on; null where the case type names no policy. */
  readonly basis: PolicyBasis | null;
  /** Every unmet condition; empty where the application may be made. */
  readonly unmet: readonly UnmetCondition[];
  /** The judgement of the case type's rule; null where it has none. */
  readonly judgement: Answer | null;
  /** The recognitions by which a talent card of another zone counts, or could. */
  readonly recognitions: readonly CountedRecognition[];
  /** Unknown where nothing is unmet and facts are missing. */
  readonly truth: Truth;
}

/** Returns the day of an application in Asia/Shanghai. */
export function dayOfApplication({ on }: Pick<StatedApplication, 'on'>, now: Date): string {
  return on ?? dayInShanghai(now);
}

/** Returns the facts that a statement tells beside the child's age, for the choice of an arrangement. */
export function placeOfApplication(stated: Omit<StatedApplication, 'registered'>) {
  return { zoneId: stated.zoneId, facts: { ...stated.facts, ...factsOf({ ...stated, child: null }) } };
}

/** Returns the facts of an application by their sources. A statement of its own field goes before one in `facts`. */
function sourcesOf(stated: StatedApplication, child: { readonly age: number } | null): SourcedFacts {
  return { REGISTRY: stated.registered, STATED: { ...stated.facts, ...factsOf({ ...stated, child }) } };
}

/** Returns whether an application tells of a talent card of another zone than its own. */
export function hasCardOfOthers(stated: StatedApplication): boolean {
  return cardOf(sourcesOf(stated, null)).some(({ zoneId }) => zoneId !== stated.zoneId);
}

/** The data that an application is judged by, beside its own statements. */
export interface EligibilityGrounds {
  readonly arranged: ArrangedCaseType;
  /** The copy of the policy that `arranged` names; null where there is none. */
  readonly policy: CopiedPolicy | null;
  /** The recognitions of talent cards that the zone of the application gives. */
  readonly recognised: RecognitionsAtHand;
}

/** Checks statements against a case type, by the same rules and on the same day as a submission. */
export function checkEligibility<CaseType extends CaseTypeFacts>(
  of: CaseType,
  { arranged, policy, recognised }: EligibilityGrounds,
  stated: StatedApplication,
  now: Date,
): Eligibility<CaseType> {
  const on = dayOfApplication(stated, now);
  const caseType = onPolicy(arranged, policy, { zoneId: stated.zoneId, on });
  const { basis = null } = caseType;
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
  const sources = sourcesOf(stated, child);
  const granted = cardOf(sources);
  const { judge, by } = recognisingJudge(
    {
      ...{ granted, homeZoneIds: [stated.zoneId], on, vocabulary: PERSON_FACTS },
      factsWith: (kinds) => withCard(sources, granted, kinds),
    },
    recognised,
  );
  const judgement = caseType.rule ? judge(caseType.rule) : null;
  return {
    caseType: of,
    arrangement: of.arrangements?.find(({ code }) => code === arranged.arrangement) ?? null,
    basis,
    unmet: unmet.map((each) => ({ ...each, document: documentOf(each.document) })),
    judgement,
    recognitions: caseType.rule ? by : [],
    truth: unmet.length > 0 ? 'NOT_MET' : (judgement?.truth ?? (basis?.isRecorded === false ? 'UNKNOWN' : 'MET')),
  };
}
