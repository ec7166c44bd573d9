/** The rule by which a zone signs agreements: by one officer, or by two. */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import { type RecordRefusalCode, refusePublisher, refuseVersion, unless, type Versioned } from '../records/record.ts';
import type { Decision } from '../refusal.ts';
import type { Viewer } from '../viewer.ts';
import type { OfficersPerSignature } from './signature.ts';

export interface SigningRule extends Versioned {
  readonly zoneId: string;
  readonly officers: OfficersPerSignature;
  /** The officer who asks for signatures by one officer, until a second one confirms it. Null otherwise. */
  readonly loweredBy: string | null;
}

/**
 * Decides by how many officers the caller's zone signs. One officer may raise it. To lower it takes two, as a signature
 * would have.
 * @param seen the version that the officer saw; null where the zone has set none
 */
export function decideSigningRule(
  before: SigningRule | null,
  { seen, officers }: { readonly seen: number | null; readonly officers: number },
  viewer: Viewer,
): Decision<SigningRule, RecordRefusalCode> {
  const zoneId = viewer.kind === 'officer' ? viewer.zone : null;
  const refused = refusePublisher(mayWrite(viewer, 'setSigningOfficers', recordRelation(viewer, zoneId)));
  if (refused.length > 0 || viewer.kind !== 'officer') return { ok: false, refusals: refused };
  const isNew = officers !== (before?.officers ?? 1) || (before?.loweredBy ?? null) !== null;
  const isLowering = officers === 1 && before?.officers === 2;
  const refusals = [
    ...refuseVersion(seen, before),
    ...unless(officers === 1 || officers === 2, 'INVALID_VALUE', ['officers'], 'A zone signs by 1 or 2 officers.'),
    ...unless(isNew, 'KEPT', ['officers'], 'The zone signs so already.'),
    ...unless(!isLowering || before.loweredBy !== viewer.person, 'KEPT', ['officers'], 'Another officer confirms it.'),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  const waits = isLowering && before.loweredBy === null;
  return {
    ok: true,
    value: {
      zoneId: viewer.zone,
      version: (before?.version ?? 0) + 1,
      officers: officers === 2 || waits ? 2 : 1,
      loweredBy: waits ? viewer.person : null,
    },
  };
}
