import { decideOpening, type OpeningRefusalCode } from '../../domain/case-open.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import type { MutationResolvers } from './generated/types.ts';

export const openCase: NonNullable<MutationResolvers['openCase']> = async (
  _,
  { input },
  { viewer, store, request },
) => {
  const call = onceRequest('openCase', input, request.now);
  const { caseType: caseTypeId, zone, park, enterprise, child, residenceZone, ownsDwelling, ...stated } = input;
  const opening = {
    ...stated,
    zoneId: zone,
    parkId: park ?? null,
    enterpriseId: enterprise ?? null,
    child: child ?? null,
    declared: { residenceZoneId: residenceZone ?? null, ownsDwelling: ownsDwelling ?? null },
  };
  const decision = await once(call, {
    load: () => store.caseChanges.loadOpening(call, caseTypeId),
    decide: ({ caseType, names }) => decideOpening(opening, caseType, viewer, names, request.now),
    commit: (beginning, loaded) => store.caseChanges.open(call, loaded, beginning),
    again: (answer) => store.caseChanges.answered(answer),
    done: (beginning) => store.caseChanges.opened(beginning),
  });
  if (decision.ok) return { case: decision.value, userErrors: [] };
  return { case: null, userErrors: userErrors(decision.refusals, CODES) };
};

const CODES = {
  ...ONCE_CODES,
  UNKNOWN_CASE_TYPE: 'NOT_FOUND',
  NOT_AN_APPLICANT: 'NOT_ALLOWED',
  INVALID_ID: 'INVALID',
  INVALID_NAME: 'INVALID',
  INVALID_ID_NUMBER: 'INVALID',
  INVALID_PHONE: 'INVALID',
  INVALID_CHILD: 'INVALID',
  INVALID_RELATION: 'INVALID',
  ID_NUMBER_IN_USE: 'NOT_ALLOWED',
} as const satisfies Record<OpeningRefusalCode | OnceRefusal, UserErrorCode>;
