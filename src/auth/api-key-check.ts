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
const CACHE_MS = 20_000;
/** Minimum interval between two writes of a key's last use. */
const USE_RECORDED_EVERY_MS = 3_600_000;
/** Cached records per process; a few hundred zones are expected. */
const MAX_RECORDS = 1_000;

interface CachedRecord {
  readonly facts: ApiKeyFacts;
  readonly readAt: number;
}

/**
 * Verifies API keys against their records. A record is cached for 20 s; the first request after that reads it again, so
 * no timer is needed. If the read fails, no key is accepted.
 * @param openTable opens the credentials table for one request
 */
export function apiKeyCheck(openTable: (moment: Moment) => Table): TokenCheck {
  const cached = new Map<string, CachedRecord>();

  /** Returns a key's record, or null. Unknown ids are not cached, so they can't evict real records. */
  async function find(id: string, moment: Moment): Promise<ApiKeyFacts | null> {
    const known = cached.get(id);
    const at = moment.now.getTime();
    if (known && Math.abs(at - known.readAt) < CACHE_MS) return known.facts;
    const facts = await readApiKey(openTable(moment), id);
    cached.delete(id);
    if (facts) cache(facts, at);
    return facts;
  }

  function cache(facts: ApiKeyFacts, readAt: number): void {
    const [oldest] = cached.keys();
    if (cached.size >= MAX_RECORDS && oldest !== undefined) cached.delete(oldest);
    cached.set(facts.id, { facts, readAt });
  }

  /**
   * Records a key's last use without delaying the request. A failed write is retried by the next request that reads the
   * record.
   */
  function recordUse(facts: ApiKeyFacts, moment: Moment): void {
    const since = new Date(moment.now.getTime() - USE_RECORDED_EVERY_MS).toISOString();
    if (facts.lastUsedAt !== null && facts.lastUsedAt > since) return;
    const lastUsedAt = moment.now.toISOString();
    const known = cached.get(facts.id);
    if (known) cached.set(facts.id, { ...known, facts: { ...facts, lastUsedAt } });
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
    recordUse(facts, moment);
    return { viewer: { kind: 'partner', zone: facts.zone, key: facts.id } };
  };
}
