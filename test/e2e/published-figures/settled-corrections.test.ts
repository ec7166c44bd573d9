import { addDays } from '../../../src/domain/calendar/day.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { readRange } from '../../../src/storage/dynamodb/read.ts';
import type { EnterpriseEvent } from '../../../src/storage/enterprises/items.ts';
import { countEvents } from '../../../src/storage/enterprises/published-figures/count-events.ts';
import { rebuildTallies } from '../../../src/storage/enterprises/published-figures/rebuild-tallies.ts';
import { at, PARKS, type RegisterStory, registrar, startRegisterStory, TEDA } from '../../fixtures/register-story.ts';

/** A firm of TEDA changed its staff on each of forty days. One officer corrects a settled day, and another accepts it. */

const PARK = PARKS[TEDA];
const FIRST = '2026-03-01';
const DAYS = 40;
const LAST = addDays(FIRST, DAYS);
const WRONG = addDays(FIRST, 3);
const NEXT = addDays(FIRST, 4);

const officer = (person: string, role: 'PUBLISH_FIGURES' | 'ACCEPT_FIGURES'): Viewer => ({
  kind: 'officer',
  person,
  agency: 'PARK',
  zone: TEDA,
  roles: [role],
});
const PROPOSER = officer('proposer', 'PUBLISH_FIGURES');
const ACCEPTOR = officer('acceptor', 'ACCEPT_FIGURES');

let story: RegisterStory;
let firm: string;

beforeAll(async () => {
  story = await startRegisterStory(8_800);
  firm = await story.newFirm();
  for (let day = 1; day <= DAYS; day++) {
    await story.does('changeEnterprise', registrar(TEDA), firm, { staffCount: 20 + day }, at(addDays(FIRST, day)));
  }
  await count();
  const { fingerprint } = await shown(WRONG);
  await send('publishDay', { park: PARK, on: WRONG, seen: fingerprint }, PROPOSER, at(addDays(WRONG, 1)));
});
afterAll(() => story.system.stop());

async function count(): Promise<void> {
  const table = story.system.table('enterprises');
  const events = await readRange<EnterpriseEvent>(table, { partition: firm, consistent: true });
  await countEvents(
    table,
    events.filter(({ type }) => type === 'EnterpriseChanged' || type === 'OperationReported'),
    at(LAST),
  );
}

async function send(mutation: string, input: object, viewer: Viewer, now = at(LAST)) {
  const types: Readonly<Record<string, string>> = { acceptFigures: 'DecideFiguresInput' };
  const type = types[mutation] ?? `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const answer = mutation === 'publishDay' ? 'resumption { status }' : 'proposal { id version state }';
  const query = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${answer} userErrors { code field message } } }`;
  const given = { idempotencyKey: story.nextKey(), ...input };
  return (await story.ask(query, { input: given }, viewer, now))[mutation];
}

async function shown(on: string) {
  const query = `{ _entities(representations: [{ __typename: "Park", id: "${PARK}" }]) { ... on Park {
    resumption(on: "${on}") { fingerprint status production { denominator } returnToWork { denominator } }
  } } }`;
  return (await story.ask(query, {}, PROPOSER, at(LAST)))._entities[0].resumption;
}

const stay = (registeredStaff: number, from: string, to: string) => ({ kind: 'OPERATING', registeredStaff, from, to });

async function propose(stays: readonly object[], settledDays: { from: string; to: string } | null) {
  const { version } = await story.stored(firm);
  const corrected = { enterprise: firm, version, stays, settledDays };
  return send('proposeCorrection', { park: PARK, reason: 'A wrong list.', stays: [corrected] }, PROPOSER);
}

async function refused(stays: readonly object[], settledDays: { from: string; to: string } | null): Promise<string> {
  const { proposal, userErrors } = await propose(stays, settledDays);
  const [{ code, field, message }] = userErrors;
  return proposal ? 'PROPOSED' : `${code} ${field.join('.')}: ${message}`;
}

test('a settled stay is corrected only by naming its days', async () => {
  const { settledTo = '' } = await story.stored(firm);
  const days = { from: WRONG, to: WRONG };
  expect(await refused([stay(50, WRONG, WRONG)], null)).toBe(
    `NOT_ALLOWED stays.0.stays: The stays up to ${settledTo} are settled. Correct them with settledDays.`,
  );
  const partly = `INVALID stays.0.settledDays: A stay lasts from ${WRONG} to ${NEXT}: name the days of whole stays.`;
  expect(await refused([stay(50, WRONG, NEXT)], days)).toBe(partly);
  expect(await refused([], { from: '2020-02-01', to: WRONG })).toMatch(/A stay lasts from 2020-01-01/);
  expect(await refused([], { from: NEXT, to: WRONG })).toMatch(/The days are in order/);
  expect(await refused([], { from: WRONG, to: addDays(settledTo, 1) })).toBe(
    `INVALID stays.0.settledDays: Only days up to ${settledTo} are settled. Correct later stays without settledDays.`,
  );
  expect(await refused([], { from: '2020-01-01', to: settledTo })).toMatch(/^INVALID stays: At most 20 stays/);
});

test('an accepted correction replaces settled stays, and every sum follows', async () => {
  const before = [await shown(WRONG), await shown(NEXT), await shown(addDays(FIRST, 5))];
  expect(before.map(({ returnToWork }) => returnToWork.denominator)).toEqual([23, 24, 25]);
  const { proposal } = await propose([stay(50, WRONG, WRONG)], { from: WRONG, to: NEXT });
  const decided = { park: PARK, proposal: proposal.id, version: proposal.version };
  const query = `query { _entities(representations: [{ __typename: "Park", id: "${PARK}" }]) { ... on Park {
    figuresProposals { nodes { enterprises { stays { from to } settledDays { from to } } } }
  } } }`;
  const [{ figuresProposals }] = (await story.ask(query, {}, ACCEPTOR, at(LAST)))._entities;
  expect(figuresProposals.nodes[0].enterprises).toEqual([
    { stays: [{ from: WRONG, to: WRONG }], settledDays: { from: WRONG, to: NEXT } },
  ]);
  const { userErrors } = await send('acceptFigures', decided, ACCEPTOR);
  expect(userErrors).toEqual([]);
  await count();
  const after = async () => {
    const days = [await shown(WRONG), await shown(NEXT), await shown(addDays(FIRST, 5))];
    return days.map(({ production, returnToWork }) => [production.denominator, returnToWork.denominator]);
  };
  expect(await after()).toEqual([
    [1, 50],
    [0, 0],
    [1, 25],
  ]);
  await rebuildTallies(story.system.table('enterprises'));
  expect(await after()).toEqual([
    [1, 50],
    [0, 0],
    [1, 25],
  ]);
  const list = 'earlierResidencies(first: 50) { nodes { from } }';
  const { earlierResidencies } = await story.read(list, firm, registrar(TEDA), at(LAST));
  const days = earlierResidencies.nodes.map(({ from }: { from: string }) => from);
  expect(days).toContain(WRONG);
  expect(days).not.toContain(NEXT);
});

test('settled stays of days without published figures are corrected too', async () => {
  const open = addDays(FIRST, 7);
  const { proposal } = await propose([stay(60, open, open)], { from: open, to: open });
  expect(proposal.state).toBe('PROPOSED');
  const decided = { park: PARK, proposal: proposal.id, version: proposal.version };
  expect((await send('acceptFigures', decided, ACCEPTOR)).userErrors).toEqual([]);
  await count();
  expect((await shown(open)).returnToWork.denominator).toBe(60);
});
