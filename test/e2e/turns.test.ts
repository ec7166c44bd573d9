import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { vouchedNumberOf } from '../../src/local/demo-data/talent/persons.ts';
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
/** A search by a person's value finds the person, then the names of their cases, then the cases, and records them. */
const MAX_TURNS_BY_PERSON = 4;
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

/** Fails where what `ask` asks waits for more answers in turn than `most`. */
async function expectTurns(ask: () => Promise<unknown>, most: number): Promise<void> {
  let turns: string[][] = [];
  for (let tries = 0; tries === 0 || (turns.length > most && tries < MAX_TRIES); tries++) {
    turns = await system.proxy.turnsDuring(ask);
  }
  const shown = turns.map((turn) => turn.join('+')).join(' → ');
  if (turns.length > most) throw new Error(`${turns.length} turns: ${shown}`);
}

test.each(QUERIES)('%s, asked again, waits for few answers in turn', async (file) => {
  const variables = await variablesOf(file);
  const isLedger = basename(file).startsWith('Ledger');
  const caller: Bearer | undefined = isLedger ? { as: 'partner', zone: 'zone_teda' } : CALLERS[basename(dirname(file))];
  const headers = isLedger ? { 'bridgehead-purpose': 'BENEFIT_SHARING' } : {};
  const ask = () => system.answer(readFileSync(file, 'utf8'), variables, caller, headers);
  expect(await ask()).not.toHaveProperty('errors');
  await expectTurns(ask, MAX_TURNS);
});

test('a search by an identity number waits for four answers in turn', async () => {
  const document = readFileSync('schema/operations/officer/SearchCases.graphql', 'utf8');
  const by = { idNumber: vouchedNumberOf('talent-000001'), purpose: 'CASE_HANDLING' };
  const search = () => system.answer(document, { by, locale: 'ZH' }, OFFICER);
  const { data } = await search();
  expect(data).toMatchObject({ searchCases: { cases: [{}, {}], isComplete: true } });
  await expectTurns(search, MAX_TURNS_BY_PERSON);
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
  let sent = 0;
  await expectTurns(() => send(`1001234568${sent++}`), 5);
});
