import { STORES, type StoreName } from '../../src/config.ts';
import { CodedError } from '../../src/errors.ts';
import { calendarYearCopy } from '../../src/storage/calendar/calendar-years.ts';
import { readItem, readRange, scanPages } from '../../src/storage/dynamodb/read.ts';
import { acquireLock } from '../../src/storage/dynamodb/rebuilds/lock.ts';
import { transact } from '../../src/storage/dynamodb/transaction.ts';
import { put, remove } from '../../src/storage/dynamodb/write.ts';
import { coursePlacesItem } from '../../src/storage/enterprises/courses/items.ts';
import { directiveCountsItem } from '../../src/storage/enterprises/directives/items.ts';
import { fillingSiteItems, goodsSuppliersItem } from '../../src/storage/linkages/supply-chains/items.ts';
import type { OpenTables, ReadModel } from '../../src/storage/read-models/read-model.ts';
import { READ_MODELS } from '../../src/storage/read-models/read-models.ts';
import { enterpriseKeys } from '../../src/storage/tables/enterprises.ts';
import type { PrimaryKey } from '../../src/storage/tables/key.ts';
import { linkageKeys } from '../../src/storage/tables/linkages.ts';
import { parkKeys } from '../../src/storage/tables/parks.ts';
import { talentKeys } from '../../src/storage/tables/talent.ts';
import { cardRecognitionItems } from '../../src/storage/talent/agreements/card-recognitions.ts';
import type { CaseItem } from '../../src/storage/talent/items.ts';
import { countCases } from '../../src/storage/talent/statistics/count-cases.ts';
import { verifyData } from '../../src/storage/verification/verify-data.ts';
import { type Change, changesBetween, readAll } from '../crawl-writes/stored.ts';
import { startUpgradedSystem } from '../data-versions.ts';
import { caseAgreementsOf } from '../fixtures/case-agreements.ts';
import { NOW, type TestSystem } from '../harness.ts';

/** Read models that went wrong are found by `npm run verify-data` and put right by `npm run rebuild`. */

type Item = PrimaryKey & { readonly type: string } & Readonly<Record<string, unknown>>;

let system: TestSystem;
let open: OpenTables;

beforeAll(async () => {
  system = await startUpgradedSystem();
  open = (store) => system.table(store, { deadline: Number.POSITIVE_INFINITY, signal: new AbortController().signal });
});
afterAll(() => system.stop());

const verify = () => verifyData(open, { secondLookMs: 0 });

async function firstOf(store: StoreName, type: string, which: (item: Item) => boolean = () => true): Promise<Item> {
  for await (const page of scanPages<Item>(open(store), [type])) {
    const found = page.find(which);
    if (found) return found;
  }
  throw new Error(`there is no ${type}`);
}

const NO_SOURCE = { title: { zh: '', ja: '', en: '' }, publishedOn: '2026-12-14' };

