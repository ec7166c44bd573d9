/**
 * Successions of enterprises: absorption (吸收合并) and division (分立), by the Company Law of 2023, articles 218 and 222.
 * All enterprises agree, or an administrator states it from the registry's extract; then all home zones confirm. The
 * predecessor gets a pointer to its successors. None of its items is moved.
 */

/**
 * - ABSORPTION: the one successor absorbs the predecessor, which ends.
 * - SPLIT_UP: the predecessor ends and is divided into its successors (解散分立).
 * - SPLIT_OFF: the predecessor goes on, and a part of it becomes its successors (存续分立).
 */
export const SUCCESSION_KINDS = ['ABSORPTION', 'SPLIT_UP', 'SPLIT_OFF'] as const;
export type SuccessionKind = (typeof SUCCESSION_KINDS)[number];

/** A predecessor or a successor of an enterprise. */
export interface Relative {
  readonly enterpriseId: string;
  readonly kind: SuccessionKind;
  /** The legal day of the succession, `YYYY-MM-DD`. */
  readonly on: string;
}

/** The facts on which all enterprises agree. */
export interface SuccessionTerms {
  readonly kind: SuccessionKind;
  readonly successorIds: readonly string[];
  readonly on: string;
}

/** A succession that awaits agreement or confirmation. The predecessor stores it. */
export interface Succession extends SuccessionTerms {
  /** The enterprises whose clerks have agreed; all where an administrator states it. */
  readonly agreedIds: readonly string[];
  /** The home zones that have confirmed it. */
  readonly confirmedZoneIds: readonly string[];
  /** The home zones of all enterprises when it was stated. */
  readonly zoneIds: readonly string[];
  /** The registry's extract that an administrator names; null where the clerks agree. */
  readonly source: string | null;
}

/** Upper bound of the successors of one succession. */
export const MAX_SUCCESSORS = 5;
/** Upper bound of the predecessors of one enterprise, and of the successors that split off from it. */
export const MAX_RELATIVES = 20;
export const MAX_SOURCE_CHARACTERS = 200;

/** Returns whether an enterprise has ended by a succession. */
export function hasEnded({ successors = [] }: { readonly successors?: readonly Relative[] }): boolean {
  return successors.some(({ kind }) => kind !== 'SPLIT_OFF');
}

export function sameTerms(a: SuccessionTerms, b: SuccessionTerms): boolean {
  const textOf = ({ kind, on, successorIds }: SuccessionTerms) => [kind, on, ...[...successorIds].sort()].join(' ');
  return textOf(a) === textOf(b);
}
