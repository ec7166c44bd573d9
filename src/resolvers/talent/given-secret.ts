import { hashCaseSecret, newCaseSecret, printCaseSecret } from '../../auth/case-secret.ts';
import type { CaseItem } from '../../storage/talent/items.ts';
import type { Context } from './context.ts';

/** Gives a case a secret, in place of the one that it had, and tells it: what is kept is a hash. */
export async function givenSecret({ receiptSecrets }: Context['store'], of: CaseItem): Promise<string> {
  const { secret, salt } = newCaseSecret();
  const { receiptNumber, id: caseId, applicantId } = of;
  await receiptSecrets.set({ receiptNumber, caseId, applicantId, salt, secretHash: hashCaseSecret(secret, salt) });
  return printCaseSecret(secret);
}
