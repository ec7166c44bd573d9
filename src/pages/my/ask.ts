import myCaseId from 'virtual:document/MyCase';
import myCasesId from 'virtual:document/MyCases';
import rateCaseId from 'virtual:document/RateCase';
import renewReceiptSecretId from 'virtual:document/RenewReceiptSecret';
import requestReconsiderationId from 'virtual:document/RequestReconsideration';
import withdrawCaseId from 'virtual:document/WithdrawCase';
import { type Answered, askGateway } from '../gateway/ask-gateway.ts';
import type { Refusal } from '../gateway/refusal-text.ts';
import type { Locale, MyCaseQuery, MyCasesQuery, RenewReceiptSecretMutation } from './generated/documents.ts';

interface Bearer {
  readonly token: string;
  readonly locale: Locale;
}

const CASES_A_PAGE = 20;

export const askCases = (bearer: Bearer, after: string | null): Promise<Answered<MyCasesQuery>> =>
  askGateway({ ...bearer, documentId: myCasesId, variables: { first: CASES_A_PAGE, after, locale: bearer.locale } });

export const askMyCase = (bearer: Bearer, id: string): Promise<Answered<MyCaseQuery>> =>
  askGateway({ ...bearer, documentId: myCaseId, variables: { id, locale: bearer.locale } });

/** The actions that this page offers, by their kind, each with its trusted document. */
export const OFFERED = {
  WITHDRAW: withdrawCaseId,
  REQUEST_RECONSIDERATION: requestReconsiderationId,
  RATE: rateCaseId,
} as const;
export type Offered = keyof typeof OFFERED;

interface Refusals {
  readonly userErrors: readonly Refusal[];
}

/** Takes an action. The payload is the only field of the answer. */
export function act(
  bearer: Bearer,
  kind: Offered,
  input: { readonly idempotencyKey: string; readonly case: string; readonly rating?: number },
): Promise<Answered<Readonly<Record<string, Refusals | null>>>> {
  return askGateway({ ...bearer, documentId: OFFERED[kind], variables: { input, locale: bearer.locale } });
}

export const renewSecret = (bearer: Bearer, id: string, key: string): Promise<Answered<RenewReceiptSecretMutation>> =>
  askGateway({ ...bearer, documentId: renewReceiptSecretId, variables: { input: { idempotencyKey: key, case: id } } });
