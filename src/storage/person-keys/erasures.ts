import * as z from 'zod';

/** An entry of a register of erasures. */
export const erasureEntry = z.strictObject({ person: z.string().min(1), erasedAt: z.iso.datetime() });
export type ErasureEntry = z.infer<typeof erasureEntry>;

/**
 * The register of erasures. It lies outside every table, so that a restore of older tables can erase the same persons
 * again.
 */
export interface ErasureRegister {
  /** Records the erasure of a person, and of their children, before it begins. It is stored when this returns. */
  add(personIds: readonly string[], erasedAt: Date): Promise<void>;
  /** Returns all entries. */
  entries(): Promise<readonly ErasureEntry[]>;
  /** Returns the name that the entries have for a person. */
  referenceOf(personId: string): string;
}
