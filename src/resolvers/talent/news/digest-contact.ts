import { worklistRelation } from '../../../domain/access/relation.ts';
import type { StatedContact } from '../../../domain/news/contact.ts';
import {
  type DigestMutation,
  type DigestRefusalCode,
  decideDigestContact,
  type Officer,
} from '../../../domain/news/digest.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { CodedError } from '../../../errors.ts';
import type { DigestContactItem } from '../../../storage/person-keys/digest-contacts.ts';
import type { Guard } from '../../../subgraph/guards.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type {
  DigestContactResolvers,
  QueryResolvers,
  RemoveDigestContactInput,
  SetDigestContactInput,
} from '../generated/types.ts';

/** Makes the resolver of a mutation of the officer's own contact for digests. */
function changingContact<Input extends { readonly idempotencyKey: string }>(
  mutation: DigestMutation,
  statedIn: (input: Input) => StatedContact | null,
) {
  return async (_: unknown, { input }: { readonly input: Input }, { viewer, store, request }: Context) => {
    const officer = officerOf(viewer);
    const call = onceRequest(mutation, input, request.now);
    const decision = await once(call, {
      load: () => store.digestContacts.load(call, officer),
      decide: () => decideDigestContact(viewer, mutation, statedIn(input)),
      commit: (plan, loaded) => store.digestContacts.commit(call, plan, loaded),
      again: async () => null,
      done: () => null,
    });
    if (decision.ok) return { contact: await store.digestContacts.of(officer), userErrors: [] };
    return { contact: null, userErrors: userErrors(decision.refusals, CODES) };
  };
}

function officerOf(viewer: Viewer): Officer {
  if (viewer.kind === 'officer') return viewer;
  throw new CodedError('FORBIDDEN', 'Only officers are sent digests.');
}

export const setDigestContact = changingContact<SetDigestContactInput>(
  'setDigestContact',
  ({ channel, address, locale }) => ({ channel, address, locale }),
);
export const removeDigestContact = changingContact<RemoveDigestContactInput>('removeDigestContact', () => null);

export const digestContact: NonNullable<QueryResolvers['digestContact']> = (_, __, { viewer, store }) =>
  store.digestContacts.of(officerOf(viewer));

export const DigestContact: DigestContactResolvers = { zone: ({ zoneId }) => ({ id: zoneId }) };

/** A contact is reached by its own officer alone. */
export const byDigestContact: Guard<Context, DigestContactItem> = {
  relationTo: (contact, { viewer }) => worklistRelation(viewer, contact),
};

const CODES = {
  ...ONCE_CODES,
  NOT_YOURS: 'NOT_ALLOWED',
  INVALID_ADDRESS: 'INVALID',
} as const satisfies Record<DigestRefusalCode | OnceRefusal, UserErrorCode>;
