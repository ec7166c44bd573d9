import type { GuardedMutations } from '../../subgraph/guard-mutations.ts';
import { changing } from './change-case.ts';
import { claimWork, releaseWork } from './claim-work.ts';
import type * as given from './generated/types.ts';
import { giveOpinions } from './give-opinions.ts';
import { openCase } from './open-case.ts';
import { openDocument } from './open-document.ts';
import { localizedText, outcomeOf } from './outcome.ts';
import { publishCaseType } from './publish-case-type.ts';
import { renewReceiptSecret } from './renew-receipt-secret.ts';
import { requestUpload } from './request-upload.ts';
import { revealField } from './reveal-field.ts';
import { supplyDocument } from './supply-document.ts';
import { verifyIdentity } from './verify-identity.ts';

/** What applicants, employers and officers do to cases and their types. What each may do to a case when: `src/domain/cases/action.ts`. */
export const Mutation: GuardedMutations<given.MutationResolvers> = {
  openCase,
  publishCaseType,
  revealField,
  openDocument,
  claimWork,
  releaseWork,
  renewReceiptSecret,
  requestUpload,
  supplyDocument,
  verifyIdentity,
  submitCase: changing('submitCase', () => ({ action: 'SUBMIT', version: null })),
  recommendTalent: changing('recommendTalent', () => ({ action: 'RECOMMEND', version: null })),
  giveConsent: changing('giveConsent', () => ({ action: 'CONSENT', version: null })),
  withdrawCase: changing('withdrawCase', () => ({ action: 'WITHDRAW', version: null })),
  requestReconsideration: changing('requestReconsideration', () => ({
    action: 'REQUEST_RECONSIDERATION',
    version: null,
  })),
  rateCase: changing<given.RateCaseInput>('rateCase', ({ rating }) => ({ action: 'RATE', version: null, rating })),
  acceptCase: changing<given.AcceptCaseInput>('acceptCase', ({ version }) => ({ action: 'ACCEPT', version })),
  declineCase: changing<given.DeclineCaseInput>('declineCase', ({ version, reasons }) => ({
    action: 'DECLINE',
    version,
    reasons: reasons.map(localizedText),
  })),
  requestSupplement: changing<given.RequestSupplementInput>('requestSupplement', ({ version, documents, until }) => ({
    action: 'REQUEST_SUPPLEMENT',
    version,
    documents,
    until,
  })),
  startReview: changing<given.StartReviewInput>('startReview', ({ version }) => ({ action: 'START_REVIEW', version })),
  giveOpinion: changing<given.GiveOpinionInput>('giveOpinion', ({ verdict }) => ({
    action: 'GIVE_OPINION',
    version: null,
    verdict,
  })),
  giveOpinions,
  startSpecialProcedure: changing<given.StartSpecialProcedureInput>(
    'startSpecialProcedure',
    ({ version, reason: pause }) => ({ action: 'START_SPECIAL_PROCEDURE', version, pause }),
  ),
  endSpecialProcedure: changing<given.EndSpecialProcedureInput>('endSpecialProcedure', ({ version }) => ({
    action: 'END_SPECIAL_PROCEDURE',
    version,
  })),
  extendDeadline: changing<given.ExtendDeadlineInput>('extendDeadline', ({ version, by: extendedBy }) => ({
    action: 'EXTEND_DEADLINE',
    version,
    extendedBy,
  })),
  openPublicNotice: changing<given.OpenPublicNoticeInput>('openPublicNotice', ({ version, until }) => ({
    action: 'OPEN_PUBLIC_NOTICE',
    version,
    until,
  })),
  decideCase: changing<given.DecideCaseInput>('decideCase', ({ version, approved, reasons }) =>
    approved
      ? { action: 'APPROVE', version }
      : { action: 'REJECT', version, reasons: (reasons ?? []).map(localizedText) },
  ),
  deliverResult: changing<given.DeliverResultInput>('deliverResult', ({ version, documentSha256, outcome }) => ({
    action: 'DELIVER',
    version,
    documentSha256,
    outcome: outcomeOf(outcome, documentSha256),
  })),
  closeCase: changing<given.CloseCaseInput>('closeCase', ({ version }) => ({ action: 'CLOSE', version })),
  transferCase: changing<given.TransferCaseInput>('transferCase', ({ version, toZone, reasons }) => ({
    action: 'TRANSFER',
    version,
    toZone,
    reasons: reasons.map(localizedText),
  })),
  decideReconsideration: changing<given.DecideReconsiderationInput>(
    'decideReconsideration',
    ({ version, reversed, reasons }) => ({
      action: reversed ? 'REVERSE' : 'UPHOLD',
      version,
      reasons: reasons.map(localizedText),
    }),
  ),
};
