import { JSON_RESPONSE, type MediaType, maskError, retryAfter, statusOf } from '@bridgehead/federation';
import type { HttpAnswer } from '../../edge/http-message.ts';
import { CodedError, ERROR_KINDS, type ErrorCode } from '../../errors.ts';
import { log } from '../../log.ts';

/** Faults that only the log shows to operators. */
const LOGGED: readonly ErrorCode[] = [
  'INTERNAL_SERVER_ERROR',
  'CONFIGURATION',
  'IDENTITY_UNAVAILABLE',
  'STORE_UNAVAILABLE',
];

/** Returns a fault as a GraphQL answer of this media type. */
export function faultAnswer(error: unknown, requestId: string, type: MediaType = JSON_RESPONSE): HttpAnswer {
  const coded = error instanceof CodedError ? error : undefined;
  const code = coded?.code ?? 'INTERNAL_SERVER_ERROR';
  if (LOGGED.includes(code)) {
    log.error('a request failed', { requestId, code }, error);
  }
  const masked = maskError(
    { message: coded?.message ?? '', extensions: { ...coded?.details, code } },
    ERROR_KINDS,
    requestId,
  );
  return {
    status: statusOf([masked], ERROR_KINDS, type),
    headers: {
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'no-store',
      // RFC 6750 §3; the same for every fault of a credential.
      ...(code === 'UNAUTHENTICATED' ? { 'www-authenticate': 'Bearer realm="bridgehead", error="invalid_token"' } : {}),
      ...(code === 'METHOD_NOT_ALLOWED' ? { allow: 'GET, POST, OPTIONS' } : {}),
      // RFC 9110 §12.5.3: the accepted encoding of a body.
      ...(code === 'UNSUPPORTED_MEDIA_TYPE' ? { 'accept-encoding': 'identity' } : {}),
      ...retryAfter([masked], ERROR_KINDS, new Date()),
    },
    body: JSON.stringify({ errors: [masked] }),
  };
}
