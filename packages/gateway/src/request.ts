import { CodedError, enforceLimits, jsonShape, type Limit } from '@bridgehead/federation';
import * as z from 'zod';

/** An HTTP request to the GraphQL endpoint, with its body read. */
export interface HttpRequest {
  readonly method: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly search: URLSearchParams;
  readonly body: Buffer;
}

const map = z.record(z.string(), z.unknown()).nullish();
const parameters = z.object({
  query: z.string().min(1),
  // In a URL the empty text is as good as none, and no operation can be called so.
  operationName: z
    .string()
    .nullish()
    .transform((name) => (name === '' ? null : name)),
  variables: map,
  extensions: map,
});

/** The parameters of a request (GraphQL over HTTP, "Request Parameters"). */
export type GraphqlParameters = z.infer<typeof parameters>;

/**
 * Reads the GraphQL-over-HTTP parameters of a request, within the limits of bytes, depth and values.
 * Throws METHOD_NOT_ALLOWED, UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, OPERATION_TOO_COMPLEX, and BAD_REQUEST for anything
 * else that isn't such a request.
 */
export function readRequest(request: HttpRequest, limits: readonly Limit[]): GraphqlParameters {
  const given = request.method === 'POST' ? readBody(request, limits) : readSearch(request, limits);
  enforceLimits('json', jsonShape(given), limits);
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw badRequest('The body must be one JSON object: operations are not taken in batches.');
  }
  const parsed = parameters.safeParse(given);
  if (parsed.success) return parsed.data;
  const wrong = String(parsed.error.issues[0]?.path[0]);
  throw badRequest(
    wrong === 'query'
      ? 'The parameter query must be a document: a text that is not empty.'
      : `The parameter ${wrong} must be ${wrong === 'operationName' ? 'a text' : 'an object'}, null or left out.`,
  );
}

function readBody({ headers, body }: HttpRequest, limits: readonly Limit[]): unknown {
  // A client that may send compressed bodies decides how large they are here: none may.
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity') throw unsupported('The body must not be compressed.');
  const { type, charset } = contentType(headers['content-type'] ?? '');
  if (type !== 'application/json') {
    throw unsupported('The body must be JSON, sent with content-type application/json.');
  }
  if (charset !== 'utf-8' && charset !== 'utf8') throw unsupported('The body must be in UTF-8.');
  enforceLimits('bytes', body.length, limits);
  return parseJson(decodeUtf8(body), 'The body');
}

/** Reads the parameters in a URL, where maps are JSON. Throws BAD_REQUEST for one that comes twice. */
function readSearch({ method, search }: HttpRequest, limits: readonly Limit[]): unknown {
  if (method !== 'GET') throw new CodedError('METHOD_NOT_ALLOWED', 'Operations are sent by POST, or queries by GET.');
  enforceLimits('bytes', Buffer.byteLength(search.toString()), limits);
  const given = new Map<string, unknown>();
  for (const [name, value] of search) {
    if (given.has(name)) throw badRequest('A parameter may come only once.');
    const isMap = name === 'variables' || name === 'extensions';
    given.set(name, !isMap ? value : value === '' ? undefined : parseJson(value, `The parameter ${name}`));
  }
  given.delete('__proto__');
  return Object.fromEntries(given);
}

/** Reads a media type (RFC 9110 §8.3.1), as far as JSON needs it. */
function contentType(header: string): { readonly type: string | undefined; readonly charset: string } {
  const [type, ...options] = header.split(';').map((part) => part.trim().toLowerCase());
  const charset = options.find((option) => option.startsWith('charset='))?.slice('charset='.length);
  return { type, charset: charset?.replace(/^"(.*)"$/, '$1') ?? 'utf-8' };
}

function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badRequest(`${what} is not JSON.`, cause);
  }
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

function decodeUtf8(body: Buffer): string {
  try {
    return UTF_8.decode(body);
  } catch (cause) {
    throw badRequest('The body must be in UTF-8.', cause);
  }
}

function badRequest(message: string, cause?: unknown): CodedError {
  return new CodedError('BAD_REQUEST', message, cause === undefined ? {} : { cause });
}

function unsupported(message: string): CodedError {
  return new CodedError('UNSUPPORTED_MEDIA_TYPE', message);
}
