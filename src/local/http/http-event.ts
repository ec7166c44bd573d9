import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import type { RouteMatch } from './routes.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Converts a request to the event that API Gateway's HTTP API passes to a function, payload format 2.0. */
export function eventOf(
  request: IncomingMessage,
  body: Buffer,
  url: URL,
  match: RouteMatch<unknown>,
  requestId: string,
): APIGatewayProxyEventV2 {
  const { cookie, ...distinct } = request.headersDistinct;
  const headers = Object.fromEntries(Object.entries(distinct).map(([name, values = []]) => [name, values.join(',')]));
  const cookies = (cookie ?? []).flatMap((line) => line.split(/; */)).filter((pair) => pair !== '');
  const query = queryOf(url.searchParams);
  const text = isText(request, body);
  const now = new Date();
  return {
    version: '2.0',
    routeKey: match.routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    ...(cookies.length > 0 && { cookies }),
    headers,
    ...(query !== undefined && { queryStringParameters: query }),
    ...(match.pathParameters !== undefined && { pathParameters: match.pathParameters }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: url.hostname,
      domainPrefix: url.hostname.split('.')[0] ?? '',
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId,
      routeKey: match.routeKey,
      stage: '$default',
      time: commonLogTime(now),
      timeEpoch: now.getTime(),
    },
    ...(body.length > 0 && { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
}

/** Tells whether API Gateway would pass a body on as text. Everything else arrives in base64, compressed text too. */
function isText(request: IncomingMessage, body: Buffer): boolean {
  const type = request.headers['content-type'] ?? '';
  if (request.headers['content-encoding'] !== undefined) return false;
  return /^(text\/|application\/(json|javascript|xml)\b)/i.test(type) && isUtf8(body);
}

function queryOf(parameters: URLSearchParams): Record<string, string> | undefined {
  const names = [...new Set(parameters.keys())];
  if (names.length === 0) return undefined;
  return Object.fromEntries(names.map((name) => [name, parameters.getAll(name).join(',')]));
}

/** Formats an instant as `12/Mar/2020:19:03:58 +0000`. */
function commonLogTime(at: Date): string {
  const [date = '', time = ''] = at.toISOString().split('T');
  const [year, month, day] = date.split('-');
  return `${day}/${MONTHS[Number(month) - 1]}/${year}:${time.slice(0, 8)} +0000`;
}

const result = z.object({
  statusCode: z.int().min(200).max(599),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  cookies: z.array(z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});

/** A handler's answer as it is sent over HTTP. */
export interface WireAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Buffer;
}

/**
 * Converts a handler's result.
 * @returns undefined if it is no answer for an HTTP API, or exceeds Lambda's limit
 */
export function answerOf(returned: unknown, limitBytes: number): WireAnswer | undefined {
  const parsed = result.safeParse(returned);
  if (!parsed.success) return undefined;
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = parsed.data;
  if (Buffer.byteLength(body) > limitBytes) return undefined;
  return {
    statusCode,
    headers: {
      ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
}
