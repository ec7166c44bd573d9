import { boundToSecret, rotatingCaseTokens } from '../../auth/case-token.ts';
import { createIdentify, type Identify } from '../../auth/identify.ts';
import { issuedTokenCheck, rememberingCheck, type TokenCheck } from '../../auth/issued-token.ts';
import { readIssuers } from '../../auth/trusted-issuers.ts';
import type { Moment } from '../../auth/verdict.ts';
import type { Config } from '../../config.ts';
import { CodedError } from '../../errors.ts';
import { type Secret, secretOf } from '../../secrets.ts';

/**
 * Makes the function that identifies callers by the issuers, keys and secrets of these settings. Throws CONFIGURATION
 * as `readIssuers` does.
 */
export function identifyCallers(settings: Config): Identify {
  return createIdentify({
    issuedToken: rememberingCheck(issuedTokenCheck(readIssuers(settings))),
    caseToken:
      settings.caseTokenSecret === undefined && settings.secretIds.caseTokens === undefined
        ? async () => ({ refused: 'NO_CASE_TOKENS' })
        : boundToSecret(
            rememberingCheck(rotatingCaseTokens(() => caseTokenSecret(settings)).check),
            secretsOf(settings),
          ),
    apiKey: apiKeys(settings),
  });
}

function caseTokenSecret(settings: Config): Secret {
  const secret = secretOf('caseTokens', settings);
  if (!secret) throw new CodedError('CONFIGURATION', 'The secret of case holders’ tokens is missing.');
  return secret;
}

/** Verifies API keys. The credentials table's code is loaded with the first credential that needs it. */
function apiKeys(settings: Config): TokenCheck {
  const loading = once(async () => {
    const { apiKeyCheck } = await import('../../auth/api-key-check.ts');
    const { openCredentials } = await import('../process.ts');
    return apiKeyCheck((moment) => openCredentials(settings, moment));
  });
  return async (key, moment) => (await loading())(key, moment);
}

function secretsOf(settings: Config): (receiptNumber: string, moment: Moment) => Promise<string | null> {
  const loading = once(async () => {
    const { readSaltOfCaseSecret } = await import('../../storage/credentials/case-secrets.ts');
    const { openCredentials } = await import('../process.ts');
    return (receiptNumber: string, moment: Moment) =>
      readSaltOfCaseSecret(openCredentials(settings, moment), receiptNumber);
  });
  return async (receiptNumber, moment) => (await loading())(receiptNumber, moment);
}

function once<Value>(load: () => Promise<Value>): () => Promise<Value> {
  let loading: Promise<Value> | undefined;
  return () => {
    loading ??= load();
    return loading;
  };
}
