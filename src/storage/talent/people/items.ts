/** The items of persons in the talent table: masked forms, and fields encrypted by a key in another table. */
import type { IdentityFacts } from '../../../domain/people/identity.ts';
import type { GuardianConsent, Person, PersonField } from '../../../domain/people/person.ts';
import type { Sealed } from '../../person-keys/cipher.ts';
import { talentKeys } from '../../tables.ts';

/** Encrypted fields of one item, by name. Each opens only in this item and as this field. */
export type SealedFields<Field extends string = string> = Readonly<Record<Field, Sealed>>;

export interface PersonFacts {
  /** The person, as the issuer names them (`Viewer.person`); for a child, an id of our own. */
  readonly personId: string;
  readonly masked: Person;
  readonly sealed: SealedFields<PersonField>;
  /** The facts of the identity number that is encrypted here. */
  readonly identity: IdentityFacts;
  readonly version: number;
  /** RFC 3339. */
  readonly sealedAt: string;
}

export type PersonItem = ReturnType<typeof personItem>;
export function personItem(facts: PersonFacts) {
  return { ...facts, ...talentKeys.person(facts.personId), type: 'Person' as const };
}

export interface ChildFacts {
  readonly childId: string;
  /** The guardian, beside whose record it is. The child's own key encrypts it. */
  readonly guardianId: string;
  readonly consent: GuardianConsent;
  readonly sealed: SealedFields<'name' | 'birthDate'>;
  /** RFC 3339. */
  readonly sealedAt: string;
}

export type ChildItem = ReturnType<typeof childItem>;
export function childItem(facts: ChildFacts) {
  return { ...facts, ...talentKeys.childOfPerson(facts.guardianId, facts.childId), type: 'Child' as const };
}
