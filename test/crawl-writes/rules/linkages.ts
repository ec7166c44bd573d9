/** Changes of agreements, coverages, recognitions, relocations and ledgers. */
import { isDeepStrictEqual } from 'node:util';
import type { Item } from '../stored.ts';
import { found, isOfficer, isSameBut, itemOf, type Rule } from './situation.ts';

/** Returns the zones that have signed an agreement, or a change of it: each names the zones that it needs. */
function zonesThatSigned(item: Item | null | undefined): readonly string[] {
  const change = item?.change as { readonly signers?: unknown } | undefined;
  return [item?.parties, change?.signers]
    .flatMap((signers) => (signers ?? []) as readonly { readonly zoneId: string; readonly signedOn: string | null }[])
    .filter(({ signedOn }) => signedOn !== null)
    .map(({ zoneId }) => zoneId);
}

/**
 * An agreement and its changes are proposed, signed and declined by a party's officers, each for their own zone, and
 * withdrawn by its proposer's.
 */
export const byParty: Rule = (_, judged) => {
  const { before, after } = judged.changes.find((each) => itemOf(each).type === 'Agreement') ?? {};
  if (!after) return false;
  const signed = zonesThatSigned;
  const parties = after.parties as readonly { readonly zoneId: string }[];
  const isSignedByOthers = signed(after).some(
    (zone) => !signed(before).includes(zone) && !isOfficer(judged, zone, 'PUBLISH'),
  );
  const isWithdrawnByOthers = after.status === 'WITHDRAWN' && !isOfficer(judged, after.proposedBy, 'PUBLISH');
  return (
    parties.some(({ zoneId }) => isOfficer(judged, zoneId, 'PUBLISH')) && !isSignedByOthers && !isWithdrawnByOthers
  );
};

/** A coverage is added by the policy's zone, which stays, and ended by that or the covered one. */
export const byCoverage: Rule = (_, judged) => {
  const { before, after } = judged.changes.find((each) => itemOf(each).type === 'PolicyCoverage') ?? {};
  if (!after) return false;
  const zones = before ? [before.fromZoneId, before.toZoneId] : [after.fromZoneId];
  const policy = found(judged, 'linkages', String(after.policyId), 'FACTS');
  const isTheirs = ((policy?.homeZoneIds ?? []) as readonly unknown[]).includes(after.fromZoneId);
  return isTheirs && zones.some((zone) => isOfficer(judged, zone, 'PUBLISH'));
};

/** A recognition is given and ended by the zone that recognises; what was recognised, and of which zone, stays. */
export const byRecognisingZone: Rule = (_, judged) => {
  const { before, after } = judged.changes.find((each) => itemOf(each).type === 'Recognition') ?? {};
  if (!after) return false;
  const stays = !before || isSameBut({ ...before, version: after.version }, after, 'validTo');
  return stays && isOfficer(judged, after.byZoneId, 'PUBLISH');
};

/** An entry of a ledger is made for its zone, by an officer who publishes or by the zone's system. Nothing else changes it. */
export const byLedgerParty: Rule = (_, judged) => {
  const entries = judged.changes.filter((each) => itemOf(each).type === 'LedgerEntry');
  const [{ before, after } = { before: null, after: null }] = entries;
  const { kind, side } = judged.writer;
  const isSystem = kind === 'partner' && side !== null && judged.world.zones[side] === after?.zone;
  return entries.length === 1 && before === null && (isSystem || isOfficer(judged, after?.zone, 'PUBLISH'));
};

/** A relocation is changed by an officer of one of its zones, who adds statements of the officer's own zone alone. */
export const byRelocationZone: Rule = (_, judged) => {
  const { before, after } = judged.changes.find((each) => itemOf(each).type === 'Relocation') ?? {};
  if (!after) return false;
  const statementsOf = (item: Item | null | undefined) =>
    (item?.statements ?? []) as readonly { readonly zoneId: string }[];
  const [were, are] = [statementsOf(before), statementsOf(after)];
  return (
    isDeepStrictEqual(are.slice(0, were.length), were) &&
    are.slice(were.length).every(({ zoneId }) => isOfficer(judged, zoneId, 'PUBLISH')) &&
    [after.fromZoneId, after.toZoneId].some((zone) => isOfficer(judged, zone, 'PUBLISH'))
  );
};
