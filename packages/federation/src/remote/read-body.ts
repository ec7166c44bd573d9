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
  const body = new Body(subgraph, limits);
  const decoder = decompressor(subgraph, response);
  if (decoder) {
    await pipeline(response, decoder, async (source: AsyncIterable<Uint8Array>) => {
      for await (const chunk of source) body.add(chunk);
    });
  } else {
    await readPlain(response, body);
  }
  return body.text();
}

/** Reads an answer that isn't compressed by its events. A pipeline costs a small answer more than its parsing. */
function readPlain(response: IncomingMessage, body: Body): Promise<void> {
  return new Promise((resolve, reject) => {
    const refuseHalf = () => {
      if (!response.readableEnded) reject(new Error('closed within the answer'));
    };
    if (response.closed) refuseHalf();
    response.on('data', (chunk: Uint8Array) => {
      try {
        body.add(chunk);
      } catch (error) {
        reject(error);
      }
    });
    response.once('end', resolve);
    response.once('error', reject);
    response.once('close', refuseHalf);
  });
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** The bytes of one body as they arrive. */
class Body {
  readonly #subgraph: string;
  readonly #maxBytes: number;
  readonly #guard: StructureGuard;
  readonly #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(subgraph: string, limits: BodyLimits) {
    this.#subgraph = subgraph;
    this.#maxBytes = limits.bytes;
    this.#guard = new StructureGuard(limits);
  }

  /** Throws PAYLOAD_TOO_LARGE past a limit. */
  add(chunk: Uint8Array): void {
    this.#size += chunk.length;
    if (this.#size > this.#maxBytes) throw tooLarge(this.#subgraph, `the body has more than ${this.#maxBytes} bytes`);
    if (!this.#guard.accept(chunk)) throw tooLarge(this.#subgraph, 'the body nests too deep or has too many objects');
    this.#chunks.push(chunk);
  }

  text(): string {
    const [first, ...more] = this.#chunks;
    try {
      return UTF_8.decode(first && more.length === 0 ? first : Buffer.concat(this.#chunks, this.#size));
    } catch (cause) {
      throw invalidResponse(this.#subgraph, 'the body is not UTF-8', cause);
    }
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
