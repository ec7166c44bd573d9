import type { Viewer } from '../../src/domain/viewer.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { zoneFactsItem } from '../../src/storage/linkages/items.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Zhongguancun and Binhai amend and end what they have signed. Baodi is no party and sees no negotiation. */

const officerOf = (zone: string, person = `o-${zone}`): Viewer => ({
  kind: 'officer',
  person,
  agency: 'PARK',
  zone: `zone_${zone}`,
  roles: ['PUBLISH'],
});
const ORIGIN = officerOf('zgc');
const DESTINATION = officerOf('binhai');
const THIRD = officerOf('baodi');
const MARCH = new Date('2026-03-02T01:00:00.000Z');
const MAY = new Date('2026-05-04T01:00:00.000Z');
const JUNE = new Date('2026-06-01T01:00:00.000Z');

const shared = (origin: number) => [
  {
    base: 'TAX',
    shares: [
      { role: 'ORIGIN', basisPoints: origin },
      { role: 'DESTINATION', basisPoints: 10_000 - origin },
    ],
    years: 3,
  },
];
const TERMS = {
  title: { zh: '利益共享协议', en: 'Benefit sharing' },
  purposes: ['BENEFIT_SHARING'],
  shareTerms: shared(5_000),
};
const PROPOSAL = {
  ...TERMS,
  kind: 'BENEFIT_SHARING',
  parties: [
    { zone: 'zone_zgc', role: 'ORIGIN' },
    { zone: 'zone_binhai', role: 'DESTINATION' },
  ],
  validFrom: '2026-03-01',
};
const AMENDED = { ...TERMS, title: { zh: '利益共享协议', en: 'Benefit sharing, amended' }, shareTerms: shared(4_000) };
const NOT_ALLOWED = [{ code: 'NOT_ALLOWED', field: null }];
const KEPT = [{ code: 'NOT_ALLOWED', field: ['agreement'] }];

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('linkages', createLinkagesSubgraph);
  await system.write(
    'linkages',
    ['zgc', 'binhai', 'longer', 'two', 'busy'].map((zone) =>
      zoneFactsItem({ zoneId: `zone_${zone}`, sourceVersion: 1 }),
    ),
  );
});
afterAll(() => system.stop());

const INPUTS = {
  proposeAgreement: 'ProposeAgreementInput',
  signAgreement: 'AgreementVersionInput',
  declineAgreement: 'AgreementVersionInput',
  withdrawAgreement: 'AgreementVersionInput',
  amendAgreement: 'AmendAgreementInput',
  terminateAgreement: 'TerminateAgreementInput',
} as const;

async function change(mutation: keyof typeof INPUTS, input: object, viewer: Viewer, now = MARCH) {
  const { data, errors } = await serve(
    `mutation ($input: ${INPUTS[mutation]}!) {
      ${mutation}(input: $input) {
        agreement { id version status terminatedOn noticeDays
          change { kind lastDay proposedBy { id } signatures { signedOn zone { id } } terms { title(locale: EN) } } }
        userErrors { code field }
      }
    }`,
    { input: { idempotencyKey: `amendment-${keys++}`, ...input } },
    { viewer, now },
  );
  expect(errors).toBeUndefined();
  return data[mutation];
}

/** Returns an agreement that both zones have signed in March, in version 2. */
async function signed(more: object = {}): Promise<string> {
  const { agreement } = await change('proposeAgreement', { ...PROPOSAL, ...more }, ORIGIN);
  await change('signAgreement', { agreement: agreement.id, version: 1 }, DESTINATION);
  return agreement.id;
}

const READ = `query ($id: ID!, $asOf: Date) { agreement(id: $id) {
  title(locale: EN) status
  change { kind }
  terms(asOf: $asOf) { number signedOn replacedOn title(locale: EN) shareTerms { shares { basisPoints } } }
  versions { number signedOn replacedOn title(locale: EN) }
} }`;

