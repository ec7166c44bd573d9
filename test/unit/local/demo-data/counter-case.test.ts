import { foldCase } from '../../../../src/domain/cases/fold.ts';
import { AGREEMENTS } from '../../../../src/local/demo-data/parks/agreements.ts';
import { demoParks } from '../../../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../../../src/local/demo-data/scale.ts';
import { caseTypeVersions } from '../../../../src/local/demo-data/talent/case-types.ts';
import { caseOf } from '../../../../src/local/demo-data/talent/cases.ts';

const ANCHOR = '2026-05-13';

test('one case of the demo came by a counter in Zhongguancun, which verified its first document', () => {
  const [types, parks] = [caseTypeVersions(ANCHOR), demoParks(SCALES.S)];
  const made = Array.from({ length: 60 }, (_, i) => caseOf(i + 1, ANCHOR, types, parks));
  const [found, ...others] = made.filter(({ facts }) => facts.counter !== undefined);
  expect(others).toEqual([]);
  const { facts, events = [], documents = [] } = found ?? {};
  expect(facts).toMatchObject({ zoneId: 'zone_teda', counter: { zoneId: 'zone_zhongguancun' } });
  expect(foldCase(events)).toEqual(facts?.course);
  expect(events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['VERIFIED_DOCUMENT_USED', 'HANDED_OVER']));
  const [verified] = documents.filter(({ verification }) => verification !== undefined);
  const agreement = AGREEMENTS.find(({ id }) => id === verified?.verification?.agreementId);
  expect(agreement?.caseTerms).toMatchObject({ sharesVerified: true });
  expect(agreement?.parties.map(({ zoneId }) => zoneId)).toEqual(
    expect.arrayContaining(['zone_teda', 'zone_zhongguancun']),
  );
});
