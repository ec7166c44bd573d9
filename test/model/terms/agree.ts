/** Judgements of random subjects under random rules, against the second reading. */
import { judge, MAX_ALTERNATIVES } from '../../../src/domain/rules/judge.ts';
import { nearest } from '../../../src/domain/rules/nearest.ts';
import { termsOf } from '../../../src/domain/rules/parts.ts';
import { type DrawnCase, VOCABULARY } from './draws.ts';
import { leastCost, mentioned, truthOf, waysOf } from './naive.ts';

/** What happened in a run, so that nobody takes an empty run for a good one. */
export interface RuleTally {
  met: number;
  unmet: number;
  unknown: number;
  turned: number;
  exact: number;
  hopeless: number;
}

export const newRuleTally = (): RuleTally => ({ met: 0, unmet: 0, unknown: 0, turned: 0, exact: 0, hopeless: 0 });

class Difference extends Error {}

function must(isSo: boolean, what: string, drawn: DrawnCase, ...seen: readonly unknown[]): void {
  if (!isSo)
    throw new Difference(`${what}: ${JSON.stringify(drawn)} ${seen.map((each) => JSON.stringify(each)).join(' ')}`);
}

/** Compares one judgement: its truth, its explanation and its nearest change. */
export function compareJudgement(drawn: DrawnCase, tally: RuleTally): void {
  const { rule, facts, asked, isSimple } = drawn;
  const question = { facts, asked, vocabulary: VOCABULARY };
  const answer = judge(rule, question);
  const naive = truthOf(rule.when, facts, asked);
  must(
    answer.truth === naive || (!isSimple && answer.truth === 'UNKNOWN'),
    'The truth differs',
    drawn,
    answer.truth,
    naive,
  );
  for (const term of termsOf(rule.when)) {
    const [own, other] = [answer.terms.find((each) => each.term === term.term)?.truth, truthOf(term, facts, asked)];
    must(own === other || (!isSimple && own === 'UNKNOWN'), `The truth of ${term.term} differs`, drawn, own, other);
  }
  if (answer.truth === 'MET') tally.met += 1;
  else if (answer.truth === 'NOT_MET') tally.unmet += 1;
  else tally.unknown += 1;
  compareExplanation(drawn, answer);
  compareNearest(drawn, answer.truth, tally);
}

function compareExplanation(drawn: DrawnCase, { truth, terms, alternatives }: ReturnType<typeof judge>): void {
  const named = (isMet: boolean) => terms.flatMap((each) => ((each.truth === 'MET') === isMet ? [each.term] : []));
  if (truth === 'MET') {
    must(alternatives.length === 0, 'What is met is explained', drawn);
    return;
  }
  const ways = waysOf(drawn.rule.when, named(true), named(false)).map((way) => way.toSorted().join());
  const own = alternatives.map((way) =>
    way
      .map(({ term }) => term)
      .sort()
      .join(),
  );
  const isCut = alternatives.length === MAX_ALTERNATIVES;
  must(
    own.every((way) => ways.includes(way)),
    'An alternative is none',
    drawn,
    own,
    ways,
  );
  must(isCut || ways.every((way) => own.includes(way)), 'An alternative is missing', drawn, own, ways);
}

function compareNearest(drawn: DrawnCase, truth: string, tally: RuleTally): void {
  const { rule, facts, asked } = drawn;
  const found = nearest(rule, { facts, asked, vocabulary: VOCABULARY });
  const readsDay = JSON.stringify(rule.when).includes('"asked"');
  if (truth === 'MET') {
    must(found === null, 'What is met needs a change', drawn, found);
    return;
  }
  const isSmall = !readsDay && mentioned(rule.when).length <= 4;
  if (!found) {
    tally.hopeless += 1;
    // A place that no rule names is never proposed.
    const isProposable = !mentioned(rule.when).includes('place');
    if (isSmall && drawn.isSimple && isProposable)
      must(leastCost(rule, facts, asked) === null, 'A change is missed', drawn);
    return;
  }
  const applied = { ...facts, ...Object.fromEntries(found.changes.map(({ fact, to }) => [fact, to])) };
  must(truthOf(rule.when, applied, found.on) === 'MET', 'The nearest change does not turn the answer', drawn, found);
  tally.turned += 1;
  if (found.isExact && isSmall) {
    const least = leastCost(rule, facts, asked);
    must(found.cost === least, 'A cheaper change exists', drawn, found, least);
    tally.exact += 1;
  }
}
