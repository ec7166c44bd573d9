/**
 * Invented figures of a sample park: a first one, its revision, and a proposal that was rejected. They are decided by the
 * rules of the mutations. The park of the story has real figures only, and its sources revise none.
 */
import { shanghaiInstant } from '../../../domain/calendar/day.ts';
import { makeId } from '../../../domain/ids.ts';
import type { ObservationFacts } from '../../../domain/observations/observation.ts';
import {
  decideOnProposal,
  decideProposal,
  type ObservationsGrounds,
  type ObservationsProposalFacts,
  type ObservationsPublication,
  observationName,
  type StatedObservation,
  type StatedProposal,
} from '../../../domain/observations/proposal.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import { observationItem, observationsProposalItem, recordVersionItem } from '../../../storage/parks/items.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';
import { accepted } from '../story/inputs.ts';
import { HIGH_TECH } from './zones.ts';

const PARK = 'park_sample-hitech';
const STAFF = makeId('ind', 'staff');
const QUARTERS = {
  '2019-Q4': { unit: 'QUARTER', from: '2019-10-01', to: '2019-12-31' },
  '2020-Q1': { unit: 'QUARTER', from: '2020-01-01', to: '2020-03-31' },
} as const;

/** A proposal of one figure, and another person's decision two days later. */
interface Proposed {
  readonly on: string;
  readonly quarter: keyof typeof QUARTERS;
  readonly value: string;
  readonly yearOnYear: string;
  readonly status: 'PRELIMINARY' | 'REVISED';
  readonly decidedOn: string;
  /** Null for an acceptance. */
  readonly rejection: string | null;
}

const PROPOSED: readonly Proposed[] = [
  {
    ...{ on: '2020-01-20', quarter: '2019-Q4', value: '348', yearOnYear: '6.1', status: 'PRELIMINARY' },
    ...{ decidedOn: '2020-01-22', rejection: null },
  },
  {
    ...{ on: '2020-03-04', quarter: '2019-Q4', value: '354', yearOnYear: '7.9', status: 'REVISED' },
    ...{ decidedOn: '2020-03-06', rejection: null },
  },
  {
    ...{ on: '2020-04-20', quarter: '2020-Q1', value: '345', yearOnYear: '5.2', status: 'PRELIMINARY' },
    ...{ decidedOn: '2020-04-22', rejection: '与在园企业名录不一致，请核对（示例）' },
  },
];

function statedOf({ on, quarter, value, yearOnYear, status }: Proposed): StatedObservation {
  return {
    indicatorId: STAFF,
    period: QUARTERS[quarter],
    basis: 'POINT',
    unit: 'persons',
    figure: {
      ...{ value, yearOnYear, status, approximate: false },
      ...{ numerator: null, denominator: null, scope: null, rounding: null },
      source: {
        title: {
          zh: '园区统计快报（示例）',
          ja: '園区統計速報（サンプル）',
          en: 'Statistical bulletin of the park (sample)',
        },
        publishedOn: on,
      },
    },
  };
}

/** Yields the park's observations, its newest proposal, and every version of the proposals. */
export function* sampleObservationItems(): Generator<PrimaryKey> {
  const published = new Map<string, ObservationFacts>();
  let newest: ObservationsProposalFacts | null = null;
  for (const proposed of PROPOSED) {
    const { on, decidedOn, rejection } = proposed;
    const stated: StatedProposal = { parkId: PARK, seen: newest?.version ?? null, observations: [statedOf(proposed)] };
    const { proposal } = accepted(decideProposal(stated, newest, actOf('demo', on, published), (id) => id === STAFF));
    yield versionItem(proposal, 'demo', on);
    const decision = { seen: proposal.version, rejection: rejection === null ? null : { reason: rejection } };
    const decided: ObservationsPublication = accepted(
      decideOnProposal(decision, proposal, actOf('acceptor', decidedOn, published)),
    );
    yield versionItem(decided.proposal, 'acceptor', decidedOn);
    for (const { facts } of decided.accepted) published.set(observationName(facts), facts);
    newest = decided.proposal;
  }
  if (newest) yield observationsProposalItem(newest);
  for (const facts of published.values()) yield observationItem(facts);
}

const instantOf = (on: string) => shanghaiInstant(on, '10:00:00');

function versionItem(proposal: ObservationsProposalFacts, by: string, on: string): PrimaryKey {
  const publication = { at: instantOf(on).toISOString(), by, agency: 'PARK' } as const;
  return recordVersionItem(observationsProposalItem(proposal), proposal, publication);
}

function actOf(person: string, on: string, published: ObservationsGrounds['published']): ObservationsGrounds {
  const roles = ['PUBLISH', 'ACCEPT_FIGURES'] as const;
  const viewer: Viewer = { kind: 'officer', person, agency: 'PARK', zone: HIGH_TECH, roles };
  return { zoneId: HIGH_TECH, viewer, now: instantOf(on), published };
}