/** What is damaged of each read model: an item that is gone, one that says something else, or one too many. */
const DAMAGES: Readonly<Record<string, () => Promise<void>>> = {
  async 'known-parks'() {
    const park = await firstOf('enterprises', 'KnownPark');
    await transact(open('enterprises'), [put({ ...park, zoneId: 'zone_elsewhere' } as PrimaryKey)]);
  },
  async 'known-facilities'() {
    await transact(open('enterprises'), [remove(await firstOf('enterprises', 'KnownFacilities'))]);
  },
  async residents() {
    const { pk, sk, ...resident } = await firstOf('enterprises', 'Resident');
    const needless = { ...resident, ...enterpriseKeys.resident('park_elsewhere', String(resident.enterpriseId)) };
    await transact(open('enterprises'), [
      remove({ pk, sk }),
      put({ ...needless, parkId: 'park_elsewhere' } as PrimaryKey),
    ]);
  },
  async 'park-needs'() {
    const needs = { parkId: 'park_x', sector: 'OTHER', enterpriseId: 'ent_x', goodsCodes: ['C27'], type: 'ParkNeeds' };
    const needless = { ...needs, ...enterpriseKeys.needsInPark('park_x', 'OTHER', 'ent_x') };
    await transact(open('enterprises'), [put(needless as PrimaryKey)]);
  },
  async 'enterprise-names'() {
    const { pk, sk, enterpriseId } = await firstOf('enterprises', 'EnterpriseName');
    const needless = { pk: 'NAMES#EN#fo', sk: `former name#${enterpriseId}`, type: 'EnterpriseName', enterpriseId };
    await transact(open('enterprises'), [remove({ pk, sk }), put(needless as PrimaryKey)]);
  },
  async 'policies-in-force'() {
    await transact(open('parks'), [remove(await firstOf('parks', 'PolicyInForce'))]);
  },
  async 'zone-facts'() {
    await transact(open('linkages'), [remove(await firstOf('linkages', 'ZoneFacts'))]);
  },
  async 'park-facts'() {
    await transact(open('linkages'), [remove(await firstOf('linkages', 'ParkFacts'))]);
  },
  async 'policy-facts'() {
    const zone = await firstOf('linkages', 'ZonePolicies', ({ policyIds }) => policyIds !== undefined);
    const { policyIds: _, ...rest } = zone;
    await transact(open('linkages'), [put(rest as PrimaryKey), remove(await firstOf('linkages', 'PolicyFacts'))]);
  },
  async 'subject-facts'() {
    const facts = await firstOf('linkages', 'SubjectFacts');
    const needless = { ...facts, pk: 'SUBJECT#ent_01CXVBN6M0KABWG9FM2G702Y3V.9' };
    await transact(open('linkages'), [put({ ...facts, sector: 'OTHER' } as PrimaryKey), put(needless)]);
  },
  async 'settled-stays'() {
    const stay = { enterpriseId: 'ent_x', parkId: 'park_x', from: '2019-01-01', to: '2019-12-31' };
    const key = linkageKeys.settledStay('ent_x', 'SETTLED_STAY#2019-12-31#2019-01-01#park_x#OPERATING');
    await transact(open('linkages'), [put({ ...key, ...stay, type: 'SettledStayFacts' } as PrimaryKey)]);
  },
  async 'enterprise-supply'() {
    const supply = await firstOf('linkages', 'EnterpriseSupply');
    await transact(open('linkages'), [put({ ...supply, homeZoneId: 'zone_elsewhere' } as PrimaryKey)]);
  },
  async 'goods-needs'() {
    const { pk, sk } = linkageKeys.goodsNeed('park_x', 'OTHER', 'C27', 'ent_x');
    const need = { enterpriseId: 'ent_x', parkId: 'park_x', goodsCode: 'C27', supplierIds: [], hasOther: false };
    await transact(open('linkages'), [put({ ...need, pk, sk, type: 'GoodsNeed' } as PrimaryKey)]);
  },
  async 'filling-sites'() {
    const fills = { siteId: 'site_x', parkId: 'park_x', sector: 'OTHER', goodsCode: 'C27' } as const;
    const site = { ...fills, kind: 'RND_CENTRE', regionCode: '120116' } as const;
    await transact(
      open('linkages'),
      fillingSiteItems({ enterpriseId: 'ent_x', fills: [site] }).map((item) => put(item)),
    );
  },
  async 'goods-supplies'() {
    const { pk, sk } = linkageKeys.goodsSupply('C27', 'zone_x', 'ent_x');
    const supply = { enterpriseId: 'ent_x', placeId: 'zone_x', goodsCode: 'C27' };
    await transact(open('linkages'), [put({ ...supply, pk, sk, type: 'GoodsSupply' } as PrimaryKey)]);
  },
  async 'goods-suppliers'() {
    const place = { goodsCode: 'C31', placeId: 'zone_x' };
    await transact(open('linkages'), [put(goodsSuppliersItem(place, ['ent_x'], 1))]);
  },
  async 'policy-notices'() {
    const notice = {
      type: 'PolicyNotice',
      zoneId: 'zone_teda',
      policyId: 'policy_x',
      policyVersion: 1,
      number: 1,
      at: 'now',
    };
    await transact(open('enterprises'), [
      put({ ...notice, ...enterpriseKeys.policyNotice('zone_teda', 'now', 'policy_x', 1) } as PrimaryKey),
    ]);
  },
  async 'case-policies'() {
    const copy = await firstOf('talent', 'CasePolicy');
    await transact(open('talent'), [put({ ...copy, homeZoneIds: [] } as PrimaryKey)]);
  },
  async 'case-agreements'() {
    const [stray] = caseAgreementsOf('zone_x');
    if (stray) await transact(open('talent'), [put(stray)]);
  },
  async 'card-recognitions'() {
    const given = { id: 'recog_x', byZoneId: 'zone_x', ofZoneId: 'zone_y', kind: 'TALENT_CARD_A', rule: null } as const;
    const days = { validFrom: '2020-01-01', validTo: null, agreementId: 'agr_x' };
    const [stray] = cardRecognitionItems({ ...given, ...days, version: 1 });
    if (stray) await transact(open('talent'), [put(stray)]);
  },
  async 'agreement-facts'() {
    const copy = await firstOf('talent', 'AgreementFacts');
    await transact(open('talent'), [put({ ...copy, to: '1999-12-31' } as PrimaryKey)]);
  },
  async 'ended-employers'() {
    const ended = {
      ...talentKeys.endedEmployer('ent_x'),
      type: 'EndedEmployer',
      enterpriseId: 'ent_x',
      sourceVersion: 1,
    };
    await transact(open('talent'), [put(ended as PrimaryKey)]);
  },
  async 'park-figures'() {
    const day = await firstOf('enterprises', 'ParkDay');
    const counters = Object.entries(day).filter(([, value]) => typeof value === 'number');
    const more = Object.fromEntries(counters.map(([name, value]) => [name, Number(value) + 1]));
    await transact(open('enterprises'), [put({ ...day, ...more } as PrimaryKey)]);
  },
  async 'directive-counts'() {
    const place = { directiveId: 'dir_x', parkId: 'park_x', directiveVersion: 1 };
    await transact(open('enterprises'), [put(directiveCountsItem(place, [{ state: 'COMPLIED' }]))]);
  },
  async 'course-places'() {
    const places = coursePlacesItem({ id: 'course_x' }, 7, 1);
    await transact(open('enterprises'), [put(places)]);
  },
  async 'zone-entries'() {
    const of = enterpriseKeys.enrolment('course_x', 'ent_x');
    const needless = { ...enterpriseKeys.enrolmentOfZone('ent_x', 'zone_x', 'course_x'), type: 'ZoneEntry', of };
    await transact(open('enterprises'), [put(needless)]);
  },
  async 'work-counts'() {
    await transact(open('talent'), [remove(await firstOf('talent', 'WorkTally'))]);
  },
  async 'case-statistics'() {
    const month = (await firstOf('talent', 'Closing')).month as string;
    const tally = await firstOf('talent', 'CaseTally', ({ pk }) => (pk.split('#')[2] ?? '') > month);
    await transact(open('talent'), [put({ ...tally, received: Number(tally.received) + 5 } as PrimaryKey)]);
  },
  async 'facility-places'() {
    const places = await firstOf('talent', 'FacilityPlaces');
    await transact(open('talent'), [put({ ...places, taken: Number(places.taken) + 1 } as PrimaryKey)]);
  },
  async 'calendar-years'() {
    const year = { year: 2031, version: 1, holidays: [], workedWeekendDays: [], source: NO_SOURCE };
    await transact(open('talent'), [put(calendarYearCopy(year))]);
  },
  async 'policy-terms'() {
    const facts = { policyId: 'policy_x', homeZoneIds: [], subject: 'ENTERPRISE', inForce: [], sourceVersion: 1 };
    await transact(open('enterprises'), [
      put({ ...enterpriseKeys.policyTerms('policy_x'), ...facts, type: 'PolicyTerms' } as PrimaryKey),
    ]);
  },
  async 'relocation-copies'() {
    const copy = await firstOf('enterprises', 'RelocatedEnterprise');
    await transact(open('enterprises'), [put({ ...copy, registeredOn: '1999-12-31' } as PrimaryKey)]);
  },
  async 'zone-relocations'() {
    await transact(open('linkages'), [remove(await firstOf('linkages', 'ZoneRelocation'))]);
  },
};

