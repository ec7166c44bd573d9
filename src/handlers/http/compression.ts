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

/** Bodies that were compressed before, by encoding. */
type Encodings = Map<string, Buffer>;

/**
 * Returns a body as the client prefers it by `Accept-Encoding` (RFC 9110 §12.5.3); undefined if it is best sent as it
 * is.
 * @param known the body's encodings so far, which this adds to
 */
export async function compressed(
  body: string,
  acceptEncoding: string | undefined,
  known: Encodings = new Map(),
): Promise<CompressedBody | undefined> {
  const encoding = preferred(acceptEncoding ?? '');
  if (encoding === undefined || Buffer.byteLength(body) < LEAST_BYTES) return undefined;
  const bytes = known.get(encoding) ?? (await COMPRESS[encoding](body));
  known.set(encoding, bytes);
  return { bytes, encoding };
}

const COMPRESS = {
  br: (body: string) =>
    brotliAsync(body, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      },
    }),
  gzip: (body: string) => gzipAsync(body),
} satisfies Record<CompressedBody['encoding'], (body: string) => Promise<Buffer>>;

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
