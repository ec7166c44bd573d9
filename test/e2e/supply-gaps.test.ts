import type { Viewer } from '../../src/domain/viewer.ts';
import { createLinkagesSubgraph } from '../../src/resolvers/linkages/index.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put } from '../../src/storage/dynamodb/write.ts';
import type { EnterpriseItem } from '../../src/storage/enterprises/items.ts';
import { enterpriseItem } from '../../src/storage/enterprises/make-items.ts';
import { suppliedCopyOf } from '../../src/storage/linkages/facts-of.ts';
import { storeSupply } from '../../src/storage/linkages/supply-chains/store-supply.ts';
import type { OpenTables } from '../../src/storage/read-models/read-model.ts';
import { READ_MODELS } from '../../src/storage/read-models/read-models.ts';
import { enterpriseOf } from '../fixtures/enterprise.ts';
import { linkedZones } from '../fixtures/linked-zones.ts';
import { drawEnterprise, drawOf, naiveGaps } from '../fixtures/supply-world.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** The office of park A, in a zone that is linked with B, asks for gaps; an analyst sees them suppressed. */

let system: TestSystem;
let linkages: Execute;

beforeEach(async () => {
  system = await startTestSystem();
  linkages = system.serve('linkages', createLinkagesSubgraph);
  await system.write('linkages', linkedZones([]));
});
afterEach(() => system.stop());

const officer = (zone: string): Viewer => ({
  kind: 'officer',
  person: 'officer-1',
  agency: 'PARK',
  zone,
  roles: ['PUBLISH'],
});
const OFFICE = officer('zone_a');
const ANALYST: Viewer = { kind: 'analyst', person: 'analyst-1' };

const GAPS = `query ($park: ID!, $sector: Sector!, $first: Int, $after: String) {
  supplyGaps(park: $park, sector: $sector, first: $first, after: $after) {
    gaps {
      goodsCode isIncomplete
      enterprises { value suppressed } suppliedWithin { value suppressed }
      suppliedFromOutside { value suppressed } withoutSupplier { value suppressed }
      candidates { id }
      chain { hop goodsCode enterprises suppliedFromOutside withoutSupplier }
    }
    endCursor
  }
}`;

async function ask(viewer: Viewer, given: object = {}) {
  const { data, errors } = await linkages(GAPS, { park: 'park_a', sector: 'DIGITAL_ECONOMY', ...given }, { viewer });
  expect(errors).toBeUndefined();
  return data.supplyGaps;
}

/** Stores the next version of enterprises and what the stream's consumer makes of it. */
async function change(...enterprises: readonly EnterpriseItem[]): Promise<void> {
  for (const after of enterprises) await transact(system.table('enterprises'), [put(after)]);
  await storeSupply(
    system.table('linkages'),
    enterprises.map((after) => ({ before: null, after: suppliedCopyOf(after) })),
  );
}

const GOODS = { zh: '货', ja: '品', en: 'Goods' };
const buys = (goodsCode: string, from: string | EnterpriseItem | null) => ({
  ...{ direction: 'UPSTREAM' as const, goods: GOODS, goodsCode },
  ...(from === null || typeof from === 'string' ? { partnerId: null } : { partnerId: from.id }),
  ...(typeof from === 'string' && { regionCode: from }),
});
const sells = (goodsCode: string) => ({ ...buys(goodsCode, '110108'), direction: 'DOWNSTREAM' as const });

let number = 0;
const firm = (zone: string, supplyLinks: EnterpriseItem['supplyLinks'], more: Partial<EnterpriseItem> = {}) =>
  enterpriseItem(
    enterpriseOf(++number, {
      homeZoneId: `zone_${zone}`,
      residencies: [{ parkId: `park_${zone}`, kind: 'OPERATING', from: '2019-01-01', to: null, registeredStaff: 10 }],
      supplyLinks,
      ...more,
    }),
  );

