import { caseRelation, mayKnow, RECEIVING_AGENCY } from '../../domain/access/case-relation.ts';
import { developerRelation, worklistRelation } from '../../domain/access/relation.ts';
import { freePlaces } from '../../domain/cases/place.ts';
import type { AccessRecorder } from '../../storage/talent/access-log/record.ts';
import type { CaseItem } from '../../storage/talent/items.ts';
import type { Guard, Guards, ShownField } from '../../subgraph/guards.ts';
import { byId, type References, stubs } from '../../subgraph/references.ts';
import type { Context } from './context.ts';
import type { EnterpriseResolvers, FacilityResolvers, ParkResolvers, PolicyResolvers } from './generated/types.ts';
import { byDigestContact } from './news/digest-contact.ts';
import type { AccountOfZone, ApplicantOfCase, BeneficiaryOfCase, FactOfPerson, ListedWork } from './parents.ts';
import { periodOf } from './statistics/published-period.ts';

/**
 * The entities that other subgraphs refer to, by id: one BatchGet per type. Of others' entities only the id is known.
 */
export const references: References<Context> = {
  CaseType: byId(({ store }) => store.caseTypes.byId),
  TalentCase: async (representations, { viewer, store }) => {
    const found = await store.cases.byId.loadMany(representations.map(({ id }) => String(id)));
    return found.map((each) => (each && mayKnow(viewer, each) ? each : null));
  },
  Facility: stubs,
  Park: stubs,
  Enterprise: stubs,
  Policy: stubs,
};

export const Park: ParkResolvers = {
  cases: ({ id }, { state, ...page }, { viewer, store }) =>
    viewer.kind === 'officer' ? store.cases.listOfPark({ zone: viewer.zone, park: id }, state ?? null, page) : null,
  caseStatistics: async ({ id }, given, { store }) => {
    const period = await periodOf(store, given);
    // Rows exist before their period is published.
    if (period === null || !(await store.statistics.publication(given.kind, period))) return null;
    return store.statistics.figures({ kind: given.kind, period, by: 'PARK', of: id });
  },
};

export const Facility: FacilityResolvers = {
  placesTaken: async ({ id }, _, { store }) => (await store.places.of.load(id))?.taken ?? null,
  placesFree: async ({ id }, _, { store }) => {
    const places = await store.places.of.load(id);
    return places && freePlaces(places);
  },
};

export const Enterprise: EnterpriseResolvers = {
  cases: ({ id }, page, { viewer, store }) => {
    if (viewer.kind === 'clerk' && viewer.enterprise === id) return store.cases.listOfEmployer(id, page);
    // Only the receiving agency deals with every case. Other agencies may not learn an applicant's employer.
    if (viewer.kind !== 'officer' || viewer.agency !== RECEIVING_AGENCY) return null;
    return store.cases.listOfEnterprise({ zone: viewer.zone, enterprise: id }, page);
  },
};

export const Policy: PolicyResolvers = {
  caseTypes: ({ id }, _, { store }) => store.caseTypes.ofPolicy(id),
};

/** Notes the access to a shown field of another person's case, however the case was found. */
export function noteAccess(notes: AccessRecorder, of: CaseItem, { field, form, relation }: ShownField): void {
  if (relation === 'OWN') return;
  notes.add({ subject: of.applicantId, caseId: of.id, field, form });
}

/**
 * Makes the access rules of a case's records. They depend on the viewer's relation to the case, and every access is
 * noted.
 */
function byCase<Parent>(caseOf: (record: Parent) => CaseItem): Guard<Context, Parent> {
  return {
    relationTo: (record, { viewer }) => caseRelation(viewer, caseOf(record)),
    shown: (record, seen, { store }) => noteAccess(store.accessRecorder, caseOf(record), seen),
  };
}

/** An entry of an agency's list reveals a case, so access to it is noted. */
const byList: Guard<Context, ListedWork> = {
  relationTo: ({ work }, { viewer }) => worklistRelation(viewer, work),
  shown: ({ case: of }, seen, { store }) => of && noteAccess(store.accessRecorder, of, seen),
};

export const guards: Guards<Context> = {
  TalentCase: byCase((of: CaseItem) => of),
  Applicant: byCase((of: ApplicantOfCase) => of),
  PersonFact: byCase(({ of }: FactOfPerson) => of),
  Beneficiary: byCase(({ of }: BeneficiaryOfCase) => of),
  WorkItem: byList,
  DigestContact: byDigestContact,
  DeveloperAccount: { relationTo: ({ zoneId }: AccountOfZone, { viewer }) => developerRelation(viewer, zoneId) },
};
