import { dayOfApplication, type StatedApplication } from '../../../domain/eligibility/check.ts';
import { isBirthDateOfChild } from '../../../domain/eligibility/eligibility.ts';
import { CodedError } from '../../../errors.ts';
import { statedFacts } from '../../../subgraph/judgement.ts';
import type { ApplicationInput } from '../generated/types.ts';

/**
 * Converts a stated application to the rules' form.
 * @throws CodedError BAD_USER_INPUT for a birth date that no case could have
 */
export function statedApplication(input: ApplicationInput, now: Date): StatedApplication {
  const { zone, child, residenceZone, ownsDwelling } = input;
  const stated = {
    zoneId: zone,
    on: input.on ?? null,
    documents: input.documents ?? [],
    child: child ?? null,
    recommended: input.recommended === true,
    consented: input.consented === true,
    declared: { residenceZoneId: residenceZone ?? null, ownsDwelling: ownsDwelling ?? null },
    facts: statedFacts(input.facts ?? []),
  };
  if (child && !isBirthDateOfChild(child.bornOn, dayOfApplication(stated, now))) {
    throw new CodedError('BAD_USER_INPUT', 'The child must be born and under age on the day of the application.');
  }
  return stated;
}