test('every read model is verified, named where it differs, and put right by its rebuild', async () => {
  expect(Object.keys(DAMAGES)).toEqual(READ_MODELS.map(({ name }) => name));
  expect((await verify()).faults).toEqual([]);
  for (const damage of Object.values(DAMAGES)) await damage();
  const { faults } = await verify();
  for (const { name } of READ_MODELS) {
    expect(faults.filter((fault) => fault.includes(`"npm run rebuild -- ${name}"`))).toHaveLength(1);
  }
  for (const model of READ_MODELS) {
    expect((await model.rebuild(open)).differences).not.toEqual([]);
  }
  expect((await verify()).faults).toEqual([]);
});

test.each(READ_MODELS.map((model) => [model.name, model] as const))(
  'a reader beside the rebuild finds each item as it was or as it has to be: %s',
  async (name, model) => {
    const before = await readAll(system);
    await DAMAGES[name]?.();
    const damaged = changesBetween(before, await readAll(system));
    expect(damaged).not.toEqual([]);
    let isDone = false;
    const rebuilt = model.rebuild(open, { itemsAPage: 200 }).finally(() => {
      isDone = true;
    });
    const found: (readonly [change: Change, item: Fields | null])[] = [];
    while (!isDone) {
      for (const change of damaged) found.push([change, await readFields(change)]);
    }
    await rebuilt;
    for (const [{ before: right, after: wrong }, item] of found) {
      expect([fieldsOf(right), fieldsOf(wrong)]).toContainEqual(item);
    }
    expect(found.length).toBeGreaterThan(0);
    expect((await model.compare(open)).differences).toEqual([]);
  },
);