test('a gap is what nobody supplies, or a supplier elsewhere, with those who could fill it', async () => {
  const near = firm('b', [sells('C27')]);
  const far = firm('c', [sells('C27')]);
  const ended = firm('a', [], { successors: [{ enterpriseId: near.id, kind: 'ABSORPTION', on: '2020-01-01' }] });
  const hosted = firm('c', [sells('C31')], {
    residencies: [{ parkId: 'park_a', kind: 'OPERATING', from: '2019-01-01', to: null, registeredStaff: 10 }],
  });
  await change(near, far, ended, hosted);
  await change(
    firm('a', [buys('C27', far)]),
    firm('a', [buys('C27', ended), buys('C31', hosted)]),
    firm('a', [buys('C27', near), buys('C27', '310115')]),
    firm('a', [buys('C31', null), buys('C27', '310115')]),
    firm('b', [buys('C99', null)]),
  );
  const cell = (value: number) => ({ value, suppressed: null });
  expect(await ask(OFFICE)).toEqual({
    gaps: [
      {
        ...{ goodsCode: 'C27', isIncomplete: false, enterprises: cell(4), suppliedWithin: cell(1) },
        ...{ suppliedFromOutside: cell(2), withoutSupplier: cell(1), candidates: [{ id: near.id }], chain: [] },
      },
      {
        ...{ goodsCode: 'C31', isIncomplete: false, enterprises: cell(2), suppliedWithin: cell(1) },
        ...{ suppliedFromOutside: cell(0), withoutSupplier: cell(1), candidates: [{ id: hosted.id }], chain: [] },
      },
    ],
    endCursor: null,
  });
  expect(await ask(OFFICE, { park: 'park_x' })).toBeNull();
});

test("a site that fills a gap is shown at the gap until it closes, to the park's zone alone", async () => {
  const fills = { parkId: 'park_a', sector: 'DIGITAL_ECONOMY', goodsCode: 'C27' } as const;
  const site = { id: 'site_fills', kind: 'RND_CENTRE', name: GOODS, regionCode: '120115', fills } as const;
  const elsewhere = { ...site, id: 'site_elsewhere', fills: { ...fills, goodsCode: 'C31' } };
  const maker = firm('c', [], { sites: [site, elsewhere] });
  const unconfirmed = firm('c', [], { sites: [{ ...site, id: 'site_unconfirmed' }], registration: 'UNCONFIRMED' });
  await change(maker, unconfirmed, ...[1, 2, 3].map(() => firm('a', [buys('C27', null)])));
  const asked = `query { supplyGaps(park: "park_a", sector: DIGITAL_ECONOMY) {
    gaps { goodsCode sites { id kind regionCode enterprise { id } } }
  } }`;
  const sites = async (viewer: Viewer) => (await linkages(asked, {}, { viewer })).data.supplyGaps.gaps;
  const { id, kind, regionCode } = site;
  expect(await sites(OFFICE)).toEqual([
    { goodsCode: 'C27', sites: [{ id, kind, regionCode, enterprise: { id: maker.id } }] },
  ]);
  expect(await sites(officer('zone_b'))).toEqual([{ goodsCode: 'C27', sites: null }]);
  await storeSupply(system.table('linkages'), [
    {
      before: suppliedCopyOf(maker),
      after: suppliedCopyOf({ ...maker, version: maker.version + 1, sites: [elsewhere] }),
    },
  ]);
  expect(await sites(OFFICE)).toEqual([{ goodsCode: 'C27', sites: [] }]);
});

test('the chain goes on to what the suppliers lack', async () => {
  const third = firm('b', [buys('C39', '310115')]);
  const second = firm('b', [buys('C33', third), buys('C34', null)]);
  const first = firm('a', [buys('C31', second), buys('C32', '310115')]);
  const buyer = firm('a', [buys('C27', first)]);
  await change(third, second, first, buyer);
  const { gaps } = await ask(OFFICE);
  const own = gaps.find(({ goodsCode }: { goodsCode: string }) => goodsCode === 'C27');
  const one = (hop: number, goodsCode: string, isOutside: boolean) => ({
    ...{ hop, goodsCode, enterprises: 1 },
    ...{ suppliedFromOutside: isOutside ? 1 : 0, withoutSupplier: isOutside ? 0 : 1 },
  });
  expect(own.chain).toEqual([one(2, 'C32', true), one(3, 'C34', false)]);
  // The suppliers' own gaps are listed for the park's zone alone.
  const codes = async (viewer: Viewer) =>
    (await ask(viewer)).gaps.map(({ goodsCode }: { goodsCode: string }) => goodsCode);
  expect(await codes(OFFICE)).toEqual(['C27', 'C31', 'C32']);
  expect(await codes(ANALYST)).toEqual([]);
});

test('others see suppressed counts, neither candidates nor chains, and no goods that few need', async () => {
  const near = firm('b', [sells('C27'), buys('C99', null)]);
  await change(near, firm('a', [buys('C31', null)]), firm('a', [buys('C31', null)]));
  for (let i = 0; i < 4; i++) await change(firm('a', [buys('C27', near)]));
  await change(firm('a', [buys('C27', null)]));
  const hidden = (suppressed: string) => ({ value: null, suppressed });
  const expected = {
    ...{ goodsCode: 'C27', isIncomplete: false, candidates: null, chain: null },
    ...{ enterprises: { value: 5, suppressed: null }, suppliedFromOutside: { value: 0, suppressed: null } },
    ...{ suppliedWithin: hidden('PROTECTS_OTHERS'), withoutSupplier: hidden('BELOW_THRESHOLD') },
  };
  for (const viewer of [ANALYST, officer('zone_b'), { kind: 'anonymous' } as const]) {
    expect((await ask(viewer)).gaps).toEqual([expected]);
  }
  expect((await ask({ kind: 'admin', person: 'admin-1' })).gaps).toHaveLength(2);
});

