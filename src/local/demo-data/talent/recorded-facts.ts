/** Facts of invented applicants from the registers of two agencies, which go before what the applicants state. */
import { dayInShanghai } from '../../../domain/calendar/day.ts';
import type { Agency } from '../../../domain/cases/agency.ts';
import type { FACTS_OF_AGENCY, RecordedFacts } from '../../../domain/people/recorded-facts.ts';
import type { Facts } from '../../../domain/rules/rule.ts';
import { recordVersionKey } from '../../../storage/tables/key.ts';
import { talentKeys } from '../../../storage/tables.ts';
import { type PersonFactsItem, personFactsItem } from '../../../storage/talent/people/recorded-facts.ts';
import { DEMO_OFFICERS } from '../officers.ts';
import type { DemoCase } from './cases.ts';
import { CASES_A_PERSON } from './persons.ts';
import type { SealedPersons } from './sealed-persons.ts';

type Recording = Extract<Agency, 'EDU' | 'HRSS'>;

/** Assumed: they satisfy every route that asks for them. */
const FACTS: {
  readonly [Of in Recording]: { readonly [Fact in (typeof FACTS_OF_AGENCY)[Of][number]]?: Facts[string] };
} = {
  EDU: { degree: 'BACHELOR', degreeVerified: true },
  HRSS: { insuranceMonths: 36, isEmployed: true },
};

/** The registers have told of one applicant in so many, where a hukou case of theirs is reviewed. */
const RECORDED_ONE_OF = 10 * CASES_A_PERSON;

/** Yields the records about a case's applicant, each with its first version; none of most applicants. */
export function* recordedFactsItems(
  number: number,
  { facts: { kind, applicantId, zoneId }, events }: DemoCase,
  persons: SealedPersons,
): Generator<PersonFactsItem> {
  const reviewed = events.find((event) => event.kind === 'REVIEW_STARTED');
  if (kind !== 'HUKOU' || !reviewed || number % RECORDED_ONE_OF !== 0) return;
  for (const [of, facts] of Object.entries(FACTS)) {
    const agency = of as Recording;
    const officer = DEMO_OFFICERS.find((each) => each.zone === zoneId && each.agency === agency);
    if (!officer) continue;
    const recorded: RecordedFacts = {
      ...{ agency, version: 1, facts },
      ...{ on: dayInShanghai(new Date(reviewed.at)), recordedAt: reviewed.at },
    };
    const key = talentKeys.personFacts(applicantId, agency);
    for (const at of [key, recordVersionKey(key, 1)]) {
      const sealed = persons.into(applicantId, at, { facts: JSON.stringify(facts) });
      yield personFactsItem(at, recorded, { personId: applicantId, officer: officer.person, sealed });
    }
  }
}
