import { CodedError } from '../errors.ts';
import { log } from '../log.ts';
import { readApiKey, recordApiKeyUse } from '../storage/credentials/api-keys.ts';
import type { ApiKeyFacts } from '../storage/credentials/items.ts';
import type { Table } from '../storage/dynamodb/table.ts';
import { apiKeyFault, hashApiSecret, parseApiKey } from './api-key.ts';
import type { TokenCheck } from './issued-token.ts';
import { isSameHash } from './same-hash.ts';
import type { Moment } from './verdict.ts';

/** How long a cached record is trusted. It bounds the delay of a revocation, plus the time of one request. */
const BELIEVED_MS = 20_000;
/** Minimum interval between two writes of a key's last use. */
const USE_NOTED_EVERY_MS = 3_600_000;
/** Cached records per process; a few hundred zones are expected. */
const MAX_KEPT = 1_000;

interface Kept {
  readonly facts: ApiKeyFacts;
  readonly readAt: number;
}

/**
 * Verifies API keys against their records. A record is cached for 20 s; the first request after that reads it again, so
 * no timer is needed. If the read fails, no key is accepted.
 * @param openTable opens the credentials table for one request
 */
export function apiKeyCheck(openTable: (moment: Moment) => Table): TokenCheck {
  const kept = new Map<string, Kept>();

  /** Returns a key's record, or null. Unknown ids are not cached, so they can't evict real records. */
  async function find(id: string, moment: Moment): Promise<ApiKeyFacts | null> {
    const known = kept.get(id);
    const at = moment.now.getTime();
    if (known && Math.abs(at - known.readAt) < BELIEVED_MS) return known.facts;
    const facts = await readApiKey(openTable(moment), id);
    kept.delete(id);
    if (facts) keep(facts, at);
    return facts;
  }

  function keep(facts: ApiKeyFacts, readAt: number): void {
    const [oldest] = kept.keys();
    if (kept.size >= MAX_KEPT && oldest !== undefined) kept.delete(oldest);
    kept.set(facts.id, { facts, readAt });
  }

  /**
   * Records a key's last use without delaying the request. A failed write is retried by the next request that reads the
   * record.
   */
  function noteUse(facts: ApiKeyFacts, moment: Moment): void {
    const since = new Date(moment.now.getTime() - USE_NOTED_EVERY_MS).toISOString();
    if (facts.lastUsedAt !== null && facts.lastUsedAt > since) return;
    const lastUsedAt = moment.now.toISOString();
    const known = kept.get(facts.id);
    if (known) kept.set(facts.id, { ...known, facts: { ...facts, lastUsedAt } });
    recordApiKeyUse(openTable(moment), facts.id, lastUsedAt, since).catch((error: unknown) => {
      const code = error instanceof CodedError ? error.code : 'INTERNAL_SERVER_ERROR';
      log.warn('the use of an API key could not be noted', { requestId: moment.requestId, key: facts.id, code });
    });
  }

  return async (text, moment) => {
    const key = parseApiKey(text);
    if (key === null) return { refused: 'NO_API_KEY' };
    const facts = await find(key.id, moment);
    if (facts === null) return { refused: 'UNKNOWN_API_KEY' };
    if (!isSameHash(facts.secretHash, hashApiSecret(key.secret))) return { refused: 'WRONG_API_KEY' };
    const fault = apiKeyFault(facts, moment.now);
    if (fault !== null) return { refused: fault };
    noteUse(facts, moment);
    return { viewer: { kind: 'partner', zone: facts.zone, key: facts.id } };
  };
}
