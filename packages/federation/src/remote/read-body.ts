import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { invalidResponse, tooLarge } from './fault.ts';
import { StructureGuard, type StructureLimits } from './structure-guard.ts';

export interface BodyLimits extends StructureLimits {
  /** After decompression. */
  readonly bytes: number;
}

/** The bytes that are decompressed at a time: each chunk is a turn of a worker thread. */
const CHUNK_BYTES = 64 * 1024;

/** The encodings that `readBody` decodes, as an `accept-encoding` header. */
export const ACCEPTED_ENCODINGS = 'gzip, br';

/**
 * The body of an answer as text. Nothing past a limit is kept or decompressed.
 * Rejects with PAYLOAD_TOO_LARGE, SUBGRAPH_INVALID_RESPONSE, or what the connection broke with.
 */
export async function readBody(subgraph: string, response: IncomingMessage, limits: BodyLimits): Promise<string> {
  if (Number(response.headers['content-length'] ?? 0) > limits.bytes) {
    throw tooLarge(subgraph, `a body of ${response.headers['content-length']} bytes was announced`);
  }
  const guard = new StructureGuard(limits);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Uint8Array>) => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > limits.bytes) throw tooLarge(subgraph, `the body has more than ${limits.bytes} bytes`);
      if (!guard.accept(chunk)) throw tooLarge(subgraph, 'the body nests too deep or has too many objects');
      chunks.push(chunk);
    }
  };
  const decoder = decompressor(subgraph, response);
  await (decoder ? pipeline(response, decoder, collect) : pipeline(response, collect));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks, size));
  } catch (cause) {
    throw invalidResponse(subgraph, 'the body is not UTF-8', cause);
  }
}

function decompressor(subgraph: string, response: IncomingMessage) {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase();
  switch (encoding) {
    case undefined:
    case '':
    case 'identity':
      return undefined;
    case 'gzip':
      return createGunzip({ chunkSize: CHUNK_BYTES });
    case 'br':
      return createBrotliDecompress({ chunkSize: CHUNK_BYTES });
    default:
      throw invalidResponse(subgraph, 'the body is encoded in a way that was not accepted');
  }
}
