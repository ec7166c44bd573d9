import { enforceLimits, jsonShape } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { CodedError } from '../../errors.ts';

const jsonObject = z.record(z.string(), z.unknown());

/**
 * Reads the JSON object in a request's body, within the limits of bytes, depth and values. Throws
 * UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, OPERATION_TOO_COMPLEX, and BAD_REQUEST for any other body.
 */
export function readJsonBody({ headers, body = '', isBase64Encoded }: APIGatewayProxyEventV2): Record<string, unknown> {
  // Compressed bodies are refused: their size would be the client's choice.
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? '';
  if (encoding !== '' && encoding !== 'identity') throw unsupported('The body must not be compressed.');
  const { type, charset } = contentType(headers['content-type'] ?? '');
  if (type !== 'application/json') {
    throw unsupported('The body must be JSON, sent with content-type application/json.');
  }
  if (charset !== 'utf-8' && charset !== 'utf8') throw unsupported('The body must be in UTF-8.');
  enforceLimits('bytes', isBase64Encoded ? Math.floor((body.length * 3) / 4) : Buffer.byteLength(body));
  const json = parseJson(isBase64Encoded ? decodeUtf8(body) : body, 'The body');
  enforceLimits('json', jsonShape(json));
  const parsed = jsonObject.safeParse(json);
  if (!parsed.success) throw badRequest('The body must be one JSON object: operations are not taken in batches.');
  return parsed.data;
}

/** Parses a content type (RFC 9110 §8.3.1), as far as JSON needs it. */
function contentType(header: string): { readonly type: string | undefined; readonly charset: string } {
  const [type, ...parameters] = header.split(';').map((part) => part.trim().toLowerCase());
  const charset = parameters.find((parameter) => parameter.startsWith('charset='))?.slice('charset='.length);
  return { type, charset: charset?.replace(/^"(.*)"$/, '$1') ?? 'utf-8' };
}

/** Parses JSON. Throws BAD_REQUEST, with `what` as its subject, if the text is invalid. */
export function parseJson(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw badRequest(`${what} is not JSON.`, cause);
  }
}

function decodeUtf8(base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(base64, 'base64'));
  } catch (cause) {
    throw badRequest('The body must be in UTF-8.', cause);
  }
}

export function badRequest(message: string, cause?: unknown): CodedError {
  return new CodedError('BAD_REQUEST', message, cause === undefined ? {} : { cause });
}

function unsupported(message: string): CodedError {
  return new CodedError('UNSUPPORTED_MEDIA_TYPE', message);
}

const map = z.record(z.string(), z.unknown()).nullish();
const parameters = z.object({
  query: z.string().min(1),
  // In a URL, an empty name counts as none; no operation can have it.
  operationName: z
    .string()
    .nullish()
    .transform((name) => (name === '' ? null : name)),
  variables: map,
  extensions: map,
});

/** The parameters of a request (GraphQL over HTTP, "Request Parameters"). */
export type GraphqlParameters = z.infer<typeof parameters>;

/** Validates the parameters of a request and drops unknown ones. Throws BAD_REQUEST that names the wrong parameter. */
export function readParameters(said: Readonly<Record<string, unknown>>): GraphqlParameters {
  const parsed = parameters.safeParse(said);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues[0]?.path[0];
  throw badRequest(
    wrong === 'query'
      ? 'The parameter query must be a document: a text that is not empty.'
      : `The parameter ${String(wrong)} must be ${wrong === 'operationName' ? 'a text' : 'an object'}, null or left out.`,
  );
}

/** Parses the parameters in a URL, whose maps are JSON. Throws BAD_REQUEST for a repeated parameter or invalid JSON. */
export function readSearch(rawQueryString: string): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(rawQueryString)) {
    if (Object.hasOwn(said, name)) throw badRequest('A parameter may come only once.');
    const isMap = name === 'variables' || name === 'extensions';
    if (name !== '__proto__') said[name] = isMap ? mapOf(name, value) : value;
  }
  return said;
}

function mapOf(name: string, value: string): unknown {
  return value === '' ? undefined : parseJson(value, `The parameter ${name}`);
}
