import type { OfficerRole, Viewer, ViewerKind } from '../viewer.ts';
import { type FieldGroup, GUARDED } from './fields.ts';
import { LOOK, PARTNER_PURPOSES, type PartnerPurpose, PURPOSES, type Purpose } from './purpose.ts';
import { RELATIONS } from './relation.ts';
import { type Form, TABLE } from './table.ts';
import { WRITE_RELATIONS, type WriteRelationOf } from './write-relation.ts';
import { type MutationName, type RowWrittenBy, WRITES } from './write-table.ts';

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

/** Returns the purposes for which partners see a group of fields, where an agreement grants one of them. */
export function purposesOf(group: FieldGroup): readonly PartnerPurpose[] {
  return PARTNER_PURPOSES.filter((purpose) =>
    RELATIONS[GUARDED[group].row].partner.some((relation) => formOf('partner', group, relation, purpose) !== 'HIDDEN'),
  );
}

type WriteCell = boolean | readonly OfficerRole[];

/**
 * Returns whether a viewer with a relation to a row may run a mutation, by the table of writes. A relation that the
 * viewer's kind doesn't have is refused.
 */
export function mayWrite<Mutation extends MutationName>(
  viewer: Viewer,
  mutation: Mutation,
  relation: WriteRelationOf<RowWrittenBy<Mutation>>,
): boolean {
  return isAllowed(viewer, mutation, relation);
}

/** Returns whether a viewer may run a mutation on any row at all. */
export function mayEverWrite(viewer: Viewer, mutation: MutationName): boolean {
  return WRITE_RELATIONS[WRITES[mutation].row][viewer.kind].some((relation) => isAllowed(viewer, mutation, relation));
}

function isAllowed(viewer: Viewer, mutation: MutationName, relation: string): boolean {
  const cells: { readonly [relation in string]?: WriteCell } = WRITES[mutation].may[viewer.kind];
  const cell = Object.hasOwn(cells, relation) ? cells[relation] : undefined;
  if (cell === undefined || typeof cell === 'boolean') return cell === true;
  return viewer.kind === 'officer' && cell.some((role) => viewer.roles.includes(role));
}