test('a page looks at so many goods, and takes one call for each step', async () => {
  const near = firm('b', [sells('C27')]);
  await change(near);
  const codes = Array.from({ length: 45 }, (_, i) => `C${1300 + i}`);
  const needs = (from: number) => codes.slice(from, from + 15).map((code) => buys(code, null));
  for (let i = 0; i < 9; i++) await change(firm('a', needs((i % 3) * 15)));
  const found: string[] = [];
  let after: string | null = null;
  do {
    let page: { gaps: { goodsCode: string }[]; endCursor: string | null } = { gaps: [], endCursor: null };
    const calls = await system.dynamo.during(async () => {
      page = await ask(OFFICE, { first: 20, after });
    });
    // The park, the needs, the zone's links, the suppliers, and the lists of candidates of all goods.
    expect(calls.map(({ command }) => command).sort()).toEqual(['BatchGet', 'BatchGet', 'BatchGet', 'Query']);
    found.push(...page.gaps.map(({ goodsCode }) => goodsCode));
    after = page.endCursor;
  } while (after !== null);
  expect(found).toEqual(codes);
});

test('goods that more enterprises need than a page reads say so, and the next goods follow', async () => {
  const many = Array.from({ length: 310 }, () => firm('a', [buys('C27', null), buys('C271', null)]));
  for (let i = 0; i < many.length; i += 50) await change(...many.slice(i, i + 50));
  const first = await ask(OFFICE);
  expect(first.gaps).toMatchObject([{ goodsCode: 'C27', isIncomplete: true, enterprises: { value: 300 } }]);
  expect(first.gaps[0].candidates).toEqual([]);
  const second = await ask(OFFICE, { after: first.endCursor });
  expect(second).toMatchObject({ gaps: [{ goodsCode: 'C271', isIncomplete: true }] });
  expect(await ask(OFFICE, { after: second.endCursor })).toEqual({ gaps: [], endCursor: null });
});

test('answers equal a second reading, whatever changes and however often it is delivered', async () => {
  const draw = drawOf(20_200_316);
  const ALL = 30;
  const versions = new Map<number, EnterpriseItem[]>();
  const open: OpenTables = (store) => system.table(store);
  for (let round = 0; round < 6; round++) {
    const batch: { before: EnterpriseItem | null; after: EnterpriseItem }[] = [];
    for (let i = 0; i < 25; i++) {
      const which = 1_000 + draw(ALL);
      const known = versions.get(which) ?? [];
      const after = drawEnterprise(draw, which, known.length + 1, ALL);
      batch.push({ before: known.at(-1) ?? null, after });
      versions.set(which, [...known, after]);
      await transact(system.table('enterprises'), [put(after)]);
    }
    const changes = batch.map(({ before, after }) => ({
      before: before && suppliedCopyOf(before),
      after: suppliedCopyOf(after),
    }));
    // A batch may be cut, and comes again from its beginning.
    await storeSupply(system.table('linkages'), changes.slice(0, 1 + draw(changes.length)));
    await storeSupply(system.table('linkages'), changes);
    const models = READ_MODELS.filter(({ name }) => /^(enterprise-supply|goods-)/.test(name));
    expect(models).toHaveLength(4);
    for (const model of models) expect([model.name, (await model.compare(open)).differences]).toEqual([model.name, []]);
    const all = [...versions.values()].map((of) => of.at(-1) as EnterpriseItem);
    for (const [park, zones] of [
      ['park_a', ['zone_a', 'zone_b']],
      ['park_b', ['zone_a', 'zone_b', 'zone_c']],
    ] as const) {
      for (const sector of ['DIGITAL_ECONOMY', 'OTHER']) {
        const { gaps } = await ask({ kind: 'admin', person: 'admin-1' }, { park, sector });
        const shown = gaps.map((gap: Record<string, { value: number }> & { candidates: { id: string }[] }) => ({
          ...{ goodsCode: gap.goodsCode, chain: gap.chain, enterprises: gap.enterprises?.value },
          ...{ within: gap.suppliedWithin?.value, outside: gap.suppliedFromOutside?.value },
          ...{ unsupplied: gap.withoutSupplier?.value, candidates: gap.candidates.map(({ id }) => id).sort() },
        }));
        expect(shown).toEqual(naiveGaps(all, park, sector, zones));
      }
    }
  }
});
