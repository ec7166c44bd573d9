import { decideTracking } from '../../../domain/support/tracking.ts';
import { enterpriseKeys } from '../../../storage/tables.ts';
import { changeRecord } from '../change-record.ts';
import type { MutationResolvers } from '../generated/types.ts';

export const assignTracking: NonNullable<MutationResolvers['assignTracking']> = async (_, { input }, context) => {
  const { enterprise: enterpriseId, version, desk, familyName } = input;
  const stated = { enterpriseId, seen: version ?? null, desk, familyName: familyName ?? null };
  const { record, userErrors } = await changeRecord('assignTracking', input, context, {
    records: context.store.support.trackings,
    key: enterpriseKeys.tracking(enterpriseId),
    ownersOf: () => ({ enterpriseId }),
    decide: ({ before }, relation) => decideTracking(stated, before, relation, context.viewer, context.request.now),
  });
  return { tracking: record, userErrors };
};
