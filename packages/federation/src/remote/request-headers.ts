import type { Call } from '../subgraph.ts';

/** W3C Trace Context §3.2, version 00. */
const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;

/** All that a partner learns of a request beside the operation: the language, the trace, and that it is the gateway. */
export function requestHeaders({ locale, traceparent }: Call, token: string | undefined): Record<string, string> {
  return {
    ...(locale === undefined ? {} : { 'accept-language': locale.toLowerCase() }),
    ...(traceparent && TRACEPARENT.test(traceparent) ? { traceparent } : {}),
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
  };
}
