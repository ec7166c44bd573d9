import { dayInShanghai } from '../../domain/calendar/day.ts';
import { decideInspection, decideMending, decideReport } from '../../domain/inspections/inspection.ts';
import { newId } from '../../storage/dynamodb/new-id.ts';
import type { KnownFacilitiesItem } from '../../storage/enterprises/known-facilities.ts';
import { enterpriseKeys } from '../../storage/tables.ts';
import { localizedField, localizedText } from '../../subgraph/context.ts';
import { changeRecord } from './change-record.ts';
import type { FindingResolvers, InspectionResolvers, MutationResolvers } from './generated/types.ts';
import { present } from './present.ts';

export const recordInspection: NonNullable<MutationResolvers['recordInspection']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { park: parkId, facility, enterprise, inspectedOn, findings } = input;
  const enterpriseId = enterprise ?? null;
  const stated = {
    id: newId('insp', request.now),
    parkId,
    facilityId: facility ?? null,
    enterpriseId,
    inspectedOn,
    findings: findings.map(({ code, text, ...finding }) => ({ ...finding, id: code, text: localizedText(text) })),
  };
  const { record, userErrors } = await changeRecord('recordInspection', input, context, {
    records: store.inspections.records,
    key: enterpriseKeys.inspection(stated.id),
    ownersOf: () => ({ parkId, enterpriseId, references: [enterpriseKeys.knownFacilities(parkId)] }),
    decide: ({ park, enterprise: known, references: [facilities = null] }) => {
      const grounds = {
        parkZoneId: park?.zoneId ?? null,
        facilityIds: (facilities as KnownFacilitiesItem | null)?.facilityIds ?? [],
        isEnterpriseKnown: enterpriseId === null || known !== null,
      };
      return decideInspection(stated, grounds, viewer, request.now);
    },
  });
  return { inspection: record, userErrors };
};

export const reportMended: NonNullable<MutationResolvers['reportMended']> = async (_, { input }, context) => {
  const { inspection, version: seen, finding, proof } = input;
  const { record, userErrors } = await changeRecord('reportMended', input, context, {
    records: context.store.inspections.records,
    key: enterpriseKeys.inspection(inspection),
    ownersOf: (before) => ({ enterpriseId: before?.enterpriseId ?? null }),
    decide: ({ before }, relation) =>
      decideReport(before, { seen, finding, proof: localizedText(proof) }, relation, context.viewer),
  });
  return { inspection: record, userErrors };
};

export const answerMending: NonNullable<MutationResolvers['decideMending']> = async (_, { input }, context) => {
  const { inspection, version: seen, finding, accepts, dueOn } = input;
  const { viewer, request, store } = context;
  const { record, userErrors } = await changeRecord('decideMending', input, context, {
    records: store.inspections.records,
    key: enterpriseKeys.inspection(inspection),
    ownersOf: () => ({}),
    decide: ({ before }) =>
      decideMending(before, { seen, finding, accepts, dueOn: dueOn ?? null }, viewer, request.now),
  });
  return { inspection: record, userErrors };
};

export const Inspection: InspectionResolvers = {
  park: ({ parkId }) => ({ id: parkId }),
  facility: ({ facilityId }) => (facilityId === null ? null : { id: facilityId }),
  enterprise: async ({ enterpriseId }, _, { store }) =>
    enterpriseId === null ? null : present(await store.enterprises.byId.load(enterpriseId), enterpriseId),
  inspectedBy: ({ agency }) => (agency === 'PARK' ? 'PARK_OFFICE' : 'JOINT_UNIT'),
};

export const Finding: FindingResolvers = {
  code: ({ id }) => id,
  text: localizedField(({ text }) => text),
  overdue: ({ state, dueOn }, _, { request }) => state !== 'ACCEPTED' && dueOn < dayInShanghai(request.now),
  proof: localizedField(({ proof }) => proof),
};
