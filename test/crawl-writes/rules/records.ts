/** Changes of published records and figures. */
import { saverOf } from '../../../src/domain/questions/saved-question.ts';
import type { OfficerRole } from '../../../src/domain/viewer.ts';
import type { Change, Item } from '../stored.ts';
import { agenciesAsked } from './cases.ts';
import { byCoverage, byParty, byRecognisingZone, byRelocationZone } from './linkages.ts';
import {
  byAddressee,
  byCourseOffice,
  byDirectiveOffice,
  byInspector,
  byInterested,
  byOfferer,
  byParticipant,
  byProjectOffice,
  byStep,
  byTracker,
} from './services.ts';
import { found, isOfficer, isSameBut, itemOf, type Judged, type Rule, speaksFor, zoneOfPark } from './situation.ts';

/** The rules of records whose current item is of the version's type. */
export const BY_TYPE: Readonly<Record<string, Rule>> = {
  Project: byProjectOffice,
  Inspection: byInspector,
  Directive: byDirectiveOffice,
  DirectiveAnswer: byAddressee,
  Offer: byOfferer,
  OfferInterest: byInterested,
  Course: byCourseOffice,
  Enrolment: byParticipant,
};

/** A version stands for its record. */
export const byVersioned: Rule = (change, judged) => {
  if (itemOf(change).of === 'SavedQuestion') {
    const question = judged.changes.find((each) => itemOf(each).type === 'SavedQuestion');
    return change.before === null && question !== undefined && byQuestioner(question, judged);
  }
  if (change.store === 'parks') return byRecordPublisher(change, judged);
  const { of, pk } = itemOf(change);
  if (of === 'Agreement') return byParty(change, judged);
  if (of === 'PolicyCoverage') return byCoverage(change, judged);
  if (of === 'Recognition') return byRecognisingZone(change, judged);
  if (of === 'Relocation') return byRelocationZone(change, judged);
  if (of === 'SigningRule') return isOfficer(judged, pk, 'PUBLISH');
  if (of === 'Tracking') return byTracker(change, judged);
  const current = judged.changes.find((each) => itemOf(each).type === of && itemOf(each).pk === pk);
  const rule = BY_TYPE[String(of)] ?? byStep;
  return change.before === null && current !== undefined && rule(current, judged);
};

/** A question is its saver's, who has a role where they are an officer; a public one is its zone's or the administration's. */
export const byQuestioner: Rule = ({ before, after }, judged) => {
  const { kind, person, side, agency, roles = [] } = judged.writer;
  const zone = side === null ? '' : judged.world.zones[side];
  const isMine = ({ savedBy }: Item) => {
    if (kind === 'officer')
      return roles.length > 0 && agency !== undefined && savedBy === saverOf({ kind, person, agency, zone, roles });
    if (kind === 'partner') return savedBy === saverOf({ kind, zone, key: '' });
    return (kind === 'analyst' || kind === 'admin') && savedBy === saverOf({ kind, person });
  };
  return [before, after].every((item) => {
    if (item === null) return true;
    if (item.audience !== 'PUBLIC') return isMine(item);
    return judged.writer.kind === 'admin' || isOfficer(judged, item.zoneId, 'PUBLISH');
  });
};

/** A simulation is counted and logged in the zone of the publisher who made it. */
export const bySimulating: Rule = (change, judged) => {
  const [zone = ''] = itemOf(change).pk.split('#');
  return zone === 'ADMIN' ? judged.writer.kind === 'admin' : isOfficer(judged, zone, 'PUBLISH');
};

/** A park's figures of a day are published by an officer who publishes them; else they follow a proposal. */
export const byFigures: Rule = (change, judged) => {
  const proposals = judged.changes.filter((each) => itemOf(each).type === 'FiguresProposal');
  if (proposals.length > 0) return proposals.every((each) => byProposal(each, judged));
  return isOfficerOfPark(change, judged, 'PUBLISH_FIGURES');
};

function isOfficerOfPark(change: Change, judged: Judged, role: OfficerRole): boolean {
  const zone = zoneOfPark(itemOf(change).pk.split('#')[1], judged);
  return zone !== undefined && isOfficer(judged, zone, role);
}

/** A proposal is made in one's own name and withdrawn by its proposer; another person with the role decides it. */
export const byProposal: Rule = (change, judged) => {
  const { before, after } = change;
  if (!after) return false;
  const isOwn = (before ?? after).proposedBy === judged.writer.person;
  if (!before) return isOwn && isOfficerOfPark(change, judged, 'PUBLISH_FIGURES');
  if (after.state === 'WITHDRAWN') return isOwn && isOfficerOfPark(change, judged, 'PUBLISH_FIGURES');
  return !isOwn && isOfficerOfPark(change, judged, 'ACCEPT_FIGURES');
};

