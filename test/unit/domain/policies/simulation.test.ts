import { createHmac } from 'node:crypto';
import {
  countChanges,
  type Draw,
  groupAlike,
  PERTURBED_SHARE,
  type PopulationMember,
  perturbed,
} from '../../../../src/domain/policies/simulation.ts';
import { parseRule } from '../../../../src/domain/rules/parse.ts';
import type { Facts, Rule, Test } from '../../../../src/domain/rules/rule.ts';
import { drawUnder } from '../../../../src/storage/enterprises/simulations/simulations.ts';

/** An officer who knows all enterprises of a park but one fact of one tries to learn that fact from simulations. */

const SECTORS = ['DIGITAL_ECONOMY', 'PRECISION_MEDICINE', 'SMART_TRANSPORT', 'OTHER'];
const SIZES = ['MICRO', 'SMALL', 'MEDIUM', 'LARGE'];
const ON = '2026-11-29';
const drawOf = (secret: string): Draw => drawUnder(() => secret);
const chance = (text: string) => createHmac('sha256', 'population').update(text).digest().readUInt32BE(0) / 2 ** 32;
const pick = <Of>(list: readonly Of[], text: string): Of => list[Math.floor(chance(text) * list.length)] as Of;

const POPULATION: readonly PopulationMember[] = Array.from({ length: 236 }, (_, i) => ({
  id: `ent_${i}`,
  facts: {
    sector: pick(SECTORS, `sector ${i}`),
    sizeClass: pick(SIZES, `size ${i}`),
    qualifications: chance(`qualified ${i}`) < 0.3 ? ['HIGH_TECH_ENTERPRISE'] : [],
    siteKinds: chance(`site ${i}`) < 0.2 ? ['RND_CENTRE'] : [],
  },
}));

function ruleOf(is: Test): Rule {
  const text = { zh: '条', ja: '条', en: 'Term' };
  const rule = parseRule({ language: 1, when: { term: 'draft', text, is } });
  if (!rule) throw new Error('no rule');
  return rule;
}

const QUALIFIED: Test = { l: { fact: 'qualifications' }, op: 'has', r: ['HIGH_TECH_ENTERPRISE'] };
/** The target's own cell, and a random part of all others: what one draft adds to the next. */
function pad(number: number): Test {
  const codes = (all: readonly string[], name: string) =>
    all.filter((code) => chance(`${name} ${code} ${number}`) < 0.5);
  const listed = (fact: string, all: readonly string[]): Test => {
    const some = codes(all, fact);
    return { l: { fact }, op: 'in', r: some.length > 0 ? some : [all[0] as string] };
  };
  return { all: [listed('sector', SECTORS), listed('sizeClass', SIZES)] };
}

/** Returns the answers to a thousand drafts, in pairs that differ by a term of the target's fact. */
function answersTo(shown: readonly Facts[], target: PopulationMember) {
  const { sector, sizeClass } = target.facts;
  const population = groupAlike(shown);
  const cell: Test = {
    all: [
      { l: { fact: 'sector' }, op: '=', r: String(sector) },
      { l: { fact: 'sizeClass' }, op: '=', r: String(sizeClass) },
      QUALIFIED,
    ],
  };
  return Array.from({ length: 500 }, (_, i) => {
    const without = pad(i);
    const counts = [without, { any: [without, cell] } satisfies Test].map(
      (test) => countChanges({ draft: ruleOf(test), inForce: undefined, on: ON }, population).gaining,
    );
    return counts.join(' ');
  }).join('\n');
}

const flipped = (member: PopulationMember): PopulationMember => ({
  ...member,
  facts: {
    ...member.facts,
    qualifications: (member.facts.qualifications as string[]).length > 0 ? [] : ['HIGH_TECH_ENTERPRISE'],
  },
});

test('whose fact is perturbed is not shown by a thousand drafts, and nobody outside knows whose is', () => {
  const targets = POPULATION.slice(0, 2);
  const isPerturbed = (draw: Draw, { id }: PopulationMember) => draw(`${id} qualifications kept`) < PERTURBED_SHARE;
  let hidden = 0;
  for (const target of targets) {
    // A zone's secret is one of many: the officer can't tell under which the target's fact is another's.
    const secret = Array.from({ length: 99 }, (_, i) => `secret ${i}`).find((each) =>
      isPerturbed(drawOf(each), target),
    );
    const draw = drawOf(secret ?? '');
    const other = POPULATION.map((member) => (member === target ? flipped(member) : member));
    const [first, second] = [perturbed(POPULATION, draw), perturbed(other, draw)];
    // The target may be another's donor.
    if (JSON.stringify(first) !== JSON.stringify(second)) continue;
    expect(answersTo(first, target)).toBe(answersTo(second, target));
    hidden += 1;
  }
  expect(hidden).toBeGreaterThan(0);
});

test('the surest guess of a fact, by all facts that drafts can show, is wrong for one enterprise in seven', () => {
  let [guesses, wrong] = [0, 0];
  for (let i = 0; i < 10; i += 1) {
    const shown = perturbed(POPULATION, drawOf(`zone ${i}`));
    for (const [place, { facts }] of POPULATION.entries()) {
      const sees = JSON.stringify(shown[place]?.qualifications) === JSON.stringify(['HIGH_TECH_ENTERPRISE']);
      if (!sees) continue;
      guesses += 1;
      wrong += (facts.qualifications as string[]).length > 0 ? 0 : 1;
    }
  }
  // Another's fact stands in one case of five, and in seven of ten of those the other is not qualified.
  expect(wrong / guesses).toBeGreaterThan(1 / 8);
  expect(wrong / guesses).toBeLessThan(1 / 6);
});

test('the same draft always has the same result, which is near the truth', () => {
  const true_ = POPULATION.filter(({ facts }) => (facts.qualifications as string[]).length > 0).length;
  const results = Array.from({ length: 8 }, (_, i) => {
    const draw = drawOf(`zone ${i}`);
    const once = () =>
      countChanges({ draft: ruleOf(QUALIFIED), inForce: undefined, on: ON }, groupAlike(perturbed(POPULATION, draw)));
    expect(once()).toEqual(once());
    expect(once()).toMatchObject({ population: 235, losing: 0, undecided: 0 });
    return once().gaining;
  });
  expect(results.every((count) => count % 5 === 0)).toBe(true);
  expect(Math.max(...results.map((count) => Math.abs(count - true_)))).toBeLessThanOrEqual(20);
});

test('gains and losses are counted against the version in force', () => {
  const draw: Draw = () => 0.99;
  const qualified = POPULATION.filter(({ facts }) => (facts.qualifications as string[]).length > 0).length;
  const count = (draft: Rule | null, inForce: Rule | null | undefined) =>
    countChanges({ draft, inForce, on: ON }, groupAlike(perturbed(POPULATION, draw)));
  expect(count(ruleOf(QUALIFIED), null)).toMatchObject({ gaining: 0, losing: 5 * Math.round((236 - qualified) / 5) });
  expect(count(null, ruleOf(QUALIFIED))).toMatchObject({ gaining: 5 * Math.round((236 - qualified) / 5), losing: 0 });
  expect(count(ruleOf({ l: { fact: 'relocated' }, op: '=', r: true }), undefined)).toMatchObject({
    gaining: 0,
    undecided: 235,
  });
});
