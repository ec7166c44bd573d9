import type { Canary } from './canary.ts';
import { type Encoding, needlesOf, partsOf } from './needles.ts';

export interface Find {
  readonly canary: Canary;
  readonly encoding: Encoding;
}

interface Sought extends Find {
  readonly bytes: Buffer;
}

/** As many bytes of each needle are compared by hash; none is shorter. */
const HEAD_BYTES = 6;
const BASE = 0x01000193;
const LEAVING = powerOf(BASE, HEAD_BYTES);
const FILTER_BITS = 1 << 22;

/**
 * Looks for all needles of all canaries at once: a rolling hash of six bytes passes over the text, and only where a filter
 * knows it the needles are compared. A part that several canaries have tells of none.
 */
export class Searcher {
  readonly #filter = new Uint8Array(FILTER_BITS >> 3);
  readonly #byHead = new Map<string, Sought[]>();
  needles = 0;
  /** Bytes that were looked through. */
  searched = 0;

  constructor(canaries: readonly Canary[]) {
    const sought = new Map<string, Sought | null>();
    const all = canaries.flatMap((canary) =>
      partsOf(canary.text, canary.part).flatMap((part) => needlesOf(part).map((needle) => ({ canary, ...needle }))),
    );
    // What reads the same from both ends is plain.
    const plainFirst = [true, false].flatMap((isPlain) =>
      all.filter(({ encoding }) => (encoding === 'plain') === isPlain),
    );
    for (const { canary, encoding, text } of plainFirst) {
      const known = sought.get(text);
      if (known === undefined) sought.set(text, { canary, encoding, bytes: Buffer.from(text, 'utf8') });
      else if (known?.canary !== canary) sought.set(text, null);
    }
    for (const each of sought.values()) if (each !== null) this.#add(each);
  }

  /** One that the system itself has made meanwhile: so random that no other has a part of it. */
  learn(canary: Canary): void {
    for (const part of partsOf(canary.text, canary.part)) {
      for (const { encoding, text } of needlesOf(part)) {
        this.#add({ canary, encoding, bytes: Buffer.from(text, 'utf8') });
      }
    }
  }

  /** Each canary that is in the text, in each encoding once. */
  find(text: string): readonly Find[] {
    const bytes = Buffer.from(text, 'utf8');
    this.searched += bytes.length;
    const found = new Map<string, Find>();
    let hash = 0;
    for (let i = 0; i < bytes.length; i++) {
      hash = (Math.imul(hash, BASE) + bytes[i]!) | 0;
      if (i >= HEAD_BYTES) hash = (hash - Math.imul(bytes[i - HEAD_BYTES]!, LEAVING)) | 0;
      if (i < HEAD_BYTES - 1) continue;
      const bit = hash & (FILTER_BITS - 1);
      if ((this.#filter[bit >> 3]! & (1 << (bit & 7))) === 0) continue;
      const start = i - HEAD_BYTES + 1;
      for (const { canary, encoding, bytes: needle } of this.#byHead.get(headAt(bytes, start)) ?? []) {
        if (!needle.equals(bytes.subarray(start, start + needle.length))) continue;
        found.set(`${canary.name} ${encoding}`, { canary, encoding });
      }
    }
    return [...found.values()];
  }

  #add(sought: Sought): void {
    const { bytes, canary } = sought;
    this.needles += 1;
    if (bytes.length < HEAD_BYTES) throw new RangeError(`${canary.name} is too short to be looked for`);
    const head = headAt(bytes, 0);
    this.#byHead.set(head, [...(this.#byHead.get(head) ?? []), sought]);
    let hash = 0;
    for (const byte of bytes.subarray(0, HEAD_BYTES)) hash = (Math.imul(hash, BASE) + byte) | 0;
    const bit = hash & (FILTER_BITS - 1);
    this.#filter[bit >> 3]! |= 1 << (bit & 7);
  }
}

const headAt = (bytes: Buffer, start: number) => bytes.toString('latin1', start, start + HEAD_BYTES);

function powerOf(base: number, exponent: number): number {
  let power = 1;
  for (let i = 0; i < exponent; i++) power = Math.imul(power, base);
  return power;
}
