/** An event of an agreement, a coverage or a relocation, as the zones that it concerns are told. */
export interface LinkageNews {
  /** The id of the agreement, the coverage or the relocation. */
  readonly id: string;
  readonly version: number;
  /** The agreement that a coverage or a relocation rests on; null for an agreement, and where there is none. */
  readonly agreementId: string | null;
  readonly kind: string;
  /** The parties of an agreement, or the two zones of a coverage or a relocation. */
  readonly zoneIds: readonly string[];
  /** RFC 3339, UTC. */
  readonly at: string;
  /** The instant after an agreement's last day; null for one that has none, or ends before. Absent for coverages. */
  readonly expiresAt?: string | null;
}
