import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema } from 'graphql';
import { importTarget, readInputFile } from '../../../../src/cli/imports/input-rows.ts';
import { enterpriseOf } from '../../../../src/local/demo-data/enterprises/enterprises.ts';
import { NAMED_PROJECTS } from '../../../../src/local/demo-data/enterprises/named-projects.ts';
import { reportsOf } from '../../../../src/local/demo-data/enterprises/operation-reports.ts';
import { demoParks, HEADLINE_PARK } from '../../../../src/local/demo-data/parks/parks.ts';
import { SCALES } from '../../../../src/local/demo-data/scale.ts';
import { storyInputs } from '../../../../src/local/demo-data/story/inputs.ts';

/** Demo data and the example's files: the demo reads the small files, and has what the large ones have. */

const schema = buildSchema(readFileSync('schema/api.graphql', 'utf8'));
const headline = demoParks(SCALES.S).find(({ id }) => id === HEADLINE_PARK)!;

/** Returns the rows of one of the example's files as inputs of a mutation. */
function rowsOf(name: string, mutation: string, list: string | null = null) {
  const { rowType } = importTarget(schema, mutation, list);
  const file = join('examples/binhai-zhongguancun', name);
  return readInputFile(file, readFileSync(file), rowType).rows.map(({ value }) => value);
}

test.each([
  ['zones.csv', 'publishZone', null],
  ['parks.csv', 'publishPark', null],
  ['indicators.csv', 'publishIndicator', null],
  ['observations.jsonl', 'proposeObservations', 'observations'],
  ['policies.jsonl', 'publishPolicyVersion', null],
  ['facilities.csv', 'publishFacilities', 'facilities'],
  ['control-units.csv', 'publishControlUnits', 'units'],
  ['posts.jsonl', 'publishPosts', null],
] as const)('the demo reads %s as the import does', (name, mutation, list) => {
  expect(storyInputs(name)).toEqual(rowsOf(name, mutation, list));
});

test('projects.csv has the projects of the demo data', () => {
  const rows = rowsOf('projects.csv', 'openProject').map(({ office: _, ...row }) => row);
  const projects = NAMED_PROJECTS.map(({ name, sector, originZoneId }) => ({
    name,
    sector,
    ...(originZoneId !== null && { originZone: originZoneId }),
  }));
  expect(rows).toEqual(projects);
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
