import { CALENDAR } from '../../../../src/domain/calendar/calendar.ts';
import { ROUTES_OF_KIND } from '../../../../src/domain/case-types/case-type.ts';
import { handlerIn, lastAskedFor, waitedFor } from '../../../../src/domain/cases/file.ts';
import { applicationOf, unmetConditions } from '../../../../src/domain/eligibility/eligibility.ts';
import { demoParks } from '../../../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../../../src/local/demo-data/scale.ts';
import { caseTypeVersions } from '../../../../src/local/demo-data/talent/case-types.ts';
import { caseDeadlineItems } from '../../../../src/local/demo-data/talent/case-work.ts';
import { caseOf } from '../../../../src/local/demo-data/talent/cases.ts';
import type { DeadlineNoticeItem, DueItem } from '../../../../src/storage/talent/items.ts';

test.each(['2026-01-05', '2026-05-13', '2028-02-29'])('with %s as today', (anchor) => {
  const types = caseTypeVersions(anchor);
  const parks = demoParks(SCALES.S);
  expect(new Set(types.map(({ kind, route }) => `${kind} ${route}`))).toEqual(
    new Set(Object.entries(ROUTES_OF_KIND).flatMap(([kind, routes]) => routes.map((route) => `${kind} ${route}`))),
  );
  const states = new Set<string>();
  for (let number = 1; number <= 400; number++) {
    const { facts, events, documents, opinions, child } = caseOf(number, anchor, types, parks);
    const caseType = types.find(({ id, version }) => id === facts.caseTypeId && version === facts.caseTypeVersion);
    const lastEvent = events.at(-1);
    if (!caseType || !lastEvent) throw new Error('a case has no type, or no log');
    const { course } = facts;
    expect([facts.waitingOn, facts.handler]).toEqual([waitedFor(course, caseType), handlerIn(course.state, caseType)]);
    expect(child !== null).toBe(caseType.kind === 'SCHOOLING');
    if (course.appliedOn === null) continue;
    states.add(course.state);
    // It was rightly handed in: what may be unmet is a document that was refused then.
    const askedFor = lastAskedFor(events);
    const application = applicationOf(
      { case: facts, caseType, documents, opinions, child, place: null, lastEvent, askedFor, calendar: CALENDAR },
      anchor,
    );
    const refused = documents.filter(({ status }) => status === 'REFUSED').map(({ code }) => code);
    expect([number, unmetConditions(application).map(({ code, document }) => document ?? code)]).toEqual([
      number,
      refused,
    ]);
  }
  expect(states.size).toBe(17);
});

test.each(['2026-01-05', '2026-05-13', '2028-02-29'])(
  'what fell due by %s is noted, and the schedule finds nothing to do',
  (anchor) => {
    const types = caseTypeVersions(anchor);
    const parks = demoParks(SCALES.S);
    const itemsOf = (number: number) => {
      const made = caseOf(number, anchor, types, parks);
      const { caseTypeId, caseTypeVersion } = made.facts;
      const caseType = types.find(({ id, version }) => id === caseTypeId && version === caseTypeVersion)!;
      return [...caseDeadlineItems(made, caseType, anchor)] as (DueItem | DeadlineNoticeItem)[];
    };
    const of = (number: number) => {
      const items = itemsOf(number);
      return {
        notices: items.flatMap((item) => (item.type === 'DeadlineNotice' ? [item.kind] : [])),
        due: items.find((item) => item.type === 'Due'),
      };
    };
    // Due on the next working day; paused; late.
    expect(of(1)).toMatchObject({
      notices: ['PROMISE_NEAR', 'PROMISE_MISSED', 'LIMIT_NEAR'],
      due: { what: 'LIMIT_MISSED' },
    });
    expect(of(2).due).toMatchObject({ what: null, on: null });
    expect(of(3)).toMatchObject({
      notices: ['PROMISE_NEAR', 'PROMISE_MISSED', 'LIMIT_NEAR', 'LIMIT_MISSED'],
      due: { what: null, on: null },
    });
    for (let number = 4; number <= 400; number++) {
      const { due } = of(number);
      expect(due?.on == null || due.on > anchor).toBe(true);
    }
  },
);
