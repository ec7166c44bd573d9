import type { Residency } from '../../../../src/domain/enterprises/residency.ts';
import type {
  CorrectedEnterprise,
  Correction,
  CorrectionSituation,
  KnownReport,
  StatedStay,
} from '../../../../src/domain/published-figures/correction.ts';
import { decideCorrection } from '../../../../src/domain/published-figures/decide-correction.ts';
import {
  decideBackfill,
  decideStep,
  type Proposal,
  type ProposalCourse,
} from '../../../../src/domain/published-figures/proposal.ts';
import { withRevision } from '../../../../src/domain/published-figures/published-day.ts';

const DAY = '2020-03-16';
const NOW = new Date('2020-05-01T02:00:00.000Z');
const FIGURES = { residents: 2, staff: 20, resumedOnSite: 1, resumedOnline: 0, staffReturned: 5, reported: 1 };
const PUBLISHED = withRevision(
  null,
  0,
  DAY,
  { revision: 1, kind: 'PUBLICATION', figures: FIGURES, at: '2020-03-17T02:00:00.000Z', sequence: 1 },
  7,
);
const stay = (from: string, to: string | null): StatedStay => ({ kind: 'OPERATING', from, to, registeredStaff: 10 });
const here = (...stays: StatedStay[]): Residency[] => stays.map((each) => ({ ...each, parkId: 'park_b' }));
const REPORT: KnownReport = {
  day: DAY,
  parkId: 'park_b',
  version: 1,
  mode: 'ON_SITE',
  staffTotal: 10,
  staffReturned: 5,
  registeredStaff: 10,
};

function codeOf(
  correction: Partial<Correction>,
  enterprise: Partial<CorrectedEnterprise>,
  report: Partial<KnownReport> = {},
): string {
  const situation: CorrectionSituation = {
    enterpriseOf: () => ({
      version: 1,
      homeZoneId: 'zone_a',
      move: null,
      registration: 'CONFIRMED',
      residencies: [],
      ...enterprise,
    }),
    zoneId: 'zone_b',
    reportsOf: () => ('stays' in correction ? [] : [{ ...REPORT, ...report }]),
    days: [PUBLISHED],
    applied: 1,
    computedOf: () => FIGURES,
    lastPublishedOn: () => null,
    now: NOW,
  };
  const decision = decideCorrection(
    { parkId: 'park_b', reports: [], stays: [], recount: [], ...correction },
    situation,
  );
  return decision.ok ? 'ACCEPTED' : (decision.refusals[0]?.code ?? '');
}

const ADMITTED = here(stay('2020-03-01', '2020-03-10'), stay('2020-03-11', '2020-03-20'), stay('2020-04-01', null));

test.each<[string, StatedStay, string]>([
  ['within two stays that adjoin', stay('2020-03-05', '2020-03-18'), 'ACCEPTED'],
  ['on all of their days', stay('2020-03-01', '2020-03-20'), 'ACCEPTED'],
  ['before the first one', stay('2020-02-29', '2020-03-18'), 'OTHER_ZONE'],
  ['beyond the last day', stay('2020-03-05', '2020-03-21'), 'OTHER_ZONE'],
  ['over the days between two stays', stay('2020-03-05', '2020-04-05'), 'OTHER_ZONE'],
  ['between two stays', stay('2020-03-25', '2020-03-26'), 'OTHER_ZONE'],
  ['without an end', stay('2020-03-05', null), 'OTHER_ZONE'],
])('a park restates the stays of an enterprise of another zone %s: %s', (_where, stated, expected) => {
  const stays = [{ enterpriseId: 'ent_1', version: 1, stays: [{ ...stated, registeredStaff: 12 }] }];
  expect(codeOf({ stays }, { residencies: ADMITTED })).toBe(expected);
  expect(codeOf({ stays }, { residencies: ADMITTED, homeZoneId: 'zone_b' })).toBe('ACCEPTED');
});

test('a park restates that a stay without an end begins later', () => {
  const stays = [{ enterpriseId: 'ent_1', version: 1, stays: [stay('2020-03-17', null)] }];
  expect(codeOf({ stays }, { residencies: here(stay('2020-03-01', null)) })).toBe('ACCEPTED');
});

