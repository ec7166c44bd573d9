import { readCaseSecret, takeTry } from '../storage/credentials/case-secrets.ts';
import type { Table } from '../storage/table.ts';
import { hashCaseSecret, readCaseSecretText } from './case-secret.ts';
import { CASE_TOKEN_SECONDS, type CaseTokens } from './case-token.ts';
import { isSameHash } from './same-hash.ts';

/** Tries that a receipt number has in a span of time, right ones too. */
export const MOST_TRIES = 10;
const SPAN_SECONDS = 900;

/** What goes with a receipt number that there isn't: its hash is computed and compared all the same. */
const NOBODYS = { salt: 'AAAAAAAAAAAAAAAAAAAAAA', secretHash: 'A'.repeat(43), caseId: null, applicantId: '' };

export type OpenedCase =
  | {
      readonly kind: 'OPENED';
      readonly token: string;
      readonly expiresInSeconds: number;
      readonly caseId: string;
      /** Whose case it is: what the issuer calls the person. */
      readonly applicantId: string;
    }
  /** No such receipt number, or not its secret: which of the two is not told. */
  | { readonly kind: 'REFUSED' }
  | { readonly kind: 'TOO_MANY_TRIES'; readonly retryAfterSeconds: number };

/**
 * Gives who has a case's receipt number and its secret a token that reaches this case alone. A try is taken before the
 * secret is looked at. Where all are used up the right secret doesn't help either, for a quarter of an hour at most: guessing
 * is slow, at the price that somebody who knows the receipt number can keep its holder out for as long as they go on.
 */
export async function openCase(
  { receiptNumber, secret: typed }: { readonly receiptNumber: string; readonly secret: string },
  { table, tokens, now }: { readonly table: Table; readonly tokens: CaseTokens; readonly now: Date },
): Promise<OpenedCase> {
  const seconds = Math.floor(now.getTime() / 1000);
  const from = seconds - (seconds % SPAN_SECONDS);
  const span = { from, to: from + SPAN_SECONDS, mostTries: MOST_TRIES };
  if (!(await takeTry(table, receiptNumber, span))) {
    return { kind: 'TOO_MANY_TRIES', retryAfterSeconds: span.to - seconds };
  }
  const { salt, secretHash, caseId, applicantId } = (await readCaseSecret(table, receiptNumber)) ?? NOBODYS;
  const isRight = isSameHash(secretHash, hashCaseSecret(readCaseSecretText(typed) ?? '', salt));
  if (!isRight || caseId === null) return { kind: 'REFUSED' };
  const token = await tokens.sign({ caseId, receiptNumber, salt }, now);
  return { kind: 'OPENED', token, expiresInSeconds: CASE_TOKEN_SECONDS, caseId, applicantId };
}
