/** Preconditions of cases that the counter of one zone receives and another zone decides (异地代收代办). */
import { type CaseBinding, isAtCounter } from '../access/case-relation.ts';
import type { CounterDuty } from '../linkages/case-terms.ts';
import { relationOf } from './access.ts';
import { type CommandContext, type Precondition, unless } from './preconditions.ts';

/** Returns whether an actor may do what a duty is for. At a counter, the agreement of the two zones states the duty. */
export function mayDo(duty: CounterDuty, relation: string, { counter }: Pick<CaseBinding, 'counter'>): boolean {
  return relation !== 'COUNTER' || counter?.duties.includes(duty) === true;
}

const need =
  (duty: CounterDuty): Precondition =>
  ({ actor, case: of }) =>
    unless(
      mayDo(duty, relationOf(actor, of), of),
      'NOT_YOURS',
      [],
      'The agreement of the two zones leaves this to the deciding zone.',
    );

export const takeDocuments = need('TAKE_DOCUMENTS');
export const deliver = need('DELIVER');

/** The zone that has the application checks its form: the counter until it hands it over, then the deciding zone. */
export const checkTheForm: Precondition = (context) => [
  ...need('CHECK_FORM')(context),
  ...(isByCounter(context) ? [] : beHandedOver(context)),
];

function isByCounter({ actor, case: of }: CommandContext<unknown>): boolean {
  return relationOf(actor, of) === 'COUNTER';
}

export const beHandedOver: Precondition = ({ case: of }) =>
  unless(!isAtCounter(of), 'TOO_EARLY', [], 'The counter that received the application has not handed it over.');

export const haveTheCase: Precondition = ({ case: of }) =>
  unless(isAtCounter(of), 'DONE_ALREADY', [], 'The application is handed over already.');