type Fields = Readonly<Record<string, unknown>>;

/** Returns an item without the marks by which a rebuild notices what happens beside it. */
function fieldsOf(item: Fields | null): Fields | null {
  if (!item) return null;
  const { changes: _, sourceVersion: __, ...fields } = item;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== 0));
}

async function readFields({ store, before, after }: Change): Promise<Fields | null> {
  const key = before ?? after;
  const item = key && (await readItem<PrimaryKey>(open(store), key, { consistent: true }));
  return fieldsOf(item as Fields | null);
}

describe('a rebuild that died between two pages', () => {
  /** Items a page, and the page after which the rebuild dies. A sum stores its state every twenty pages. */
  const PAGES: Readonly<Record<string, readonly [number, number]>> = {
    'known-parks': [30, 2],
    residents: [500, 3],
    'policies-in-force': [30, 2],
    'zone-facts': [30, 2],
    'park-facts': [30, 2],
    'policy-facts': [30, 2],
    'subject-facts': [500, 3],
    'enterprise-supply': [500, 3],
    'goods-needs': [500, 3],
    'goods-supplies': [500, 3],
    'policy-notices': [500, 3],
    'goods-suppliers': [500, 3],
    'directive-counts': [500, 3],
    'course-places': [500, 3],
    'facility-places': [60, 22],
    'park-figures': [120, 22],
    'work-counts': [60, 22],
    'case-statistics': [60, 22],
  };

  /** Runs a rebuild, and returns the items that it has read. */
  async function run(model: ReadModel, itemsAPage: number, diesAfter = Number.POSITIVE_INFINITY): Promise<number> {
    let [pages, read] = [0, 0];
    const onRead = (items: number) => {
      read += items;
      pages += 1;
      if (pages === diesAfter) throw new Error('the process died');
    };
    const rebuilt = model.rebuild(open, { itemsAPage, onRead });
    if (diesAfter === Number.POSITIVE_INFINITY) await rebuilt;
    else await expect(rebuilt).rejects.toThrow('the process died');
    return read;
  }

  /** Lets a lock seem as old as that of a dead process. */
  async function age(store: StoreName): Promise<void> {
    for await (const page of scanPages<Item>(open(store), ['RebuildLock'])) {
      for (const lock of page) await transact(open(store), [put({ ...lock, aliveAt: 0 } as PrimaryKey)]);
    }
  }

  test.each(READ_MODELS.filter(({ name }) => name in PAGES).map((model) => [model.name, model] as const))(
    'goes on where it stopped: %s',
    async (name, model) => {
      const [itemsAPage, diesAfter] = PAGES[name] ?? [1, 1];
      const all = await run(model, itemsAPage);
      await DAMAGES[name]?.();
      const first = await run(model, itemsAPage, diesAfter);
      for (const store of ['enterprises', 'talent'] as const) await age(store);
      const second = await run(model, itemsAPage);
      // It reads those pages again that it died on, or whose sums it had not stored.
      expect(second).toBeLessThan(all);
      expect(first + second - all).toBeLessThanOrEqual(2 * itemsAPage);
      expect((await model.compare(open)).differences).toEqual([]);
      for (const store of STORES) {
        expect(await readRange(open(store), { partition: 'REBUILD' })).toEqual([]);
      }
    },
  );
});

