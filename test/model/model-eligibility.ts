/** What an application lacks, read once more. */

import type { EligibilityCode } from '../../src/domain/eligibility/eligibility.ts';
import {
  appliedOn,
  asksFor,
  documentOf,
  hasHappened,
  type ModelCase,
  openedOn,
  owedOf,
  yearsOld,
} from './model-case.ts';

/** Codes of all that is missing on a day. */
export function unmetOf(c: ModelCase, today: string): readonly string[] {
  const { window, requiredDocuments, kind, childAgeOn } = c.type;
  const { childBornOn, declared } = c;
  const on = appliedOn(c) ?? today;
  const age = childBornOn === null ? null : yearsOld(childBornOn, childAgeOn ?? openedOn(c));
  const isYoung = childBornOn !== null && yearsOld(childBornOn, openedOn(c)) < 14;
  const isThere = (code: string) => ['RECEIVED', 'CHECKED'].includes(documentOf(c, code).status);
  const lacks: Readonly<Record<EligibilityCode | 'TERM_NOT_MET', boolean>> = {
    ZONE_NOT_SERVED: c.type.zoneIds !== undefined && appliedOn(c) === null && !c.type.zoneIds.includes(c.firstZone),
    POLICY_NOT_IN_FORCE: false,
    WINDOW_NOT_OPEN: window !== null && on < window.opensOn,
    WINDOW_CLOSED: window !== null && on > window.closesOn,
    CHILD_MISSING: kind === 'SCHOOLING' && childBornOn === null,
    CONSENT_MISSING: isYoung && !hasHappened(c, 'CONSENT_GIVEN'),
    TERM_NOT_MET:
      (asksFor(c, 'six') && age !== null && (age < 6 || age >= 12)) ||
      (asksFor(c, 'recommended') && !hasHappened(c, 'RECOMMENDED')) ||
      // The zone that the applicant applied in counts, also after a transfer.
      (asksFor(c, 'resides') && declared.residenceZoneId !== c.firstZone) ||
      (asksFor(c, 'no-dwelling') && declared.ownsDwelling !== false),
    DOCUMENT_MISSING:
      requiredDocuments.some(({ code, required }) => required && !isThere(code)) || owedOf(c).length > 0,
  };
  return Object.entries(lacks).flatMap(([code, isLacking]) => (isLacking ? [code] : []));
}
