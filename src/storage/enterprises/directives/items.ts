/** The items of directives and of the answers to them, each beside the function that makes it from its facts. */
import type { DirectiveAnswer, DirectiveAnswerState } from '../../../domain/directives/answer.ts';
import type { Directive } from '../../../domain/directives/directive.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../../tables.ts';

export interface DirectiveItem extends PrimaryKey, Directive {
  readonly type: 'Directive';
}

export function directiveItem(directive: Directive): DirectiveItem {
  return { ...directive, ...enterpriseKeys.directive(directive.id), type: 'Directive' };
}

/** An entry of a park's list of directives. */
export interface DirectiveOfParkItem extends PrimaryKey {
  readonly type: 'DirectiveOfPark';
  readonly parkId: string;
  readonly directiveId: string;
}

/** Returns an entry for each park that a directive addresses. */
export function directiveOfParkItems({ id, parks }: Directive): readonly DirectiveOfParkItem[] {
  return parks.map(({ parkId }) => ({
    ...enterpriseKeys.directiveOfPark(parkId, id),
    type: 'DirectiveOfPark',
    parkId,
    directiveId: id,
  }));
}

export interface DirectiveAnswerItem extends PrimaryKey, DirectiveAnswer {
  readonly type: 'DirectiveAnswer';
  /** Missing for the office of a park, whose answer is in no list. */
  readonly gsi1pk?: string;
  readonly gsi1sk?: string;
  readonly gsi2pk?: string;
  readonly gsi2sk?: string;
}

export function directiveAnswerItem(answer: DirectiveAnswer): DirectiveAnswerItem {
  const { directiveId, parkId, enterpriseId } = answer;
  return {
    ...answer,
    ...enterpriseKeys.directiveAnswer(directiveId, parkId, enterpriseId),
    ...(enterpriseId !== null && {
      ...enterpriseIndexes.answersOfEnterprise(enterpriseId, directiveId, parkId),
      ...enterpriseIndexes.answersInPark(directiveId, parkId, enterpriseId),
    }),
    type: 'DirectiveAnswer',
  };
}

/** The place of a count: a version of a directive in a park. */
export interface CountedAnswers {
  readonly directiveId: string;
  readonly parkId: string;
  readonly directiveVersion: number;
}

/** The enterprises of a park whose answer to one version of a directive is in each state. */
export interface DirectiveCountsItem extends PrimaryKey, CountedAnswers, Partial<Record<DirectiveAnswerState, number>> {
  readonly type: 'DirectiveCounts';
  /** Each answer that changes a count adds 1. */
  readonly changes?: number;
}

/** @param changes the changes of the counts until now */
export function directiveCountsItem(
  counted: CountedAnswers,
  answers: readonly Pick<DirectiveAnswer, 'state'>[],
  changes = answers.length,
): DirectiveCountsItem {
  const { directiveId, parkId, directiveVersion } = counted;
  const byState = Map.groupBy(answers, ({ state }) => state);
  return {
    ...counted,
    ...Object.fromEntries(Array.from(byState, ([state, { length }]) => [state, length])),
    ...enterpriseKeys.directiveCounts(directiveId, parkId, directiveVersion),
    type: 'DirectiveCounts',
    changes,
  };
}
