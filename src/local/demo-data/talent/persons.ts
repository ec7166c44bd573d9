/** The people of the invented cases: nobody's name, numbers that nobody can have. */
import { type IdentityFacts, UNVERIFIED } from '../../../domain/people/identity.ts';
import { maskPerson, type Person } from '../../../domain/people/person.ts';
import { syntheticResidentId } from '../../../domain/people/resident-id.ts';
import { FAMILY_NAMES } from '../enterprises/names.ts';
import { type DemoPark, HEADLINE_PARK } from '../parks/parks.ts';
import { randomOf } from '../random.ts';
import type { Scale } from '../scale.ts';

/** Since when the demo's verified numbers are. */
const VERIFIED_AT = '2026-01-05T02:00:00.000Z';

export interface DemoPerson {
  readonly personId: string;
  /** Where both of their cases are. */
  readonly park: DemoPark;
  readonly person: Person;
  readonly masked: Person;
  /** Of three people one is vouched for by the issuer, one verified by an officer before, and one not verified. */
  readonly identity: IdentityFacts;
}

/** A person has two cases: those of the first one are of two children. */
export const CASES_A_PERSON = 2;
/** So many people are the headline park's. */
const OF_HEADLINE_PARK = 400;

/** Different birth dates and sequences that there are: 25 years, 12 months, 1,000. */
const ID_NUMBERS = 300_000;
/** Has no divisor in common with it, so that no two people have one number, and neighbours have very different ones. */
const STRIDE = 7_919;

function idNumberOf(number: number): string {
  const slot = (number * STRIDE) % ID_NUMBERS;
  const month = Math.floor(slot / 1_000) % 12;
  const year = 1975 + Math.floor(slot / 12_000);
  return syntheticResidentId(`${year}-${String(month + 1).padStart(2, '0')}-15`, slot % 1_000);
}

/** Person number 1, 2, 3 … */
export function personOf(number: number, parks: readonly DemoPark[]): DemoPerson {
  const personId = `talent-${String(number).padStart(6, '0')}`;
  const random = randomOf(personId);
  const person: Person = {
    // 某 is "somebody": 张某 is how a Zhang is called who is not named.
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

/** Returns the number that the demo's issuer vouches for, by a person's name; undefined where it vouches for none. */
export function vouchedNumberOf(personId: string): string | undefined {
  const [, digits] = /^talent-(\d{6})$/.exec(personId) ?? [];
  const number = Number(digits);
  return number % 3 === 1 ? idNumberOf(number) : undefined;
}

export const personsOf = (scale: Scale) => Math.ceil(scale.cases / CASES_A_PERSON);
