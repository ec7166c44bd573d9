/** Changes of what parks do with enterprises: support, projects, directives, inspections, courses and offers. */
import type { Item } from '../stored.ts';
import {
  enterpriseBefore,
  found,
  isAdmin,
  isOfficer,
  isSameBut,
  itemOf,
  type Judged,
  type Rule,
  speaksFor,
  zoneOfPark,
} from './situation.ts';

/** A confirmed enterprise is tracked by officers of its home zone. */
export const byTracker: Rule = (change, judged) => {
  const enterprise = enterpriseBefore(itemOf(change).pk, judged);
  return enterprise?.registration === 'CONFIRMED' && isOfficer(judged, enterprise.homeZoneId, 'TRACK');
};

/** The steps of a support request that are the enterprise's own; its home zone's officers go the others. */
const STEPS_OF_CLERK: readonly unknown[] = ['REQUESTED', 'RATED', 'WITHDRAWN'];

/** A support request changes by one step: its last event says which. Nothing else of it is rewritten. */
export const byStep: Rule = ({ before, after }, judged) => {
  if (!after || (before && before.enterpriseId !== after.enterpriseId)) return false;
  const events = after.events as readonly { readonly kind: string }[];
  const had = ((before?.events ?? []) as readonly unknown[]).length;
  if (events.length !== had + 1) return false;
  if (STEPS_OF_CLERK.includes(events.at(-1)?.kind)) return speaksFor(judged, after.enterpriseId);
  const enterprise = enterpriseBefore(after.enterpriseId, judged);
  return enterprise?.registration === 'CONFIRMED' && isOfficer(judged, enterprise.homeZoneId, 'TRACK');
};

/** A project is the office's of its park's zone, and stays in its park; the administration may write it too. */
export const byProjectOffice: Rule = ({ before, after }, judged) => {
  if (!after || (before && before.parkId !== after.parkId)) return false;
  return isAdmin(judged) || isOfficer(judged, zoneOfPark(after.parkId, judged), 'PUBLISH');
};

/** A directive is its issuing zone's, to parks of that zone; the administration may write it too. */
export const byDirectiveOffice: Rule = (change, judged) => {
  const id = String(itemOf(change).directiveId ?? itemOf(change).pk);
  const directive = found(judged, 'enterprises', id, 'DIRECTIVE');
  if (!directive || isAdmin(judged)) return directive !== undefined;
  const { zoneId } = directive.issuer as { readonly zoneId: unknown };
  const parks = directive.parks as readonly { readonly parkId: string }[];
  return isOfficer(judged, zoneId, 'PUBLISH') && parks.every(({ parkId }) => zoneOfPark(parkId, judged) === zoneId);
};

/** An answer is the enterprise's own, or the office's of a park's zone or the administration's; a count and a version follow an answer. */
export const byAddressee: Rule = (change, judged) => {
  const answer =
    itemOf(change).type === 'DirectiveAnswer'
      ? itemOf(change)
      : judged.changes.map(itemOf).find(({ type, pk }) => type === 'DirectiveAnswer' && pk === itemOf(change).pk);
  if (!answer) return false;
  if (answer.enterpriseId !== null) return speaksFor(judged, answer.enterpriseId);
  return isAdmin(judged) || isOfficer(judged, zoneOfPark(answer.parkId, judged), 'PUBLISH');
};

/** An inspection is the inspecting agency's, of the park's zone; the enterprise that mends reports its mendings alone. */
export const byInspector: Rule = ({ before, after }, judged) => {
  const keeps = ['parkId', 'zoneId', 'agency', 'facilityId', 'enterpriseId', 'inspectedOn'];
  if (!after || (before && keeps.some((name) => before[name] !== after[name]))) return false;
  const isReported = before !== null && JSON.stringify(after.findings).includes('REPORTED');
  if (isReported) return speaksFor(judged, after.enterpriseId);
  return after.agency === judged.writer.agency && isOfficer(judged, zoneOfPark(after.parkId, judged), 'TRACK');
};

/** A course is the office's of its park; the administration may write it too. */
export const byCourseOffice: Rule = (change, judged) => {
  const course = found(judged, 'enterprises', itemOf(change).pk, 'COURSE');
  if (!course) return false;
  return isAdmin(judged) || isOfficer(judged, zoneOfPark(course.parkId, judged), 'PUBLISH');
};

/** An enrolment is the enterprise's own, but for the attendance, which the park's office records. */
export const byParticipant: Rule = (change, judged) => {
  const { before, after } = change;
  if (!after) return false;
  return after.attended === null && before?.staff !== after.staff
    ? speaksFor(judged, after.enterpriseId)
    : before !== null &&
        isSameBut({ ...before, version: after.version }, after, 'attended') &&
        byCourseOffice(change, judged);
};

/** Places follow a course or an enrolment. */
export const byCoursePlaces: Rule = (change, judged) =>
  judged.changes.some((each) => {
    const { type, pk } = itemOf(each);
    if (pk !== itemOf(change).pk) return false;
    return (type === 'Course' && byCourseOffice(each, judged)) || (type === 'Enrolment' && byParticipant(each, judged));
  });

/** Returns whether the caller speaks for the publisher of an offer: its enterprise's clerk, or its zone's office. */
function speaksForOffer({ enterpriseId, zoneId }: Item, judged: Judged): boolean {
  if (isAdmin(judged)) return true;
  return enterpriseId === null ? isOfficer(judged, zoneId, 'PUBLISH') : speaksFor(judged, enterpriseId);
}

/** An offer is its publisher's, and stays so. */
export const byOfferer: Rule = ({ before, after }, judged) =>
  after !== null &&
  (!before || (before.enterpriseId === after.enterpriseId && before.zoneId === after.zoneId)) &&
  speaksForOffer(after, judged);

/** Interest is shown and withdrawn by the enterprise, and accepted by the publisher. */
export const byInterested: Rule = ({ before, after }, judged) => {
  if (!after) return false;
  if (!before || after.state === 'WITHDRAWN') return speaksFor(judged, after.enterpriseId);
  const offer = found(judged, 'enterprises', after.pk, 'OFFER');
  return offer !== undefined && speaksForOffer(offer, judged);
};
