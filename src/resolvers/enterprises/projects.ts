import { decideAdvance, decideOpening, type ProjectCourse } from '../../domain/projects/project.ts';
import { newId } from '../../storage/dynamodb/new-id.ts';
import { enterpriseKeys } from '../../storage/tables.ts';
import { localizedText } from '../../subgraph/context.ts';
import { changeRecord } from './change-record.ts';
import type { AdvanceProjectInput, MutationResolvers, OpenProjectInput } from './generated/types.ts';

export const openProject: NonNullable<MutationResolvers['openProject']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { park: parkId, name, sector } = input;
  const stated = {
    id: newId('proj', request.now),
    parkId,
    name: localizedText(name),
    sector,
    ...plansOf(input),
  };
  const { record, userErrors } = await changeRecord('openProject', input, context, {
    records: store.projects.records,
    key: enterpriseKeys.project(stated.id),
    ownersOf: () => ({ parkId }),
    decide: ({ park }) => decideOpening(stated, { parkZoneId: park?.zoneId ?? null }, viewer, request.now),
  });
  return { project: record, userErrors };
};

export const advanceProject: NonNullable<MutationResolvers['advanceProject']> = async (_, { input }, context) => {
  const { viewer, request, store } = context;
  const { stage, lostReason } = input;
  const enterpriseId = input.enterprise ?? null;
  const course: ProjectCourse = {
    stage,
    enterpriseId,
    ...plansOf(input),
    ...(lostReason && { lostReason: localizedText(lostReason) }),
  };
  const { record, userErrors } = await changeRecord('advanceProject', input, context, {
    records: store.projects.records,
    key: enterpriseKeys.project(input.project),
    ownersOf: (before) => ({ enterpriseId, parkId: before?.parkId ?? null }),
    decide: ({ before, park, enterprise }) => {
      const known = {
        parkZoneId: park?.zoneId ?? null,
        isEnterpriseKnown: enterpriseId === null || enterprise !== null,
      };
      return decideAdvance(before, input.version, course, known, { viewer, now: request.now });
    },
  });
  return { project: record, userErrors };
};

/** Returns what both mutations state of a project's plans. */
function plansOf({ originZone, amount, office, nextStep, nextStepOn }: OpenProjectInput | AdvanceProjectInput) {
  return {
    originZoneId: originZone ?? null,
    amount: amount == null ? null : String(amount),
    office: localizedText(office),
    ...(nextStep && { nextStep: localizedText(nextStep) }),
    ...(nextStepOn != null && { nextStepOn }),
  };
}
