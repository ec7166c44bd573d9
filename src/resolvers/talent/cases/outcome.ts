import type { OutcomeRecord } from '../../../domain/cases/file.ts';
import { CodedError } from '../../../errors.ts';
import { localizedText } from '../../../subgraph/context.ts';
import type { OutcomeInput } from '../generated/types.ts';

/** Returns the outcome of a case, with its document. Throws BAD_USER_INPUT unless exactly one is given. */
export function outcomeOf(outcome: OutcomeInput | null | undefined, documentSha256: string): OutcomeRecord | null {
  if (!outcome) return null;
  const { hukouPermit = null, housingOffer = null, schoolPlace = null } = outcome;
  if ([hukouPermit, housingOffer, schoolPlace].filter((given) => given !== null).length !== 1) {
    throw new CodedError('BAD_USER_INPUT', 'Give exactly one outcome: a permit, an offer or a place.');
  }
  if (hukouPermit) {
    const { permitNumber, validTo } = hukouPermit;
    return { kind: 'HukouPermit', permitNumber: permitNumber ?? null, validTo: validTo ?? null, documentSha256 };
  }
  if (housingOffer) {
    const { facilityKind, amount } = housingOffer;
    return { kind: 'HousingOffer', facilityKind, amount: amount == null ? null : String(amount), documentSha256 };
  }
  if (schoolPlace) {
    const { schoolName, schoolYear } = schoolPlace;
    return { kind: 'SchoolPlace', schoolName: localizedText(schoolName), schoolYear, documentSha256 };
  }
  return null;
}
