/** The use that a zone's systems make of documents, as the gateway counts it. */

/** The use of one document. */
export interface DocumentUse {
  /** The name of the operation; null where it has none. */
  readonly document: string | null;
  readonly isTrusted: boolean;
  readonly operations: number;
  /** The price of those that were run, in objects of answers. */
  readonly cost: number;
}

/** Days for which use is stored. */
export const USAGE_DAYS = 35;
/** Names of documents that an instance counts apart on a day. Later names are counted together as null. */
export const MAX_DOCUMENTS = 100;

/** Returns the sums of uses by document, the dearest first. */
export function sumOfUses(uses: readonly DocumentUse[]): readonly DocumentUse[] {
  const sums = new Map<string, DocumentUse>();
  for (const use of uses) {
    const key = nameOfUse(use);
    const before = sums.get(key);
    sums.set(key, {
      ...use,
      operations: use.operations + (before?.operations ?? 0),
      cost: use.cost + (before?.cost ?? 0),
    });
  }
  return Array.from(sums.values()).toSorted((a, b) => b.cost - a.cost || nameOfUse(a).localeCompare(nameOfUse(b)));
}

/** Returns a text that tells the uses of one document from all others. */
export const nameOfUse = ({ document, isTrusted }: Pick<DocumentUse, 'document' | 'isTrusted'>) =>
  `${isTrusted ? 'trusted' : 'own'} ${document ?? ''}`;
