import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { CaseAgreement } from '../../../domain/cases/case-agreement.ts';
import { type VerifiedSource, verifiedIn } from '../../../domain/documents/verification.ts';
import type { OnceRequest } from '../../dynamodb/idempotency.ts';
import type { Table } from '../../dynamodb/table.ts';
import type { CaseAgreements } from '../agreements/case-agreements.ts';
import type { CaseChanges, LoadedCase } from '../cases/case-changes.ts';
import { readFile } from '../cases/cases.ts';

/** The facts that decide the use of a verified document. */
export interface LoadedVerification extends LoadedCase {
  /** Null where no zone has verified such a document of the applicant. */
  readonly source: VerifiedSource | null;
  /** The agreement in force between both zones; null where there is none. */
  readonly agreement: CaseAgreement | null;
}

/** Documents that another zone has verified. */
export interface VerifiedDocuments {
  /** Loads a case, and a document of another case of the same applicant. */
  load(
    once: OnceRequest,
    to: string,
    from: { readonly caseId: string; readonly document: string },
  ): Promise<LoadedVerification>;
}

export function openVerifiedDocuments(table: Table, cases: CaseChanges, agreements: CaseAgreements): VerifiedDocuments {
  return {
    async load(once, to, { caseId, document }) {
      const [loaded, file] = await Promise.all([cases.load(once, to), readFile(table, caseId, { consistent: true })]);
      const of = loaded.situation?.case;
      const isSameApplicant = of !== undefined && file?.case.applicantId === of.applicantId && file.case.id !== of.id;
      const source = isSameApplicant ? verifiedIn({ ...file, zoneId: file.case.zoneId }, document) : null;
      const between = source && of ? agreements.between(of.zoneId, source.zoneId, dayInShanghai(once.now)) : null;
      return { ...loaded, source, agreement: await between };
    },
  };
}
