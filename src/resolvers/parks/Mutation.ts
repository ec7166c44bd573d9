import type { GuardedMutations } from '../../subgraph/guards.ts';
import { publishCalendarYear } from './calendar.ts';
import type { MutationResolvers } from './generated/types.ts';
import { publishIndicator } from './publish-indicator.ts';
import { acceptObservations, proposeObservations, rejectObservations } from './publish-observations.ts';
import { publishControlUnits, publishFacilities } from './publish-of-park.ts';
import { publishPark, publishZone } from './publish-places.ts';
import { publishPolicyVersion, withdrawPolicyVersion } from './publish-policy.ts';
import { answerJointControl, publishOwnPosts, publishPosts } from './publish-posts.ts';
import { publishQuestion, saveQuestion, withdrawQuestion } from './questions.ts';

/** The publications of records. Who may publish which: `src/domain/access/write-table.ts`. */
export const Mutation: GuardedMutations<MutationResolvers> = {
  publishZone,
  publishPark,
  publishFacilities,
  publishControlUnits,
  publishPosts,
  publishOwnPosts,
  answerJointControl,
  publishPolicyVersion,
  withdrawPolicyVersion,
  publishIndicator,
  publishCalendarYear,
  proposeObservations,
  acceptObservations,
  rejectObservations,
  saveQuestion,
  publishQuestion,
  withdrawQuestion,
};
