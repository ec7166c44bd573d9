import { createHash } from 'node:crypto';
import { hashCaseSecret } from '../../../auth/case-secret.ts';
import { ulidOfName } from '../../../domain/ids.ts';
import type { CaseSecretFacts } from '../../../storage/credentials/items.ts';
import type { DemoCase } from './cases.ts';

/** Returns the secret of an invented case. It is not secret: anybody can derive it from the receipt number. */
export function demoCaseSecret(receiptNumber: string): string {
  return ulidOfName(`synthetic secret of ${receiptNumber}`, 0).slice(-16);
}

export function caseSecretOf({ facts: { id, receiptNumber, applicantId } }: DemoCase): CaseSecretFacts {
  const salt = createHash('sha256').update(`salt of ${receiptNumber}`).digest('base64url').slice(0, 22);
  const secretHash = hashCaseSecret(demoCaseSecret(receiptNumber), salt);
  return { receiptNumber, caseId: id, applicantId, salt, secretHash };
}
