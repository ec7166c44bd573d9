/** Permissions to act on a case. */

import { type CaseBinding, caseRelation, opinionRelation } from '../access/case-relation.ts';
import { mayWrite } from '../access/decision.ts';
import type { CaseRelation } from '../access/relation.ts';
import type { MutationName, RowWrittenBy } from '../access/write-table.ts';
import type { Viewer } from '../viewer.ts';

/** A viewer, or the system at a deadline. */
export type Actor = Viewer | { readonly kind: 'system' };
export const SYSTEM: Actor = { kind: 'system' };

/** A mutation that acts on a case. */
export type CaseMutation = {
  [Name in MutationName]: RowWrittenBy<Name> extends 'case' | 'opinion' ? Name : never;
}[MutationName];

/** Returns an actor's relation to a case. An actor with NONE doesn't learn that the case exists. */
export function relationOf(actor: Actor, of: CaseBinding): CaseRelation | 'SYSTEM' {
  return actor.kind === 'system' ? 'SYSTEM' : caseRelation(actor, of);
}

/** Returns whether an actor may run a mutation on a case, by the table of writes. `SYSTEM` is for deadlines alone. */
export function mayAct(actor: Actor, mutation: CaseMutation | 'SYSTEM', of: CaseBinding): boolean {
  if (actor.kind === 'system') return mutation === 'SYSTEM';
  if (mutation === 'SYSTEM') return false;
  return mutation === 'giveOpinion' || mutation === 'giveOpinions'
    ? mayWrite(actor, mutation, opinionRelation(actor, of))
    : mayWrite(actor, mutation, caseRelation(actor, of));
}

/**
 * Returns an actor's name for a message about a conflict. Only officers and clerks are named, as their issuer names
 * them.
 */
export function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'officer':
      return `${actor.person} (${actor.agency})`;
    case 'clerk':
      return `${actor.person} (employer)`;
    case 'system':
      return 'the system';
    default:
      return 'the applicant';
  }
}
