import { config } from '../../../config.ts';
import {
  type ContactMutation,
  type ContactRefusalCode,
  decideContact,
  type StatedContact,
} from '../../../domain/news/contact.ts';
import { readPushSubscription } from '../../../domain/news/push-subscription.ts';
import { addressFault } from '../../../notify/endpoint-life.ts';
import { reachOf } from '../../../notify/notifier.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import { answerWith, type CaseAnswer } from '../cases/change-case.ts';
import type { Context } from '../context.ts';
import type { RemoveNewsContactInput, SetNewsContactInput, TalentCaseResolvers } from '../generated/types.ts';

/** Makes the resolver of a mutation of a case's contact for news. */
function changingContact<Input extends { readonly idempotencyKey: string; readonly case: string }>(
  mutation: ContactMutation,
  statedIn: (input: Input) => StatedContact | null,
) {
  return async (
    _: unknown,
    { input }: { readonly input: Input },
    { viewer, store, request }: Context,
  ): Promise<CaseAnswer> => {
    const call = onceRequest(mutation, input, request.now);
    const decision = await once(call, {
      load: () => store.caseChanges.load(call, input.case),
      decide: ({ situation }) => decideContact(situation?.case ?? null, viewer, mutation, statedIn(input)),
      commit: (stated, loaded) => store.newsContacts.commit(call, loaded, stated),
      again: (answer) => store.caseChanges.answered(answer),
      done: (_decided, { situation }) => situation!.case,
    });
    return decision.ok
      ? answerWith(viewer, decision.value)
      : { case: null, userErrors: userErrors(decision.refusals, CONTACT_CODES) };
  };
}

export const setNewsContact = changingContact<SetNewsContactInput>('setNewsContact', ({ channel, address, locale }) => {
  const endpoint = channel === 'WEB_PUSH' && readPushSubscription(address)?.endpoint;
  const isBlocked = Boolean(endpoint) && addressFault(String(endpoint), reachOf(config())) !== null;
  return { channel, address, locale, isBlocked };
});
export const removeNewsContact = changingContact<RemoveNewsContactInput>('removeNewsContact', () => null);

export const newsOfCase = {
  newsContact: ({ id }, _, { store }) => store.newsContacts.of(id),
} satisfies TalentCaseResolvers;

/** The codes of refusals of a contact, as clients see them. */
export const CONTACT_CODES = {
  ...ONCE_CODES,
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_YOURS: 'NOT_ALLOWED',
  ERASED: 'NOT_ALLOWED',
  INVALID_ADDRESS: 'INVALID',
  STATED_OPENID: 'INVALID',
} as const satisfies Record<ContactRefusalCode | OnceRefusal, UserErrorCode>;
