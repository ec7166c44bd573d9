import type { CaseChange } from '../../../domain/cases/decide.ts';
import type { AnnouncedFile, FoundFile } from '../../../domain/cases/file.ts';
import type { AcceptedUpload } from '../../../domain/documents/upload.ts';
import { ulidOf } from '../../../domain/ids.ts';
import { commitOnce, type OnceOutcome, type OnceRequest } from '../../dynamodb/idempotency.ts';
import { randomBits } from '../../dynamodb/new-id.ts';
import { readItem, readRange } from '../../dynamodb/read.ts';
import { STALE, type Stale } from '../../dynamodb/transaction.ts';
import { attributeIs, check, epochSeconds, exists, isNew, put, remove } from '../../dynamodb/write.ts';
import { talentKeys } from '../../tables.ts';
import type { UploadFile, UploadTarget } from '../../uploads/uploads.ts';
import type { CaseChanges, ChangeOutcome, LoadedCase } from '../cases/case-changes.ts';
import type { CaseItem } from '../items.ts';
import type { People } from '../people/people.ts';
import type { TalentTable } from '../people/sealing.ts';
import { type DocumentVersionItem, documentVersionItem, type UploadItem, uploadItem } from './items.ts';

/** An open upload. */
export interface OpenUpload {
  readonly file: UploadFile;
  readonly expiresAt: string;
}

export interface LoadedAnnouncement extends LoadedCase {
  /** The id of the new upload. */
  readonly uploadId: string;
  /** Number of the case's open uploads. */
  readonly announced: number;
}

export interface LoadedSupply extends LoadedCase {
  readonly upload: UploadItem | null;
  /** The uploaded file as measured; null where none arrived. */
  readonly found: FoundFile | null;
}

/**
 * Stores files of cases. A client requests an upload, sends the file to its `Uploads` address, and then supplies the
 * document.
 */
export interface Documents {
  loadAnnouncement(once: OnceRequest, caseId: string): Promise<LoadedAnnouncement>;
  announce(once: OnceRequest, loaded: LoadedAnnouncement, upload: AcceptedUpload): Promise<OnceOutcome<Stale>>;
  /** Returns the upload as `announce` stores it. */
  announced(loaded: LoadedAnnouncement, upload: AcceptedUpload): OpenUpload;
  /** Returns the upload of a recorded answer; null where it has expired. */
  answered(answer: readonly string[], now: Date): Promise<OpenUpload | null>;
  target(upload: OpenUpload): Promise<UploadTarget>;
  /** @param isTheirs returns whether the caller may have this case's upload checked */
  loadSupply(
    once: OnceRequest,
    caseId: string,
    uploadId: string,
    isTheirs: (of: CaseItem) => boolean,
  ): Promise<LoadedSupply>;
  /** Stores the file, then commits. If the commit fails, the file is unused until the same request succeeds. */
  supply(once: OnceRequest, loaded: LoadedSupply, change: CaseChange): Promise<ChangeOutcome>;
}

/** Period for supplying a requested file. An uploaded file exists for a day at least. */
const SUPPLY_SECONDS = 20 * 3_600;

export function openDocuments(table: TalentTable, people: People, changes: CaseChanges): Documents {
  const { uploads } = table;
  return {
    async loadAnnouncement(once, caseId) {
      const [loaded, items] = await Promise.all([
        changes.load(once, caseId),
        readRange<UploadItem>(table, { partition: talentKeys.upload(caseId, '').pk, consistent: true }),
      ]);
      const uploadId = `upload_${ulidOf(once.now.getTime(), randomBits())}`;
      return { ...loaded, uploadId, announced: items.filter((item) => isOpen(item, once.now)).length };
    },
    async announce(once, { situation, uploadId }, { file, fileName, requestedAt, expiresAt }) {
      if (!situation) throw new Error('an upload for a case that does not exist');
      const of = situation.case;
      const key = talentKeys.upload(of.id, uploadId);
      const sealed = await people.sealInto(of.applicantId, key, { fileName });
      // The applicant's key is gone, so the decision is outdated.
      if (!sealed) return { committed: false, refusals: [{ write: 0, refusal: STALE }] };
      const ttl = epochSeconds(once.now) + SUPPLY_SECONDS;
      const item = uploadItem({ ...file, id: uploadId, caseId: of.id, sealed, requestedAt, expiresAt, ttl });
      const isKnown = { when: attributeIs('applicant', of.applicant), otherwise: STALE } as const;
      // The file name belongs to the applicant, even if a case holder sends it.
      return commitOnce<Stale>(
        { ...table, person: of.applicantId },
        once,
        [of.id, uploadId],
        [check(of, isKnown), put<Stale>(item, { when: isNew, otherwise: STALE })],
      );
    },
    announced: ({ situation, uploadId }, { file, expiresAt }) => ({
      file: { caseId: situation?.case.id ?? '', uploadId, ...fileOf(file) },
      expiresAt,
    }),
    async answered([caseId = '', id = ''], now) {
      const item = await readItem<UploadItem>(table, talentKeys.upload(caseId, id), { consistent: true });
      if (!item || item.expiresAt <= now.toISOString()) return null;
      return { file: { caseId, uploadId: id, ...fileOf(item) }, expiresAt: item.expiresAt };
    },
    target: ({ file, expiresAt }) => uploads.target(file, new Date(expiresAt)),
    async loadSupply(once, caseId, uploadId, isTheirs) {
      const [loaded, item] = await Promise.all([
        changes.load(once, caseId),
        readItem<UploadItem>(table, talentKeys.upload(caseId, uploadId), { consistent: true }),
      ]);
      const { situation } = loaded;
      const isWanted = item && isOpen(item, once.now) && situation && isTheirs(situation.case);
      if (!isWanted || loaded.earlier.kind !== 'NONE') return { ...loaded, upload: null, found: null };
      return { ...loaded, upload: item, found: await uploads.received({ caseId, uploadId, ...fileOf(item) }) };
    },
    async supply(once, loaded, change) {
      const { upload, situation } = loaded;
      const [version] = change.versions;
      if (!upload || !situation || !version) throw new Error('a document was supplied without its file');
      const { applicantId, id } = situation.case;
      const key = talentKeys.documentVersion(id, version.code, version.version);
      const fileName = await people.openFrom(applicantId, upload, 'fileName');
      const sealed = fileName === null ? null : await people.sealInto(applicantId, key, { fileName });
      if (!sealed) return { committed: false, refusals: [{ write: 0, refusal: STALE }] };
      await uploads.store({ caseId: id, uploadId: upload.id, ...fileOf(upload) });
      return changes.commit(once, loaded, change, [
        put<Stale>(documentVersionItem(id, { ...version, sealed }), { when: isNew, otherwise: STALE }),
        remove<Stale>(upload, { when: exists, otherwise: STALE }),
      ]);
    },
  };
}

const isOpen = ({ ttl }: UploadItem, now: Date) => ttl > epochSeconds(now);

function fileOf({ mediaType, size, sha256 }: Omit<AnnouncedFile, 'id' | 'code'>) {
  return { mediaType, size, sha256 };
}

/** Returns the stored file of a document version. */
export function fileOfVersion({ caseId, uploadId, ...version }: DocumentVersionItem): UploadFile {
  return { caseId, uploadId, ...fileOf(version) };
}
