import type { ViewerKind } from '../viewer.ts';
import { type FieldGroup, GUARDED } from './fields.ts';
import { LOOK, PURPOSES, type Purpose } from './purpose.ts';
import { RELATIONS } from './relation.ts';
import { type Form, TABLE } from './table.ts';

type Cell = Form | { readonly [purpose in string]?: Form };

/**
 * Returns the form in which a viewer of a kind, with a relation to a row, sees a group of fields for a purpose.
 * Relations and purposes that the kind doesn't have are hidden.
 */
export function formOf(kind: ViewerKind, group: FieldGroup, relation: string, purpose: Purpose = LOOK): Form {
  const byRelation: { readonly [relation in string]?: Cell } = TABLE[group][kind];
  const cell = byRelation[relation];
  if (typeof cell === 'string') return cell;
  return cell && Object.hasOwn(cell, purpose) ? (cell[purpose] ?? 'HIDDEN') : 'HIDDEN';
}

/** Returns whether a kind of viewer sees a group of fields in any relation and for any purpose, declared or not. */
export function isOpenForSomePurpose(kind: ViewerKind, group: FieldGroup): boolean {
  return RELATIONS[GUARDED[group].row][kind].some((relation) =>
    PURPOSES[kind].some((purpose) => formOf(kind, group, relation, purpose) !== 'HIDDEN'),
  );
}
