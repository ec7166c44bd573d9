import { dayInShanghai } from '../../domain/calendar/day.ts';
import { versionInForce } from '../../domain/policies/policy-version.ts';
import { termsOf } from '../../domain/rules/parts.ts';
import { localizedField } from '../../subgraph/context.ts';
import type {
  AuthorityResolvers,
  ClauseResolvers,
  FinancialProductResolvers,
  PolicyPackageResolvers,
  PolicyResolvers,
  PolicyTermResolvers,
  PolicyTermsResolvers,
  PolicyVersionResolvers,
  RuleSampleResolvers,
} from './generated/types.ts';

export const Policy: PolicyResolvers = {
  title: localizedField(({ title }) => title),
  homeZones: ({ homeZoneIds }, _, { store }) => store.zones.byId.loadMany(homeZoneIds),
  versions: ({ id, versions }) => versions.map((version) => ({ ...version, policyId: id })),
  inForceOn: ({ id, versions }, { date }, { request }) => {
    const version = versionInForce(versions, date ?? dayInShanghai(request.now));
    return version ? { ...version, policyId: id } : null;
  },
};

export const PolicyVersion: PolicyVersionResolvers = {
  clauses: async ({ policyId, number }, _, { store }) =>
    (await store.policies.clausesOf.load({ policyId, number }))?.clauses ?? [],
  terms: ({ terms }) => terms ?? null,
};

export const PolicyTerms: PolicyTermsResolvers = {
  terms: ({ rule }) => (rule ? termsOf(rule.when) : []),
};

export const PolicyTerm: PolicyTermResolvers = {
  text: localizedField(({ text }) => text),
  clause: ({ clause }) => clause ?? null,
};

export const RuleSample: RuleSampleResolvers = {
  on: ({ asked }) => asked,
};

export const Clause: ClauseResolvers = {
  text: localizedField(({ text }) => text),
};

export const PolicyPackage: PolicyPackageResolvers = {
  title: localizedField(({ title }) => title),
  contents: localizedField(({ contents }) => contents ?? null),
  products: ({ products }) => products ?? [],
};

export const FinancialProduct: FinancialProductResolvers = {
  name: localizedField(({ name }) => name),
  lender: localizedField(({ lender }) => lender),
  eligibility: localizedField(({ eligibility }) => eligibility),
};

export const Authority: AuthorityResolvers = {
  name: localizedField(({ name }) => name),
  zone: ({ zoneId }, _, { store }) => (zoneId === null ? null : store.zones.byId.load(zoneId)),
};
