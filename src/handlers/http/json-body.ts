import { enforceLimits, jsonShape } from '@bridgehead/federation';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { CodedError } from '../../errors.ts';

const object = z.record(z.string(), z.unknown());

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
  const parsed = object.safeParse(json);
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
