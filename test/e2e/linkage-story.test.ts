import type { Viewer } from '../../src/domain/viewer.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { enterpriseIn, linkedZones } from '../fixtures/linked-zones.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Zones A and B sign, cover a policy, amend and end their agreement. Zone C, a neighbour, sees none of its terms. */

const officerOf = (zone: string): Viewer => ({
  kind: 'officer',
  person: `o-${zone}`,
  agency: 'PARK',
  zone: `zone_${zone}`,
  roles: ['PUBLISH'],
});
const [A, B, C] = [officerOf('a'), officerOf('b'), officerOf('c')];
const IN_B = enterpriseIn('b', 1);
const at = (day: string) => new Date(`${day}T01:00:00.000Z`);

let system: TestSystem;
let serve: Execute;
let keys = 0;

beforeAll(async () => {
  system = await startTestSystem();
  serve = system.serve('linkages', createLinkagesSubgraph);
  await system.write('linkages', linkedZones([IN_B]));
});
afterAll(() => system.stop());

async function send(mutation: string, type: string, input: object, viewer: Viewer, day: string) {
  const of = mutation === 'addCoverage' ? 'coverage' : 'agreement';
  const { data, errors } = await serve(
    `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${of} { id version } userErrors { code field } } }`,
    { input: { idempotencyKey: `linkage-story-${keys++}`, ...input } },
    { viewer, now: at(day) },
  );
  expect(errors).toBeUndefined();
  expect(data[mutation].userErrors).toEqual([]);
  return data[mutation][of];
}

const shares = (origin: number) => [
  {
    base: 'TAX',
    years: 3,
    shares: [
      { role: 'ORIGIN', basisPoints: origin },
      { role: 'DESTINATION', basisPoints: 10_000 - origin },
    ],
  },
];
const TERMS = { title: { zh: '共建', en: 'Building together' }, purposes: ['POLICY_COVERAGE', 'BENEFIT_SHARING'] };

async function applies(on: string, now: string): Promise<boolean> {
  const query = `query ($uscc: String, $on: Date) {
    policyApplies(policy: "policy_proposed-of-a", subject: { uscc: $uscc }, on: $on) { applies }
  }`;
  const { data } = await serve(query, { uscc: IN_B.uscc, on }, { now: at(now) });
  return data.policyApplies.applies;
}

async function seen(id: string, viewer: Viewer, asOf: string) {
  const query = `query ($id: ID!, $asOf: Date) { agreement(id: $id) {
    shareTerms { shares { basisPoints } } change { kind }
    terms(asOf: $asOf) { number shareTerms { shares { basisPoints } } }
    versions { shareTerms { years } }
  } }`;
  return (await serve(query, { id, asOf }, { viewer, now: at('2020-05-02') })).data.agreement;
}

test('two zones sign, cover a policy, amend and end; a third zone sees none of it', async () => {
  const parties = [
    { zone: 'zone_a', role: 'ORIGIN' },
    { zone: 'zone_b', role: 'DESTINATION' },
  ];
  const proposal = { ...TERMS, kind: 'JOINT_DEVELOPMENT', parties, validFrom: '2020-03-01', shareTerms: shares(6_000) };
  const { id } = await send('proposeAgreement', 'ProposeAgreementInput', proposal, A, '2020-03-02');
  await send('signAgreement', 'AgreementVersionInput', { agreement: id, version: 1 }, B, '2020-03-10');

  const coverage = { policy: 'policy_proposed-of-a', policyVersion: 1, toZone: 'zone_b', validFrom: '2020-03-16' };
  await send('addCoverage', 'AddCoverageInput', { agreement: id, ...coverage }, A, '2020-03-11');
  expect(await applies('2020-03-15', '2020-03-16')).toBe(false);
  expect(await applies('2020-03-16', '2020-03-16')).toBe(true);

  const amended = { agreement: id, version: 2, ...TERMS, shareTerms: shares(5_000) };
  await send('amendAgreement', 'AmendAgreementInput', amended, B, '2020-04-20');
  await send('signAgreement', 'AgreementVersionInput', { agreement: id, version: 3 }, A, '2020-05-01');
  const end = { agreement: id, version: 4, lastDay: '2020-06-30' };
  await send('terminateAgreement', 'TerminateAgreementInput', end, A, '2020-05-02');
  for (const viewer of [A, B]) {
    expect(await seen(id, viewer, '2020-04-30')).toMatchObject({
      shareTerms: [{ shares: [{ basisPoints: 5_000 }, {}] }],
      change: { kind: 'TERMINATION' },
      terms: { number: 1, shareTerms: [{ shares: [{ basisPoints: 6_000 }, {}] }] },
    });
  }
  expect(await seen(id, C, '2020-04-30')).toEqual({
    shareTerms: null,
    change: null,
    terms: { number: 1, shareTerms: null },
    versions: [{ shareTerms: null }, { shareTerms: null }],
  });

  await send('signAgreement', 'AgreementVersionInput', { agreement: id, version: 5 }, B, '2020-05-03');
  expect(await applies('2020-06-30', '2020-07-02')).toBe(true);
  expect(await applies('2020-07-01', '2020-07-02')).toBe(false);
});
