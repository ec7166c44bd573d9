import { dayInShanghai } from '../../../domain/calendar/day.ts';
import { agreementStatusOn } from '../../../domain/linkages/agreement.ts';
import { INAPPLICABILITY } from '../../../domain/linkages/coverage.ts';
import { termsOf } from '../../../domain/rules/parts.ts';
import { localizedField } from '../../../subgraph/context.ts';
import type {
  AgreementPartyResolvers,
  AgreementResolvers,
  CoverageStepResolvers,
  CoverageTermResolvers,
  InapplicabilityReasonResolvers,
  LinkageGroupResolvers,
  PolicyApplicationResolvers,
  PolicyCoverageResolvers,
} from '../generated/types.ts';
import { knownAgreement, knownCoverage } from '../known.ts';
import { ledgerOf } from '../ledgers/ledgers.ts';
import { agreementChanges } from './agreement-terms.ts';

export const Agreement: AgreementResolvers = {
  ...agreementChanges,
  title: localizedField(({ title }) => title),
  status: ({ status, validTo: to }, _, { request }) => agreementStatusOn({ status, to }, dayInShanghai(request.now)),
  ledger: (agreement, _, context) => ledgerOf(agreement, context),
  coverages: ({ id }, _, { store }) => store.coverages.ofAgreement(id),
};

export const AgreementParty: AgreementPartyResolvers = {
  zone: ({ zoneId }) => ({ id: zoneId }),
};

export const LinkageGroup: LinkageGroupResolvers = {
  name: localizedField(({ name }) => name),
  zones: ({ zoneIds }) => zoneIds.map((id) => ({ id })),
};

export const PolicyCoverage: PolicyCoverageResolvers = {
  policy: ({ policyId }) => ({ id: policyId }),
  policyVersion: ({ policyVersion }) => policyVersion.number,
  fromZone: ({ fromZoneId }) => ({ id: fromZoneId }),
  toZone: ({ toZoneId }) => ({ id: toZoneId }),
  terms: ({ rule }) => (rule === null ? [] : termsOf(rule.when)),
  agreement: ({ agreementId }, _, { store }) => knownAgreement(store, agreementId),
};

export const CoverageTerm: CoverageTermResolvers = {
  text: localizedField(({ text }) => text),
};

export const CoverageStep: CoverageStepResolvers = {
  coverage: ({ coverageId }, _, { store }) => knownCoverage(store, coverageId),
  agreement: ({ agreementId }, _, { store }) => knownAgreement(store, agreementId),
};

export const PolicyApplication: PolicyApplicationResolvers = {
  policy: ({ policyId, failed }) => (failed.some(({ code }) => code === 'POLICY_NOT_FOUND') ? null : { id: policyId }),
  reasons: ({ applies, failed }) => (applies ? [] : failed),
};

export const InapplicabilityReason: InapplicabilityReasonResolvers = {
  message: localizedField(({ code }) => INAPPLICABILITY[code]),
  coverage: ({ coverageId }, _, { store }) => (coverageId === null ? null : knownCoverage(store, coverageId)),
};
