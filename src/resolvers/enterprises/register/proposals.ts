/** Changes that officers make and clerks propose: their commands, and the fields of proposals. */
import type { RegisterCommandOf } from '../../../domain/register/command.ts';
import type { Stated, StatedOf } from '../../../domain/register/proposal.ts';
import { localizedField, localizedText } from '../../../subgraph/context.ts';
import type {
  ChangeEnterpriseInput,
  EnterpriseProposalResolvers,
  ProposedFactsResolvers,
  ProposedLeaveResolvers,
  ProposedRevocationResolvers,
} from '../generated/types.ts';

/** Returns the command of a stated change. */
export function stating(
  { version }: { readonly version: number },
  parkId: string | null,
  stated: Stated,
): RegisterCommandOf<'STATE'> {
  return { action: 'STATE', version, parkId, stated };
}

/** Returns the facts that an input states. */
export function statedFacts(input: ChangeEnterpriseInput): StatedOf<'FACTS'>['facts'] {
  const { name, industryCode, sector, sizeClass, staffCount } = input;
  return {
    ...(name && { name: localizedText(name) }),
    ...(industryCode != null && { industryCode }),
    ...(sector && { sector }),
    ...(sizeClass && { sizeClass }),
    ...(staffCount != null && { staffCount }),
  };
}

export const EnterpriseProposal: EnterpriseProposalResolvers = {
  facts: ({ stated }) => (stated.kind === 'FACTS' ? stated.facts : null),
  kind: ({ stated }) => stated.kind,
  leave: ({ stated }) => (stated.kind === 'LEAVE' ? stated : null),
  qualification: ({ stated }) => (stated.kind === 'QUALIFICATION' ? stated.qualification : null),
  revocation: ({ stated }) => (stated.kind === 'REVOCATION' ? stated : null),
  site: ({ stated }) => (stated.kind === 'SITE' ? stated.site : null),
  supplyLink: ({ stated }) => (stated.kind === 'SUPPLY_LINK' ? stated.link : null),
};

export const ProposedFacts: ProposedFactsResolvers = {
  name: localizedField(({ name }) => name ?? null),
};

export const ProposedRevocation: ProposedRevocationResolvers = {
  kind: ({ qualificationKind }) => qualificationKind,
};

export const ProposedLeave: ProposedLeaveResolvers = {
  park: ({ parkId }) => ({ id: parkId }),
};
