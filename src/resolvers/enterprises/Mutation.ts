import type { GuardedMutations } from '../../subgraph/guard-mutations.ts';
import { localizedText } from '../../subgraph/localized.ts';
import * as directives from './directives/change-directive.ts';
import type * as given from './generated/types.ts';
import { importEnterprises } from './imports/import-enterprises.ts';
import { answerMending, recordInspection, reportMended } from './inspections.ts';
import { advanceProject, openProject } from './projects.ts';
import { acceptFigures, rejectFigures, withdrawFigures } from './published-figures/decide-proposal.ts';
import { proposeBackfill, proposeCorrection } from './published-figures/propose.ts';
import { publishDay } from './published-figures/publish-day.ts';
import { commanding } from './register/change-register.ts';
import { statedFacts, stating } from './register/proposals.ts';
import { registerEnterprise } from './register/register-enterprise.ts';
import { reportOperations } from './reports/report-operations.ts';
import { withdrawReport } from './reports/withdraw-report.ts';
import { assignTracking } from './support/assign-tracking.ts';
import { requestSupport, stepping } from './support/change-request.ts';

/** Mutations of enterprises, zones and administrators. `src/domain/access/write-table.ts` says who may do each. */
export const Mutation: GuardedMutations<given.MutationResolvers> = {
  reportOperations,
  withdrawReport,
  importEnterprises,
  publishDay,
  proposeBackfill,
  proposeCorrection,
  withdrawFigures,
  acceptFigures,
  rejectFigures,
  assignTracking,
  openProject,
  advanceProject,
  recordInspection,
  reportMended,
  decideMending: answerMending,
  issueDirective: directives.issueDirective,
  reviseDirective: directives.reviseDirective,
  endDirective: directives.endDirective,
  answerDirective: directives.answerDirective,
  answerDirectiveForPark: directives.answerDirectiveForPark,
  requestSupport,
  takeSupportRequest: stepping<given.SupportRequestVersionInput>(() => ({ step: 'TAKE' })),
  logVisit: stepping<given.LogVisitInput>(({ on, channel, outcome }) => ({
    step: 'VISIT',
    visit: { on, channel, outcome: localizedText(outcome) },
  })),
  answerSupportRequest: stepping<given.AnswerSupportRequestInput>(({ answer }) => ({
    step: 'ANSWER',
    answer: localizedText(answer),
  })),
  closeSupportRequest: stepping<given.SupportRequestVersionInput>(() => ({ step: 'CLOSE' })),
  rateSupportRequest: stepping<given.RateSupportRequestInput>(({ rating }) => ({ step: 'RATE', rating })),
  withdrawSupportRequest: stepping<given.SupportRequestVersionInput>(() => ({ step: 'WITHDRAW' })),
  registerEnterprise,
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
};
