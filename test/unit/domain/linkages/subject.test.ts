import { enterpriseOn, parksBy, siteOn } from '../../../../src/domain/linkages/subject.ts';

const LAB = { id: 'site_lab', kind: 'RND_CENTRE', regionCode: '110108' };
const PLANT = { id: 'site_plant', kind: 'MANUFACTURING', regionCode: '120116' };
const ENTERPRISE = {
  sector: 'PRECISION_MEDICINE',
  sizeClass: 'SMALL',
  residencies: [
    { parkId: 'park_a', from: '2019-01-01', to: '2019-12-31' },
    { parkId: 'park_b', from: '2019-06-01', to: null },
    { parkId: 'park_c', from: '2019-06-01', to: null },
  ],
  qualifications: [{ kind: 'HIGH_TECH_ENTERPRISE', from: '2018-11-30', to: '2021-11-29' }],
  sites: [LAB, PLANT],
};
const PARKS = [
  { parkId: 'park_a', zoneId: 'zone_x', regionCode: '110108' },
  { parkId: 'park_b', zoneId: 'zone_y', regionCode: '120116' },
  { parkId: 'park_c', zoneId: 'zone_y', regionCode: '120116' },
];

test('an enterprise is in the zones of the parks in which it resides on the day', () => {
  expect(parksBy(ENTERPRISE, '2019-05-31')).toEqual(['park_a']);
  expect(parksBy(ENTERPRISE, '2026-01-01')).toEqual(['park_a', 'park_b', 'park_c']);
  expect(enterpriseOn(ENTERPRISE, PARKS, '2019-07-01').zoneIds).toEqual(['zone_x', 'zone_y']);
  expect(enterpriseOn(ENTERPRISE, PARKS, '2020-01-01').zoneIds).toEqual(['zone_y']);
  expect(enterpriseOn(ENTERPRISE, PARKS, '2018-12-31').zoneIds).toEqual([]);
});

test('it has what it holds on the day, and the kinds of all its sites', () => {
  expect(enterpriseOn(ENTERPRISE, PARKS, '2021-11-29').traits).toEqual({
    SECTOR: ['PRECISION_MEDICINE'],
    QUALIFICATION: ['HIGH_TECH_ENTERPRISE'],
    SITE_KIND: ['RND_CENTRE', 'MANUFACTURING'],
  });
  expect(enterpriseOn(ENTERPRISE, PARKS, '2021-11-30').traits.QUALIFICATION).toEqual([]);
});

test("a site is in those of its enterprise's zones that lie in its region", () => {
  expect(siteOn(ENTERPRISE, LAB, PARKS, '2019-07-01')).toMatchObject({
    kind: 'SITE',
    zoneIds: ['zone_x'],
    traits: { SITE_KIND: ['RND_CENTRE'] },
  });
  expect(siteOn(ENTERPRISE, LAB, PARKS, '2020-01-01').zoneIds).toEqual([]);
  expect(siteOn(ENTERPRISE, PLANT, PARKS, '2020-01-01').zoneIds).toEqual(['zone_y']);
});

test('it has its size, and the day since when it is in its one zone without a gap', () => {
  expect(enterpriseOn(ENTERPRISE, PARKS, '2020-01-01')).toMatchObject({
    sizeClass: 'SMALL',
    residentSince: '2019-06-01',
  });
  // Two zones have no one day.
  expect(enterpriseOn(ENTERPRISE, PARKS, '2019-07-01')).not.toHaveProperty('residentSince');
  const since = (...stays: readonly [park: string, from: string, to: string | null][]) => {
    const residencies = stays.map(([parkId, from, to]) => ({ parkId, from, to }));
    return enterpriseOn({ ...ENTERPRISE, residencies }, PARKS, '2020-01-01').residentSince;
  };
  expect(since(['park_b', '2019-10-01', null], ['park_c', '2019-03-01', '2019-09-30'])).toBe('2019-03-01');
  expect(since(['park_b', '2019-10-01', null], ['park_c', '2019-03-01', '2019-09-29'])).toBe('2019-10-01');
  // A stay in another zone before is none in this one, and one that begins later is none yet.
  expect(since(['park_b', '2019-10-01', null], ['park_a', '2019-03-01', '2019-09-30'])).toBe('2019-10-01');
  expect(since(['park_b', '2019-10-01', null], ['park_c', '2020-01-02', null])).toBe('2019-10-01');
});

test('of a site no size and no stay is known', () => {
  expect(siteOn(ENTERPRISE, PLANT, PARKS, '2020-01-01')).not.toHaveProperty('sizeClass');
});
