import { enforceLimits, isTrusted, jsonShape, type TrustedDocuments, withNamedDocument } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { DECLARED_PURPOSES, isDeclaredPurpose, PARTNER_PURPOSES } from '../../domain/access/purpose.ts';
import { localeFromHeader } from '../../domain/locale.ts';
import { ANONYMOUS, type Viewer } from '../../domain/viewer.ts';
import { COST_HEADER, type CostWish, readCostWish } from '../../edge/budget/budgets.ts';
import type { HttpRequest } from '../../edge/http-message.ts';
import { CodedError } from '../../errors.ts';
import type { Call } from '../../subgraph/request.ts';
import { type GraphqlParameters, readJsonBody, readParameters, readSearch } from '../http/request-parameters.ts';

/** Upper limit of a request's time: API Gateway gives up at 30 s. */
const MAX_MILLISECONDS = 25_000;
/** Part of the function's own time that is reserved for answering a timeout. */
const SPARE_MILLISECONDS = 500;
/**
 * Header with the caller's purpose: a partner's, for data that an agreement grants; an officer's, for the access log.
 */
export const PURPOSE_HEADER = 'bridgehead-purpose';
const TRACEPARENT = /^[\da-f]{2}-[\da-f]{32}-[\da-f]{16}-[\da-f]{2}$/;

/**
 * Opens the call of a request: its instant, deadline and locale. The viewer is anonymous until identified. The caller
 * runs `end` after the answer, so that no timer remains.
 */
export function openCall(
  event: APIGatewayProxyEventV2,
  remainingMilliseconds: number,
): { readonly call: Call; readonly end: () => void } {
  const now = Date.now();
  const milliseconds = Math.max(1, Math.min(MAX_MILLISECONDS, remainingMilliseconds - SPARE_MILLISECONDS));
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new DOMException('The deadline is over.', 'TimeoutError')),
    milliseconds,
  );
  const { traceparent } = event.headers;
  const call: Call = {
    requestId: event.requestContext.requestId,
    viewer: ANONYMOUS,
    now: new Date(now),
    locale: localeFromHeader(event.headers['accept-language']),
    deadline: now + milliseconds,
    signal: controller.signal,
    ...(traceparent !== undefined && TRACEPARENT.test(traceparent) ? { traceparent } : {}),
  };
  return { call, end: () => clearTimeout(timer) };
}

/**
 * Header of a request whose mutations are decided without being carried out: `true`. The answer has the same header, so
 * that a client knows that the server respects it.
 */
export const VALIDATE_ONLY_HEADER = 'bridgehead-validate-only';

/** Returns whether a request only validates. Throws BAD_REQUEST for another value than `true`. */
export function validatesOnly({ headers }: Pick<APIGatewayProxyEventV2, 'headers'>): Pick<Call, 'validatesOnly'> {
  const wish = headers[VALIDATE_ONLY_HEADER];
  if (wish === undefined) return {};
  if (wish !== 'true') throw new CodedError('BAD_REQUEST', `The header ${VALIDATE_ONLY_HEADER} is "true" or left out.`);
  return { validatesOnly: true };
}

/** A parsed request. */
export interface GraphqlRequest extends HttpRequest {
  /** True if its document is a trusted one, sent whole or by its id. */
  readonly isShipped: boolean;
  readonly costWish: CostWish;
}

/**
 * Returns the purpose that a request's header declares; nothing if there is none. Throws BAD_REQUEST for an unknown
 * purpose, because a typing error would silently count as no purpose. A zone's system is told its own purposes.
 */
export function declaredPurpose(
  { headers }: Pick<APIGatewayProxyEventV2, 'headers'>,
  { kind }: Pick<Viewer, 'kind'>,
): Pick<Call, 'purpose'> {
  const purpose = headers[PURPOSE_HEADER];
  if (purpose === undefined) return {};
  if (!isDeclaredPurpose(purpose)) {
    const known = kind === 'partner' ? PARTNER_PURPOSES : DECLARED_PURPOSES;
    throw new CodedError('BAD_REQUEST', `The header ${PURPOSE_HEADER} must be one of ${known.join(', ')}.`);
  }
  return { purpose };
}

/**
 * Reads the GraphQL-over-HTTP request in an event of an HTTP API (payload 2.0) and inserts the trusted document that it
 * names. Throws METHOD_NOT_ALLOWED, BAD_REQUEST for invalid parameters, and as `readJsonBody`, `enforceLimits`,
 * `withNamedDocument` and `readCostWish` do.
 */
export function graphqlRequest(event: APIGatewayProxyEventV2, documents: TrustedDocuments): GraphqlRequest {
  const { headers, rawQueryString } = event;
  const { method } = event.requestContext.http;
  if (method === 'POST') {
    const body = readParameters(withNamedDocument(readJsonBody(event), documents));
    return { method, headers, search: '', body, ...requestFacts(body, headers, documents) };
  }
  if (method !== 'GET') throw new CodedError('METHOD_NOT_ALLOWED', 'Use POST for operations, or GET for queries.');
  enforceLimits('bytes', Buffer.byteLength(rawQueryString));
  const values = readSearch(rawQueryString);
  enforceLimits('json', jsonShape(values));
  const parameters = readParameters(withNamedDocument(values, documents));
  const search = new URLSearchParams(
    Object.entries(parameters).flatMap(([name, value]): [string, string][] => {
      if (value === undefined || value === null) return [];
      return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
    }),
  );
  return { method, headers, search: `?${search}`, body: undefined, ...requestFacts(parameters, headers, documents) };
}

function requestFacts(
  { query, extensions }: GraphqlParameters,
  headers: HttpRequest['headers'],
  documents: TrustedDocuments,
): Pick<GraphqlRequest, 'isShipped' | 'costWish'> {
  return { isShipped: isTrusted(query, documents), costWish: readCostWish(headers[COST_HEADER], extensions) };
}
