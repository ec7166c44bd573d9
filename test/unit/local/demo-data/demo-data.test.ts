import { createHash } from 'node:crypto';
import { SUBGRAPHS, type SubgraphName } from '../../../../src/config.ts';
import { CALENDAR } from '../../../../src/domain/calendar/calendar.ts';
import { addDays } from '../../../../src/domain/calendar/day.ts';
import { caseDeadlines } from '../../../../src/domain/cases/deadline.ts';
import { type CaseEvent, foldCase } from '../../../../src/domain/cases/fold.ts';
import { CASE_STATES } from '../../../../src/domain/cases/state.ts';
import {
  classifiedSteps,
  countingResidency,
  levelOn,
  residencySteps,
} from '../../../../src/domain/enterprises/residency.ts';
import { usccFault } from '../../../../src/domain/enterprises/uscc.ts';
import { typeOfId } from '../../../../src/domain/ids.ts';
import { rateOf } from '../../../../src/domain/indicators/indicator.ts';
import { policyApplies } from '../../../../src/domain/linkages/coverage.ts';
import { factsOfSubject } from '../../../../src/domain/linkages/subject-facts.ts';
import { FACTS_OF } from '../../../../src/domain/policies/facts.ts';
import type { DaySums } from '../../../../src/domain/published-figures/breakdown.ts';
import type { DayPart } from '../../../../src/domain/published-figures/day-load.ts';
import { suppressedOfDay } from '../../../../src/domain/published-figures/day-suppression.ts';
import { dayFiguresOf, ratiosOf } from '../../../../src/domain/published-figures/published-day.ts';
import { addTallies, EMPTY_TALLY, tallyChange } from '../../../../src/domain/published-figures/resumption.ts';
import { answerTo } from '../../../../src/domain/rules/answer.ts';
import { NAMED_PROJECTS } from '../../../../src/local/demo-data/enterprises/named-projects.ts';
import { itemsOf } from '../../../../src/local/demo-data/items.ts';
import { AGREEMENTS, COVERAGES } from '../../../../src/local/demo-data/parks/agreements.ts';
import { HEADLINE_PARK } from '../../../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../../../src/local/demo-data/scale.ts';
import type { SealedPersons } from '../../../../src/local/demo-data/talent/sealed-persons.ts';
import { exportLine } from '../../../../src/local/demo-data/write-export.ts';
import type {
  CountedItem,
  EnterpriseItem,
  OperationReportedEvent,
  OperationReportItem,
  ParkDayItem,
  ParkDayPartsItem,
  ParkDaySharesItem,
  ParkFiguresItem,
  ProjectItem,
} from '../../../../src/storage/enterprises/items.ts';
import { isCounted, listedCount } from '../../../../src/storage/enterprises/published-figures/counting.ts';
import { dayPartsOf } from '../../../../src/storage/enterprises/published-figures/day-shares.ts';
import { countedDays } from '../../../../src/storage/enterprises/published-figures/park-figures.ts';
import type { CaseEventItem, CaseItem } from '../../../../src/storage/talent/items.ts';

const ANCHOR = '2026-05-13';
/** Their keys are new each time, and so is all that is encrypted by them. */
const NO_PERSONS: SealedPersons = {
  records: () => [],
  keys: () => [],
  contactOf: ({ id }) => ({ pk: id, sk: '' }),
  digestContact: { pk: 'digest', sk: '' },
  into: (_, __, fields) => Object.fromEntries(Object.keys(fields).map((name) => [name, { key: 1, text: '' }])) as never,
};
const items = SUBGRAPHS.flatMap((subgraph) =>
  [...itemsOf(subgraph, SCALES.S, ANCHOR, NO_PERSONS)].map((item) => ({ subgraph, item })),
);

/** The items of one type, as it is stored. */
function ofType<Item extends { readonly type: string }>(type: Item['type']): Item[] {
  return items.map(({ item }) => item as unknown as Item).filter((item) => item.type === type);
}

const enterprises = ofType<EnterpriseItem>('Enterprise');
const reports = ofType<OperationReportItem>('OperationReport');
const events = ofType<OperationReportedEvent>('OperationReported');
const cases = ofType<CaseItem>('TalentCase');
const residents = (day: string) =>
  enterprises.filter(({ residencies }) => countingResidency(residencies, day)?.parkId === HEADLINE_PARK);

