import type { CaseChange } from '../../../domain/cases/decide.ts';
import { talentKeys } from '../../tables.ts';
import type { CaseDocumentItem } from '../items.ts';
import type { People } from '../people/people.ts';

/** Notes to the applicant on documents, encrypted with the applicant's key. */
export interface DocumentNotes {
  /** Returns the note of a document; null without one, and after the applicant's erasure. */
  open(applicantId: string, document: CaseDocumentItem): Promise<string | null>;
}

export function openDocumentNotes(people: People): DocumentNotes {
  return {
    open: async (applicantId, { sealed, ...document }) =>
      sealed ? people.openFrom(applicantId, { ...document, sealed }, 'note') : null,
  };
}

/** Encrypts the notes of a change into its documents; null where the applicant's key is gone. */
export async function sealNotes(
  people: People,
  { id, applicantId }: { readonly id: string; readonly applicantId: string },
  { documents, notes }: CaseChange,
): Promise<CaseChange['documents'] | null> {
  const sealed = await Promise.all(
    notes.map(async ({ code, text }) => ({
      code,
      fields: await people.sealInto(applicantId, talentKeys.document(id, code), { note: text }),
    })),
  );
  if (sealed.some(({ fields }) => fields === null)) return null;
  return documents.map((document) => {
    const fields = sealed.find(({ code }) => code === document.code)?.fields;
    return fields ? { ...document, sealed: fields } : document;
  });
}
