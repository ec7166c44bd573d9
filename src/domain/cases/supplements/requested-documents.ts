/** Preconditions about the documents that a case asks for, and about their files. */
import type { AnnouncedFile, CaseSituation, FoundFile } from '../file.ts';
import { type Precondition, unless } from '../preconditions.ts';
import { faultsOfContact, faultsOfReasons } from './supplement.ts';
import type { AgencyContact, StatedReason } from './supplement-reason.ts';

/** Returns whether the case's type requests the document. */
const isKnown = ({ documents }: CaseSituation, code: string) => documents.some((document) => document.code === code);

/** Upper bound of the files of one document. */
const MAX_VERSIONS = 20;

/** A precondition: the uploaded file must equal the upload request in size and SHA-256, and have the stated media type. */
export const haveArrivedAsAnnounced: Precondition<{
  readonly announced: AnnouncedFile | null;
  readonly found: FoundFile | null;
}> = (context) => {
  const { announced, found } = context.command;
  if (!announced || !isKnown(context, announced.code)) {
    return [{ code: 'UNKNOWN_UPLOAD', field: ['upload'], message: 'There is no such upload, or it has expired.' }];
  }
  if (!found) {
    return [{ code: 'FILE_MISSING', field: ['upload'], message: 'The file has not arrived.' }];
  }
  const { size, sha256, mediaType } = announced;
  return [
    ...unless(
      found.size === size && found.sha256 === sha256,
      'FILE_DIFFERS',
      ['upload'],
      'The size or SHA-256 of the file differs from the upload request.',
    ),
    ...unless(
      found.mediaType === mediaType,
      'FILE_DIFFERS',
      ['upload'],
      `By its first bytes the file is ${found.mediaType ?? 'of a type that is not accepted'}, and not ${mediaType}.`,
    ),
  ];
};

export const leaveRoomForVersions: Precondition<{ readonly announced: AnnouncedFile | null }> = (context) => {
  const before = context.documents.find(({ code }) => code === context.command.announced?.code)?.version ?? 0;
  return unless(
    before < MAX_VERSIONS,
    'TOO_MANY_VERSIONS',
    ['upload'],
    `A document may have at most ${MAX_VERSIONS} files.`,
  );
};

export const askForKnownDocuments: Precondition<{ readonly documents: readonly string[] }> = (context) => {
  const { documents } = context.command;
  return [
    ...unless(documents.length > 0, 'INVALID_DOCUMENT', ['documents'], 'Name all missing documents at once.'),
    ...unless(
      new Set(documents).size === documents.length,
      'INVALID_DOCUMENT',
      ['documents'],
      'A document is named twice.',
    ),
    ...documents.flatMap((code, i) =>
      unless(isKnown(context, code), 'INVALID_DOCUMENT', ['documents', `${i}`], 'The case needs no such document.'),
    ),
  ];
};

export const sayWhyDocumentsAreAsked: Precondition<{
  readonly documents: readonly string[];
  readonly reasons: readonly StatedReason[];
  readonly contact: AgencyContact | null;
}> = ({ command: { documents: asked, reasons, contact }, documents }) =>
  [...faultsOfReasons(asked, reasons, documents), ...faultsOfContact(contact)].map((fault) => ({
    code: 'INVALID_REASONS',
    ...fault,
  }));