/** The park's rates of a day, by going through its enterprises and their reports. */
function recount(day: string) {
  const here = residents(day);
  const said = new Map(reports.filter(({ on }) => on === day).map((report) => [report.enterpriseId, report]));
  const ofHere = here.map(({ id }) => said.get(id));
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  return {
    enterprises: here.length,
    staff: sum(here.map(({ id, staffCount }) => said.get(id)?.staffTotal ?? staffCount)),
    onSite: ofHere.filter((report) => report?.mode === 'ON_SITE').length,
    onlineOffline: ofHere.filter((report) => report?.mode === 'ONLINE_OFFLINE').length,
    onlineStaff: sum(ofHere.map((report) => (report?.mode === 'ONLINE_OFFLINE' ? report.staffReturned : 0))),
    returned: sum(ofHere.map((report) => report?.staffReturned ?? 0)),
  };
}

test('the park of 2020-03-16 is the one of the story', () => {
  const park = recount('2020-03-16');
  expect(park).toMatchObject({ enterprises: 236, staff: 6750, onSite: 156, onlineOffline: 50, returned: 5669 });
  expect(park.onlineStaff).toBe(410);
  expect(rateOf({ numerator: 206, denominator: park.enterprises }, 'TRUNCATE')).toBe('87.2');
  expect(rateOf({ numerator: park.returned, denominator: park.staff }, 'TRUNCATE')).toBe('83.9');
});

test('its online-offline enterprises are in the incubator, most of them of two or three people', () => {
  const online = new Set(
    reports.filter(({ on, mode }) => on === '2020-03-16' && mode === 'ONLINE_OFFLINE').map((r) => r.enterpriseId),
  );
  const ofPark = residents('2020-03-16').filter(({ id }) => online.has(id));
  expect(ofPark.every(({ residencies }) => residencies[0]?.kind === 'INCUBATED')).toBe(true);
  expect(ofPark.filter(({ staffCount }) => staffCount === 2 || staffCount === 3)).toHaveLength(34);
});

test('every day from 2020-02-10 has reports, and the series rises', () => {
  const days = Array.from({ length: 36 }, (_, i) => recount(addDays('2020-02-10', i)));
  const climbs = (figure: (day: (typeof days)[number]) => number) =>
    days.every((day, i) => i === 0 || figure(day) >= figure(days[i - 1]!));
  expect(days.every((day) => day.enterprises === 236 && day.staff === 6750)).toBe(true);
  expect(climbs((day) => day.onSite + day.onlineOffline)).toBe(true);
  expect(climbs((day) => day.returned)).toBe(true);
  expect(days[0]!.onSite + days[0]!.onlineOffline).toBeLessThan(20);
  expect(days[0]!.returned).toBeGreaterThan(0);
});

test('the events, corrections among them, add up to the recount of every day', () => {
  const steps = enterprises.flatMap(({ residencies }) => residencySteps(residencies));
  const ofPark = steps.filter(({ parkId }) => parkId === HEADLINE_PARK);
  expect(events.filter(({ version }) => version > 1).length).toBeGreaterThan(10);
  for (const day of ['2020-02-10', '2020-02-25', '2020-03-16']) {
    const tally = events
      .filter(({ on, parkId }) => on === day && parkId === HEADLINE_PARK)
      .reduce((sum, { before, after }) => addTallies(sum, tallyChange(before, after)), EMPTY_TALLY);
    const { onSite, onlineOffline, enterprises: residents, returned, staff } = recount(day);
    expect(ratiosOf(dayFiguresOf(tally, levelOn(ofPark, day)))).toEqual({
      production: { numerator: onSite + onlineOffline, denominator: residents },
      returnToWork: { numerator: returned, denominator: staff },
    });
  }
});

test('precomputed counts equal the sums of the days', () => {
  const figures = ofType<ParkFiguresItem>('ParkFigures').find(({ parkId }) => parkId === HEADLINE_PARK)!;
  const days = ofType<ParkDayItem>('ParkDay').filter(({ parkId }) => parkId === HEADLINE_PARK);
  const figuresOf = countedDays(items.map(({ item }) => item as CountedItem).filter(isCounted));
  expect(figures.lastReportedOn).toBe('2020-03-16');
  expect(listedCount(figures, null)).toBe(236);
  expect(days).toHaveLength(36);
  // The story: over 400 staff of about 50 enterprises in online-offline mode.
  const parts = ofType<ParkDayPartsItem>('ParkDayParts').find(({ on }) => on === '2020-03-16');
  expect(parts).toMatchObject({ 'ONLINE_OFFLINE/reported': 50, 'ONLINE_OFFLINE/staffReturned': 410 });
  for (const day of days) {
    const { onSite, onlineOffline, enterprises: residents, returned, staff } = recount(day.on);
    expect(ratiosOf(figuresOf(HEADLINE_PARK, day.on))).toEqual({
      production: { numerator: onSite + onlineOffline, denominator: residents },
      returnToWork: { numerator: returned, denominator: staff },
    });
  }
  expect(events.filter(({ countedAt }) => countedAt === undefined)).toEqual([]);
});

