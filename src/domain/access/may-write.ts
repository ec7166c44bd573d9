import type { OfficerRole, Viewer } from '../viewer.ts';
import { WRITE_RELATIONS, type WriteRelationOf } from './write-relation.ts';
import { type MutationName, type RowWrittenBy, WRITES } from './write-table.ts';

type Cell = boolean | readonly OfficerRole[];

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
  const cells: { readonly [relation in string]?: Cell } = WRITES[mutation].may[viewer.kind];
  const cell = Object.hasOwn(cells, relation) ? cells[relation] : undefined;
  if (cell === undefined || typeof cell === 'boolean') return cell === true;
  return viewer.kind === 'officer' && cell.some((role) => viewer.roles.includes(role));
}
