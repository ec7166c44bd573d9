import { globSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { FACTS_OF } from '../../src/domain/policies/facts.ts';
import { factsOfCondition } from '../../src/domain/rules/parts.ts';
import { RULE_FILES, storedRule } from '../../src/local/demo-data/rules/stored-rule.ts';

/** The rules of hukou, housing and schooling and those of 财预〔2015〕92号 are data: no code decides by their facts. */

const ROOT = join(import.meta.dirname, '../..');
/** Two lists name facts and decide nothing by them, data files and demo data are data, and migrations are what was. */
const NO_CODE =
  /^src\/(domain\/(policies\/facts|people\/recorded-facts)\.ts|local\/demo-data\/|storage\/migrations\/|.*\/generated\/)/;
const FILES = globSync('src/**/*.ts', { cwd: ROOT })
  .map((path) => relative(ROOT, join(ROOT, path)))
  .filter((path) => !NO_CODE.test(path))
  .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));

/** The facts that applications and the register tell. Code that tells a fact names it, and decides nothing by it. */
const TOLD: Readonly<Record<string, RegExp>> = {
  sector: /./,
  sizeClass: /./,
  qualifications: /./,
  title: /./,
  bornOn: /./,
  zone: /./,
  residentSince: /^src\/domain\/linkages\/(coverage|subject|subject-facts)\.ts$/,
  localTaxByYear: /^src\/domain\/linkages\/ledger\/signed-facts\.ts$/,
  // A node's degree in a graph, and the question of the pages for applicants.
  degree: /^src\/(views|pages\/apply)\//,
  siteKinds: /^src\/(domain\/linkages\/subject-facts|storage\/enterprises\/simulations\/simulations)\.ts$/,
  relocationLedBy: /^src\/domain\/linkages\/subject-facts\.ts$/,
  relocationListed: /^src\/domain\/linkages\/subject-facts\.ts$/,
  relocated:
    /^src\/(domain\/linkages\/subject-facts|resolvers\/linkages\/ledgers\/ledger-commands|storage\/enterprises\/simulations\/simulations)\.ts$/,
  recommended: /^src\/(domain\/(case-types|cases|eligibility)|resolvers\/talent|pages\/apply)\//,
  ownsDwelling: /^src\/(domain\/(case-types|cases|eligibility)|resolvers\/talent|pages\/apply)\//,
  localHukou: /^src\/(domain\/(case-types|cases|eligibility)|resolvers\/talent|pages\/apply)\//,
  residesInZone: /^src\/(domain\/(case-types\/stated-case-type|eligibility\/terms)|pages\/apply\/ask)\.ts$/,
  // Recognitions, which are data, decide which of another zone's cards count.
  talentCard: /^src\/domain\/linkages\/recognised-facts\.ts$/,
  talentCardZone: /^src\/domain\/linkages\/recognised-facts\.ts$/,
  childAge: /^src\/domain\/(case-types\/stated-parts|eligibility\/terms)\.ts$/,
};
/** Routes have the names of some facts' certificates. */
const WORDS = 'src/domain/cases/words/labels.ts';

const naming = (word: string) =>
  FILES.filter(({ text }) => new RegExp(`\\b${word}\\b`).test(text)).map(({ path }) => path);

test('reads all code', () => expect(FILES.length).toBeGreaterThan(500));

const FACTS = [...new Set(Object.values(FACTS_OF).flatMap((vocabulary) => Object.keys(vocabulary)))];

test.each(FACTS)('no code decides by the fact %s', (fact) => {
  const told = TOLD[fact];
  expect(naming(fact).filter((path) => path !== WORDS && !told?.test(path))).toEqual([]);
});

test('no code compares what an application states with a bound', () => {
  const stated = ['recommended', 'ownsDwelling', 'localHukou', 'residesInZone', 'childAge', 'relocated'].join('|');
  const comparison = new RegExp(`\\b(${stated})\\b\\)? *(===|!==|<=?|>=?) *(true|false|\\d)`);
  expect(FILES.filter(({ text }) => comparison.test(text)).map(({ path }) => path)).toEqual([]);
});

test.each([
  ['财预', /财预|caiyu/],
  ['the threshold of 20 million yuan a year', /\b(20_?000_?000|2_?000_?000_?000|60_?000_?000|6_?000_?000_?000)\b/],
])('no code names %s', (_, rule) => {
  expect(FILES.filter(({ text }) => rule.test(text)).map(({ path }) => path)).toEqual([]);
});

test('every fact of the vocabulary of persons is read by a rule that is data, and each rule tells its source', () => {
  const rules = RULE_FILES.map(storedRule);
  const read = new Set(rules.flatMap(({ rule }) => factsOfCondition(rule.when)));
  // Recognitions are judged by the talent card and its zone; policies of zones may ask for it, and for the family.
  const unread = ['talentCard', 'talentCardZone', 'married', 'minorChildren'];
  expect(Object.keys(FACTS_OF.PERSON).filter((fact) => !read.has(fact))).toEqual(unread);
  for (const { source, samples } of rules) {
    expect(['PUBLIC', 'ASSUMED']).toContain(source.kind);
    expect(samples.some(({ truth }) => truth === 'MET') && samples.some(({ truth }) => truth === 'NOT_MET')).toBe(true);
  }
});
