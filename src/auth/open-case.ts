import { createHash } from 'node:crypto';
import { readCaseSecret } from '../storage/credentials/case-secrets.ts';
import type { CaseSecretFacts } from '../storage/credentials/items.ts';
import { readUntaggedReceipts } from '../storage/credentials/untagged-receipts.ts';
import type { Table } from '../storage/dynamodb/table.ts';
import { hasCaseTag, hashCaseSecret, readCaseSecretText } from './case-secret.ts';
import { CASE_TOKEN_SECONDS, type CaseTokens } from './case-token.ts';
import { isSameHash } from './same-hash.ts';
import type { SignInMemory } from './sign-in-memory.ts';

/** Stands in for the record of an unknown receipt number, so that both cases take the same time. */
const NOBODYS = { salt: 'AAAAAAAAAAAAAAAAAAAAAA', secretHash: 'A'.repeat(43), caseId: null };

export interface SignInTry {
  readonly receiptNumber: string;
  /** As the applicant typed it. */
  readonly secret: string;
  /** The caller's network: `networkOf` the caller's address. */
  readonly network: string;
}

export interface SignInMeans {
  readonly table: Table;
  readonly tokens: CaseTokens;
  readonly memory: SignInMemory;
  /** The HMAC key of secrets' tags. */
  readonly tagKey: string;
  readonly now: Date;
}

export type OpenedCase =
  | {
      readonly kind: 'OPENED';
      readonly token: string;
      readonly expiresInSeconds: number;
      readonly caseId: string;
      /** The applicant, as the issuer identifies them. */
      readonly applicantId: string;
    }
  /** The receipt number doesn't exist or the secret is wrong. The caller isn't told which. */
  | { readonly kind: 'REFUSED'; readonly failures: number }
  | { readonly kind: 'TOO_MANY_TRIES'; readonly retryAfterSeconds: number; readonly failures: number };

/**
 * Exchanges a case's receipt number and secret for a token that opens this case alone. Only failures count: per
 * network, and per network and receipt number. No count delays a right secret: 1. A secret with a valid tag is always
 * looked up, because only its holder can know the tag. 2. Any other secret is compared with a cached record, at most 30
 * s old. Without one, the record is read while the network is below its limit. Beyond the limit it is read only for
 * receipt numbers whose secrets predate tags. So failures beyond a network's limit are refused from memory.
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

/** Returns the record, freshly read, if the secret is right; else null. */
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
  memory.storeRecord(receiptNumber, facts, now);
  if (isRight(facts, secret)) return facts;
  memory.storeWrong(name);
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
