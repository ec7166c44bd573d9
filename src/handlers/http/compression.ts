import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Smallest body that is compressed: below about one packet, compression saves nothing. */
const LEAST_BYTES = 1_400;
/** Brotli quality from 0 to 11. At 4, an answer of 100 kB takes about a millisecond. */
const BROTLI_QUALITY = 4;

const brotliAsync = promisify(brotliCompress);
const gzipAsync = promisify(gzip);

export interface CompressedBody {
  readonly bytes: Buffer;
  readonly encoding: 'br' | 'gzip';
}

/**
 * Returns a body as the client prefers it by `Accept-Encoding` (RFC 9110 §12.5.3); undefined if it is best sent as it
 * is.
 */
export async function compressed(
  body: string,
  acceptEncoding: string | undefined,
): Promise<CompressedBody | undefined> {
  if (Buffer.byteLength(body) < LEAST_BYTES) return undefined;
  const encoding = preferred(acceptEncoding ?? '');
  if (encoding === 'br') {
    const params = {
      [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    };
    return { bytes: await brotliAsync(body, { params }), encoding };
  }
  return encoding === 'gzip' ? { bytes: await gzipAsync(body), encoding } : undefined;
}

function preferred(acceptEncoding: string): CompressedBody['encoding'] | undefined {
  const weights = new Map(
    acceptEncoding.split(',').map((part): [string, number] => {
      const [coding = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return [coding, weight === undefined ? 1 : Number(weight)];
    }),
  );
  const weightOf = (coding: string) => weights.get(coding) ?? weights.get('*') ?? 0;
  const [br, gz, identity] = [weightOf('br'), weightOf('gzip'), weights.get('identity') ?? 0];
  if (Math.max(br, gz) <= 0 || identity > Math.max(br, gz)) return undefined;
  return br >= gz ? 'br' : 'gzip';
}
