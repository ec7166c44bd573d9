import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { type Bearer, type DemoSystem, startDemoSystem } from '../demo-system.ts';

/** How many answers of DynamoDB a shipped query waits for, one after the other: each takes milliseconds that no core saves. */

let system: DemoSystem;

beforeAll(async () => {
  system = await startDemoSystem('2026-09-10');
});
afterAll(() => system.stop());

const OFFICER: Bearer = { as: 'officer', agency: 'PARK', roles: 'REVIEW,DECIDE,RECEIVE,PUBLISH_FIGURES,REVEAL' };
const CALLERS: Readonly<Record<string, Bearer | undefined>> = {
  analyst: undefined,
  admin: { as: 'admin' },
  clerk: { as: 'clerk' },
  mobile: { as: 'applicant', person: 'talent-000001' },
  officer: OFFICER,
  partner: { as: 'partner', zone: 'zone_baodi' },
};

const QUERIES = globSync('schema/operations/*/*.graphql')
  .filter((file) => /^query /m.test(readFileSync(file, 'utf8')))
  .sort();

const MAX_TURNS = 3;
/**
 * Queries that wait for more. A search is counted by the zone's quota before anything is read, and recorded before anything
 * is shown.
 */
const LONGER: Readonly<Record<string, number>> = { SearchCases: 7 };
/** A busy machine sends calls of one turn so late that they look like two. */
const MAX_TRIES = 4;

async function variablesOf(file: string): Promise<object> {
  if (/(CaseScreen|MyCase)\.graphql$/.test(file)) {
    const { myCases } = await system.ask('{ myCases(first: 1) { nodes { id } } }', {}, CALLERS.mobile);
    return { id: myCases.nodes[0].id, locale: 'ZH' };
  }
  const variables = JSON.parse(readFileSync(file.replace('.graphql', '.variables.json'), 'utf8'));
  return 'agency' in variables ? { ...variables, agency: 'PARK' } : variables;
}

test.each(QUERIES)('%s, asked again, waits for few answers in turn', async (file) => {
  const most = LONGER[basename(file, '.graphql')] ?? MAX_TURNS;
  const variables = await variablesOf(file);
  const isLedger = basename(file).startsWith('Ledger');
  const caller: Bearer | undefined = isLedger ? { as: 'partner', zone: 'zone_teda' } : CALLERS[basename(dirname(file))];
  const headers = isLedger ? { 'bridgehead-purpose': 'BENEFIT_SHARING' } : {};
  const ask = () => system.answer(readFileSync(file, 'utf8'), variables, caller, headers);
  expect(await ask()).not.toHaveProperty('errors');
  let turns: string[][] = [];
  for (let tries = 0; tries === 0 || (turns.length > most && tries < MAX_TRIES); tries++) {
    turns = await system.proxy.turnsDuring(ask);
  }
  const shown = turns.map((turn) => turn.join('+')).join(' → ');
  if (turns.length > most) throw new Error(`${turns.length} turns: ${shown}`);
});

/** All mutations are counted by `npm run crawl-writes -- --turns --share 0`. */
test('a mutation of an applicant waits for at most five answers in turn', async () => {
  const { myCases } = await system.ask('{ myCases(first: 1) { nodes { id } } }', {}, CALLERS.mobile);
  const document = readFileSync('schema/operations/mobile/SetNewsContact.graphql', 'utf8');
  const stated = { case: myCases.nodes[0].id, channel: 'SMS', locale: 'ZH' };
  const send = async (address: string) => {
    const input = { ...stated, address, idempotencyKey: `turns-${address}` };
    const { data } = await system.answer(document, { input }, CALLERS.mobile);
    expect(data).toMatchObject({ setNewsContact: { userErrors: [] } });
  };
  await send('10012345671');
  let turns: string[][] = [];
  for (let tries = 0; tries === 0 || (turns.length > 5 && tries < MAX_TRIES); tries++)
    turns = await system.proxy.turnsDuring(() => send(`1001234568${tries}`));
  if (turns.length > 5) throw new Error(`${turns.length} turns: ${turns.join(' → ')}`);
});
