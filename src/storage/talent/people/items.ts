/** What the talent table holds of persons, as it is stored: masked forms, and the rest encrypted by a key that isn't here. */
import type { IdentityFacts } from '../../../domain/people/identity.ts';
import type { GuardianConsent, Person, PersonField } from '../../../domain/people/person.ts';
import type { Sealed } from '../../person-keys/cipher.ts';
import { talentKeys } from '../../tables.ts';

/** Encrypted fields of one item, by name. They open only in this item, and each only as itself. */
export type SealedFields<Field extends string = string> = Readonly<Record<Field, Sealed>>;

export interface PersonFacts {
  /** What the issuer calls the person (`Viewer.person`); a child is called by an id of ours. */
  readonly personId: string;
  readonly masked: Person;
  readonly sealed: SealedFields<PersonField>;
  /** Of the identity number that is encrypted here. */
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
  /** Whose record it is beside. It is encrypted by a key of the child's own. */
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
