/** What is kept of a person, and how each of it is masked where nobody may read it whole. */
import { maskName, maskPhone, maskResidentId } from './masking.ts';

export const PERSON_FIELDS = ['name', 'idNumber', 'phone'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** Whole, or each in its masked form. */
export type Person = Readonly<Record<PersonField, string>>;

const MASKS = {
  name: maskName,
  idNumber: maskResidentId,
  phone: maskPhone,
} as const satisfies Record<PersonField, (value: string) => string>;

export function maskPerson(person: Person): Person {
  return { name: MASKS.name(person.name), idNumber: MASKS.idNumber(person.idNumber), phone: MASKS.phone(person.phone) };
}

/** A child for whom something is applied for. Under 14 all of it is sensitive (PIPL art. 28, 31): no masked form is kept. */
export interface Child {
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
}

/** That a guardian agreed to the child's data being kept (PIPL art. 31). */
export interface GuardianConsent {
  /** RFC 3339, UTC. */
  readonly givenAt: string;
  /** Which wording they agreed to. */
  readonly textVersion: string;
}
