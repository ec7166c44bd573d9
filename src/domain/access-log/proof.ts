/**
 * Proofs that an entry was in the access log when an anchor was signed. A proof holds one person's part and hashes, and
 * no other person's data.
 */
import { anchorText, type SignedAnchor } from './anchor.ts';
import { type AccessBatch, base64url, hashOfBatchFacts, leavesOf, rootOfBatch } from './batch.ts';
import type { AccessFrame } from './entry.ts';
import { auditPath, rootFromPath } from './merkle.ts';
import { type AccessPart, hashOfLeaf, partDigest } from './part.ts';

/** A batch between a proved part and the anchored head. */
interface ProofStep {
  readonly number: number;
  readonly entries: number;
  readonly leaves: number;
  /** Base64url, as all hashes here. */
  readonly root: string;
}

export interface AccessProof {
  readonly part: AccessPart;
  readonly frame: AccessFrame;
  readonly lane: number;
  /** Index of the part's leaf in its batch. */
  readonly index: number;
  /** Audit path of the leaf (RFC 6962 §2.1.1). */
  readonly path: readonly string[];
  /** Hash of the batch before the part's batch. */
  readonly previous: string;
  /** The part's batch, and all later ones up to the anchored batch. */
  readonly steps: readonly ProofStep[];
  readonly anchor: SignedAnchor;
}

const bytes = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));

/**
 * Returns the proof of a part.
 * @param batches the part's batch and all later ones, up to a batch that the anchor names
 */
export function proofOf(
  { part, frame, index }: Pick<AccessProof, 'part' | 'frame' | 'index'>,
  batches: readonly [AccessBatch, ...AccessBatch[]],
  { previous, anchor }: { readonly previous: Uint8Array; readonly anchor: SignedAnchor },
): AccessProof {
  const [own] = batches;
  const steps = batches.map((batch) => {
    const leaves = batch.sizes.reduce((sum, size) => sum + size, 0);
    return { number: batch.number, entries: batch.entries.length, leaves, root: base64url(rootOfBatch(batch)) };
  });
  const path = auditPath(leavesOf(own).map(hashOfLeaf), index).map(base64url);
  return { part, frame, lane: own.lane, index, path, previous: base64url(previous), steps, anchor };
}

/** Returns whether a proof leads from its part to a head of its anchor, and the anchor's signature is valid. */
export function proofHolds(proof: AccessProof, verify: (text: string, signature: string) => boolean): boolean {
  const { part, frame, lane, index, path, steps, anchor } = proof;
  const [own] = steps;
  const leaf = hashOfLeaf({ log: part.log, entry: part.entry, digest: partDigest(part, frame) });
  const root = own && rootFromPath(leaf, { index, size: own.leaves, path: path.map(bytes) });
  if (!own || !root || base64url(root) !== own.root) return false;
  let previous: Uint8Array = bytes(proof.previous);
  for (const { number, entries, leaves, root } of steps) {
    previous = hashOfBatchFacts({ lane, number, previous, entries, leaves, root: bytes(root) });
  }
  const isAnchored = anchor.heads.some(
    (head) => head.lane === lane && head.number === steps.at(-1)?.number && head.hash === base64url(previous),
  );
  return isAnchored && verify(anchorText(anchor), anchor.signature);
}
