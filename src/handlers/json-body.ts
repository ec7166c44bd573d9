import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import * as z from 'zod';
import { CodedError } from '../errors.ts';

const object = z.record(z.string(), z.unknown());

/** The JSON object that a request has as its body. Throws BAD_REQUEST for any other body. */
export function readJsonBody({ headers, body = '', isBase64Encoded }: APIGatewayProxyEventV2): Record<string, unknown> {
  if ((headers['content-encoding'] ?? 'identity') !== 'identity') {
    throw badRequest('The body must not be compressed.');
  }
  if (!/^application\/json\s*(;|$)/i.test(headers['content-type'] ?? '')) {
    throw badRequest('The body must be JSON, sent with content-type application/json.');
  }
  const parsed = object.safeParse(parseJson(isBase64Encoded ? decodeUtf8(body) : body, 'The body'));
  if (!parsed.success) throw badRequest('The body must be one JSON object: operations are not taken in batches.');
  return parsed.data;
}

/** Throws BAD_REQUEST, with `what` as its subject, for what is no JSON. */
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
