import type { DocumentVersionFacts } from '../../../domain/cases/file.ts';
import { ulidOfName } from '../../../domain/ids.ts';
import type { DemoCase } from './cases.ts';
import { sampleOf } from './sample-document.ts';

/** Returns the file name of a document. */
export const sampleNameOf = ({ code }: Pick<DocumentVersionFacts, 'code'>) => `示例-${code}.pdf`;

/** Returns the one version of each document that was submitted with the application. */
export function versionsOf({
  facts: { id, receiptNumber },
  events,
  documents,
}: Pick<DemoCase, 'facts' | 'events' | 'documents'>): readonly DocumentVersionFacts[] {
  const receivedAt = events.find(({ kind }) => kind === 'SUBMITTED')?.at;
  if (receivedAt === undefined) return [];
  return documents.flatMap(({ code, version, sha256: hash }) => {
    if (version === null || hash === null) return [];
    const uploadId = `upload_${ulidOfName(`${id} ${code}`, Date.parse(receivedAt))}`;
    const { length: size } = sampleOf(receiptNumber, code);
    return [{ code, version, uploadId, mediaType: 'application/pdf', size, sha256: hash, receivedAt }];
  });
}
