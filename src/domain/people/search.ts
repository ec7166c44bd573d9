/** Searches for persons by an exact value, without an index that anybody could read. */

import { type CaseBinding, caseRelation } from '../access/case-relation.ts';
import { formOf } from '../access/decision.ts';
import type { RevealPurpose } from '../access/purpose.ts';
import type { Viewer } from '../viewer.ts';
import type { Person, PersonField } from './person.ts';

/** The fields by which persons are found. */
export const SEARCHED_FIELDS = ['name', 'idNumber'] as const satisfies readonly PersonField[];
export type SearchedField = (typeof SEARCHED_FIELDS)[number];

/**
 * Returns the text whose keyed hash finds a person: the field and its value. Width, case and blanks of the value don't
 * matter. No identity number is such a text, so the hash finds no verified number.
 */
export function searchText(field: SearchedField, value: string): string {
  return `SEARCH ${field} ${value.normalize('NFKC').replaceAll(/\s+/gu, '').toUpperCase()}`;
}

/** Returns all texts that find a person. */
export function searchTexts(person: Pick<Person, SearchedField>): readonly string[] {
  return SEARCHED_FIELDS.map((field) => searchText(field, person[field]));
}

/** Returns whether a viewer may search for cases: officers with the role REVEAL. */
export function maySearch(viewer: Viewer): viewer is Extract<Viewer, { kind: 'officer' }> {
  return viewer.kind === 'officer' && viewer.roles.includes('REVEAL');
}

/**
 * Returns whether a search may find a case of the officer's zone. By a value of its applicant, it may where the officer
 * could open that value for the purpose: a match confirms it.
 */
export function mayFind(
  viewer: Extract<Viewer, { kind: 'officer' }>,
  of: CaseBinding,
  field: SearchedField | 'receiptNumber',
  purpose: RevealPurpose,
): boolean {
  const relation = caseRelation(viewer, of);
  if (relation === 'NONE' || of.zoneId !== viewer.zone) return false;
  if (field === 'receiptNumber') return true;
  const group = field === 'name' ? 'applicantName' : 'applicantIdNumber';
  return formOf(viewer.kind, group, relation, purpose) === 'FULL';
}
