/**
 * Counts of synthetic cases of several zones and parks, from the year before on, so that a full year of statistics is
 * published. They are closed tallies without cases, as from a register that was kept before: an invented case behind
 * each would make the demo data ten times as large.
 */
import { addMonths } from '../../../domain/calendar/day.ts';
import { CASE_KINDS, type CaseKind, type CaseRoute } from '../../../domain/case-types/case-type.ts';
import type { CaseCount } from '../../../domain/statistics/counting.ts';
import { nextMonth, publishableMonth } from '../../../domain/statistics/period.ts';
import { decisionBucket, EMPTY_CASE_TALLY } from '../../../domain/statistics/tally.ts';
import { type DemoPark, HEADLINE_PARK } from '../parks/parks.ts';
import { BINHAI_ZONES } from '../parks/zones.ts';
import { type Random, randomOf } from '../random.ts';
import { caseTypeVersions } from './case-types.ts';

/** A place of cases. Outside of a zone's parks `parkId` is null. */
interface Place {
  readonly zoneId: string;
  readonly parkId: string | null;
  /** Applications a month and route, about: assumed. */
  readonly received: number;
}

/** Applications a month and route: in a park, and outside of the parks of each zone, the largest zone first. Assumed. */
const OF_HEADLINE_PARK = 10;
const OF_SAMPLE_PARK = 6;
const OUTSIDE_OF_PARKS = [16, 12, 11, 10, 9] as const;

/** Schooling has two routes, where others have four or five, and three times their cases in each. */
const TIMES = { HUKOU: 1, HOUSING: 1, SCHOOLING: 3 } as const satisfies Record<CaseKind, number>;

function placesOf(parks: readonly DemoPark[]): readonly Place[] {
  const inParks = parks
    .filter(({ facts }) => (BINHAI_ZONES as readonly string[]).includes(facts.zoneId))
    .map(({ id, facts: { zoneId } }): Place => {
      return { zoneId, parkId: id, received: id === HEADLINE_PARK ? OF_HEADLINE_PARK : OF_SAMPLE_PARK };
    });
  const outside = BINHAI_ZONES.map((zoneId, at): Place => {
    return { zoneId, parkId: null, received: OUTSIDE_OF_PARKS[at] ?? OF_SAMPLE_PARK };
  });
  return [...inParks, ...outside];
}

/**
 * Shares of the decisions that reject, and that come late; of the open cases, those that wait for each party. Few
 * children are rejected, all of them by cases of the demo data, so that statistics suppress something in the totals too.
 */
const REJECTED = { HUKOU: 0.16, HOUSING: 0.16, SCHOOLING: 0 } as const satisfies Record<CaseKind, number>;
const LATE = 0.14;
const WAITS = { APPLICANT: 0.22, EMPLOYER: 0.16 } as const;
/** Share of the cases of a month, and those open before it, that it decides. */
const DECIDED = 0.6;
/** Working days of decisions in time, and late. */
const DAYS_IN_TIME = [4, 8, 12, 15] as const;
const DAYS_LATE = [18, 24, 28] as const;

/** Returns the counts of the earlier cases up to the last month that may be published on a day. */
export function earlierCounts(today: string, parks: readonly DemoPark[]): readonly CaseCount[] {
  const last = publishableMonth(today);
  const first = addMonths(`${today.slice(0, 4)}-01-01`, -12).slice(0, 7);
  const routes = new Map(caseTypeVersions(today).map(({ kind, route }) => [`${kind} ${route}`, { kind, route }]));
  const counts: CaseCount[] = [];
  for (const kind of CASE_KINDS) {
    for (const { route } of [...routes.values()].filter((each) => each.kind === kind)) {
      for (const place of placesOf(parks)) counts.push(...countsOf(place, kind, route, { first, last }));
    }
  }
  return counts;
}

function* countsOf(
  { zoneId, parkId, received: usual }: Place,
  kind: CaseKind,
  route: CaseRoute,
  { first, last }: { readonly first: string; readonly last: string },
): Generator<CaseCount> {
  const random = randomOf(`earlier ${kind} ${route} ${zoneId} ${parkId}`);
  let open = 0;
  let waiting = EMPTY_CASE_TALLY.waiting;
  for (let month = first; month <= last; month = nextMonth(month)) {
    const received = near(usual * TIMES[kind], random);
    const decided = Math.round((open + received) * DECIDED);
    const rejected = near(decided * REJECTED[kind], random);
    const late = near(decided * LATE, random);
    open += received - decided;
    const applicant = Math.round(open * WAITS.APPLICANT);
    const employer = Math.round(open * WAITS.EMPLOYER);
    const now = { ...waiting, APPLICANT: applicant, EMPLOYER: employer, AGENCY: open - applicant - employer };
    const decisionDays = [...EMPTY_CASE_TALLY.decisionDays];
    for (let number = 0; number < decided; number++) {
      const days = random.pick(number < late ? DAYS_LATE : DAYS_IN_TIME);
      decisionDays[decisionBucket(days)]! += 1;
    }
    const change = {
      ...EMPTY_CASE_TALLY.waiting,
      APPLICANT: now.APPLICANT - waiting.APPLICANT,
      EMPLOYER: now.EMPLOYER - waiting.EMPLOYER,
      AGENCY: now.AGENCY - waiting.AGENCY,
    };
    waiting = now;
    const add = { received, approved: decided - rejected, rejected, onTime: decided - late, late, decisionDays };
    yield { kind, month, zoneId, parkId, route, add: { ...add, waiting: change } };
  }
}

/** Returns a whole number within a fifth of a usual one. */
const near = (usual: number, random: Random) => Math.round(usual * (0.8 + 0.4 * random.next()));
