import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { idPrefixesOf, partnerSubgraph, readPartners } from '../../../src/edge/partners.ts';

let schemaDir: string;

beforeEach(() => {
  schemaDir = mkdtempSync(join(tmpdir(), 'bridgehead-partners-'));
});
afterEach(() => rmSync(schemaDir, { recursive: true }));

const SDL = 'type Query { a: Int }';
const REGISTRATION = { url: 'https://a.example/', audience: 'a', allowStale: false, idPrefixes: { shed: 'Shed' } };

function register(zone: string, registration: unknown, sdl = SDL): void {
  const folder = join(schemaDir, 'partners', zone);
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'partner.json'),
    typeof registration === 'string' ? registration : JSON.stringify(registration),
  );
  if (sdl) writeFileSync(join(folder, 'subgraph.graphql'), sdl);
}

test('there are none where nobody registered one', () => {
  expect(readPartners(schemaDir)).toEqual([]);
  mkdirSync(join(schemaDir, 'partners'));
  writeFileSync(join(schemaDir, 'partners', 'README.md'), 'text');
  expect(readPartners(schemaDir)).toEqual([]);
});

test('they are read by their zones, with what they registered', () => {
  register('west-port', { ...REGISTRATION, idPrefixes: { quay: 'Quay' } });
  register('east-port', REGISTRATION);
  const partners = readPartners(schemaDir);
  expect(partners.map(({ zone, subgraph }) => [zone, subgraph])).toEqual([
    ['east-port', 'partner_east_port'],
    ['west-port', 'partner_west_port'],
  ]);
  expect(partners[0]).toMatchObject({ sdl: SDL, registration: REGISTRATION });
  expect(idPrefixesOf(partners)).toEqual({ shed: 'Shed', quay: 'Quay' });
  expect(partnerSubgraph('dongjiang')).toBe('partner_dongjiang');
});

test.each<[why: string, zone: string, registration: unknown, sdl: string]>([
  ["not named by a zone's code", 'East', REGISTRATION, SDL],
  ['partner.json is wrong at url', 'east', { ...REGISTRATION, url: 7 }, SDL],
  ['partner.json is wrong at', 'east', { ...REGISTRATION, secret: 'x' }, SDL],
  ['partner.json is wrong at', 'east', '{', SDL],
  ["subgraph.graphql can't be read", 'east', REGISTRATION, ''],
])('refuses: %s', (why, zone, registration, sdl) => {
  register(zone, registration, sdl);
  expect(() => readPartners(schemaDir)).toThrow(
    expect.objectContaining({ code: 'CONFIGURATION', message: expect.stringContaining(why) }),
  );
});
