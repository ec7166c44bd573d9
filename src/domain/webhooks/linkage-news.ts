/** An event of an agreement, coverage, recognition or relocation, as the zones that it concerns are told. */
export interface LinkageNews {
  /** The id of the agreement, coverage, recognition or relocation. */
  readonly id: string;
  readonly version: number;
  /** The agreement that a coverage, recognition or relocation rests on; null for an agreement, and where there is none. */
  readonly agreementId: string | null;
  readonly kind: string;
  /** The parties of an agreement, or the two zones of the others. */
  readonly zoneIds: readonly string[];
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The instant after an agreement's last day; null for one that has none, or ends before. Absent for coverages. */
  readonly expiresAt?: string | null;
}
