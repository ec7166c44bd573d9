import { localizedText } from '../../subgraph/context.ts';
import type { GuardedMutations } from '../../subgraph/guards.ts';
import { announceCourse, cancelCourse, enrolInCourse, recordAttendance } from './courses.ts';
import * as directives from './directives/change-directive.ts';
import type * as given from './generated/types.ts';
import { importEnterprises } from './imports/import-enterprises.ts';
import { answerMending, recordInspection, reportMended } from './inspections.ts';
import { acceptInterest, publishOffer, showInterest, withdrawInterest, withdrawOffer } from './offers.ts';
import { advanceProject, openProject } from './projects.ts';
import { acceptFigures, rejectFigures, withdrawFigures } from './published-figures/decide-proposal.ts';
import { proposeBackfill, proposeCorrection } from './published-figures/propose.ts';
import { publishDay } from './published-figures/publish-day.ts';
import { registerMutations } from './register/mutations.ts';
import { registerEnterprise } from './register/register-enterprise.ts';
import { reportOperations } from './reports/report-operations.ts';
import { withdrawReport } from './reports/withdraw-report.ts';
import { simulatePolicy } from './simulate-policy.ts';
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
  simulatePolicy,
  publishOffer,
  withdrawOffer,
  showInterest,
  withdrawInterest,
  acceptInterest,
  announceCourse,
  cancelCourse,
  enrolInCourse,
  recordAttendance,
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
  ...registerMutations,
};
