/** An event of an agreement or a coverage, as the zones that it concerns are told. */
export interface LinkageNews {
  /** The agreement's or the coverage's id. */
  readonly id: string;
  readonly version: number;
  /** The agreement that a coverage rests on; null for an agreement. */
  readonly agreementId: string | null;
  readonly kind: string;
  /** The parties of an agreement, or the two zones of a coverage. */
  readonly zoneIds: readonly string[];
  /** RFC 3339, UTC. */
  readonly at: string;
}
