import fc from 'fast-check';
import { type DmnRefusalCode, fromDmn, toDmn } from '../../../../src/cli/rules/dmn.ts';
import { FACTS_OF } from '../../../../src/domain/policies/facts.ts';
import type { Condition, Literal, Rule, Term, Test } from '../../../../src/domain/rules/rule.ts';

/** Rules as DMN decision tables and back. */

const PERSON = FACTS_OF.PERSON;
const VALUES: Readonly<Record<string, fc.Arbitrary<Literal>>> = {
  bornOn: fc.constantFrom('1988-02-29', '2026-08-31', '1900-01-01'),
  degree: fc.constantFrom('NONE', 'BACHELOR', 'MASTER', 'DOCTOR'),
  insuranceMonths: fc.integer({ min: 0, max: 720 }),
  isEmployed: fc.boolean(),
};
const FACTS = Object.keys(VALUES);

function testOf(fact: string): fc.Arbitrary<Test> {
  const value = VALUES[fact] ?? fc.constant(true);
  const ordered = fact === 'bornOn' || fact === 'insuranceMonths';
  const ops = ordered ? (['=', '!=', '<', '<=', '>', '>='] as const) : (['=', '!='] as const);
  const compared = fc.record({ l: fc.constant({ fact }), op: fc.constantFrom(...ops), r: value });
  if (fact === 'isEmployed') return compared;
  const listed = fc.record({
    l: fc.constant({ fact }),
    op: fc.constant('in' as const),
    r: fc.uniqueArray(value, { minLength: 2, maxLength: 3 }),
  });
  return fc.oneof(compared, listed);
}

/** Terms of some facts, in the order of the facts, as a row of a table has them. */
const row = fc
  .record({ facts: fc.subarray(FACTS, { minLength: 1 }), words: fc.string({ minLength: 1, maxLength: 20 }) })
  .chain(({ facts, words }) => fc.tuple(...facts.map(testOf)).map((tests) => ({ tests, words })));

const rule = fc.array(row, { minLength: 1, maxLength: 4 }).map((rows): Rule => {
  const alternatives = rows.map(({ tests, words }, i): Condition => {
    const text = `${words.trim()}<&"'> 学历`;
    const terms = tests.map(
      (is, place): Term => ({ term: `t${i}-${place}`, text: { zh: text, ja: text, en: text }, clause: 1 + place, is }),
    );
    return terms.length === 1 ? (terms[0] as Term) : { all: terms };
  });
  const when: Condition = alternatives.length === 1 ? (alternatives[0] as Condition) : { any: alternatives };
  return { language: 1, when, costs: [{ fact: 'insuranceMonths', cost: 0, perUnit: 1, leadDays: 30 }] };
});

test('a rule that a table can say comes back unchanged', async () => {
  await fc.assert(
    fc.asyncProperty(rule, async (one) => {
      const columns = new Map(FACTS.map((fact, i) => [fact, i]));
      const back = await fromDmn(await toDmn(one, PERSON), PERSON);
      expect(sorted(back, columns)).toEqual(sorted(one, columns));
    }),
    { numRuns: 100, seed: 13 },
  );
});

/** Returns a rule with the terms of each alternative in the order of their facts: a table has the order of its columns. */
function sorted({ when, ...rest }: Rule, columns: ReadonlyMap<string, number>) {
  const order = (condition: Condition): Condition => {
    if ('any' in condition) return { any: condition.any.map(order) };
    if (!('all' in condition)) return condition;
    const place = (each: Condition) => columns.get(JSON.stringify(each).match(/"fact":"(\w+)"/)?.[1] ?? '') ?? 0;
    return { all: condition.all.toSorted((a, b) => place(a) - place(b)) };
  };
  return { ...rest, when: order(when) };
}

const text = { zh: '条', ja: '条', en: 'Term' };
const term = (is: Test, name = 'one'): Term => ({ term: name, text, is });
const DOCTOR = term({ l: { fact: 'degree' }, op: '=', r: 'DOCTOR' });
const AGED = term({ l: { ageOn: { born: { fact: 'bornOn' }, on: { asked: true } } }, op: '<=', r: 45 });

test.each<[string, Rule, DmnRefusalCode]>([
  ['an age', { language: 1, when: AGED }, 'TERM'],
  ['logic inside of a term', { language: 1, when: term({ not: DOCTOR.is }) }, 'TERM'],
  ['alternatives inside of a requirement', { language: 1, when: { all: [DOCTOR, { any: [DOCTOR, AGED] }] } }, 'NESTED'],
  [
    'yearly amounts',
    { language: 1, when: DOCTOR, cappedSeries: { of: 'a', basisPoints: 1, cap: 'b', years: 1, extensionYears: 0 } },
    'SERIES',
  ],
])('refuses %s in a table', async (_, one, code) => {
  await expect(toDmn(one, PERSON)).rejects.toMatchObject({ code });
});

test('two terms on one fact in one alternative are refused and not lost', async () => {
  const months = (op: '>=' | '<=', r: number, name: string) => term({ l: { fact: 'insuranceMonths' }, op, r }, name);
  const when = { all: [months('>=', 12, 'least'), months('<=', 60, 'most')] };
  await expect(toDmn({ language: 1, when }, PERSON)).rejects.toMatchObject({ code: 'TERM' });
});

/** A table as another program writes it. */
const table = ({ hitPolicy = 'UNIQUE', fact = 'degree', entry = '"MASTER", "DOCTOR"', output = 'true' } = {}) => `
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d" namespace="n">
  <decision id="one" name="one">
    <decisionTable id="t" hitPolicy="${hitPolicy}">
      <input id="i" label="学历"><inputExpression id="e" typeRef="string"><text>${fact}</text></inputExpression></input>
      <output id="o" name="eligible" typeRef="boolean" />
      <rule id="r">
        <inputEntry id="c"><text>${entry.replaceAll('<', '&lt;')}</text></inputEntry>
        <outputEntry id="p"><text>${output}</text></outputEntry>
      </rule>
    </decisionTable>
  </decision>
</definitions>`;

test('a table of another program becomes terms that say their entries', async () => {
  expect(await fromDmn(table(), PERSON)).toEqual({
    language: 1,
    when: {
      term: 'row-1-degree',
      text: { zh: '学历 "MASTER", "DOCTOR"', ja: '学历 "MASTER", "DOCTOR"', en: '学历 "MASTER", "DOCTOR"' },
      is: { l: { fact: 'degree' }, op: 'in', r: ['MASTER', 'DOCTOR'] },
    },
  });
});

test.each<[string, string, DmnRefusalCode]>([
  ['a file that is no XML', 'no XML', 'NO_XML'],
  [
    'a document without a table',
    '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" />',
    'NO_TABLE',
  ],
  ['a hit policy that collects', table({ hitPolicy: 'COLLECT' }), 'HIT_POLICY'],
  ['a row that says no', table({ output: 'false' }), 'OUTPUT'],
  ['an input that is no fact', table({ fact: 'luck' }), 'INPUT'],
  ['an entry that computes', table({ entry: '? + 1 < 3' }), 'ENTRY'],
  ['an entry of a range', table({ entry: '[1..3]' }), 'ENTRY'],
  ['a row without an entry', table({ entry: '-' }), 'ENTRY'],
  ['a code that does not exist', table({ entry: '"WIZARD"' }), 'INVALID_RULE'],
])('refuses %s as a rule', async (_, xml, code) => {
  await expect(fromDmn(xml, PERSON)).rejects.toMatchObject({ code });
});
