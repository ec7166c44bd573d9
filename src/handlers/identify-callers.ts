import { caseTokens } from '../auth/case-token.ts';
import { createIdentify, type Identify } from '../auth/identify.ts';
import { issuedTokenCheck, type TokenCheck } from '../auth/issued-token.ts';
import { rememberingCheck } from '../auth/remembered-tokens.ts';
import { readIssuers } from '../auth/trusted-issuers.ts';
import type { Config } from '../config.ts';

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
    apiKey: apiKeys(settings),
  });
}

/** Loaded with the first key that comes: nobody else needs the table. */
function apiKeys(settings: Config): TokenCheck {
  let loading: Promise<TokenCheck> | undefined;
  const load = async () => {
    const { apiKeyCheck } = await import('../auth/api-key-check.ts');
    const { openCredentials } = await import('./open-credentials.ts');
    return apiKeyCheck((moment) => openCredentials(settings, moment));
  };
  return async (key, moment) => {
    loading ??= load();
    return (await loading)(key, moment);
  };
}
