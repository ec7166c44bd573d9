/** The stored personal fields, and the mask of each. */
import { maskName, maskPhone, maskResidentId } from './masking.ts';

export const PERSON_FIELDS = ['name', 'idNumber', 'phone'] as const;
export type PersonField = (typeof PERSON_FIELDS)[number];

/** Full values, or each in its masked form. */
export type Person = Readonly<Record<PersonField, string>>;

const MASKS = {
  name: maskName,
  idNumber: maskResidentId,
  phone: maskPhone,
} as const satisfies Record<PersonField, (value: string) => string>;

export function maskPerson(person: Person): Person {
  return { name: MASKS.name(person.name), idNumber: MASKS.idNumber(person.idNumber), phone: MASKS.phone(person.phone) };
}

/** A child of an application. Under 14, all of it is sensitive (PIPL art. 28, 31), so no masked form is stored. */
export interface Child {
  readonly name: string;
  /** `YYYY-MM-DD`. */
  readonly birthDate: string;
}

/** A guardian's consent to storing the child's data (PIPL art. 31). */
export interface GuardianConsent {
  /** RFC 3339, UTC. */
  readonly givenAt: string;
  /** The version of the text that they agreed to. */
  readonly textVersion: string;
}
