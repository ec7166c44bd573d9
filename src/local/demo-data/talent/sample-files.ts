import type { DocumentVersionFacts } from '../../../domain/cases/file.ts';
import type { FolderHost } from '../../../storage/uploads/folder-uploads.ts';
import type { Uploads } from '../../../storage/uploads/uploads.ts';
import { demoParks } from '../parks/parks.ts';
import type { Scale } from '../scale.ts';
import { caseTypeVersions } from './case-types.ts';
import { caseOf } from './cases.ts';
import { versionsOf } from './documents.ts';
import { sampleOf } from './sample-document.ts';

/** Number of cases with files; other cases have records only. Visitors open the first cases first. */
const CASES_WITH_FILES = 3;

/** Uploads the files of the first cases, as their applicants would. */
export async function writeSampleFiles(uploads: Uploads & FolderHost, scale: Scale, anchor: string): Promise<void> {
  const types = caseTypeVersions(anchor);
  const parks = demoParks(scale);
  const now = new Date();
  for (let number = 1; number <= Math.min(scale.cases, CASES_WITH_FILES); number++) {
    const made = caseOf(number, anchor, types, parks);
    for (const version of versionsOf(made)) {
      await uploadSample(uploads, made.facts.id, version, sampleOf(made.facts.receiptNumber, version.code), now);
    }
  }
}

async function uploadSample(
  uploads: Uploads & FolderHost,
  caseId: string,
  { uploadId, mediaType, size, sha256 }: DocumentVersionFacts,
  bytes: Buffer,
  now: Date,
): Promise<void> {
  const file = { caseId, uploadId, mediaType, size, sha256 };
  const { url, headers } = await uploads.target(file, new Date(now.getTime() + 60_000));
  const request = {
    file: `${caseId}/${uploadId}`,
    query: new URL(url).searchParams,
    contentType: headers['content-type'] ?? '',
    contentLength: String(size),
    checksum: headers['x-amz-checksum-sha256'] ?? '',
  };
  const status = await uploads.put(request, ReadableStream.from([bytes]), now);
  if (status !== 200) throw new Error(`a sample file was not taken: ${status}`);
  await uploads.store(file);
}
