/** Who may do something to a case, beside what they may see of it. */
import { mayWrite } from '../access/may-write.ts';
import { type CaseBinding, type CaseRelation, caseRelation } from '../access/relation.ts';
import { opinionRelation } from '../access/write-relation.ts';
import type { MutationName, RowWrittenBy } from '../access/write-table.ts';
import type { Viewer } from '../viewer.ts';

/** Whoever acts: a viewer, or the clock by itself. */
export type Actor = Viewer | { readonly kind: 'system' };
export const SYSTEM: Actor = { kind: 'system' };

/** A mutation that acts on a case. */
export type CaseMutation = {
  [Name in MutationName]: RowWrittenBy<Name> extends 'case' | 'opinion' ? Name : never;
}[MutationName];

/** How an actor stands to a case; to those to whom it is NONE it isn't told that there is one. */
export function standingOf(actor: Actor, of: CaseBinding): CaseRelation | 'SYSTEM' {
  return actor.kind === 'system' ? 'SYSTEM' : caseRelation(actor, of);
}

/** Returns whether an actor may do a mutation to a case, by the table of writes; `SYSTEM` is the clock's alone. */
export function mayAct(actor: Actor, mutation: CaseMutation | 'SYSTEM', of: CaseBinding): boolean {
  if (actor.kind === 'system') return mutation === 'SYSTEM';
  if (mutation === 'SYSTEM') return false;
  return mutation === 'giveOpinion' || mutation === 'giveOpinions'
    ? mayWrite(actor, mutation, opinionRelation(actor, of))
    : mayWrite(actor, mutation, caseRelation(actor, of));
}

/** What an actor is called where two have met: the officer or clerk as the issuer calls them, and nobody else by name. */
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
