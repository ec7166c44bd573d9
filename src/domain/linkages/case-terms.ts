/** Terms of an agreement on cases that its zones handle together (跨省通办, 异地代收代办). */
import { type RecordRefusal, unless } from '../records/record.ts';

/** The duties of a zone for a case that another zone decides. Handing the case over needs no duty of its own. */
export const COUNTER_DUTIES = ['CHECK_FORM', 'TAKE_DOCUMENTS', 'DELIVER'] as const;
export type CounterDuty = (typeof COUNTER_DUTIES)[number];

export interface CaseTerms {
  /** The duties of the zone whose counter receives the application, each once. */
  readonly duties: readonly CounterDuty[];
  /** Working days in which that zone hands the application over. */
  readonly handOverDays: number;
  /** Working days in which a zone takes up a case that another zone has transferred to it. */
  readonly takeUpDays: number;
  /** Set where a zone accepts documents that the other has verified, with the applicant's consent. */
  readonly sharesVerified: boolean;
}

/** Upper bound of both limits, in working days: the law's for telling what is missing (Licensing Law, art. 32). */
const MAX_DAYS = 5;

/** Refuses terms on cases without the purpose for them, and the purpose without terms. */
export function refuseCaseTerms(terms: CaseTerms | undefined, purposes: readonly string[]): RecordRefusal[] {
  const field = ['caseTerms'];
  const isFor = purposes.includes('CROSS_ZONE_CASES');
  const both = unless(
    isFor === (terms !== undefined),
    'INVALID_VALUE',
    field,
    'The purpose CROSS_ZONE_CASES and the terms on cases are stated together.',
  );
  if (!terms) return both;
  const { duties, handOverDays, takeUpDays } = terms;
  return [
    ...both,
    ...unless(new Set(duties).size === duties.length, 'INVALID_VALUE', [...field, 'duties'], 'A duty is named twice.'),
    ...[{ handOverDays }, { takeUpDays }].flatMap((limit) =>
      Object.entries(limit).flatMap(([name, days]) =>
        unless(
          days >= 1 && days <= MAX_DAYS,
          'INVALID_VALUE',
          [...field, name],
          `The limit is 1 to ${MAX_DAYS} working days.`,
        ),
      ),
    ),
  ];
}
