import removeNewsContactId from 'virtual:document/RemoveNewsContact';
import setNewsContactId from 'virtual:document/SetNewsContact';
import { type Answered, askGateway } from '../../gateway/ask-gateway.ts';
import type { Locale, NewsChannel, RemoveNewsContactMutation, SetNewsContactMutation } from '../generated/news.ts';

export interface Asking {
  readonly token: string;
  readonly locale: Locale;
  readonly caseId: string;
  /** The idempotency key: the same one until an answer arrives. */
  readonly key: string;
}

export function setNewsContact(
  { token, locale, caseId, key }: Asking,
  channel: NewsChannel,
  address: string,
): Promise<Answered<SetNewsContactMutation>> {
  const input = { idempotencyKey: key, case: caseId, channel, address, locale };
  return askGateway({ documentId: setNewsContactId, variables: { input }, token, locale });
}

export function removeNewsContact({
  token,
  locale,
  caseId,
  key,
}: Asking): Promise<Answered<RemoveNewsContactMutation>> {
  const input = { idempotencyKey: key, case: caseId };
  return askGateway({ documentId: removeNewsContactId, variables: { input }, token, locale });
}
