import {
  decidePolicyVersion,
  decideWithdrawal,
  MAX_HOME_ZONES,
  type StatedPolicyVersion,
} from '../../domain/policies/publishing.ts';
import { localizedText } from '../../subgraph/context.ts';
import { statedSample } from '../../subgraph/judgement.ts';
import type {
  MutationResolvers,
  PolicyPackageInput,
  PolicyTermsInput,
  PublishPolicyVersionInput,
} from './generated/types.ts';
import { publishRecord } from './publish-record.ts';

export const publishPolicyVersion: NonNullable<MutationResolvers['publishPolicyVersion']> = async (
  _,
  { input },
  context,
) => {
  const stated = statedVersion(input);
  const { homeZoneIds, issuer } = stated;
  // Longer lists are refused. They cost no more reads than the longest that is not.
  const zones = [...homeZoneIds.slice(0, MAX_HOME_ZONES), ...(issuer.zoneId === null ? [] : [issuer.zoneId])];
  const { record, userErrors } = await publishRecord('publishPolicyVersion', input, context, {
    records: context.store.records.policies,
    load: (records, call) => records.load(call, `policy_${stated.code}`, [...new Set(zones)]),
    decide: ({ before, known }) =>
      decidePolicyVersion(stated, before, {
        viewer: context.viewer,
        isZoneKnown: (id) => known.get(id)?.type === 'Zone',
      }),
  });
  return { policy: record, userErrors };
};

export const withdrawPolicyVersion: NonNullable<MutationResolvers['withdrawPolicyVersion']> = async (
  _,
  { input },
  context,
) => {
  const { record, userErrors } = await publishRecord('withdrawPolicyVersion', input, context, {
    records: context.store.records.policies,
    load: (records, call) => records.load(call, input.policy),
    decide: ({ before }) => decideWithdrawal({ seen: input.version, number: input.number }, before, context.viewer),
  });
  return { policy: record, userErrors };
};

/** Returns a policy's version as an input states it. */
export function statedVersion(input: PublishPolicyVersionInput): StatedPolicyVersion {
  const { code, title, issuer, homeZones, subject, packages, validFrom, validTo, documentNumber, clauses, terms } =
    input;
  return {
    code,
    seen: input.version ?? null,
    title: localizedText(title),
    issuer: {
      code: issuer.code,
      name: localizedText(issuer.name),
      level: issuer.level,
      zoneId: issuer.zone ?? null,
    },
    homeZoneIds: homeZones,
    subject,
    packages: (packages ?? []).map(statedPackage),
    validFrom,
    validTo: validTo ?? null,
    documentNumber: documentNumber ?? null,
    clauses: clauses.map(localizedText),
    terms: terms ? statedTerms(terms) : null,
  };
}

function statedTerms({ rule, samples }: PolicyTermsInput): StatedPolicyVersion['terms'] {
  return {
    rule: rule ?? null,
    samples: (samples ?? []).map(statedSample),
  };
}

function statedPackage({
  kind,
  title,
  contents,
  products,
}: PolicyPackageInput): StatedPolicyVersion['packages'][number] {
  return {
    kind,
    title: localizedText(title),
    contents: contents ? localizedText(contents) : null,
    products: (products ?? []).map(({ name, lender, amount, termMonths, eligibility }) => ({
      name: localizedText(name),
      lender: localizedText(lender),
      amount: amount == null ? null : String(amount),
      termMonths: termMonths ?? null,
      eligibility: localizedText(eligibility),
    })),
  };
}