/** The parts of a day of the park, by which rows of its breakdowns are suppressed. */
function dayParts(day: string): readonly DayPart[] {
  const isOfDay = ({ parkId, on }: { readonly parkId: string; readonly on: string }) =>
    parkId === HEADLINE_PARK && on === day;
  const parts = ofType<ParkDayPartsItem>('ParkDayParts').find(isOfDay);
  const steps = enterprises.flatMap(classifiedSteps).filter(({ parkId }) => parkId === HEADLINE_PARK);
  const sums: DaySums = {
    level: levelOn(steps, day),
    tally: ofType<ParkDayItem>('ParkDay').find(isOfDay) ?? EMPTY_TALLY,
    levelOf: (name) =>
      levelOn(
        steps.filter(({ sector, sizeClass }) => sector === name || sizeClass === name),
        day,
      ),
    levelOfBoth: (sector, size) =>
      levelOn(
        steps.filter((step) => step.sector === sector && step.sizeClass === size),
        day,
      ),
    tallyOf: (name) =>
      Object.fromEntries(
        Object.keys(EMPTY_TALLY).map((counter) => [counter, parts?.[`${name}/${counter}`] ?? 0]),
      ) as never,
  };
  const known = dayPartsOf(ofType<ParkDaySharesItem>('ParkDayShares').find(isOfDay) ?? null, sums);
  if (!known) throw new Error(`the contributions of ${day} are not those of its reports`);
  return known;
}

test('of the breakdowns of all days, two fifths of the rows at most are suppressed', () => {
  const days = Array.from({ length: 36 }, (_, i) => dayParts(addDays('2020-02-10', i)));
  const rows = days.flatMap((parts) => {
    const suppressed = suppressedOfDay(parts);
    const known = parts.filter(({ enterprises: count }) => count > 0);
    const names = new Set(known.flatMap(({ sector, mode, size }) => [sector, mode, size]));
    return Array.from(names, (name) => suppressed.has(name));
  });
  expect(rows.length).toBeGreaterThan(400);
  expect(rows.filter(Boolean).length / rows.length).toBeLessThanOrEqual(0.4);
  const small = ['INTELLIGENT_MANUFACTURING', 'TECHNOLOGY_SERVICES', 'OTHER'];
  const ofLastDay = suppressedOfDay(days.at(-1) ?? []);
  expect(Object.fromEntries(ofLastDay)).toEqual(Object.fromEntries(small.map((name) => [name, 'BELOW_THRESHOLD'])));
});

test('every enterprise has a home; one is admitted, two move, and two are not confirmed', () => {
  expect(enterprises.filter(({ homeZoneId }) => typeOfId(homeZoneId) !== 'Zone')).toEqual([]);
  expect(
    enterprises.flatMap(({ homeZoneId, admissions }) => admissions.map(({ zoneId }) => [homeZoneId, zoneId])),
  ).toEqual([['zone_zhongguancun', 'zone_binhai-hitech']]);
  expect(enterprises.flatMap(({ move }) => move ?? [])).toMatchObject([
    { state: 'ACCEPTED', dueOn: '2026-05-27' },
    { state: 'OBJECTED', dueOn: '2026-06-10' },
  ]);
  expect(enterprises.filter(({ registration }) => registration !== 'CONFIRMED')).toMatchObject([
    { registration: 'UNCONFIRMED' },
    { registration: 'CHALLENGED', homeZoneId: 'zone_dongjiang' },
  ]);
});

test('codes are valid and unique, and all invented names say so', () => {
  const codes = enterprises.map(({ uscc }) => uscc);
  expect(codes.filter((code) => usccFault(code) !== null)).toEqual([]);
  expect(new Set(codes).size).toBe(enterprises.length);
  const real = enterprises.map(({ name }) => name.zh).filter((name) => !name.includes('（示例）'));
  expect(real.sort()).toEqual(NAMED_PROJECTS.map(({ name }) => name.zh).sort());
  expect(new Set(enterprises.map(({ name }) => name.zh)).size).toBe(enterprises.length);
  expect(ofType<ProjectItem>('Project').map(({ name }) => name.zh)).toEqual(expect.arrayContaining(real));
});

test('each of 800 cases matches its log, and every state occurs', () => {
  const logs = Map.groupBy(ofType<CaseEventItem>('CaseEvent'), ({ caseId }) => caseId);
  const wrong = cases.filter(({ id, course }) => {
    const log: readonly CaseEvent[] = logs.get(id) ?? [];
    return JSON.stringify(foldCase(log)) !== JSON.stringify(course);
  });
  expect(cases).toHaveLength(800);
  expect(wrong).toEqual([]);
  expect(new Set(cases.map(({ course }) => course.state))).toEqual(new Set(CASE_STATES));
  const times = [...logs.values()].map((log) => log.map(({ at }) => at));
  expect(times.filter((at) => at.join() !== at.toSorted().join())).toEqual([]);
  expect(cases.filter(({ updatedAt }) => updatedAt > `${ANCHOR}T16:00`)).toEqual([]);
});

