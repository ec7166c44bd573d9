import { decideOpening, type OpeningRefusal } from '../../../domain/documents/opening.ts';
import type { Refusal } from '../../../domain/refusal.ts';
import { type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { MutationResolvers } from '../generated/types.ts';
import { allowReveal, REVEAL_CODES, recordReveal } from '../reveals/allow-reveal.ts';

/**
 * Opens a document. The access-log entry is written before the file's name is decrypted and a link is signed, as in
 * `revealField`.
 */
export const openDocument: NonNullable<MutationResolvers['openDocument']> = async (_, { input }, context) => {
  const { case: caseId, document: code, version = null, purpose, emergency = null } = input;
  const { store, request } = context;
  const asked = { what: 'document', purpose, emergency } as const;
  const allowed = await allowReveal(caseId, asked, context);
  if (!allowed.ok) return refused(allowed.refusals);
  const file = await store.cases.fileOf.load(caseId);
  const opening = decideOpening(file?.versions ?? [], { code, version });
  if (!opening.ok) return refused(opening.refusals);
  if (!(await store.documentLinks.isStored(opening.value))) return refused([FILE_MISSING]);
  const refusal = await recordReveal('openDocument', allowed.value, 'DocumentLink.url', asked, context);
  if (refusal) return refused([refusal]);
  const link = await store.documentLinks.open(allowed.value.case.applicantId, opening.value, request.now);
  return link === null ? refused([NOT_KEPT]) : { link, userErrors: [] };
};

const FILE_MISSING = {
  code: 'FILE_MISSING',
  field: ['document'],
  message: 'Of this document only the record is here, and no file.',
} as const satisfies Refusal;

const NOT_KEPT = {
  code: 'NOT_KEPT',
  field: ['document'],
  message: 'The file has been deleted.',
} as const satisfies Refusal;

const CODES = {
  ...REVEAL_CODES,
  UNKNOWN_DOCUMENT: 'NOT_FOUND',
  UNKNOWN_VERSION: 'NOT_FOUND',
  NOT_KEPT: 'NOT_FOUND',
  FILE_MISSING: 'NOT_FOUND',
} as const satisfies Record<OpeningRefusal | 'FILE_MISSING' | keyof typeof REVEAL_CODES, UserErrorCode>;

function refused(refusals: readonly Refusal<keyof typeof CODES>[]) {
  return { link: null, userErrors: userErrors(refusals, CODES) };
}
