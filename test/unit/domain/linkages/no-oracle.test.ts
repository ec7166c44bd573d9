import fc from 'fast-check';
import { judgeApplication } from '../../../../src/domain/linkages/application.ts';
import { factsOfSubject, type MoveFacts } from '../../../../src/domain/linkages/subject-facts.ts';
import { FACTS_OF } from '../../../../src/domain/policies/facts.ts';
import { answerTo } from '../../../../src/domain/rules/answer.ts';
import type { Condition, Rule, Term, Test } from '../../../../src/domain/rules/rule.ts';
import type { Viewer } from '../../../../src/domain/viewer.ts';
import type { Context } from '../../../../src/resolvers/linkages/context.ts';
import { mayReadMove } from '../../../../src/resolvers/linkages/relocations/relocations.ts';
import { agreedMove } from '../../../fixtures/relocations.ts';

/** No answer tells a fact that its reader may not read: not its truth, its trace, nor its nearest change. */

const ENTERPRISE = 'ent_01HB0000000000000000000001';
const ZONES = ['zone_a', 'zone_b', 'zone_c'] as const;
const zone = fc.constantFrom(...ZONES);

const viewer: fc.Arbitrary<Viewer> = fc.oneof(
  fc.constant<Viewer>({ kind: 'anonymous' }),
  fc.constant<Viewer>({ kind: 'analyst', person: 'analyst-1' }),
  fc.constant<Viewer>({ kind: 'clerk', person: 'clerk-1', enterprise: 'ent_01HB0000000000000000000002' }),
  fc.constant<Viewer>({ kind: 'clerk', person: 'clerk-2', enterprise: ENTERPRISE }),
  zone.map((id): Viewer => ({ kind: 'officer', person: `officer-${id}`, agency: 'PARK', zone: id, roles: [] })),
);
const contextOf = (of: Viewer) => ({ viewer: of, request: { accessPurpose: 'LOOK' } }) as unknown as Context;

const move: fc.Arbitrary<MoveFacts> = fc
  .record({ fromZoneId: zone, toZoneId: zone, ledBy: fc.constantFrom('GOVERNMENT', 'MARKET') })
  .map(({ fromZoneId, toZoneId, ledBy }) => agreedMove(fromZoneId, toZoneId, ledBy));
const test_: fc.Arbitrary<Test> = fc.oneof(
  fc.boolean().map((r): Test => ({ l: { fact: 'relocated' }, op: '=', r })),
  fc.constantFrom('MANUFACTURING', 'RND_CENTRE').map((r): Test => ({ l: { fact: 'siteKinds' }, op: 'has', r: [r] })),
  fc.constantFrom('GOVERNMENT', 'MARKET').map((r): Test => ({ l: { fact: 'relocationLedBy' }, op: '=', r })),
);
const TEXT = { zh: '条', ja: '条', en: 'term' };
const named = (tests: readonly Test[]) => tests.map((is, i): Term => ({ term: `t${i}`, text: TEXT, is }));
const rule: fc.Arbitrary<Rule> = fc
  .tuple(fc.boolean(), fc.array(test_, { minLength: 1, maxLength: 3 }))
  .map(([isAll, tests]): Rule => {
    const when: Condition = isAll ? { all: named(tests) } : { any: named(tests) };
    return { language: 1, when };
  });

const subjectIn = (zoneIds: readonly string[]) => ({
  kind: 'ENTERPRISE' as const,
  zoneIds,
  traits: { SECTOR: ['DIGITAL_ECONOMY'], QUALIFICATION: [], SITE_KIND: ['RND_CENTRE'] },
});
const REACH = { applies: true, via: 'OWN_ZONE', chain: [], failed: [] } as never;

/** The whole answer as a client could read it. */
function answerOf(of: Viewer, zoneIds: readonly string[], moves: readonly MoveFacts[], when: Rule): string {
  const context = contextOf(of);
  const mayRead = (between: readonly string[]) => mayReadMove({ enterpriseId: ENTERPRISE, zoneIds: between }, context);
  const facts = factsOfSubject(subjectIn(zoneIds) as never, moves, mayRead);
  const { judgement, ...answer } = judgeApplication(REACH, when, (rule) =>
    answerTo(rule, { REGISTRY: facts, STATED: {} }, '2026-11-28', FACTS_OF.ENTERPRISE),
  );
  return JSON.stringify({ ...answer, judgement, nearest: judgement?.nearest() ?? null });
}

const PAIRS = 10_000;

test(`${PAIRS} pairs of registers that differ only in relocations that the viewer may not read give equal answers`, () => {
  let different = 0;
  const pair = fc.tuple(
    viewer,
    fc.uniqueArray(zone, { minLength: 1, maxLength: 2 }),
    fc.array(move, { maxLength: 3 }),
    rule,
  );
  fc.assert(
    fc.property(pair, ([of, zoneIds, moves, when]) => {
      const context = contextOf(of);
      const shown = moves.filter(({ fromZoneId, toZoneId }) =>
        mayReadMove({ enterpriseId: ENTERPRISE, zoneIds: [fromZoneId, toZoneId] }, context),
      );
      if (shown.length < moves.length) different += 1;
      return answerOf(of, zoneIds, moves, when) === answerOf(of, zoneIds, shown, when);
    }),
    { numRuns: PAIRS, seed: 14 },
  );
  // Enough of the pairs differ in a hidden relocation.
  expect(different).toBeGreaterThan(PAIRS / 4);
});

test('a relocation that the viewer may read does change answers', () => {
  const officer: Viewer = { kind: 'officer', person: 'o', agency: 'PARK', zone: 'zone_a', roles: [] };
  const moved: Rule = {
    language: 1,
    when: { term: 'moved', text: TEXT, is: { l: { fact: 'relocated' }, op: '=', r: true } },
  };
  const moves = [agreedMove('zone_b', 'zone_a')];
  expect(answerOf(officer, ['zone_a'], moves, moved)).not.toBe(answerOf(officer, ['zone_a'], [], moved));
  expect(Object.keys(FACTS_OF.ENTERPRISE)).toContain('relocated');
});
