import { decideReveal, type RevealRefusal } from '../../domain/access/reveal.ts';
import { decideOpening, type OpeningRefusal } from '../../domain/document-opening.ts';
import type { Refusal } from '../../domain/refusal.ts';
import { type UserErrorCode, userErrors } from '../../subgraph/user-errors.ts';
import { noteAccess } from './access-log/note-access.ts';
import type { MutationResolvers } from './generated/types.ts';

/** Records the access and its purpose first, then opens the file's name and signs a link, as `revealField` does. */
export const openDocument: NonNullable<MutationResolvers['openDocument']> = async (
  _,
  { input: { case: caseId, document: code, version, purpose } },
  { viewer, store, request: { now } },
) => {
  const of = await store.cases.byId.load(caseId);
  const decision = decideReveal(viewer, of, 'document', purpose);
  if (!decision.ok || of === null) return refused(decision.ok ? [] : decision.refusals);
  const file = await store.cases.fileOf.load(caseId);
  const opening = decideOpening(file?.versions ?? [], { code, version: version ?? null });
  if (!opening.ok) return refused(opening.refusals);
  if (!(await store.documentLinks.isKept(opening.value))) return refused([FILE_MISSING]);
  noteAccess(store.accessNotes, of, { field: 'DocumentLink.url', form: 'FULL', relation: decision.value });
  await store.accessNotes.flush(purpose);
  const link = await store.documentLinks.open(of.applicantId, opening.value, now);
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
  message: 'The file is not kept any more.',
} as const satisfies Refusal;

const CODES = {
  UNKNOWN_CASE: 'NOT_FOUND',
  NOT_REVEALED: 'NOT_ALLOWED',
  UNKNOWN_DOCUMENT: 'NOT_FOUND',
  UNKNOWN_VERSION: 'NOT_FOUND',
  NOT_KEPT: 'NOT_FOUND',
  FILE_MISSING: 'NOT_FOUND',
} as const satisfies Record<RevealRefusal | OpeningRefusal | 'FILE_MISSING', UserErrorCode>;

function refused(refusals: readonly Refusal<keyof typeof CODES>[]) {
  return { link: null, userErrors: userErrors(refusals, CODES) };
}
