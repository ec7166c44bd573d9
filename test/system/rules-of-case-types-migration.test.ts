import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { readItem, scanPages } from '../../src/storage/dynamodb/read.ts';
import { talentKeys } from '../../src/storage/tables.ts';
import type { CaseTypeItem, CaseTypeVersionItem } from '../../src/storage/talent/items.ts';
import { startOldSystem, upgrade } from '../data-versions.ts';
import type { TestSystem } from '../harness.ts';

/** Conditions of case types that were stored before they were terms. */

let system: TestSystem;

beforeAll(async () => {
  system = await startOldSystem(10);
  await upgrade(system);
});
afterAll(() => system.stop());

test('no version has conditions any more, and each condition is a term', async () => {
  const versions: (CaseTypeItem | CaseTypeVersionItem)[] = [];
  const types = ['CaseType', 'CaseTypeVersion'] as const;
  for await (const page of scanPages<CaseTypeItem | CaseTypeVersionItem>(system.table('talent'), types)) {
    versions.push(...page);
  }
  expect(versions.filter((item) => 'conditions' in item)).toEqual([]);
  const termsOf = (id: string, version: number) => {
    const item = versions.find((each) => each.type === 'CaseTypeVersion' && each.id === id && each.version === version);
    return JSON.stringify(item?.rule).match(/"condition-[a-z-]+"/g);
  };
  const schooling = ['"condition-age"', '"condition-under-age"', '"condition-resides"'];
  expect(termsOf('ctype_schooling-primary', 1)).toEqual(schooling);
  expect(termsOf('ctype_schooling-primary', 2)).toEqual(schooling);
  expect(termsOf('ctype_housing-public-rental', 1)).toEqual(['"condition-resides"', '"condition-no-dwelling"']);
  expect(termsOf('ctype_hukou-urgently-needed', 1)).toEqual(['"condition-recommended"']);
  expect(termsOf('ctype_hukou-academic', 1)).toBeNull();
});

test('the day that decides the age is the one of before, and the rule of before holds beside the conditions', async () => {
  const current = (id: string) => readItem<CaseTypeItem>(system.table('talent'), talentKeys.caseType(id));
  expect((await current('ctype_schooling-primary'))?.childAgeOn).toMatch(/^2026-08-31$/);
  const urgent = await current('ctype_hukou-urgently-needed');
  expect(urgent?.rule).toMatchObject({ language: 1, when: { all: [{ all: [{ term: 'recommended' }, {}, {}] }, {}] } });
  expect(urgent?.samples).toHaveLength(3);
});

test('an applicant is judged by the conditions of before', async () => {
  const ask = system.serve('talent', createTalentSubgraph);
  const judge = async (ownsDwelling: boolean | null) => {
    const { data } = await ask(
      `query ($application: ApplicationInput!) {
        checkEligibility(caseType: "ctype_housing-talent-apartment", application: $application) {
          truth judgement { alternatives { terms { text(locale: EN) } } }
        }
      }`,
      { application: { zone: 'zone_teda', documents: ['identity-card', 'employment-contract'], ownsDwelling } },
    );
    return data.checkEligibility;
  };
  const alternatives = [{ terms: [{ text: 'The applicant owns no dwelling in the city.' }] }];
  expect(await judge(false)).toEqual({ truth: 'MET', judgement: { alternatives: [] } });
  expect(await judge(true)).toEqual({ truth: 'NOT_MET', judgement: { alternatives } });
  expect(await judge(null)).toEqual({ truth: 'UNKNOWN', judgement: { alternatives } });
});