test('the first three cases are due tomorrow, paused, and late', () => {
  const [due, paused, late] = cases.map(({ course, limits }) => caseDeadlines(course, limits, ANCHOR, CALENDAR));
  expect(due).toMatchObject({ step: 'DECISION', statutoryBy: '2026-05-14', breached: false });
  expect(cases[1]!.course.state).toBe('SPECIAL_PROCEDURE');
  expect(paused!.pauses.at(-1)).toMatchObject({ to: null });
  expect(late).toMatchObject({ step: 'DECISION', breached: true });
});

test("ids have their type's prefix, and keys are unique", () => {
  expect(enterprises.filter(({ id }) => typeOfId(id) !== 'Enterprise')).toEqual([]);
  expect(cases.filter(({ id, enterpriseId }) => !typeOfId(id) || !typeOfId(enterpriseId ?? ''))).toEqual([]);
  const known = new Set(enterprises.map(({ id }) => id));
  expect(cases.filter(({ enterpriseId }) => !known.has(enterpriseId ?? ''))).toEqual([]);
  const keys = items.map(({ subgraph, item }) => `${subgraph} ${item.pk} ${item.sk}`);
  expect(new Set(keys).size).toBe(keys.length);
});

test('both enterprises of a supply link have it', () => {
  const links = enterprises.flatMap(({ id, supplyLinks }) =>
    supplyLinks.flatMap(({ direction, partnerId }) =>
      partnerId === null
        ? []
        : direction === 'UPSTREAM'
          ? `${partnerId} supplies ${id}`
          : `${id} supplies ${partnerId}`,
    ),
  );
  const seen = Map.groupBy(links, (link) => link);
  expect(links.length).toBeGreaterThan(50);
  expect([...seen.values()].filter((both) => both.length !== 2)).toEqual([]);
});

test('has agreements of every status, and applicable and inapplicable coverages', () => {
  const statuses = AGREEMENTS.map(({ status, validTo }) =>
    status === 'SIGNED' && validTo !== null && validTo < '2020-03-16' ? 'EXPIRED' : status,
  );
  expect(new Set(statuses)).toEqual(new Set(['PROPOSED', 'SIGNED', 'EXPIRED', 'TERMINATED']));
  const agreements = AGREEMENTS.map(({ parties, validFrom: from, validTo: to, ...agreement }) => ({
    ...agreement,
    from,
    to,
    partyZoneIds: parties.map(({ zoneId }) => zoneId),
  }));
  const outcomes = COVERAGES.map(({ validFrom: from, validTo: to, ...coverage }) => {
    const traits = { SECTOR: ['DIGITAL_ECONOMY'], QUALIFICATION: [], SITE_KIND: ['RND_CENTRE'] };
    const { policyId: id, fromZoneId, toZoneId, subject } = coverage;
    const policy = { id, homeZoneIds: [fromZoneId], subject, validity: [{ from: '2018-01-01', to: null }] };
    const asked = { kind: subject, zoneIds: [toZoneId], traits };
    const registry = factsOfSubject(asked, [], () => false);
    const answer = policyApplies(policy, asked, '2020-03-16', {
      coverages: [{ ...coverage, from, to }],
      agreements,
      judge: (rule) => answerTo(rule, { REGISTRY: registry, STATED: {} }, '2020-03-16', FACTS_OF[subject]),
    });
    return answer.applies ? 'APPLIES' : answer.failed[0]?.code;
  });
  expect(new Set(outcomes)).toEqual(new Set(['APPLIES', 'AGREEMENT_NOT_SIGNED', 'AGREEMENT_NOT_IN_FORCE']));
});

test('the same anchor gives the same bytes', () => {
  const hash = (anchor: string, subgraph: SubgraphName) => {
    const digest = createHash('sha256');
    for (const item of itemsOf(subgraph, SCALES.S, anchor, NO_PERSONS)) digest.update(exportLine(item));
    return digest.digest('hex');
  };
  expect(hash(ANCHOR, 'talent')).toBe(hash(ANCHOR, 'talent'));
  expect(hash(ANCHOR, 'linkages')).toBe(hash('2025-01-02', 'linkages'));
  expect(hash(ANCHOR, 'talent')).not.toBe(hash('2025-01-02', 'talent'));
});
