/** Preconditions about documents that another zone has verified. */
import type { VerifiedSource } from '../documents/verification.ts';
import type { CaseAgreement } from './case-agreement.ts';
import { type Precondition, unless } from './preconditions.ts';

interface UseOfVerified {
  readonly document: string;
  readonly source: VerifiedSource | null;
  readonly agreement: CaseAgreement | null;
}

export const beOfADocumentWithoutFile: Precondition<UseOfVerified> = ({ documents, command }) => {
  const document = documents.find(({ code }) => code === command.document);
  return [
    ...unless(document !== undefined, 'INVALID_DOCUMENT', ['document'], 'The case needs no such document.'),
    ...unless(
      document === undefined || (document.version === null && document.verification === undefined),
      'DONE_ALREADY',
      ['document'],
      'The case has this document already.',
    ),
  ];
};

export const beVerifiedByAnotherZone: Precondition<UseOfVerified> = ({ case: { zoneId }, command: { source } }) =>
  unless(
    source !== null && source.zoneId !== zoneId,
    'UNKNOWN_DOCUMENT',
    ['fromCase'],
    'No other zone has verified such a document of yours.',
  );

export const beSharedByAgreement: Precondition<UseOfVerified> = ({
  case: { zoneId },
  command: { source, agreement },
}) =>
  unless(
    source === null || source.zoneId === zoneId || agreement?.terms.sharesVerified === true,
    'NO_AGREEMENT',
    ['fromCase'],
    'The two zones have no agreement in force by which one uses what the other has verified.',
  );

/** The consent can be withdrawn until an officer has accepted the case with the document. */
export const beInUse: Precondition<{ readonly document: string }> = ({ documents, command }) =>
  unless(
    documents.some(({ code, verification }) => code === command.document && verification !== undefined),
    'UNKNOWN_DOCUMENT',
    ['document'],
    'The case uses no such document of another zone.',
  );

/** Documents that another zone has verified are not asked of the applicant again (跨省通办). */
export const notBeAskedForAgain: Precondition<{ readonly documents: readonly string[] }> = ({ documents, command }) =>
  command.documents.flatMap((code, i) =>
    unless(
      !documents.some((document) => document.code === code && document.verification !== undefined),
      'DONE_ALREADY',
      ['documents', `${i}`],
      'Another zone has verified this document.',
    ),
  );
