import { handlerIn, waitedFor } from '../../../../src/domain/case-file.ts';
import { ROUTES_OF_KIND } from '../../../../src/domain/case-type.ts';
import { applicationOf, unmetConditions } from '../../../../src/domain/eligibility.ts';
import { caseTypeVersions } from '../../../../src/local/demo-data/case-types.ts';
import { caseOf } from '../../../../src/local/demo-data/cases.ts';
import { demoParks } from '../../../../src/local/demo-data/parks.ts';
import { SCALES } from '../../../../src/local/demo-data/scale.ts';

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
    const application = applicationOf({ case: facts, caseType, documents, opinions, child, lastEvent }, anchor);
    const refused = documents.filter(({ status }) => status === 'REFUSED').map(({ code }) => code);
    expect([number, unmetConditions(application).map(({ code, document }) => document ?? code)]).toEqual([
      number,
      refused,
    ]);
  }
  expect(states.size).toBe(17);
});
