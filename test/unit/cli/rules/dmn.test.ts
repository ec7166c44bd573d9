import fc from 'fast-check';
import { fromDmn, toDmn } from '../../../../src/cli/rules/dmn.ts';
import type { DmnRefusalCode } from '../../../../src/cli/rules/document.ts';
import { MAX_ROWS } from '../../../../src/cli/rules/shape.ts';
import { FACTS_OF } from '../../../../src/domain/policies/facts.ts';
import { evaluate } from '../../../../src/domain/rules/evaluate.ts';
import type { Condition, Literal, Rule, Term, Test } from '../../../../src/domain/rules/rule.ts';
import { RULE_FILES, storedRule } from '../../../../src/local/demo-data/rules/stored-rule.ts';

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
const AGED = {
  ...term({ l: true, op: '=', r: true }),
  is: { l: { ageOn: { born: { fact: 'bornOn' }, on: { asked: true as const } } }, op: '<=' as const, r: 45 },
};

const MONTHS = { fact: 'insuranceMonths' };
const months = (op: '>=' | '<=' | '<' | '>', r: number): Test => ({ l: MONTHS, op, r });
const LIMIT = { table: { by: { fact: 'degree' }, rows: [{ is: 'MASTER', value: 12 }], otherwise: 24 } };
const POINTS = {
  sum: [
    { points: 50, is: DOCTOR.is },
    { points: 20, is: { all: [months('>=', 12), { l: { fact: 'isEmployed' }, op: '=' as const, r: true }] } },
  ],
};

test.each<[string, Test, string]>([
  ['a range', { all: [months('>=', 18), months('<=', 60)] }, '[18..60]'],
  ['an open range', { all: [months('>', 18), months('<', 60)] }, '(18..60)'],
  ['one of several bounds', { any: [months('<', 3), months('>=', 9)] }, '&lt; 3, &gt;= 9'],
  ['all but some codes', { not: { l: { fact: 'degree' }, op: 'in', r: ['NONE', 'MASTER'] } }, 'not("NONE", "MASTER")'],
  ['an age', AGED.is, 'years and months duration(bornOn, asked).years'],
  ['a table by a key', { l: MONTHS, op: '>=', r: LIMIT }, '&gt;= table1'],
  ['points', { l: POINTS, op: '>=', r: 60 }, 'aggregation="SUM"'],
  ['a sum of numbers', { l: { total: [MONTHS, 6] }, op: '>=', r: 60 }, 'insuranceMonths + 6'],
  ['two facts', { l: MONTHS, op: '>=', r: { fact: 'childAge' } }, '&gt;= childAge'],
])('says %s and reads it again', async (_, is, entry) => {
  const one: Rule = { language: 1, when: term(is) };
  const xml = await toDmn(one, PERSON);
  expect(xml).toContain(entry);
  expect(await fromDmn(xml, PERSON)).toEqual(one);
});

test('says members of a list by FEEL, and reads them again', async () => {
  const has: Test = { l: { fact: 'qualifications' }, op: 'has', r: ['TECH_SME', 'HIGH_TECH_ENTERPRISE'] };
  const one: Rule = { language: 1, when: term(has) };
  const xml = await toDmn(one, FACTS_OF.ENTERPRISE);
  expect(xml).toContain('list contains(?, "TECH_SME") or list contains(?, "HIGH_TECH_ENTERPRISE")');
  expect(await fromDmn(xml, FACTS_OF.ENTERPRISE)).toEqual(one);
});

test('two terms on one fact in one alternative take two columns', async () => {
  const when = { all: [term(months('>=', 12), 'least'), term(months('<=', 60), 'most')] };
  const one: Rule = { language: 1, when };
  expect(await fromDmn(await toDmn(one, PERSON), PERSON)).toEqual(one);
});

test('every rule of the data files comes back, but for yearly amounts', async () => {
  for (const file of RULE_FILES.filter((name) => name !== 'caiyu-2015-92')) {
    const { rule: stored, samples } = storedRule(file);
    const vocabulary = ['sixteen-measures', 'key-platforms'].includes(file) ? FACTS_OF.ENTERPRISE : PERSON;
    const back = await fromDmn(await toDmn(stored, vocabulary), vocabulary);
    // A list of one code comes back as that code.
    expect(back).toEqual(
      JSON.parse(JSON.stringify(stored).replaceAll(/"op":"in","r":\[("\w+")\]/g, '"op":"=","r":$1')),
    );
    for (const { facts, asked } of samples) {
      expect(evaluate(back.when, { facts, asked })).toBe(evaluate(stored.when, { facts, asked }));
    }
  }
});

