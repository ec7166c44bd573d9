import { createHash } from 'node:crypto';
import { readCaseSecret } from '../storage/credentials/case-secrets.ts';
import type { CaseSecretFacts } from '../storage/credentials/items.ts';
import { readUntaggedReceipts } from '../storage/credentials/untagged-receipts.ts';
import type { Table } from '../storage/dynamodb/table.ts';
import { hasCaseTag, hashCaseSecret, readCaseSecretText } from './case-secret.ts';
import { CASE_TOKEN_SECONDS, type CaseTokens } from './case-token.ts';
import { isSameHash } from './same-hash.ts';
import type { SignInMemory } from './sign-in-memory.ts';

/** What goes with a receipt number that there isn't: its hash is computed and compared all the same. */
const NOBODYS = { salt: 'AAAAAAAAAAAAAAAAAAAAAA', secretHash: 'A'.repeat(43), caseId: null };

export interface SignInTry {
  readonly receiptNumber: string;
  /** As it was typed. */
  readonly secret: string;
  /** Where it comes from: `networkOf` the caller's address. */
  readonly network: string;
}

export interface SignInMeans {
  readonly table: Table;
  readonly tokens: CaseTokens;
  readonly memory: SignInMemory;
  /** What the tags of secrets are made with. */
  readonly tagKey: string;
  readonly now: Date;
}

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
  | { readonly kind: 'REFUSED'; readonly failures: number }
  | { readonly kind: 'TOO_MANY_TRIES'; readonly retryAfterSeconds: number; readonly failures: number };

/**
 * Gives who has a case's receipt number and its secret a token that reaches this case alone. Only failures count, by
 * network and by network and receipt number; no count delays a right secret:
 * 1. A secret with its tag is looked up, whatever was counted: who doesn't know the secret can't make the tag.
 * 2. Any other is compared with a record that was read in the last half minute. Where none was, it is read while the network
 *    is below its limit, and beyond it only for receipt numbers whose secrets are older than tags.
 * So a network's failures beyond its limit are refused from memory.
 */
export async function openCase(tried: SignInTry, means: SignInMeans): Promise<OpenedCase> {
  const { receiptNumber, network } = tried;
  const { tokens, memory, now } = means;
  const facts = await rightRecord(receiptNumber, readCaseSecretText(tried.secret), network, means);
  if (facts) {
    const { caseId, applicantId, salt } = facts;
    const token = await tokens.sign({ caseId, receiptNumber, salt }, now);
    return { kind: 'OPENED', token, expiresInSeconds: CASE_TOKEN_SECONDS, caseId, applicantId };
  }
  const retryAfterSeconds = memory.secondsToWait(network, receiptNumber, now);
  const failures = memory.fail(network, receiptNumber, now);
  return retryAfterSeconds === undefined
    ? { kind: 'REFUSED', failures }
    : { kind: 'TOO_MANY_TRIES', retryAfterSeconds, failures };
}

/** The record that a secret is right for, read just now; null where it is wrong. */
async function rightRecord(
  receiptNumber: string,
  secret: string | null,
  network: string,
  means: SignInMeans,
): Promise<CaseSecretFacts | null> {
  if (secret === null) return null;
  const { table, memory, tagKey, now } = means;
  if (!hasCaseTag(secret, receiptNumber, tagKey)) {
    const known = memory.record(receiptNumber, now);
    if (known !== undefined && !isRight(known, secret)) return null;
    if (known === undefined && !(await mayRead(receiptNumber, network, means))) return null;
  }
  const name = createHash('sha256').update(`${receiptNumber} ${secret}`).digest('base64');
  if (memory.isWrong(name)) return null;
  const facts = await readCaseSecret(table, receiptNumber);
  memory.keepRecord(receiptNumber, facts, now);
  if (isRight(facts, secret)) return facts;
  memory.keepWrong(name);
  return null;
}

async function mayRead(receiptNumber: string, network: string, { table, memory, now }: SignInMeans): Promise<boolean> {
  if (!memory.isOver(network, now)) return true;
  return (await memory.untaggedReceipts(() => readUntaggedReceipts(table))).has(receiptNumber);
}

function isRight(facts: CaseSecretFacts | null, secret: string): facts is CaseSecretFacts {
  const { salt, secretHash } = facts ?? NOBODYS;
  return isSameHash(secretHash, hashCaseSecret(secret, salt)) && facts !== null;
}