/** The agency that decides the cases answers for their type, in any zone; the administration may too. */
export const byPublisher: Rule = (change, { writer, before }) => {
  const item = itemOf(change);
  const decides = agenciesAsked(before.get(`talent ${item.pk} CURRENT`)?.item ?? item).at(-1);
  return (
    writer.kind === 'admin' ||
    (writer.kind === 'officer' && (writer.roles?.includes('PUBLISH') ?? false) && writer.agency === decides)
  );
};

/** A zone's record is the administration's; a park's is of its zone's publishers too. A version stands for its record. */
export const byRecordPublisher: Rule = (change, judged) => {
  const { before, writer } = judged;
  const { pk } = itemOf(change);
  if (itemOf(change).of === 'ObservationsProposal') return byObservations(change, judged);
  if (itemOf(change).of === 'UnitPosts' && writer.kind === 'clerk') {
    const current = judged.changes.find((each) => itemOf(each).type === 'UnitPosts')?.after;
    return change.before === null && current != null && isOwnUnit(current, judged);
  }
  if (writer.kind === 'admin') return true;
  if (pk.startsWith('policy_')) return byIssuer(change, judged);
  const park = before.get(`parks ${pk} PARK`)?.item ?? found(judged, 'parks', pk, 'PARK');
  return park !== undefined && isOfficer(judged, park.zoneId, 'PUBLISH');
};

/**
 * A joint unit's answer is of the agency that answers for it; all else of its posts is the park's publishers', and the
 * clerk's whose enterprise is the unit.
 */
export const byPosts: Rule = (change, judged) => {
  const { before, after } = change;
  const isAnswer =
    before !== null && after !== null && isSameBut({ ...before, version: after.version }, after, 'answer');
  const { agency, kind } = judged.writer;
  const isOwn = kind === 'clerk' && after !== null && isOwnUnit(after, judged);
  if (!isAnswer || !after.answer) return (isOwn || byRecordPublisher(change, judged)) && !after?.answer;
  return kind === 'officer' && agency === 'PSB' && byRecordPublisher(change, judged);
};

/** Returns whether the caller's enterprise is the unit of a list of posts, as the park had it before. */
function isOwnUnit({ parkId, unitCode }: Item, judged: Judged): boolean {
  const control = judged.before.get(`parks ${String(parkId)} CONTROL`)?.item;
  const units = (control?.units ?? []) as readonly { readonly id: string; readonly enterpriseId?: string }[];
  const unit = units.find(({ id }) => id === unitCode);
  return unit?.enterpriseId !== undefined && speaksFor(judged, unit.enterpriseId);
}

/** A zone's policy is of that zone's publishers, and holds in that zone alone; the administration publishes all. */
export const byIssuer: Rule = (change, judged) => {
  if (judged.writer.kind === 'admin') return true;
  const id = itemOf(change).policyId ?? itemOf(change).pk;
  const policy = judged.before.get(`parks ${String(id)} POLICY`)?.item ?? found(judged, 'parks', String(id), 'POLICY');
  const { code, zoneId } = (policy?.issuer ?? {}) as { code?: string; zoneId?: string | null };
  const isOwn = zoneId != null && zoneId === `zone_${code}` && isOfficer(judged, zoneId, 'PUBLISH');
  const after = judged.changes.find(({ after: item }) => item?.type === 'Policy' && item.pk === id)?.after;
  return isOwn && (!after || JSON.stringify(after.homeZoneIds) === JSON.stringify([zoneId]));
};

/** Observations are proposed by the park's publishers in their own name, and published by another person's acceptance. */
export const byObservations: Rule = (change, judged) => {
  const { writer, changes } = judged;
  const proposal = changes.find(({ after }) => after?.type === 'ObservationsProposal')?.after;
  if (!proposal) return false;
  const zone = zoneOfPark(proposal.pk, judged) ?? found(judged, 'parks', proposal.pk, 'PARK')?.zoneId;
  const may = (...roles: OfficerRole[]) =>
    writer.kind === 'admin' || roles.some((role) => isOfficer(judged, zone, role));
  const isOwn = proposal.proposedBy === writer.person;
  if (proposal.state === 'PROPOSED') return isOwn && may('PUBLISH') && itemOf(change).type !== 'Observation';
  return !isOwn && proposal.decidedBy === writer.person && may('PUBLISH', 'ACCEPT_FIGURES');
};
