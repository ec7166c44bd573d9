/** What an application lacks, read once more. */

import type { EligibilityCode } from '../../src/domain/eligibility/eligibility.ts';
import { appliedOn, documentOf, hasHappened, type ModelCase, openedOn, owedOf, yearsOld } from './model-case.ts';

/** Codes of all that is missing on a day. */
export function unmetOf(c: ModelCase, today: string): readonly string[] {
  const { window, conditions = {}, requiredDocuments, kind } = c.type;
  const { childAge, recommendation, residenceInZone, noOwnDwelling } = conditions;
  const { childBornOn, declared } = c;
  const on = appliedOn(c) ?? today;
  const age = childBornOn === null ? null : yearsOld(childBornOn, childAge?.on ?? openedOn(c));
  const isYoung = childBornOn !== null && yearsOld(childBornOn, openedOn(c)) < 14;
  const isThere = (code: string) => ['RECEIVED', 'CHECKED'].includes(documentOf(c, code).status);
  const lacks: Readonly<Record<EligibilityCode, boolean>> = {
    ZONE_NOT_SERVED: c.type.zoneIds !== undefined && appliedOn(c) === null && !c.type.zoneIds.includes(c.firstZone),
    WINDOW_NOT_OPEN: window !== null && on < window.opensOn,
    WINDOW_CLOSED: window !== null && on > window.closesOn,
    CHILD_MISSING: (kind === 'SCHOOLING' || childAge !== undefined) && childBornOn === null,
    CHILD_TOO_YOUNG: childAge !== undefined && age !== null && age < childAge.atLeast,
    CHILD_TOO_OLD: childAge !== undefined && age !== null && age >= childAge.below,
    CONSENT_MISSING: isYoung && !hasHappened(c, 'CONSENT_GIVEN'),
    RECOMMENDATION_MISSING: recommendation === true && !hasHappened(c, 'RECOMMENDED'),
    // Where they had applied: being passed on to another zone takes nothing from anybody.
    RESIDENCE_ELSEWHERE: residenceInZone === true && declared.residenceZoneId !== c.firstZone,
    OWNS_DWELLING: noOwnDwelling === true && declared.ownsDwelling !== false,
    DOCUMENT_MISSING:
      requiredDocuments.some(({ code, required }) => required && !isThere(code)) || owedOf(c).length > 0,
  };
  return Object.entries(lacks).flatMap(([code, isLacking]) => (isLacking ? [code] : []));
}
