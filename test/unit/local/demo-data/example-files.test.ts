import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { importTarget, readInputFile } from '../../../../src/cli/imports/input-rows.ts';
import { enterpriseOf } from '../../../../src/local/demo-data/enterprises/enterprises.ts';
import { NAMED_PROJECTS } from '../../../../src/local/demo-data/enterprises/named-projects.ts';
import { reportsOf } from '../../../../src/local/demo-data/enterprises/operation-reports.ts';
import { INDICATORS, OBSERVATIONS } from '../../../../src/local/demo-data/parks/indicators.ts';
import { CONTROL, demoParks, FACILITIES, HEADLINE_PARK } from '../../../../src/local/demo-data/parks/parks.ts';
import { POLICIES } from '../../../../src/local/demo-data/parks/policies.ts';
import { ZONES } from '../../../../src/local/demo-data/parks/zones.ts';
import { SCALES } from '../../../../src/local/demo-data/scale.ts';

/** The demo data hold the figures and names of the example's files, which public operations write. */

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
const headline = demoParks(SCALES.S).find(({ id }) => id === HEADLINE_PARK)!;

/** Returns the rows of one of the example's files as inputs of a mutation. */
function rowsOf(name: string, mutation: string, list: string | null = null) {
  const { rowType } = importTarget(schema, mutation, list);
  const file = join('examples/binhai-zhongguancun', name);
  return readInputFile(file, readFileSync(file), rowType).rows.map(({ value }) => value);
}

/** Returns records with the members that the rows have too, as often under a name of the API. */
function like(records: readonly object[], rows: readonly object[], renamed: Readonly<Record<string, string>> = {}) {
  return records.map((record, i) => {
    const members = Object.entries(record).map(([name, value]) => [renamed[name] ?? name, value] as const);
    const known = Object.keys(rows[i] ?? {});
    return Object.fromEntries(members.filter(([name, value]) => known.includes(name) && value !== null));
  });
}

test.each([
  ['zones.csv', 'publishZone', null, ZONES, {}],
  ['parks.csv', 'publishPark', null, [headline.facts], { zoneId: 'zone' }],
  ['indicators.csv', 'publishIndicator', null, INDICATORS, {}],
  ['facilities.csv', 'publishFacilities', 'facilities', FACILITIES.facilities, { id: 'code' }],
  ['control-units.csv', 'publishControlUnits', 'units', CONTROL.units, { id: 'code', reportsToId: 'reportsTo' }],
  ['projects.csv', 'openProject', null, NAMED_PROJECTS, { originZoneId: 'originZone' }],
] as const)('%s has what the demo data have', (name, mutation, list, records, renamed) => {
  const rows = rowsOf(name, mutation, list);
  const found = rows.map(({ office: _, ...row }) => row);
  expect(found).toEqual(like(records, found, renamed));
});

test('observations.jsonl has the figures of the demo data', () => {
  const figures = OBSERVATIONS.map(({ indicatorId, figure: { revision: _, ...figure } }) => ({
    indicator: indicatorId,
    ...Object.fromEntries(Object.entries(figure).filter(([, value]) => value !== null)),
  }));
  const rows = rowsOf('observations.jsonl', 'proposeObservations', 'observations');
  expect(rows.map(({ period: _, basis: __, unit: ___, ...row }) => row)).toEqual(figures);
});

test('policies.jsonl has the policies of the demo data, with their titles and packages', () => {
  const rows = new Map(rowsOf('policies.jsonl', 'publishPolicyVersion').map((row) => [row.code, row]));
  const inFile = POLICIES.filter(({ facts }) => rows.has(facts.code));
  expect(inFile.length).toBeGreaterThanOrEqual(rows.size - 1);
  expect(inFile.map(({ facts }) => rows.get(facts.code)?.title)).toEqual(inFile.map(({ facts }) => facts.title));
});

test('enterprises.csv and reports.csv have the enterprises and reports of the demo data', () => {
  const enterprises = Array.from({ length: headline.enterprises }, (_, i) => enterpriseOf(headline, i));
  const named = enterprises.map(({ uscc, name: { zh, ja, en }, staffCount }) => [uscc, zh, ja, en, String(staffCount)]);
  const rows = rowsOf('enterprises.csv', 'importEnterprises', 'rows');
  expect(rows.map((row) => [row.uscc, row.nameZh, row.nameJa, row.nameEn, row.staffCount])).toEqual(named);

  const reports = rowsOf('reports.csv', 'reportOperations', 'reports');
  const days = new Set(reports.map(({ on }) => on));
  const inDemo = new Map(
    enterprises.flatMap((enterprise, i) =>
      Array.from(reportsOf(headline, i, enterprise, SCALES.S))
        .filter(({ on }) => days.has(on))
        .map(({ on, mode, staffTotal, staffReturned }) => [
          `${enterprise.uscc} ${on}`,
          { uscc: enterprise.uscc, on, mode, staffTotal, staffReturned },
        ]),
    ),
  );
  const byKey = new Map(reports.map((row) => [`${row.uscc} ${row.on}`, row]));
  expect(byKey).toEqual(inDemo);
});
