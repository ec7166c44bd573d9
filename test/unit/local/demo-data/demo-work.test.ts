import { CALENDAR } from '../../../../src/domain/calendar/calendar.ts';
import type { Agency } from '../../../../src/domain/cases/agency.ts';
import { countWork } from '../../../../src/domain/work-list/count.ts';
import { isDueSoon, isOverdue } from '../../../../src/domain/work-list/work-item.ts';
import { demoParks } from '../../../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../../../src/local/demo-data/scale.ts';
import { caseTypeVersions } from '../../../../src/local/demo-data/talent/case-types.ts';
import { demoWork } from '../../../../src/local/demo-data/talent/case-work.ts';
import { caseOf } from '../../../../src/local/demo-data/talent/cases.ts';
import type { WorkItem } from '../../../../src/storage/talent/items.ts';
import { type WorkTallyItem, workOfDay } from '../../../../src/storage/talent/work-list/work-count-items.ts';

test.each(['2026-01-05', '2026-05-13', '2028-02-29'])('with %s as today officers have work', (anchor) => {
  const types = caseTypeVersions(anchor);
  const work = demoWork(anchor);
  const entries: WorkItem[] = [];
  let counted = 0;
  const entriesOf = (number: number) => {
    const made = caseOf(number, anchor, types, demoParks(SCALES.S));
    const { caseTypeId, caseTypeVersion } = made.facts;
    const caseType = types.find(({ id, version }) => id === caseTypeId && version === caseTypeVersion)!;
    const items = [...work.of(made, caseType)] as (WorkItem | { type: 'CountedWork' })[];
    counted += items.filter(({ type }) => type === 'CountedWork').length;
    return items.filter((item) => item.type === 'Work');
  };
  const first = [1, 2, 3].map(entriesOf);
  entries.push(...first.flat());
  for (let number = 4; number <= 300; number++) entries.push(...entriesOf(number));

  // Due on the next working day; paused; late: each in the lists of all that have to do with it.
  const [soon, paused, late] = first.map((of) => of.find(({ agency }) => agency === 'EDU')!);
  expect([isDueSoon(soon!, anchor, CALENDAR), paused!.state, isOverdue(late!, anchor)]).toEqual([
    true,
    'SPECIAL_PROCEDURE',
    true,
  ]);
  expect(first.map((of) => of.length)).toEqual([3, 1, 3]);

  expect(counted).toBe(entries.length);
  const tallies = work.sums() as WorkTallyItem[];
  const agencies = ['HRSS', 'EDU', 'PSB', 'HOUSING', 'PARK'] satisfies Agency[];
  for (const agency of agencies) {
    const listed = entries.filter((entry) => entry.agency === agency && entry.zoneId === 'zone_teda');
    const counts = countWork(
      tallies.filter((tally) => tally.agency === agency && tally.zoneId === 'zone_teda').map(workOfDay),
      anchor,
      CALENDAR,
    );
    expect(listed.length).toBeGreaterThan(0);
    expect(counts).toMatchObject({
      total: listed.length,
      overdue: listed.filter((entry) => isOverdue(entry, anchor)).length,
      dueSoon: listed.filter((entry) => isDueSoon(entry, anchor, CALENDAR)).length,
    });
  }
});
