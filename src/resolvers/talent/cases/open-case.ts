import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { decideOpening, type OpeningRefusalCode } from '../../../domain/cases/open.ts';
import { factsOf } from '../../../domain/eligibility/terms.ts';
import type { CaseItem } from '../../../storage/talent/items.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { issueSecret } from './receipt-secret.ts';

export const openCase: NonNullable<MutationResolvers['openCase']> = async (
  _,
  { input },
  { viewer, store, request, log },
) => {
  const call = onceRequest('openCase', input, request.now);
  const {
    caseType: caseTypeId,
    zone,
    counterZone,
    park,
    enterprise,
    child,
    residenceZone,
    ownsDwelling,
    localHukou,
    applicant,
    ...stated
  } = input;
  const opening = {
    ...stated,
    applicant: { ...applicant, idNumber: applicant.idNumber ?? null },
    zoneId: zone,
    counterZoneId: counterZone ?? null,
    parkId: park ?? null,
    enterpriseId: enterprise ?? null,
    child: child ?? null,
    declared: {
      residenceZoneId: residenceZone ?? null,
      ownsDwelling: ownsDwelling ?? null,
      ...(localHukou == null ? {} : { localHukou }),
    },
  };
  const where = {
    zoneId: zone,
    enterpriseId: opening.enterpriseId,
    facts: factsOf({ ...opening, recommended: false, child: null }),
  };
  const decision = await once(call, {
    load: async () => {
      const on = dayInShanghai(request.now);
      const between = counterZone == null ? null : store.agreements.between(zone, counterZone, on);
      const [loaded, agreement] = await Promise.all([store.caseChanges.loadOpening(call, caseTypeId, where), between]);
      return { ...loaded, agreement };
    },
    decide: (grounds) => decideOpening(opening, grounds, viewer, request.now),
    commit: (beginning, loaded) => store.caseChanges.open(call, loaded, beginning),
    again: async (answer) => ({ of: await store.caseChanges.answered(answer), isNew: false }),
    done: (beginning) => ({ of: store.caseChanges.opened(beginning), isNew: true }),
  });
  if (decision.ok) {
    const { of, isNew } = decision.value;
    return { case: of, receiptSecret: isNew ? await firstSecret(store, of, log) : null, userErrors: [] };
  }
  return { case: null, receiptSecret: null, userErrors: userErrors(decision.refusals, CODES) };
};

/**
 * Makes the first secret. The case exists already and its applicant can renew the secret, so a failure doesn't fail the
 * mutation.
 */
async function firstSecret(store: Context['store'], of: CaseItem, log: Context['log']): Promise<string | null> {
  try {
    return await issueSecret(store, of);
  } catch (error) {
    log.error('a case was opened without a secret', {}, error);
    return null;
  }
}

const CODES = {
  ...ONCE_CODES,
  UNKNOWN_CASE_TYPE: 'NOT_FOUND',
  NOT_AN_APPLICANT: 'NOT_ALLOWED',
  INVALID_ID: 'INVALID',
  EMPLOYER_ENDED: 'ENTERPRISE_ENDED',
  INVALID_NAME: 'INVALID',
  INVALID_ID_NUMBER: 'INVALID',
  INVALID_PHONE: 'INVALID',
  INVALID_CHILD: 'INVALID',
  INVALID_RELATION: 'INVALID',
  OTHER_NUMBER_VERIFIED: 'NOT_ALLOWED',
  INVALID_ZONE: 'INVALID',
  NO_AGREEMENT: 'NO_AGREEMENT',
} as const satisfies Record<OpeningRefusalCode | OnceRefusal, UserErrorCode>;
