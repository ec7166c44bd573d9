import type { ViewerKind } from '../viewer.ts';
import { type FieldGroup, GUARDED } from './fields.ts';
import { LOOK, PURPOSES, type Purpose } from './purpose.ts';
import { RELATIONS } from './relation.ts';
import { type Form, TABLE } from './table.ts';

type Cell = Form | { readonly [purpose in string]?: Form };

/**
 * In which form a viewer of a kind who stands so to a row sees a group of its fields, for a purpose. What the table has no
 * place for (a relation or a purpose that isn't of this kind) is hidden.
 */
export function formOf(kind: ViewerKind, group: FieldGroup, relation: string, purpose: Purpose = LOOK): Form {
  const byRelation: { readonly [relation in string]?: Cell } = TABLE[group][kind];
  if (!Object.hasOwn(byRelation, relation)) return 'HIDDEN';
  const cell = byRelation[relation];
  if (typeof cell === 'string') return cell;
  return cell && Object.hasOwn(cell, purpose) ? (cell[purpose] ?? 'HIDDEN') : 'HIDDEN';
}

/** Whether a viewer of that kind sees anything of a group at all, be it for a purpose that it hasn't declared. */
export function isOpenForSomePurpose(kind: ViewerKind, group: FieldGroup): boolean {
  return RELATIONS[GUARDED[group].row][kind].some((relation) =>
    PURPOSES[kind].some((purpose) => formOf(kind, group, relation, purpose) !== 'HIDDEN'),
  );
}
