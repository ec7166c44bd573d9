import { IDENTITY_LABELS } from '../../domain/cases/words.ts';
import type { IdentityFacts } from '../../domain/identity.ts';
import { localizedField } from '../../subgraph/localized.ts';
import type { CaseIdentityResolvers } from './generated/types.ts';

const stateOf = ({ verifiedBy }: IdentityFacts) => (verifiedBy === null ? 'NOT_VERIFIED' : 'VERIFIED');

export const CaseIdentity: CaseIdentityResolvers = {
  state: stateOf,
  stateLabel: localizedField((identity: IdentityFacts) => IDENTITY_LABELS[stateOf(identity)]),
};
