import { hashCaseSecret, newCaseSecret, printCaseSecret } from '../../auth/case-secret.ts';
import { config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import type { CaseItem } from '../../storage/talent/items.ts';
import type { Context } from './context.ts';

/** Gives a case a secret, in place of the one that it had, and tells it: what is kept is a hash. */
export async function givenSecret({ receiptSecrets }: Context['store'], of: CaseItem): Promise<string> {
  const { cursorSecret } = config();
  if (cursorSecret === undefined) throw new CodedError('CONFIGURATION', 'CURSOR_SECRET is not set.');
  const { receiptNumber, id: caseId, applicantId } = of;
  const { secret, salt } = newCaseSecret(receiptNumber, cursorSecret);
  await receiptSecrets.set({ receiptNumber, caseId, applicantId, salt, secretHash: hashCaseSecret(secret, salt) });
  return printCaseSecret(secret);
}
