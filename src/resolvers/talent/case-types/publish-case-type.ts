import { decidePublishing } from '../../../domain/case-types/publishing.ts';
import type { StatedArrangement, StatedCaseType } from '../../../domain/case-types/stated-case-type.ts';
import type { PublishingRefusalCode, StatedDocument } from '../../../domain/case-types/stated-parts.ts';
import { statedSample } from '../../../subgraph/judgement.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type {
  CaseArrangementInput,
  DocumentRequirementInput,
  MutationResolvers,
  PublishCaseTypeInput,
} from '../generated/types.ts';

export const publishCaseType: NonNullable<MutationResolvers['publishCaseType']> = async (
  _,
  { input },
  { viewer, store, request },
) => {
  const call = onceRequest('publishCaseType', input, request.now);
  const stated = statedCaseType(input);
  const decision = await once(call, {
    load: () => store.caseTypeChanges.load(call, stated),
    decide: ({ before }) => decidePublishing(stated, before, viewer, request.now),
    commit: (version, loaded) => store.caseTypeChanges.publish(call, loaded, version),
    again: (answer) => store.caseTypeChanges.answered(answer),
    done: (version) => version,
  });
  if (decision.ok) return { caseType: decision.value, userErrors: [] };
  return { caseType: null, userErrors: userErrors(decision.refusals, CODES) };
};

function statedCaseType(input: PublishCaseTypeInput): StatedCaseType {
  const {
    idempotencyKey: _,
    caseType,
    version,
    policy,
    window,
    childAgeOn,
    requiredDocuments,
    zones,
    rule,
    samples,
    arrangements,
    ...rest
  } = input;
  return {
    ...rest,
    requiredDocuments: requiredDocuments.map(statedDocument),
    id: caseType,
    seen: version ?? null,
    policyId: policy ?? null,
    window: window ?? null,
    ...(childAgeOn && { childAgeOn }),
    ...(zones && { zoneIds: zones }),
    ...(rule && { rule }),
    ...(samples && { samples: samples.map(statedSample) }),
    ...(arrangements && { arrangements: arrangements.map(statedArrangement) }),
  };
}

function statedArrangement(input: CaseArrangementInput): StatedArrangement {
  const { code, name, zones, applicants, policy, window, childAgeOn, requiredDocuments, limits, rule, samples } = input;
  return {
    code,
    name,
    ...(zones && { zoneIds: zones }),
    ...(applicants && { applicants }),
    ...(policy && { policyId: policy }),
    ...(window && { window }),
    ...(childAgeOn && { childAgeOn }),
    ...(requiredDocuments && { requiredDocuments: requiredDocuments.map(statedDocument) }),
    ...(limits && { limits }),
    ...(rule && { rule }),
    ...(samples && { samples: samples.map(statedSample) }),
  };
}

function statedDocument({ maxBytes, mediaTypes, ...document }: DocumentRequirementInput): StatedDocument {
  return { ...document, ...(maxBytes == null ? {} : { maxBytes }), ...(mediaTypes ? { mediaTypes } : {}) };
}

const CODES = {
  ...ONCE_CODES,
  NOT_YOURS: 'NOT_ALLOWED',
  INVALID_ID: 'INVALID',
  UNKNOWN_CASE_TYPE: 'NOT_FOUND',
  CASE_TYPE_EXISTS: 'ALREADY_EXISTS',
  OTHER_VERSION: 'VERSION_CONFLICT',
  OTHER_ROUTE: 'NOT_ALLOWED',
  INVALID_ROUTE: 'INVALID',
  INVALID_NAME: 'INVALID',
  INVALID_DOCUMENTS: 'INVALID',
  INVALID_AGENCIES: 'INVALID',
  INVALID_WINDOW: 'INVALID',
  INVALID_LIMITS: 'INVALID',
  INVALID_RETENTION: 'INVALID',
  INVALID_POLICY: 'INVALID',
  INVALID_ZONES: 'INVALID',
  INVALID_RULE: 'INVALID',
  INVALID_ARRANGEMENT: 'INVALID',
} as const satisfies Record<PublishingRefusalCode | OnceRefusal, UserErrorCode>;
