/** The actions that a case's state allows, as the state machine itself answers: who may take each, and what is missing. */
import { WRITES } from '../access/write-table.ts';
import { dayInShanghai } from '../calendar/day.ts';
import { type Actor, mayAct } from './access.ts';
import { ACTION_RULES, stepOf } from './action.ts';
import { CASE_ACTIONS, type CaseAction } from './command.ts';
import type { Moment } from './decide.ts';
import type { CaseSituation } from './file.ts';
import type { CommandContext, Precondition } from './preconditions.ts';
import * as must from './preconditions.ts';
import type { CaseRefusal } from './refusal.ts';

/** The side that takes an action. */
export const ACTING_SIDES = ['APPLICANT', 'EMPLOYER', 'AGENCY'] as const;
export type ActingSide = (typeof ACTING_SIDES)[number];

/** An action that the case's state allows. */
export interface PossibleAction {
  readonly action: ActionOfPeople;
  /** The mutation that takes it. */
  readonly mutation: string;
  readonly by: ActingSide;
  /** True where the viewer may take it, by role and relation to the case. */
  readonly isYours: boolean;
  /** Faults that prevent it now; empty where nothing does. Faults of an input are found with the input only. */
  readonly missing: readonly CaseRefusal[];
}

/** The actions of people; the system takes the others at a deadline. */
export type ActionOfPeople = Exclude<CaseAction, 'DEEM_ACCEPTED' | 'DEEM_TAKEN_UP' | 'LAPSE'>;

/** Preconditions that read the case and the actor, and no input. */
const OF_THE_CASE: ReadonlySet<unknown> = new Set<Precondition>([
  must.beEligible,
  must.beInTimeForWhatWasAsked,
  must.notBeRecommended,
  must.lackConsent,
  must.beInTimeForReconsideration,
  must.leaveTimeForReconsideration,
  must.beInTimeForTheNotice,
  must.beInTimeForTheDecision,
  must.notHaveGivenAnOpinion,
  must.extendOnce,
  must.extendWhatIsTakenUp,
  must.notBeTakenUp,
  must.haveAllOpinions,
  must.haveNoOpinionAgainst,
  must.haveRunItsNotice,
]);

/** Returns the actions that the state and the documents allow, in the order of `CASE_ACTIONS`. */
export function possibleActions(
  situation: CaseSituation,
  actor: Actor,
  { now, locale }: Moment,
): readonly PossibleAction[] {
  const context: CommandContext<unknown> = {
    ...situation,
    actor,
    locale,
    today: dayInShanghai(now),
    command: null,
  };
  return CASE_ACTIONS.flatMap((action): readonly PossibleAction[] => {
    if (action === 'DEEM_ACCEPTED' || action === 'DEEM_TAKEN_UP' || action === 'LAPSE') return [];
    const { by, requires } = ACTION_RULES[action];
    if (by === 'SYSTEM' || !stepOf(action, situation.case.course.state)) return [];
    if (action === 'WITHDRAW_VERIFIED' && !usesVerified(situation)) return [];
    const rules = (requires as readonly Precondition[]).filter((rule) => OF_THE_CASE.has(rule));
    return [
      {
        action,
        mutation: by,
        by: sideOf(by),
        isYours: mayAct(actor, by, situation.case),
        missing: rules.flatMap((rule) => rule(context)),
      },
    ];
  });
}

function usesVerified({ documents }: CaseSituation): boolean {
  return documents.some(({ verification }) => verification !== undefined);
}

function sideOf(by: keyof typeof WRITES): ActingSide {
  const { applicant, clerk } = WRITES[by].may;
  if (Object.values(applicant).some(Boolean)) return 'APPLICANT';
  return Object.values(clerk).some(Boolean) ? 'EMPLOYER' : 'AGENCY';
}
