import { localizedText } from '../../subgraph/context.ts';
import type { GuardedMutations } from '../../subgraph/guards.ts';
import { publishCaseType } from './case-types/publish-case-type.ts';
import { changing } from './cases/change-case.ts';
import { decideCase, endPlace } from './cases/decide-case.ts';
import { giveOpinions } from './cases/give-opinions.ts';
import { openCase } from './cases/open-case.ts';
import { outcomeOf } from './cases/outcome.ts';
import { renewReceiptSecret } from './cases/receipt-secret.ts';
import { transferCase } from './cases/transfer-case.ts';
import { createApiKey, revokeApiKey, rotateApiKey } from './developers/manage-api-keys.ts';
import {
  changeWebhookEndpoint,
  registerWebhookEndpoint,
  removeWebhookEndpoint,
} from './developers/manage-endpoints.ts';
import { redeliverWebhook } from './developers/redeliver-webhook.ts';
import { openDocument } from './documents/open-document.ts';
import { requestUpload } from './documents/request-upload.ts';
import { supplyDocument } from './documents/supply-document.ts';
import { statedIn } from './documents/types.ts';
import { useVerifiedDocument } from './documents/use-verified-document.ts';
import type * as given from './generated/types.ts';
import { bindWeChat } from './news/bind-wechat.ts';
import { removeDigestContact, setDigestContact } from './news/digest-contact.ts';
import { removeNewsContact, setNewsContact } from './news/news-contact.ts';
import { recordPersonFacts } from './people/recorded-facts.ts';
import { verifyIdentity } from './people/verify-identity.ts';
import { revealField } from './reveals/reveal-field.ts';
import { claimWork, releaseWork } from './work-list/claim-work.ts';

/**
 * Mutations of applicants, employers and officers on cases and case types, and of zones' systems on their access. `src/domain/cases/action.ts` says who may do
 * which and when.
 */
export const Mutation: GuardedMutations<given.MutationResolvers> = {
  openCase,
  publishCaseType,
  revealField,
  openDocument,
  claimWork,
  releaseWork,
  renewReceiptSecret,
  setNewsContact,
  removeNewsContact,
  bindWeChat,
  setDigestContact,
  removeDigestContact,
  requestUpload,
  supplyDocument,
  useVerifiedDocument,
  withdrawVerifiedDocument: changing<given.WithdrawVerifiedDocumentInput>(
    'withdrawVerifiedDocument',
    ({ document }) => ({ action: 'WITHDRAW_VERIFIED', version: null, document }),
  ),
  verifyIdentity,
  recordPersonFacts,
  createApiKey,
  rotateApiKey,
  revokeApiKey,
  registerWebhookEndpoint,
  changeWebhookEndpoint,
  removeWebhookEndpoint,
  redeliverWebhook,
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
  requestSupplement: changing<given.RequestSupplementInput>('requestSupplement', (input) => ({
    action: 'REQUEST_SUPPLEMENT',
    version: input.version,
    documents: input.documents,
    until: input.until,
    ...statedIn(input),
  })),
  handOverCase: changing<given.HandOverCaseInput>('handOverCase', ({ version }) => ({ action: 'HAND_OVER', version })),
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
  decideCase,
  endPlace,
  deliverResult: changing<given.DeliverResultInput>('deliverResult', ({ version, documentSha256, outcome }) => ({
    action: 'DELIVER',
    version,
    documentSha256,
    outcome: outcomeOf(outcome, documentSha256),
  })),
  closeCase: changing<given.CloseCaseInput>('closeCase', ({ version }) => ({ action: 'CLOSE', version })),
  transferCase,
  takeUpReconsideration: changing<given.TakeUpReconsiderationInput>('takeUpReconsideration', ({ version }) => ({
    action: 'TAKE_UP_RECONSIDERATION',
    version,
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
