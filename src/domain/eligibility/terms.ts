/** The terms of a case type, as a submission is held to them. */

import { PERSON_FACTS } from '../case-types/terms.ts';
import type { Declared } from '../cases/file.ts';
import { all, any, type Truth } from '../rules/evaluate.ts';
import { judge, type TermJudgement } from '../rules/judge.ts';
import type { Condition, Facts, Rule } from '../rules/rule.ts';

/** The statements of an application that are facts. A case stores them. */
export interface StatedFacts {
  readonly recommended: boolean;
  /** Null where the case concerns no child, or nothing is stated about it. */
  readonly child: { readonly age: number } | null;
  readonly declared: Declared;
  /** The zone of the application. */
  readonly zoneId: string;
}

/** Returns the facts that statements tell. What is not stated is unknown. */
export function factsOf({ recommended, child, declared, zoneId }: StatedFacts): Facts {
  const { residenceZoneId, ownsDwelling, localHukou = null } = declared;
  return {
    zone: zoneId,
    ...(recommended && { recommended }),
    ...(ownsDwelling !== null && { ownsDwelling }),
    ...(localHukou !== null && { localHukou }),
    ...(residenceZoneId !== null && { residesInZone: residenceZoneId === zoneId }),
    ...(child && { childAge: child.age }),
  };
}

/** The facts that an application must state. Agencies judge the others by documents. */
const MUST_BE_STATED: ReadonlySet<string> = new Set(['recommended', 'ownsDwelling', 'residesInZone']);

/**
 * Returns the terms to which a submission is held and that it doesn't meet: the fewest that would do. A term that rests
 * on facts which no case stores holds nobody up.
 */
export function unmetTerms({ when }: Rule, stated: StatedFacts, on: string): readonly TermJudgement[] {
  const { terms, alternatives } = judge(
    { language: 1, when },
    { facts: factsOf(stated), asked: on, vocabulary: PERSON_FACTS },
  );
  const refused = new Map(terms.filter(isRefused).map((each) => [each.term, each]));
  if (isMetBesides(when, refused)) return [];
  const ways = alternatives.map((way) => way.filter(({ term }) => refused.has(term)));
  const [fewest = [...refused.values()]] = ways.filter(({ length }) => length > 0).sort((a, b) => a.length - b.length);
  return fewest;
}

const isRefused = ({ truth, missing }: TermJudgement): boolean =>
  truth === 'NOT_MET' || (truth === 'UNKNOWN' && missing.every((fact) => MUST_BE_STATED.has(fact)));

function isMetBesides(when: Condition, refused: ReadonlyMap<string, unknown>): boolean {
  const truthOf = (condition: Condition): Truth => {
    if ('term' in condition) return refused.has(condition.term) ? 'NOT_MET' : 'MET';
    return 'all' in condition ? all(condition.all.map(truthOf)) : any(condition.any.map(truthOf));
  };
  return truthOf(when) === 'MET';
}
