import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import type { OperationMode } from '../../../domain/published-figures/resumption.ts';
import type { EnterpriseItem, OperationReportItem } from '../../../storage/enterprises/items.ts';
import type { RecordOf } from '../../../storage/enterprises/make-items.ts';
import { type DemoPark, HEADLINE_PARK } from '../parks/parks.ts';
import { randomOf } from '../random.ts';
import type { Scale } from '../scale.ts';
import { HEADLINE_COURSES, returnedAt, SERIES_FIRST_DAY, SERIES_LAST_INDEX } from './headline.ts';

type Report = RecordOf<OperationReportItem>;

interface Reported {
  readonly mode: OperationMode;
  readonly staffReturned: number;
}

/** Returns the report of an enterprise of the headline park on a day of the series. */
function headlineReport(index: number, day: number): Reported {
  const course = HEADLINE_COURSES[index];
  const staffReturned = course ? returnedAt(course, day) : null;
  return course && staffReturned !== null
    ? { mode: course.mode, staffReturned }
    : { mode: 'NOT_RESUMED', staffReturned: 0 };
}

/** A report of a sample park that its enterprise has withdrawn: the number in the park, the day and the reason. */
const WITHDRAWN = {
  parkId: 'park_sample-hitech',
  index: 5,
  on: '2020-03-04',
  reason: '所填日期有误（示例）',
} as const;

/**
 * Yields every version of an enterprise's reports, oldest first: each day's first, then its correction or withdrawal if
 * there is one.
 */
export function* reportsOf(
  park: DemoPark,
  index: number,
  enterprise: RecordOf<EnterpriseItem>,
  scale: Scale,
): Generator<Report> {
  const isHeadline = park.id === HEADLINE_PARK;
  const random = randomOf(`reports ${enterprise.id}`);
  // A sample park resumes more slowly and has no figures to match.
  const resumesAt = isHeadline ? 0 : random.integer(0, SERIES_LAST_INDEX + 10);
  const days = isHeadline ? SERIES_LAST_INDEX + 1 : scale.sampleReportDays;
  for (let day = SERIES_LAST_INDEX + 1 - days; day <= SERIES_LAST_INDEX; day++) {
    const reported: Reported = isHeadline
      ? headlineReport(index, day)
      : day < resumesAt
        ? { mode: 'NOT_RESUMED', staffReturned: 0 }
        : { mode: 'ON_SITE', staffReturned: Math.ceil(enterprise.staffCount * 0.8) };
    // An enterprise that has not resumed sometimes sends no report and counts as not resumed.
    if (reported.mode === 'NOT_RESUMED' && random.chance(0.15)) continue;
    const on = addDays(SERIES_FIRST_DAY, day);
    const minute = String(random.integer(10, 59));
    const report = (version: number, staffReturned: number, at: Date): Report => ({
      version,
      enterpriseId: enterprise.id,
      on,
      parkId: park.id,
      mode: reported.mode,
      staffTotal: enterprise.staffCount,
      staffReturned,
      registeredStaff: enterprise.staffCount,
      reportedAt: at.toISOString(),
    });
    const isCorrected = reported.staffReturned > 1 && random.chance(0.01);
    if (isCorrected) yield report(1, reported.staffReturned - 1, shanghaiInstant(on, `17:${minute}:00`));
    yield isCorrected
      ? report(2, reported.staffReturned, shanghaiInstant(on, `20:${minute}:00`))
      : report(1, reported.staffReturned, shanghaiInstant(on, `17:${minute}:00`));
    if (park.id !== WITHDRAWN.parkId || index !== WITHDRAWN.index || on !== WITHDRAWN.on) continue;
    const withdrawal = report(isCorrected ? 3 : 2, reported.staffReturned, shanghaiInstant(on, '21:00:00'));
    yield { ...withdrawal, withdrawalReason: WITHDRAWN.reason };
  }
}
