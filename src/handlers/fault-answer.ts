import { CodedError } from '../errors.ts';
import { maskError, statusOf } from '../gateway/error-mask.ts';
import type { HttpAnswer } from '../gateway/server.ts';
import { log } from '../log.ts';

/** What kept a request from being answered, as a GraphQL answer. */
export function faultAnswer(error: unknown, requestId: string): HttpAnswer {
  const coded = error instanceof CodedError ? error : undefined;
  const code = coded?.code ?? 'INTERNAL_SERVER_ERROR';
  if (code === 'INTERNAL_SERVER_ERROR' || code === 'CONFIGURATION' || code === 'IDENTITY_UNAVAILABLE') {
    log.error('a request failed', { requestId, code }, error);
  }
  const masked = maskError({ message: coded?.message ?? '', extensions: { ...coded?.details, code } }, requestId);
  return {
    status: statusOf([masked]),
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      // RFC 6750 §3; the same whatever was wrong.
      ...(code === 'UNAUTHENTICATED' ? { 'www-authenticate': 'Bearer realm="bridgehead", error="invalid_token"' } : {}),
    },
    body: JSON.stringify({ errors: [masked] }),
  };
}