test('verification names an item that is gone though another one refers to it', async () => {
  const item = await firstOf('talent', 'Receipt');
  const zone = parkKeys.zone('zone_teda');
  const teda = await firstOf('parks', 'Zone', ({ pk }) => pk === zone.pk);
  const event = await firstOf('talent', 'CaseEvent', ({ sk }) => sk.endsWith('000001'));
  await transact(open('talent'), [remove(item), remove(event)]);
  await transact(open('parks'), [remove(teda)]);
  const { faults } = await verifyData(open, { secondLookMs: 0, readModels: [] });
  expect(faults).toEqual(
    expect.arrayContaining([
      expect.stringContaining(`refers to ${item.pk} RECEIPT, which is missing.`),
      expect.stringContaining('refers to zone_teda ZONE, which is missing.'),
      expect.stringMatching(new RegExp(`^${event.pk} has version \\d+ and \\d+ events\\.$`)),
    ]),
  );
  await transact(open('talent'), [put(item), put(event)]);
  await transact(open('parks'), [put(teda)]);
});

test('nobody counts a case while the statistics are rebuilt', async () => {
  const lock = await acquireLock(open('talent'), talentKeys.statisticsLock());
  const after = (await firstOf('talent', 'TalentCase')) as unknown as CaseItem;
  const event = talentKeys.event(after.id, after.course.version);
  const stored = await firstOf('talent', 'CaseEvent', ({ pk, sk }) => pk === event.pk && sk === event.sk);
  const { countedAt: _, ...uncounted } = stored;
  await transact(open('talent'), [put(uncounted as PrimaryKey)]);
  const countedAt = async () =>
    (await firstOf('talent', 'CaseEvent', ({ pk, sk }) => pk === event.pk && sk === event.sk)).countedAt;
  const impatient = system.table('talent', { deadline: Date.now() + 500 });
  await expect(countCases(impatient, [{ before: null, after }], NOW)).rejects.toBeInstanceOf(CodedError);
  expect(await countedAt()).toBeUndefined();
  await lock.release();
  // The rebuild counts what no consumer has counted, and marks it.
  await READ_MODELS.find(({ name }) => name === 'case-statistics')?.rebuild(open);
  expect(await countedAt()).toBeDefined();
  expect((await verify()).faults).toEqual([]);
});
