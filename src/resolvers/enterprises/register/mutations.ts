import { localizedText } from '../../../subgraph/context.ts';
import type { GuardedMutations } from '../../../subgraph/guards.ts';
import type * as given from '../generated/types.ts';
import { commanding } from './change-register.ts';
import { statedFacts, stating } from './proposals.ts';
import { statedLink, statedQualification, statedSite } from './stated-holdings.ts';

/** Mutations that each run one command of the register. */
export const registerMutations = {
  confirmRegistration: commanding<given.EnterpriseVersionInput>('confirmRegistration', ({ version }) => ({
    action: 'CONFIRM_REGISTRATION',
    version,
  })),
  challengeRegistration: commanding<given.ChallengeRegistrationInput>(
    'challengeRegistration',
    ({ version, reason, homeZone }) => ({
      action: 'CHALLENGE_REGISTRATION',
      version,
      reason,
      homeZoneId: homeZone ?? null,
    }),
  ),
  decideChallenge: commanding<given.DecideChallengeInput>('decideChallenge', ({ version, outcome }) => ({
    action: 'DECIDE_CHALLENGE',
    version,
    isUpheld: outcome === 'UPHELD',
  })),
  agreeToAdmission: commanding<given.AgreeToAdmissionInput>('agreeToAdmission', ({ version, park, from }) => ({
    action: 'AGREE_TO_ADMISSION',
    version,
    parkId: park,
    from,
  })),
  recordAdmission: commanding<given.RecordAdmissionInput>('recordAdmission', ({ park, from, kind, staffCount }) => ({
    action: 'RECORD_ADMISSION',
    version: null,
    parkId: park,
    from,
    terms: { kind, staffCount },
  })),
  endAdmission: commanding<given.EndAdmissionInput>('endAdmission', ({ version, park, lastDay }) => ({
    action: 'END_ADMISSION',
    version,
    parkId: park,
    lastDay,
  })),
  requestMove: commanding<given.RequestMoveInput>('requestMove', ({ version, park, keepsSites }) => ({
    action: 'REQUEST_MOVE',
    version,
    parkId: park,
    keepsSites,
  })),
  withdrawMove: commanding<given.EnterpriseVersionInput>('withdrawMove', ({ version }) => ({
    action: 'WITHDRAW_MOVE',
    version,
  })),
  acceptMove: commanding<given.EnterpriseVersionInput>('acceptMove', ({ version }) => ({
    action: 'ACCEPT_MOVE',
    version,
  })),
  handOverEnterprise: commanding<given.EnterpriseVersionInput>('handOverEnterprise', ({ version }) => ({
    action: 'HAND_OVER',
    version,
  })),
  objectToMove: commanding<given.ObjectToMoveInput>('objectToMove', ({ version, reason }) => ({
    action: 'OBJECT_TO_MOVE',
    version,
    reason,
  })),
  changeEnterprise: commanding<given.ChangeEnterpriseInput>('changeEnterprise', (input) =>
    stating(input, null, { kind: 'FACTS', facts: statedFacts(input) }),
  ),
  leavePark: commanding<given.LeaveParkInput>('leavePark', (input) =>
    stating(input, input.park, { kind: 'LEAVE', parkId: input.park, lastDay: input.lastDay }),
  ),
  recordQualification: commanding<given.RecordQualificationInput>('recordQualification', (input) =>
    stating(input, null, { kind: 'QUALIFICATION', qualification: statedQualification(input) }),
  ),
  revokeQualification: commanding<given.RevokeQualificationInput>('revokeQualification', (input) =>
    stating(input, null, {
      kind: 'REVOCATION',
      qualificationKind: input.kind,
      number: input.number ?? null,
      on: input.on,
    }),
  ),
  recordSite: commanding<given.RecordSiteInput>('recordSite', (input, { request }) =>
    stating(input, null, statedSite(input, request.now)),
  ),
  closeSite: commanding<given.CloseSiteInput>('closeSite', (input) =>
    stating(input, null, { kind: 'SITE_CLOSURE', siteId: input.site }),
  ),
  recordSupplyLink: commanding<given.RecordSupplyLinkInput>('recordSupplyLink', async (input, context) => {
    const link = { ...(await statedLink(input, context)), goods: localizedText(input.goods) };
    return stating(input, null, { kind: 'SUPPLY_LINK', link });
  }),
  endSupplyLink: commanding<given.EndSupplyLinkInput>('endSupplyLink', async (input, context) =>
    stating(input, null, { kind: 'SUPPLY_LINK_END', link: await statedLink(input, context) }),
  ),
  decideEnterpriseProposal: commanding<given.DecideEnterpriseProposalInput>(
    'decideEnterpriseProposal',
    ({ version, proposal, outcome, reason }) => ({
      action: 'DECIDE_PROPOSAL',
      version,
      number: proposal,
      isAccepted: outcome === 'ACCEPTED',
      reason: reason ?? null,
    }),
  ),
  mergeEnterprises: commanding<given.MergeEnterprisesInput>('mergeEnterprises', ({ version, into, on, source }) => ({
    action: 'SUCCEED',
    version,
    kind: 'ABSORPTION',
    successorIds: [into],
    on,
    source: source ?? null,
  })),
  splitEnterprise: commanding<given.SplitEnterpriseInput>(
    'splitEnterprise',
    ({ version, into, on, endsPredecessor, source }) => ({
      action: 'SUCCEED',
      version,
      kind: endsPredecessor ? 'SPLIT_UP' : 'SPLIT_OFF',
      successorIds: into,
      on,
      source: source ?? null,
    }),
  ),
  confirmSuccession: commanding<given.EnterpriseVersionInput>('confirmSuccession', ({ version }) => ({
    action: 'CONFIRM_SUCCESSION',
    version,
  })),
  endSuccession: commanding<given.EnterpriseVersionInput>('endSuccession', ({ version }) => ({
    action: 'END_SUCCESSION',
    version,
  })),
  decideMove: commanding<given.DecideMoveInput>('decideMove', ({ version, outcome }) => ({
    action: 'DECIDE_MOVE',
    version,
    isApproved: outcome === 'APPROVED',
  })),
} satisfies Partial<GuardedMutations<given.MutationResolvers>>;