test('nested alternatives whose rows were changed come back as rows, each term by a name of its own', async () => {
  const [employed, insured] = [
    term({ l: { fact: 'isEmployed' }, op: '=', r: true }, 'employed'),
    term(months('>=', 12), 'insured'),
  ];
  const nested: Rule = { language: 1, when: { all: [{ any: [{ ...DOCTOR, term: 'doctor' }, insured] }, employed] } };
  const xml = await toDmn(nested, PERSON);
  expect(await fromDmn(xml, PERSON)).toEqual(nested);
  const last = xml.lastIndexOf('<dmn:text>true</dmn:text>\n        </dmn:inputEntry>');
  const changed = await fromDmn(`${xml.slice(0, last)}${xml.slice(last).replace('true', 'false')}`, PERSON);
  const other = term({ l: { fact: 'isEmployed' }, op: '=', r: false }, 'employed-2');
  expect(changed.when).toEqual({
    any: [{ all: [{ ...DOCTOR, term: 'doctor' }, employed] }, { all: [other, insured] }],
  });
});

const day: Test = { l: { day: { from: { fact: 'bornOn' }, years: 18 } }, op: '<=', r: '2026-08-31' };

test.each<[string, Rule, DmnRefusalCode]>([
  ['a day relative to another', { language: 1, when: term(day) }, 'TERM'],
  ['the denial of other logic', { language: 1, when: term({ not: DOCTOR.is }) }, 'TERM'],
  ['logic over several facts', { language: 1, when: term({ any: [DOCTOR.is, months('>=', 1)] }) }, 'TERM'],
  ['an age on its right side', { language: 1, when: term({ l: MONTHS, op: '>=', r: AGED.is.l }) }, 'TERM'],
  [
    'alternatives that make too many rows',
    { language: 1, when: { all: Array.from({ length: 8 }, () => ({ any: [DOCTOR, AGED] })) } },
    'NESTED',
  ],
  [
    'yearly amounts',
    { language: 1, when: DOCTOR, cappedSeries: { of: 'a', basisPoints: 1, cap: 'b', years: 1, extensionYears: 0 } },
    'SERIES',
  ],
])('refuses %s in a table', async (_, one, code) => {
  expect(2 ** 8).toBeGreaterThan(MAX_ROWS);
  await expect(toDmn(one, PERSON)).rejects.toMatchObject({ code });
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

test('reads a range as another program writes it, and a decision that needs itself not at all', async () => {
  const open = await fromDmn(table({ fact: 'insuranceMonths', entry: ']12..24[' }), PERSON);
  expect(open.when).toMatchObject({ is: { all: [months('>', 12), months('<', 24)] } });
  const xml = await toDmn({ language: 1, when: term({ l: MONTHS, op: '>=', r: LIMIT }) }, PERSON);
  const looped = xml.replace('<dmn:text>degree</dmn:text>', '<dmn:text>table1</dmn:text>');
  await expect(fromDmn(looped, PERSON)).rejects.toMatchObject({ code: 'NO_TABLE' });
  const counted = await toDmn({ language: 1, when: term({ l: POINTS, op: '>=', r: 60 }) }, PERSON);
  const largest = counted.replace('aggregation="SUM"', 'aggregation="MAX"');
  await expect(fromDmn(largest, PERSON)).rejects.toMatchObject({ code: 'HIT_POLICY' });
});

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
  ['an entry of half a range', table({ entry: '[1..' }), 'ENTRY'],
  ['an entry that names nothing', table({ entry: '>= luck' }), 'ENTRY'],
  ['a row without an entry', table({ entry: '-' }), 'ENTRY'],
  ['a code that does not exist', table({ entry: '"WIZARD"' }), 'INVALID_RULE'],
])('refuses %s as a rule', async (_, xml, code) => {
  await expect(fromDmn(xml, PERSON)).rejects.toMatchObject({ code });
});
