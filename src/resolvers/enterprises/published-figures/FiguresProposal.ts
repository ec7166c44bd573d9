import { stateOf } from '../../../domain/published-figures/proposal.ts';
import type {
  FiguresProposalResolvers,
  ProposedDayResolvers,
  ProposedEnterpriseResolvers,
  ProposedFiguresResolvers,
  ProposedReportResolvers,
} from '../generated/types.ts';
import type { FiguresOfDay } from '../parents.ts';
import { present } from '../present.ts';
import { figuresFields } from './figures.ts';

export const FiguresProposal: FiguresProposalResolvers = {
  park: ({ parkId }) => ({ id: parkId }),
  state: (proposal, _, { request }) => stateOf(proposal, request.now),
  mine: ({ proposedBy }, _, { viewer }) => viewer.kind === 'officer' && viewer.person === proposedBy,
  decidedAt: ({ decidedAt }) => decidedAt ?? null,
  decisionReason: ({ decisionReason }) => decisionReason ?? null,
  appliedAt: ({ appliedAt }) => appliedAt ?? null,
  enterprises: ({ changes }) => changes,
};

export const ProposedDay: ProposedDayResolvers = {
  revision: ({ revision }) => (revision === 0 ? null : revision),
};

export const ProposedFigures: ProposedFiguresResolvers = figuresFields<FiguresOfDay>((figures) => figures);

export const ProposedEnterprise: ProposedEnterpriseResolvers = {
  enterprise: async ({ enterpriseId }, _, { store }) =>
    present(await store.enterprises.byId.load(enterpriseId), enterpriseId),
  settledDays: ({ settledDays }) => settledDays ?? null,
};

export const ProposedReport: ProposedReportResolvers = {
  on: ({ day }) => day,
  isWithdrawn: ({ isWithdrawn }) => isWithdrawn ?? false,
};
