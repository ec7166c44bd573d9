import type { AgreementRecord } from '../../src/domain/linkages/agreement.ts';
import type { CoverageRecord } from '../../src/domain/linkages/covering.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import {
  agreementCoveragesItem,
  agreementItem,
  agreementPartyItems,
  coverageItem,
  linkageGroupItem,
  parkFactsItem,
  policyCoveragesItem,
  policyFactsItem,
  subjectFactsItems,
  zoneLinksItem,
  zonePoliciesItem,
} from '../../src/storage/linkages/items.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { enterpriseIn } from '../fixtures/linked-zones.ts';
import { startTestSystem, type TestSystem } from '../harness.ts';

/** The nation's zones with their policies and coverages, beside a few zones: calls of the store, and time. */

interface Scale {
  readonly zones: number;
  readonly policies: number;
  readonly coverages: number;
}
const SMALL: Scale = { zones: 7, policies: 20, coverages: 20 };
const NATION: Scale = { zones: 178, policies: 2_000, coverages: 20_000 };
const DAYS = { validFrom: '2019-01-01', validTo: null };
const text = (en: string) => ({ zh: en, ja: en, en });

/** Returns the items of a table: each policy covers the zones that follow its own, under an agreement of each pair. */
function itemsOf({ zones, policies, coverages }: Scale): PrimaryKey[] {
  const zoneIds = Array.from({ length: zones }, (_, i) => `zone_n${i}`);
  const zoneAt = (i: number) => zoneIds[i % zones] ?? '';
  const agreements = new Map<string, AgreementRecord>();
  const between = (from: number, to: number) => {
    const id = `agr_n${from % zones}-${to % zones}`;
    const parties = [from, to].map((i) => ({ zoneId: zoneAt(i), role: 'OPERATOR' as const, signedOn: '2018-12-01' }));
    const state = { status: 'SIGNED', terminatedOn: null, signedOn: '2018-12-01', version: 2 } as const;
    const terms = { title: text(id), purposes: ['POLICY_COVERAGE' as const], shareTerms: [], ...DAYS };
    agreements.set(id, { id, kind: 'CROSS_COVERAGE', parties, ...state, ...terms });
    return id;
  };
  const made = Array.from({ length: coverages }, (_, i): CoverageRecord => {
    const [policy, to] = [i % policies, (i % policies) + 1 + Math.floor(i / policies)];
    const places = { fromZoneId: zoneAt(policy), toZoneId: zoneAt(to), agreementId: between(policy, to) };
    const of = { policyId: `policy_n${policy}`, policyVersion: { number: 1, ...DAYS }, subject: 'ENTERPRISE' } as const;
    return { id: `cov_n${i}`, version: 1, rule: null, ...of, ...places, ...DAYS };
  });
  const ofPolicy = Map.groupBy(made, ({ policyId }) => policyId);
  const intoZone = Map.groupBy(made, ({ toZoneId }) => toZoneId);
  const ofAgreement = Map.groupBy(made, ({ agreementId }) => agreementId);
  const idsOf = (list: readonly CoverageRecord[] = []) => list.map(({ id }) => id);
  const links = Map.groupBy(
    [...agreements.values()].flatMap((agreement) => agreement.parties.map(({ zoneId }) => ({ zoneId, agreement }))),
    ({ zoneId }) => zoneId,
  );
  return [
    ...[...agreements.values()].flatMap((agreement) => [
      agreementItem(agreement),
      ...agreementPartyItems(agreement),
      agreementCoveragesItem(agreement.id, idsOf(ofAgreement.get(agreement.id))),
    ]),
    ...made.map(coverageItem),
    ...Array.from({ length: policies }, (_, i) => i).flatMap((i) => [
      policyCoveragesItem(`policy_n${i}`, idsOf(ofPolicy.get(`policy_n${i}`))),
      policyFactsItem({
        ...{ policyId: `policy_n${i}`, homeZoneIds: [zoneAt(i)], subject: 'ENTERPRISE', sourceVersion: 1 },
        inForce: [{ number: 1, from: '2019-01-01', to: null, rule: null }],
      }),
    ]),
    ...zoneIds.flatMap((zoneId, z) => [
      zoneLinksItem(
        zoneId,
        [],
        (links.get(zoneId) ?? []).map(({ agreement }) => agreement),
      ),
      zonePoliciesItem(
        zoneId,
        Array.from({ length: policies }, (_, i) => i)
          .filter((i) => i % zones === z)
          .map((i) => `policy_n${i}`),
        idsOf(intoZone.get(zoneId)),
      ),
    ]),
    linkageGroupItem({ code: 'n', name: text('n'), zoneIds: zoneIds.slice(0, 5) }),
    parkFactsItem({ parkId: 'park_n1', zoneId: 'zone_n1', regionCode: '120116', sourceVersion: 1 }),
    ...subjectFactsItems(enterpriseIn('n1', 1)),
  ];
}

const QUESTIONS = {
  applies: `{ policyApplies(policy: "policy_n0", subject: { uscc: "USCC-n1-1" }, on: "2020-03-16") {
    applies chain { coverage { id } agreement { id } } } }`,
  graph: '{ linkageGraph(group: "lgrp_n", on: "2020-03-16") { nodes { zone { id } } edges { weight } } }',
  all: `{ _entities(representations: [{ __typename: "Enterprise", id: "${enterpriseIn('n1', 1).enterpriseId}" }]) {
    ... on Enterprise { applicablePolicies(on: "2020-03-16") { policy { id } chain { coverage { id } } } } } }`,
};
const REPEATS = 20;

async function measure(scale: Scale) {
  const system: TestSystem = await startTestSystem();
  try {
    const items = itemsOf(scale);
    for (let i = 0; i < items.length; i += 1_000) await system.write('linkages', items.slice(i, i + 1_000));
    const serve = system.serve('linkages', createLinkagesSubgraph);
    const result: Record<string, { calls: number; ms: number; found: number }> = {};
    for (const [name, query] of Object.entries(QUESTIONS)) {
      let data: Record<string, unknown> = {};
      const calls = await system.dynamo.during(async () => {
        ({ data } = await serve(query));
      });
      const started = process.cpuUsage();
      for (let i = 0; i < REPEATS; i++) await serve(query);
      const { user, system: kernel } = process.cpuUsage(started);
      const found = JSON.stringify(data).split('"id"').length - 1;
      result[name] = { calls: calls.length, ms: (user + kernel) / 1_000 / REPEATS, found };
    }
    return result;
  } finally {
    await system.stop();
  }
}

test('at 178 zones, 2,000 policies and 20,000 coverages the calls are those of a few zones', async () => {
  const [small, nation] = [await measure(SMALL), await measure(NATION)];
  const ratios = Object.fromEntries(
    Object.keys(QUESTIONS).map((name) => [name, (nation[name]?.ms ?? 0) / (small[name]?.ms ?? 1)]),
  );
  process.stdout.write(`${JSON.stringify({ small, nation, ratios })}\n`);
  expect(nation.applies?.calls).toBe(small.applies?.calls);
  expect(nation.graph?.calls).toBeLessThanOrEqual((small.graph?.calls ?? 0) + 2);
  // An enterprise's own policies and coverages are read 100 at once.
  expect(nation.all?.calls).toBeLessThanOrEqual((small.all?.calls ?? 0) + 5);
  expect(nation.all?.found).toBeGreaterThan(200);
}, 300_000);
