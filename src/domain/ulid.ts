const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

function base32(value: bigint, digits: number): string {
  let text = '';
  for (let rest = value, i = 0; i < digits; i++, rest >>= 5n) text = ALPHABET[Number(rest & 31n)] + text;
  return text;
}

/**
 * Returns a ULID (github.com/ulid/spec): 48 bits of Unix milliseconds and 80 further bits, as 26 digits of Crockford's
 * base 32.
 */
export function ulidOf(milliseconds: number, bits80: bigint): string {
  return base32(BigInt(milliseconds), 10) + base32(bits80 & ((1n << 80n) - 1n), 16);
}

/**
 * Returns the ULID of a name: the same name and instant always give the same one. It is for demo data and fixtures,
 * whose ids must not change between runs. Ids made at run time take their 80 bits from a random source. The bits are
 * FNV-1a over 128 bits (draft-eastlake-fnv), the lower 48 folded into the upper 80.
 */
export function ulidOfName(name: string, milliseconds: number): string {
  const prime = 0x0000000001000000000000000000013bn;
  let hash = 0x6c62272e07bb014262b821756295c58dn;
  for (const byte of new TextEncoder().encode(name)) {
    hash = ((hash ^ BigInt(byte)) * prime) & ((1n << 128n) - 1n);
  }
  return ulidOf(milliseconds, (hash >> 48n) ^ (hash & ((1n << 48n) - 1n)));
}

/** Returns the instant of a ULID, in Unix milliseconds. */
export function ulidTime(ulid: string): number {
  return [...ulid.slice(0, 10)].reduce((time, digit) => time * 32 + ALPHABET.indexOf(digit), 0);
}
