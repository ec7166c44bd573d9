import type { ClauseRecord, PolicyFacts } from '../../../domain/policies/policy.ts';
import { decidePolicyVersion } from '../../../domain/policies/publishing.ts';
import type { PolicyTerms } from '../../../domain/policies/terms.ts';
import type { PublishPolicyVersionInput } from '../../../resolvers/parks/generated/types.ts';
import { statedVersion } from '../../../resolvers/parks/publish-policy.ts';
import { termsOf, termsOfAny } from '../rules/stored-rule.ts';
import { ADMIN, accepted, atFirstUse, publisherOf, storyInputs } from '../story/inputs.ts';

/** Synthetic policies that case types implement or coverages carry to other zones. */
export const SAMPLE_HUKOU = 'policy_sample-talent-hukou';
export const SAMPLE_HOUSING = 'policy_sample-talent-housing';
export const SAMPLE_SCHOOLING = 'policy_sample-schooling';
export const SAMPLE_RENT_RELIEF = 'policy_sample-teda-rent-relief';
export const SAMPLE_VOUCHER = 'policy_sample-innovation-voucher';
export const SAMPLE_PILOT = 'policy_sample-pilot-scenes';
export const SAMPLE_CERTIFICATE = 'policy_sample-site-recognition';

export interface DemoPolicy {
  readonly facts: PolicyFacts;
  readonly clauses: { readonly number: number; readonly list: readonly ClauseRecord[] } | null;
}

/** Assumed for measures whose terms nothing is known of. */
const OPEN_TO_ALL: PolicyTerms = { rule: null, samples: [] };

/** Returns the terms of the policies that have some, from the rules that case types use too. */
const terms = atFirstUse(
  (): Readonly<Record<string, PolicyTerms>> => ({
    'caiyu-2015-92': termsOf('caiyu-2015-92'),
    'tianjin-16-measures': termsOf('sixteen-measures'),
    'tianjin-key-platforms': termsOf('key-platforms'),
    'sample-talent-hukou': termsOfAny(
      ['hukou-academic', 'hukou-qualification', 'hukou-skill', 'hukou-entrepreneur', 'hukou-urgently-needed'],
      { degree: 'NONE', title: 'NONE', skill: 'NONE', equityShare: 0, recommended: false },
    ),
    'sample-talent-housing': termsOfAny(
      ['housing-talent-apartment', 'housing-public-rental', 'housing-rent-subsidy', 'housing-purchase-subsidy'],
      { degree: 'NONE', isEmployed: false, ownsDwelling: true },
    ),
    'sample-schooling': termsOfAny(['schooling-kindergarten', 'schooling-primary-school'], { childAge: 2 }),
  }),
);

/** Returns the policies of the story, and synthetic ones. The file has no terms: it would repeat the rules. */
export const policies = atFirstUse((): readonly DemoPolicy[] =>
  storyInputs<PublishPolicyVersionInput>('policies.jsonl').map((input) => {
    const stated = { ...statedVersion(input), terms: terms()[input.code] ?? OPEN_TO_ALL };
    const viewer = stated.issuer.zoneId === null ? ADMIN : publisherOf(stated.issuer.zoneId);
    const { policy, clauses } = accepted(decidePolicyVersion(stated, null, { viewer, isZoneKnown: () => true }));
    return { facts: policy, clauses };
  }),
);
