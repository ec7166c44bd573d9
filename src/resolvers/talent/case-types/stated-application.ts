import type { CaseTypeFacts } from '../../../domain/case-types/case-type.ts';
import {
  checkEligibility,
  dayOfApplication,
  hasCardOfOthers,
  placeOfApplication,
  registeredFacts,
  type StatedApplication,
} from '../../../domain/eligibility/check.ts';
import { isBirthDateOfChild } from '../../../domain/eligibility/eligibility.ts';
import { CodedError } from '../../../errors.ts';
import { statedFacts } from '../../../subgraph/judgement.ts';
import type { Context } from '../context.ts';
import type { ApplicationInput } from '../generated/types.ts';
import { ownRegisteredFacts } from '../people/recorded-facts.ts';

/** Judges a stated application under a case type, in its arrangement and by the policy in force. */
export async function eligibilityOf<CaseType extends CaseTypeFacts>(
  caseType: CaseType,
  application: ApplicationInput,
  context: Context,
) {
  const stated = statedApplication(application, context);
  const [arranged, registers] = await Promise.all([
    context.store.caseTypes.arranged(caseType, placeOfApplication(stated)),
    ownRegisteredFacts(context),
  ]);
  const registered = { ...registers, ...registeredFacts(context.viewer) };
  const complete = { ...stated, registered };
  const recognised = hasCardOfOthers(complete)
    ? await context.store.cardRecognitions.by(stated.zoneId)
    : { recognitions: [], agreements: [] };
  return checkEligibility(caseType, { ...arranged, recognised }, complete, context.request.now);
}

/**
 * Converts a stated application to the rules' form.
 * @throws CodedError BAD_USER_INPUT for a birth date that no case could have
 */
function statedApplication(
  input: ApplicationInput,
  { request: { now } }: Context,
): Omit<StatedApplication, 'registered'> {
  const { zone, child, residenceZone, ownsDwelling, localHukou } = input;
  const stated = {
    zoneId: zone,
    on: input.on ?? null,
    documents: input.documents ?? [],
    child: child ?? null,
    recommended: input.recommended ?? false,
    consented: input.consented === true,
    declared: {
      residenceZoneId: residenceZone ?? null,
      ownsDwelling: ownsDwelling ?? null,
      localHukou: localHukou ?? null,
    },
    facts: statedFacts(input.facts ?? []),
  };
  if (child && !isBirthDateOfChild(child.bornOn, dayOfApplication(stated, now))) {
    throw new CodedError('BAD_USER_INPUT', 'The child must be born and under age on the day of the application.');
  }
  return stated;
}
