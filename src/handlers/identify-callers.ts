import { apiKeyCheck } from '../auth/api-key-check.ts';
import { caseTokens } from '../auth/case-token.ts';
import { createIdentify, type Identify } from '../auth/identify.ts';
import { issuedTokenCheck } from '../auth/issued-token.ts';
import { rememberingCheck } from '../auth/remembered-tokens.ts';
import { readIssuers } from '../auth/trusted-issuers.ts';
import type { Config } from '../config.ts';
import { openTable } from '../storage/connection.ts';
import type { Scope, Table } from '../storage/table.ts';
import { processConnection } from './process-connection.ts';

/**
 * Tells who asks, by the issuers, keys and secrets of these settings.
 * Throws CONFIGURATION as `readIssuers` does.
 */
export function identifyCallers(settings: Config): Identify {
  const { caseTokenSecret } = settings;
  return createIdentify({
    issuedToken: rememberingCheck(issuedTokenCheck(readIssuers(settings))),
    caseToken:
      caseTokenSecret === undefined
        ? async () => ({ refused: 'NO_CASE_TOKENS' })
        : rememberingCheck(caseTokens(caseTokenSecret).check),
    apiKey: apiKeyCheck((moment) => openCredentials(settings, moment)),
  });
}

/** The credentials table, for one request. */
export function openCredentials(settings: Config, { deadline, signal }: Omit<Scope, 'owner'>): Table {
  return openTable(processConnection(settings), 'credentials', { deadline, signal, owner: 'auth' });
}
