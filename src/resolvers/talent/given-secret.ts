import { hashCaseSecret, newCaseSecret, printCaseSecret } from '../../auth/case-secret.ts';
import { requiredCursorSecret } from '../../secrets.ts';
import type { CaseItem } from '../../storage/talent/items.ts';
import type { Context } from './context.ts';

/** Gives a case a secret, in place of the one that it had, and tells it: what is kept is a hash. */
export async function givenSecret({ receiptSecrets }: Context['store'], of: CaseItem): Promise<string> {
  const { receiptNumber, id: caseId, applicantId } = of;
  const { secret, salt } = newCaseSecret(receiptNumber, requiredCursorSecret());
  await receiptSecrets.set({ receiptNumber, caseId, applicantId, salt, secretHash: hashCaseSecret(secret, salt) });
  return printCaseSecret(secret);
}
