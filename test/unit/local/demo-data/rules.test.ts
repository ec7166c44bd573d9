import { readdirSync } from 'node:fs';
import { FACTS_OF } from '../../../../src/domain/policies/facts.ts';
import { checkRule } from '../../../../src/domain/rules/check.ts';
import { sharesOf } from '../../../../src/domain/rules/judge.ts';
import { RULE_FILES, storedRule } from '../../../../src/local/demo-data/rules/stored-rule.ts';

const FOLDER = new URL('../../../../src/local/demo-data/rules/', import.meta.url);

/** The rules of policies whose subjects are enterprises. */
const OF_ENTERPRISES: readonly string[] = ['caiyu-2015-92', 'sixteen-measures', 'key-platforms'];

test('every data file is listed', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  expect(files.sort()).toEqual(RULE_FILES.map((name) => `${name}.json`).sort());
});

test.each(RULE_FILES)('%s could be published, and says where it comes from', (file) => {
  const { rule, samples, source } = storedRule(file);
  const vocabulary = FACTS_OF[OF_ENTERPRISES.includes(file) ? 'ENTERPRISE' : 'PERSON'];
  expect(checkRule(rule, { samples, clauses: 3, vocabulary })).toEqual([]);
  expect(['PUBLIC', 'ASSUMED']).toContain(source.kind);
  expect(source.note.length).toBeGreaterThan(20);
});

test('the shares of the published example come out of the rule', () => {
  const { cappedSeries } = storedRule('caiyu-2015-92').rule;
  const tenThousandYuan = 1_000_000;
  const taxes = [3000, 3600, 4200, 4400, 4500].map((each) => each * tenThousandYuan);
  const facts = { localTaxByYear: taxes, localTaxBeforeMove: 7200 * tenThousandYuan };
  const shares = cappedSeries && sharesOf(cappedSeries, facts);
  expect(shares?.map((each) => each / tenThousandYuan)).toEqual([1500, 1800, 2100, 1800, 0]);
});
