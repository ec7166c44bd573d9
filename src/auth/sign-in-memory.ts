import type { CaseSecretFacts } from '../storage/credentials/items.ts';
import type { UntaggedReceipts } from '../storage/credentials/untagged-receipts.ts';

/** Failures that a receipt number may have from one network, and a network with any, in a span. */
export const MAX_PAIR_FAILURES = 10;
export const MAX_NETWORK_FAILURES = 100;
const SPAN_SECONDS = 900;
/** A record that says that a secret is wrong is believed for so long. */
const RECORD_MS = 30_000;
const MAX_NETWORKS = 20_000;
const MAX_PAIRS = 20_000;
const MAX_RECORDS = 5_000;
const MAX_WRONG = 20_000;

interface Failures {
  readonly count: number;
  /** The end of their span, epoch seconds. */
  readonly until: number;
}

/**
 * What one instance remembers of sign-ins by receipt: failures by network, and by network and receipt number; records that
 * it has read; and secrets that were found wrong. It is bounded, forgets the oldest first, and holds no right secret.
 */
export class SignInMemory {
  readonly #networks = new Map<string, Failures>();
  readonly #pairs = new Map<string, Failures>();
  readonly #records = new Map<string, { readonly facts: CaseSecretFacts | null; readonly readAt: number }>();
  readonly #wrong = new Map<string, true>();
  #untagged: Promise<UntaggedReceipts> | undefined;

  /** Whether a network has failed so often that its tries are worth no read by themselves. */
  isOver(network: string, now: Date): boolean {
    const failures = this.#networks.get(network);
    return failures !== undefined && failures.until * 1_000 > now.getTime() && failures.count >= MAX_NETWORK_FAILURES;
  }

  /** The seconds after which a network may fail again with this receipt number; undefined below the limits. */
  secondsToWait(network: string, receiptNumber: string, now: Date): number | undefined {
    const seconds = Math.floor(now.getTime() / 1_000);
    const over = [
      { failures: this.#networks.get(network), max: MAX_NETWORK_FAILURES },
      { failures: this.#pairs.get(pairOf(network, receiptNumber)), max: MAX_PAIR_FAILURES },
    ].flatMap(({ failures, max }) =>
      failures && failures.until > seconds && failures.count >= max ? [failures.until - seconds] : [],
    );
    return over.length > 0 ? Math.max(...over) : undefined;
  }

  /** Counts a failure. @returns how many the network has in this span */
  fail(network: string, receiptNumber: string, now: Date): number {
    const seconds = Math.floor(now.getTime() / 1_000);
    count(this.#pairs, pairOf(network, receiptNumber), seconds, MAX_PAIRS);
    return count(this.#networks, network, seconds, MAX_NETWORKS);
  }

  /** The record of a receipt number, null where there was none; undefined where it wasn't read lately. */
  record(receiptNumber: string, now: Date): CaseSecretFacts | null | undefined {
    const known = this.#records.get(receiptNumber);
    return known && Math.abs(now.getTime() - known.readAt) < RECORD_MS ? known.facts : undefined;
  }

  keepRecord(receiptNumber: string, facts: CaseSecretFacts | null, now: Date): void {
    keep(this.#records, receiptNumber, { facts, readAt: now.getTime() }, MAX_RECORDS);
  }

  /** Whether this very secret was found wrong: replaced by another, it never becomes right again. */
  isWrong(secretName: string): boolean {
    return this.#wrong.has(secretName);
  }

  keepWrong(secretName: string): void {
    keep(this.#wrong, secretName, true, MAX_WRONG);
  }

  /** The receipt numbers whose secrets have no tag, read once: there come no more. Rejects as `read` does. */
  untaggedReceipts(read: () => Promise<UntaggedReceipts>): Promise<UntaggedReceipts> {
    this.#untagged ??= read().catch((error: unknown) => {
      this.#untagged = undefined;
      throw error;
    });
    return this.#untagged;
  }
}

const pairOf = (network: string, receiptNumber: string) => `${network} ${receiptNumber}`;

function count(kept: Map<string, Failures>, key: string, seconds: number, max: number): number {
  const known = kept.get(key);
  const isSameSpan = known !== undefined && known.until > seconds;
  const failures = isSameSpan ? { ...known, count: known.count + 1 } : { count: 1, until: seconds + SPAN_SECONDS };
  keep(kept, key, failures, max);
  return failures.count;
}

/** Sets an entry as the newest, and forgets the oldest where there are too many. */
function keep<Value>(kept: Map<string, Value>, key: string, value: Value, max: number): void {
  kept.delete(key);
  const [oldest] = kept.keys();
  if (kept.size >= max && oldest !== undefined) kept.delete(oldest);
  kept.set(key, value);
}
