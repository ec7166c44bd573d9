/** People of the invented cases. Their names and numbers can't belong to anybody. */
import { type IdentityFacts, UNVERIFIED } from '../../../domain/people/identity.ts';
import { maskPerson, type Person } from '../../../domain/people/person.ts';
import { syntheticResidentId } from '../../../domain/people/resident-id.ts';
import { FAMILY_NAMES } from '../enterprises/names.ts';
import { type DemoPark, HEADLINE_PARK } from '../parks/parks.ts';
import { randomOf } from '../random.ts';
import type { Scale } from '../scale.ts';

/** Instant at which the demo's verified numbers were verified. */
const VERIFIED_AT = '2026-01-05T02:00:00.000Z';

export interface DemoPerson {
  readonly personId: string;
  /** The park of both of their cases. */
  readonly park: DemoPark;
  readonly person: Person;
  readonly masked: Person;
  /** One of three people is vouched for by the issuer, one was verified by an officer, and one is unverified. */
  readonly identity: IdentityFacts;
}

/** Cases per person. The first person's cases are about two children. */
export const CASES_A_PERSON = 2;
/** People who belong to the headline park. */
const OF_HEADLINE_PARK = 400;

/** Distinct pairs of birth date and sequence: 25 years, 12 months, 1,000. */
const ID_NUMBERS = 300_000;
/** Coprime to ID_NUMBERS, so that no two people share a number and neighbours' numbers differ widely. */
const STRIDE = 7_919;

function idNumberOf(number: number): string {
  const slot = (number * STRIDE) % ID_NUMBERS;
  const month = Math.floor(slot / 1_000) % 12;
  const year = 1975 + Math.floor(slot / 12_000);
  return syntheticResidentId(`${year}-${String(month + 1).padStart(2, '0')}-15`, slot % 1_000);
}

/** Makes person number 1, 2, 3 … */
export function personOf(number: number, parks: readonly DemoPark[]): DemoPerson {
  const personId = `talent-${String(number).padStart(6, '0')}`;
  const random = randomOf(personId);
  const person: Person = {
    // 张某 refers to an unnamed person called Zhang.
    name: `${random.pick(FAMILY_NAMES)}某`,
    idNumber: idNumberOf(number),
    // No mobile number begins with 100.
    phone: `100${String(random.integer(0, 99_999_999)).padStart(8, '0')}`,
  };
  const headline = parks.find(({ id }) => id === HEADLINE_PARK)!;
  const park = number <= OF_HEADLINE_PARK ? headline : random.pick(parks);
  const verifiedBy = ([null, 'ISSUER', 'OFFICER'] as const)[number % 3] ?? null;
  const identity = verifiedBy === null ? UNVERIFIED : { number: 1, verifiedBy, verifiedAt: VERIFIED_AT };
  return { personId, park, person, masked: maskPerson(person), identity };
}

/** Returns the identity number that the demo's issuer vouches for; undefined if it vouches for none. */
export function vouchedNumberOf(personId: string): string | undefined {
  const [, digits] = /^talent-(\d{6})$/.exec(personId) ?? [];
  const number = Number(digits);
  return number % 3 === 1 ? idNumberOf(number) : undefined;
}

export const personsOf = (scale: Scale) => Math.ceil(scale.cases / CASES_A_PERSON);
