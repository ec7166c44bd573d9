import type { CaseSecretFacts } from '../storage/credentials/items.ts';
import type { UntaggedReceipts } from '../storage/credentials/untagged-receipts.ts';

/** Limits of failures in one span: for a receipt number from one network, and for a network in all. */
export const MAX_PAIR_FAILURES = 10;
export const MAX_NETWORK_FAILURES = 100;
const SPAN_SECONDS = 900;
/** How long a cached record may refute a secret. */
const RECORD_MS = 30_000;
const MAX_NETWORKS = 20_000;
const MAX_PAIRS = 20_000;
const MAX_RECORDS = 5_000;
const MAX_WRONG = 20_000;

interface Failures {
  readonly count: number;
  /** End of the span, in epoch seconds. */
  readonly until: number;
}

/**
 * An instance's memory of sign-ins by receipt: failures per network, and per network and receipt number; cached
 * records; and secrets known to be wrong. Its size is bounded, the oldest entries go first, and it holds no right
 * secret.
 */
export class SignInMemory {
  readonly #networks = new Map<string, Failures>();
  readonly #pairs = new Map<string, Failures>();
  readonly #records = new Map<string, { readonly facts: CaseSecretFacts | null; readonly readAt: number }>();
  readonly #wrong = new Map<string, true>();
  #untagged: Promise<UntaggedReceipts> | undefined;

  /** Tells whether a network has so many failures that its tries are worth no read. */
  isOver(network: string, now: Date): boolean {
    const failures = this.#networks.get(network);
    return failures !== undefined && failures.until * 1_000 > now.getTime() && failures.count >= MAX_NETWORK_FAILURES;
  }

  /** Returns the seconds until this network may try this receipt number again; undefined below the limits. */
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

  /**
   * Counts a failure.
   * @returns the network's failures in this span
   */
  fail(network: string, receiptNumber: string, now: Date): number {
    const seconds = Math.floor(now.getTime() / 1_000);
    count(this.#pairs, pairOf(network, receiptNumber), seconds, MAX_PAIRS);
    return count(this.#networks, network, seconds, MAX_NETWORKS);
  }

  /** Returns the cached record of a receipt number: null if none exists, undefined if none is cached. */
  record(receiptNumber: string, now: Date): CaseSecretFacts | null | undefined {
    const known = this.#records.get(receiptNumber);
    return known && Math.abs(now.getTime() - known.readAt) < RECORD_MS ? known.facts : undefined;
  }

  storeRecord(receiptNumber: string, facts: CaseSecretFacts | null, now: Date): void {
    setNewest(this.#records, receiptNumber, { facts, readAt: now.getTime() }, MAX_RECORDS);
  }

  /** Tells whether this secret is known to be wrong. A wrong secret never becomes right. */
  isWrong(secretName: string): boolean {
    return this.#wrong.has(secretName);
  }

  storeWrong(secretName: string): void {
    setNewest(this.#wrong, secretName, true, MAX_WRONG);
  }

  /**
   * Returns the receipt numbers whose secrets have no tag. They are read once, because no new ones arise. Rejects as
   * `read` does.
   */
  untaggedReceipts(read: () => Promise<UntaggedReceipts>): Promise<UntaggedReceipts> {
    this.#untagged ??= read().catch((error: unknown) => {
      this.#untagged = undefined;
      throw error;
    });
    return this.#untagged;
  }
}

const pairOf = (network: string, receiptNumber: string) => `${network} ${receiptNumber}`;

function count(entries: Map<string, Failures>, key: string, seconds: number, max: number): number {
  const known = entries.get(key);
  const isSameSpan = known !== undefined && known.until > seconds;
  const failures = isSameSpan ? { ...known, count: known.count + 1 } : { count: 1, until: seconds + SPAN_SECONDS };
  setNewest(entries, key, failures, max);
  return failures.count;
}

/** Sets an entry as the newest and evicts the oldest beyond `max`. */
function setNewest<Value>(entries: Map<string, Value>, key: string, value: Value, max: number): void {
  entries.delete(key);
  const [oldest] = entries.keys();
  if (entries.size >= max && oldest !== undefined) entries.delete(oldest);
  entries.set(key, value);
}
