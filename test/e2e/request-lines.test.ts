import { readFileSync } from 'node:fs';
import { parseManifest } from '@bridgehead/federation';
import { jest } from '@jest/globals';
import { configure } from '../../src/config.ts';
import { log } from '../../src/log.ts';
import { type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** An operator reads one line of each request, which tells nothing of a person. */

const PERSON = 'a-person-who-asks';
let system: DemoSystem;
let lines: Record<string, unknown>[] = [];

beforeAll(async () => {
  jest.spyOn(log, 'info').mockImplementation((message, fields = {}) => {
    if (message === 'a request was answered') lines.push(fields);
  });
  configure({ requestLines: true });
  system = await startDemoSystem('2026-09-10');
});
afterAll(async () => {
  jest.restoreAllMocks();
  await system.stop();
});
beforeEach(() => {
  lines = [];
});

const { operations } = parseManifest(readFileSync('schema/operations/manifest.json', 'utf8'));

test('a trusted document is named, with its client, cost and subgraphs', async () => {
  const variables = JSON.parse(readFileSync('schema/operations/officer/ParkFigures.variables.json', 'utf8'));
  const { body = '' } = operations.find(({ name }) => name === 'ParkFigures') ?? {};
  await system.answer(body, variables, { as: 'officer', person: PERSON });
  expect(lines).toEqual([
    expect.objectContaining({
      client: 'officer',
      document: 'ParkFigures',
      isTrusted: true,
      outcome: 'OK',
      codes: [],
      status: 200,
      Requests: 1,
      Failed: 0,
      Refused: 0,
      subgraphs: expect.arrayContaining(['enterprises']),
    }),
  ]);
  expect(lines[0]?.Duration).toBeGreaterThan(0);
});

test("a client's own words and names are in no line", async () => {
  const query = `query Secret${'Name'} { zone(id: "zone_of-a-secret") { id } }`;
  await system.answer(query, {}, { as: 'analyst', person: PERSON });
  await system.answer('{ nothing }', {}, { as: 'applicant', person: PERSON });
  expect(lines.map(({ client, document, outcome }) => [client, document, outcome])).toEqual([
    ['analyst', null, 'OK'],
    ['applicant', null, 'REFUSED'],
  ]);
  expect(JSON.stringify(lines)).not.toMatch(/Secret|secret|nothing|a-person/);
});

test('a refused caller leaves a line with the code', async () => {
  await system.answer('{ zones(first: 1) { nodes { id } } }', {}, undefined, {
    authorization: 'Bearer no.token.atall',
  });
  expect(lines).toEqual([
    expect.objectContaining({ client: 'unidentified', outcome: 'REFUSED', status: 401, codes: ['UNAUTHENTICATED'] }),
  ]);
});