test.each<[string, Partial<KnownReport>, Partial<CorrectedEnterprise>, string]>([
  ['of the park', {}, {}, 'ACCEPTED'],
  ['of another park', { parkId: 'park_x' }, {}, 'OTHER_PARK'],
  ['in another version', { version: 2 }, {}, 'OTHER_VERSION'],
  ['that is withdrawn already', { isWithdrawn: true }, {}, 'INVALID_REPORT'],
  ['of another day', { day: '2020-03-15' }, {}, 'INVALID_REPORT'],
  ['of an unconfirmed enterprise', {}, { registration: 'UNCONFIRMED' }, 'NOT_CONFIRMED'],
])('the withdrawal of a report %s is %s', (_what, report, enterprise, expected) => {
  const withdrawals = [{ enterpriseId: 'ent_1', day: DAY, version: 1 }];
  const residencies = here(stay('2020-03-01', null));
  expect(codeOf({ withdrawals }, { residencies, ...enterprise }, report)).toBe(expected);
});

test.each<[string, Partial<KnownReport>, number | null, string]>([
  ['names the version that it corrects', {}, 1, 'ACCEPTED'],
  ['names none', {}, null, 'OTHER_VERSION'],
  ['names none where the version is withdrawn', { isWithdrawn: true }, null, 'ACCEPTED'],
  ['is of a day that counts for another park', { parkId: 'park_x' }, 1, 'OTHER_PARK'],
  [
    'is of a day that counted for another park until it was withdrawn',
    { parkId: 'park_x', isWithdrawn: true },
    1,
    'ACCEPTED',
  ],
])('the correction of a report that %s', (_what, known, corrects, expected) => {
  const report = {
    enterpriseId: 'ent_1',
    day: DAY,
    mode: 'ON_SITE' as const,
    staffTotal: 10,
    staffReturned: 6,
    corrects,
  };
  expect(codeOf({ reports: [report] }, { residencies: here(stay('2020-03-01', null)) }, known)).toBe(expected);
});

test('no step is taken on a proposal that does not exist', () => {
  const decision = decideStep(null, 'ACCEPT', { person: 'a', seen: 1, now: NOW });
  expect(decision).toMatchObject({ ok: false, refusals: [{ code: 'UNKNOWN_PROPOSAL' }] });
});

const PROPOSED: Proposal & ProposalCourse = {
  id: 'proposal_1',
  parkId: 'park_b',
  kind: 'BACKFILL',
  reason: 'The days were counted on paper.',
  proposedBy: 'a',
  proposedAt: '2020-04-30T02:00:00.000Z',
  expiresAt: '2020-05-30T02:00:00.000Z',
  asked: { parkId: 'park_b', days: [] },
  changes: [],
  days: [],
  state: 'PROPOSED',
  version: 1,
};

test.each<[string, Partial<Proposal & ProposalCourse>, string]>([
  ['in time', { expiresAt: '2020-05-01T02:00:00.001Z' }, 'ACCEPTED'],
  ['that expires now', { expiresAt: NOW.toISOString() }, 'EXPIRED'],
  ['that is rejected', { state: 'REJECTED' }, 'ALREADY_DECIDED'],
  ['in another version', { version: 2 }, 'OTHER_VERSION'],
])('another person accepts a proposal %s', (_what, course, expected) => {
  const proposal = { ...PROPOSED, ...course };
  const decision = decideStep(proposal, 'ACCEPT', { person: 'b', seen: 1, now: NOW });
  expect(decision.ok ? 'ACCEPTED' : decision.refusals[0]?.code).toBe(expected);
});

test('a backfill names one day at least, and 800 at most', () => {
  const backfill = (count: number) => {
    const days = Array.from({ length: count }, () => ({ on: DAY, seen: '' }));
    const decision = decideBackfill({ parkId: 'park_b', days }, { days: [], applied: 1, computedOf: null, now: NOW });
    return decision.ok || decision.refusals[0]?.code;
  };
  expect([0, 1, 800, 801].map(backfill)).toEqual([
    'WRONG_NUMBER',
    'NOTHING_COUNTED',
    'NOTHING_COUNTED',
    'WRONG_NUMBER',
  ]);
});