async function read(id: string, viewer: Viewer, asOf: string | null = null, now = JUNE) {
  const { data } = await serve(READ, { id, asOf }, { viewer, now });
  return data.agreement;
}

async function setOfficers(officers: number, version: number, viewer: Viewer) {
  const { data, errors } = await serve(
    `mutation ($input: SetSigningOfficersInput!) { setSigningOfficers(input: $input) {
      signing { officers isLowering version } userErrors { code field }
    } }`,
    { input: { idempotencyKey: `officers-${keys++}`, officers, version } },
    { viewer, now: MARCH },
  );
  expect(errors).toBeUndefined();
  return data.setSigningOfficers;
}

test('an amendment holds from its last signature, and the terms before stay readable', async () => {
  const id = await signed();
  const proposed = await change('amendAgreement', { agreement: id, version: 2, ...AMENDED }, ORIGIN, MAY);
  expect(proposed).toMatchObject({
    userErrors: [],
    agreement: {
      version: 3,
      status: 'SIGNED',
      change: {
        kind: 'AMENDMENT',
        lastDay: null,
        proposedBy: { id: 'zone_zgc' },
        signatures: [
          { signedOn: '2026-05-04', zone: { id: 'zone_zgc' } },
          { signedOn: null, zone: { id: 'zone_binhai' } },
        ],
        terms: { title: AMENDED.title.en },
      },
    },
  });
  expect((await read(id, ORIGIN)).title).toBe(TERMS.title.en);
  const after = await change('signAgreement', { agreement: id, version: 3 }, DESTINATION, JUNE);
  expect(after).toMatchObject({ agreement: { version: 4, status: 'SIGNED', change: null }, userErrors: [] });
  const now = await read(id, ORIGIN, '2026-06-01');
  expect(now).toMatchObject({
    title: AMENDED.title.en,
    terms: {
      number: 2,
      signedOn: '2026-06-01',
      replacedOn: null,
      shareTerms: [{ shares: [{ basisPoints: 4_000 }, {}] }],
    },
    versions: [
      { number: 2, signedOn: '2026-06-01', replacedOn: null, title: AMENDED.title.en },
      { number: 1, signedOn: '2026-03-02', replacedOn: '2026-06-01', title: TERMS.title.en },
    ],
  });
  expect((await read(id, DESTINATION, '2026-05-31')).terms).toMatchObject({
    number: 1,
    title: TERMS.title.en,
    shareTerms: [{ shares: [{ basisPoints: 5_000 }, {}] }],
  });
  expect((await read(id, ORIGIN, '2026-03-01')).terms).toBeNull();
});

