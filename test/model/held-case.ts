/** A case by the rules of `src/domain` alone: its file is held in memory, and its log beside it. */

import { isDeepStrictEqual } from 'node:util';
import { CALENDAR } from '../../src/domain/calendar/calendar.ts';
import type { CaseTypeFacts } from '../../src/domain/case-types/case-type.ts';
import type { Actor } from '../../src/domain/cases/access.ts';
import type { CaseCommand } from '../../src/domain/cases/command.ts';
import { caseDeadlines } from '../../src/domain/cases/deadline.ts';
import { decideCase } from '../../src/domain/cases/decide.ts';
import { dueOf } from '../../src/domain/cases/due.ts';
import { type CaseHead, type CaseSituation, caseAfter, lastAskedFor } from '../../src/domain/cases/file.ts';
import { type CaseEvent, foldCase } from '../../src/domain/cases/fold.ts';
import { type CaseOpening, decideOpening } from '../../src/domain/cases/open.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { workOf } from '../../src/domain/work-list/work-item.ts';
import { type CaseView, deadlinesView, viewOfFile } from './view.ts';

export interface HeldCase {
  readonly situation: CaseSituation;
  readonly first: CaseHead;
  readonly log: readonly CaseEvent[];
}

export const codesOf = (refusals: readonly { readonly code: string }[]) =>
  [...new Set(refusals.map(({ code }) => code))].sort();

export function openHeld(opening: CaseOpening, caseType: CaseTypeFacts, viewer: Viewer, id: string, now: Date) {
  const decision = decideOpening(
    opening,
    { caseType, names: { id, receiptNumber: 'BHZ-MODEL' }, known: null, agreement: null },
    viewer,
    now,
  );
  if (!decision.ok) return { refused: codesOf(decision.refusals) };
  const { case: opened, documents, child, event } = decision.value;
  const situation = {
    case: opened,
    caseType,
    documents,
    opinions: [],
    child,
    place: null,
    lastEvent: event,
    askedFor: [],
    calendar: CALENDAR,
  };
  return { held: { situation, first: opened, log: [event] } satisfies HeldCase };
}

/** An action by `decideCase`; what it changes is put in the file as storage does. */
export function actOnHeld(held: HeldCase, command: CaseCommand, actor: Actor, now: Date) {
  const { situation, log } = held;
  const decision = decideCase(situation, command, actor, { now, locale: 'EN' });
  if (!decision.ok) return { held, refused: codesOf(decision.refusals) };
  const { event, head, documents, opinions } = decision.value;
  const next: HeldCase = {
    ...held,
    log: [...log, event],
    situation: {
      ...situation,
      case: { ...situation.case, ...head },
      documents: situation.documents.map((one) => documents.find(({ code }) => code === one.code) ?? one),
      opinions: [
        ...situation.opinions.filter(({ agency }) => !opinions.some((changed) => changed.agency === agency)),
        ...opinions,
      ],
      lastEvent: event,
      askedFor: lastAskedFor([...log, event]),
    },
  };
  return { held: next, refused: null };
}

export function viewOfHeld({ situation }: HeldCase, today: string): CaseView {
  const { case: head, caseType } = situation;
  const due = dueOf({ case: head, caseType, recorded: [] }, today, CALENDAR);
  return {
    ...viewOfFile(situation),
    deadlines: deadlinesView(caseDeadlines(head.course, head.limits, today, CALENDAR)),
    work: workOf(head, caseType, today, CALENDAR)
      .map(({ agency, dueOn }) => ({ agency, dueOn }))
      .toSorted((a, b) => (a.agency < b.agency ? -1 : 1)),
    due: due && { what: due.what, on: due.on },
  };
}

/** Whether the log, folded from its beginning, gives the course and the head that are held. */
export function foldsToItself({ situation, first, log }: HeldCase): boolean {
  const { course } = situation.case;
  const folded = log
    .slice(1)
    .reduce<CaseHead | null>((head, event) => head && caseAfter(head, event, situation.caseType), first);
  // What was delivered is the case's, and not its log's: an erasure takes away of it what is personal.
  const { outcome } = situation.case;
  return (
    isDeepStrictEqual(foldCase(log), course) && isDeepStrictEqual(folded && { ...folded, outcome }, situation.case)
  );
}
