import type { ObservationsPublication } from '../../domain/observations/proposal.ts';
import { STALE, type Stale } from '../dynamodb/transaction.ts';
import { figureRevisionIs, put } from '../dynamodb/write.ts';
import { parkKeys } from '../tables.ts';
import { type ObservationsProposalItem, observationItem, observationsProposalItem } from './items.ts';
import type { RecordKind } from './records.ts';

/** Proposals of observations as records of their park: an acceptance writes each observation in its next revision. */
export const OBSERVATION_RECORDS: RecordKind<ObservationsPublication, ObservationsProposalItem> = {
  keyOf: parkKeys.observationsProposal,
  itemOf: ({ proposal }) => observationsProposalItem(proposal),
  historyOf: ({ proposal }) => proposal,
  derived: (_, __, { accepted }) =>
    accepted.map(({ facts, seenRevision }) =>
      put<Stale>(observationItem(facts), { when: figureRevisionIs(seenRevision), otherwise: STALE }),
    ),
};