test('an amendment changes the last day: the zones stay linked until the new one', async () => {
  const zones = ['zone_zgc', 'zone_longer'];
  const parties = zones.map((zone) => ({ zone, role: 'OPERATOR' }));
  const other = officerOf('longer');
  const { agreement } = await change(
    'proposeAgreement',
    { ...PROPOSAL, shareTerms: [], parties, validTo: '2026-12-31' },
    ORIGIN,
  );
  await change('signAgreement', { agreement: agreement.id, version: 1 }, other);
  const longer = { ...TERMS, shareTerms: [], validTo: '2027-12-31' };
  await change('amendAgreement', { agreement: agreement.id, version: 2, ...longer }, other, MAY);
  await change('signAgreement', { agreement: agreement.id, version: 3 }, ORIGIN, MAY);
  const linked = async (now: Date) => {
    const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Zone { linkedZones(within: 1) { zone { id } } } } }`;
    const { data } = await serve(query, { of: [{ __typename: 'Zone', id: 'zone_longer' }] }, { now });
    return data._entities[0].linkedZones;
  };
  expect(await linked(new Date('2027-12-31T01:00:00.000Z'))).toEqual([{ zone: { id: 'zone_zgc' } }]);
  expect(await linked(new Date('2028-01-01T01:00:00.000Z'))).toEqual([]);
});

test('all parties sign an end without notice; nothing is amended afterwards', async () => {
  const id = await signed();
  const end = { agreement: id, version: 2, lastDay: '2026-06-30' };
  expect((await change('terminateAgreement', end, DESTINATION, MAY)).agreement).toMatchObject({
    status: 'SIGNED',
    terminatedOn: null,
    change: { kind: 'TERMINATION', lastDay: '2026-06-30', terms: null },
  });
  const late = new Date('2026-07-01T01:00:00.000Z');
  expect((await change('signAgreement', { agreement: id, version: 3 }, ORIGIN, late)).userErrors).toEqual(KEPT);
  expect((await change('signAgreement', { agreement: id, version: 3 }, ORIGIN, JUNE)).agreement).toMatchObject({
    status: 'TERMINATED',
    terminatedOn: '2026-06-30',
    change: null,
  });
  expect((await change('amendAgreement', { agreement: id, version: 4, ...AMENDED }, ORIGIN, JUNE)).userErrors).toEqual(
    KEPT,
  );
  expect((await change('terminateAgreement', { ...end, version: 4 }, ORIGIN, JUNE)).userErrors).toEqual(KEPT);
});

test('a party ends an agreement alone by the notice that it states, whatever else waits', async () => {
  const id = await signed({ noticeDays: 30 });
  const short = { agreement: id, version: 2, lastDay: '2026-06-02' };
  const asked = await change('terminateAgreement', short, ORIGIN, MAY);
  expect(asked.agreement).toMatchObject({ status: 'SIGNED', noticeDays: 30, change: { kind: 'TERMINATION' } });
  const other = { agreement: id, version: 3, lastDay: '2026-06-02' };
  expect((await change('terminateAgreement', other, DESTINATION, MAY)).userErrors).toEqual(KEPT);
  const long = { agreement: id, version: 3, lastDay: '2026-06-03' };
  expect((await change('terminateAgreement', long, DESTINATION, MAY)).agreement).toMatchObject({
    status: 'TERMINATED',
    terminatedOn: '2026-06-03',
  });
});

test('a change is declined, or withdrawn by its proposer, and the agreement stays', async () => {
  const id = await signed();
  await change('amendAgreement', { agreement: id, version: 2, ...AMENDED }, ORIGIN, MAY);
  const second = { agreement: id, version: 3, ...AMENDED };
  expect((await change('amendAgreement', second, DESTINATION, MAY)).userErrors).toEqual(KEPT);
  expect((await change('declineAgreement', { agreement: id, version: 3 }, ORIGIN)).userErrors).toEqual(KEPT);
  expect((await change('withdrawAgreement', { agreement: id, version: 3 }, DESTINATION)).userErrors).toEqual(
    NOT_ALLOWED,
  );
  expect((await change('declineAgreement', { agreement: id, version: 3 }, DESTINATION)).agreement).toMatchObject({
    status: 'SIGNED',
    change: null,
  });
  await change('amendAgreement', { agreement: id, version: 4, ...AMENDED }, DESTINATION, MAY);
  expect((await change('withdrawAgreement', { agreement: id, version: 5 }, DESTINATION)).agreement.change).toBeNull();
  expect((await change('signAgreement', { agreement: id, version: 6 }, ORIGIN)).userErrors).toEqual(KEPT);
  expect(await read(id, ORIGIN)).toMatchObject({ title: TERMS.title.en, versions: [{ number: 1 }] });
});

test('a third zone sees neither a change nor share terms, and takes no part', async () => {
  const id = await signed();
  await change('amendAgreement', { agreement: id, version: 2, ...AMENDED }, ORIGIN, MAY);
  const seen = await read(id, THIRD);
  expect(seen).toMatchObject({ change: null, terms: { number: 1, shareTerms: null } });
  expect((await read(id, DESTINATION)).change).toEqual({ kind: 'AMENDMENT' });
  const amend = { agreement: id, version: 3, ...AMENDED };
  const end = { agreement: id, version: 3, lastDay: '2026-12-31' };
  expect((await change('amendAgreement', amend, THIRD)).userErrors).toEqual(NOT_ALLOWED);
  expect((await change('terminateAgreement', end, THIRD)).userErrors).toEqual(NOT_ALLOWED);
  expect((await change('signAgreement', { agreement: id, version: 3 }, THIRD)).userErrors).toEqual(NOT_ALLOWED);
});

test.each([
  ['an unknown agreement', { agreement: 'agr_nowhere' }, { code: 'NOT_FOUND', field: ['agreement'] }],
  ['another version', { version: 7 }, { code: 'VERSION_CONFLICT', field: ['version'] }],
  [
    'shares below the whole',
    { shareTerms: [{ ...shared(5_000)[0], shares: [{ role: 'ORIGIN', basisPoints: 5_000 }] }] },
    { code: 'INVALID', field: ['shareTerms', '0', 'shares'] },
  ],
  ['a notice of no days', { noticeDays: 0 }, { code: 'INVALID', field: ['noticeDays'] }],
  ['a last day that has passed', { validTo: '2026-05-03' }, { code: 'INVALID', field: ['validTo'] }],
])('refuses an amendment of %s', async (_, more, refusal) => {
  const id = await signed();
  const answer = await change('amendAgreement', { agreement: id, version: 2, ...AMENDED, ...more }, ORIGIN, MAY);
  expect(answer).toEqual({ agreement: null, userErrors: [refusal] });
});

test.each([
  ['a day that has passed', '2026-05-03'],
  ['a day after its end', '2027-01-01'],
])('refuses an end on %s', async (_, lastDay) => {
  const id = await signed({ validTo: '2026-12-31' });
  const answer = await change('terminateAgreement', { agreement: id, version: 2, lastDay }, ORIGIN, MAY);
  expect(answer.userErrors).toEqual([{ code: 'INVALID', field: ['lastDay'] }]);
});

test('neither a proposal nor an expired agreement is amended', async () => {
  const { agreement } = await change('proposeAgreement', { ...PROPOSAL, validTo: '2026-04-30' }, ORIGIN);
  const early = { agreement: agreement.id, version: 1, ...AMENDED };
  expect((await change('amendAgreement', early, ORIGIN)).userErrors).toEqual(KEPT);
  await change('signAgreement', { agreement: agreement.id, version: 1 }, DESTINATION);
  const late = { agreement: agreement.id, version: 2, ...AMENDED };
  expect((await change('amendAgreement', late, ORIGIN, MAY)).userErrors).toEqual(KEPT);
});

test('a repeated amendment is made once, and of two signatures at once one counts', async () => {
  const id = await signed();
  const input = { idempotencyKey: 'one-amendment-only', agreement: id, version: 2, ...AMENDED };
  const first = await change('amendAgreement', input, ORIGIN, MAY);
  expect(await change('amendAgreement', input, ORIGIN, MAY)).toEqual(first);
  const both = await Promise.all([
    change('signAgreement', { agreement: id, version: 3 }, DESTINATION, MAY),
    change('declineAgreement', { agreement: id, version: 3 }, DESTINATION, MAY),
  ]);
  expect(both.filter(({ agreement }) => agreement !== null)).toHaveLength(1);
});

test('a zone signs by two officers where it wishes; only two take that back', async () => {
  const [li, wang] = [officerOf('two', 'o-li'), officerOf('two', 'o-wang')];
  expect(await setOfficers(2, 0, li)).toEqual({
    signing: { officers: 2, isLowering: false, version: 1 },
    userErrors: [],
  });
  expect((await setOfficers(2, 1, li)).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['officers'] }]);
  expect((await setOfficers(3, 1, li)).userErrors).toContainEqual({ code: 'INVALID', field: ['officers'] });
  const parties = [PROPOSAL.parties[0], { zone: 'zone_two', role: 'DESTINATION' }];
  const { agreement } = await change('proposeAgreement', { ...PROPOSAL, parties }, ORIGIN);
  const sign = (version: number, viewer: Viewer) =>
    change('signAgreement', { agreement: agreement.id, version }, viewer);
  expect((await sign(1, li)).agreement).toMatchObject({ version: 2, status: 'PROPOSED' });
  expect((await sign(2, li)).userErrors).toEqual(KEPT);
  expect((await sign(2, wang)).agreement).toMatchObject({ version: 3, status: 'SIGNED' });
  const amend = { agreement: agreement.id, version: 3, ...AMENDED };
  expect((await change('amendAgreement', amend, li, MAY)).agreement.change.signatures).toMatchObject([
    { signedOn: null },
    { signedOn: null },
  ]);
  expect((await setOfficers(1, 1, li)).signing).toEqual({ officers: 2, isLowering: true, version: 2 });
  expect((await setOfficers(1, 2, li)).userErrors).toEqual([{ code: 'NOT_ALLOWED', field: ['officers'] }]);
  expect((await setOfficers(1, 2, wang)).signing).toEqual({ officers: 1, isLowering: false, version: 3 });
  const { data } = await serve(
    'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Zone { signing { officers version } } } }',
    { of: ['two', 'zgc'].map((zone) => ({ __typename: 'Zone', id: `zone_${zone}` })) },
  );
  expect(data._entities.map(({ signing }: { signing: object }) => signing)).toEqual([
    { officers: 1, version: 3 },
    { officers: 1, version: 0 },
  ]);
});

test('a zone has at most 50 open proposals', async () => {
  const busy = officerOf('busy');
  const parties = [
    { zone: 'zone_busy', role: 'OPERATOR' },
    { zone: 'zone_binhai', role: 'OPERATOR' },
  ];
  const propose = () => change('proposeAgreement', { ...PROPOSAL, shareTerms: [], parties }, busy);
  const made = await Promise.all(Array.from({ length: 50 }, propose));
  expect(made.flatMap(({ userErrors }) => userErrors)).toEqual([]);
  expect((await propose()).userErrors).toEqual(NOT_ALLOWED);
  await change('withdrawAgreement', { agreement: made[0].agreement.id, version: 1 }, busy);
  expect((await propose()).userErrors).toEqual([]);
  expect((await propose()).userErrors).toEqual(NOT_ALLOWED);
  await change('signAgreement', { agreement: made[1].agreement.id, version: 1 }, DESTINATION);
  expect((await propose()).userErrors).toEqual([]);
});

test('an agreement tells the fields that its purposes open', async () => {
  const id = await signed();
  const { data } = await serve('query ($id: ID!) { agreement(id: $id) { grants { purpose fields } } }', { id });
  expect(data.agreement.grants).toEqual([
    { purpose: 'BENEFIT_SHARING', fields: expect.arrayContaining(['Agreement.shareTerms', 'Relocation.enterprise']) },
  ]);
});

test.each<Viewer>([
  { kind: 'anonymous' },
  { kind: 'admin', person: 'admin-1' },
  { kind: 'officer', person: 'o-1', agency: 'PARK', zone: 'zone_binhai', roles: ['DECIDE', 'REGISTER'] },
])('nobody else changes what zones have signed: $kind', async (viewer) => {
  const id = await signed();
  const inputs = {
    amendAgreement: ['AmendAgreementInput', { agreement: id, version: 2, ...AMENDED }],
    terminateAgreement: ['TerminateAgreementInput', { agreement: id, version: 2, lastDay: '2026-12-31' }],
    setSigningOfficers: ['SetSigningOfficersInput', { officers: 2 }],
  } as const;
  for (const [mutation, [type, input]] of Object.entries(inputs)) {
    const { errors } = await serve(
      `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`,
      { input: { idempotencyKey: `nobody-${keys++}`, ...input } },
      { viewer, now: MARCH },
    );
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  }
});
