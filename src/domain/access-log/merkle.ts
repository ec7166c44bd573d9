/**
 * Merkle trees as in RFC 6962 §2.1, over leaves that are hashes already. Leaves and nodes are hashed with different
 * prefixes, so that no node passes for a leaf.
 */
import { createHash } from 'node:crypto';

const LEAF = Uint8Array.of(0x00);
const NODE = Uint8Array.of(0x01);

const hash = (...parts: readonly Uint8Array[]): Uint8Array => {
  const sha256 = createHash('sha256');
  for (const part of parts) sha256.update(part);
  return new Uint8Array(sha256.digest());
};

/** Returns the hash of a leaf. */
export const leafHash = (...parts: readonly Uint8Array[]): Uint8Array => hash(LEAF, ...parts);

/** Returns the root of a tree of leaf hashes; without leaves, the hash of the empty string. */
export function merkleRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash();
  const [only] = leaves;
  if (leaves.length === 1 && only) return only;
  const split = splitOf(leaves.length);
  return hash(NODE, merkleRoot(leaves.slice(0, split)), merkleRoot(leaves.slice(split)));
}

/**
 * Returns the audit path of one leaf (RFC 6962 §2.1.1): the sibling nodes on its way to the root, from the leaf
 * upwards.
 */
export function auditPath(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...auditPath(left, index), merkleRoot(right)]
    : [...auditPath(right, index - split), merkleRoot(left)];
}

/** Returns the root that a leaf hash, its index and its audit path lead to; null where the path has another length. */
export function rootFromPath(
  leaf: Uint8Array,
  { index, size, path }: { readonly index: number; readonly size: number; readonly path: readonly Uint8Array[] },
): Uint8Array | null {
  if (size <= 1) return path.length === 0 && index === 0 ? leaf : null;
  const beside = path.at(-1);
  if (!beside || index >= size) return null;
  const split = splitOf(size);
  const below = path.slice(0, -1);
  if (index < split) {
    const left = rootFromPath(leaf, { index, size: split, path: below });
    return left && hash(NODE, left, beside);
  }
  const right = rootFromPath(leaf, { index: index - split, size: size - split, path: below });
  return right && hash(NODE, beside, right);
}

/** Returns the largest power of two below a number of leaves. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}
