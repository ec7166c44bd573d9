import { type LinkedEnterprise, supplyFactsOf } from '../../../../src/domain/supply-chains/supply.ts';
import { enterpriseOf } from '../../../fixtures/enterprise.ts';

const LINKED: LinkedEnterprise = {
  ...enterpriseOf(1),
  supplyLinks: [
    { direction: 'UPSTREAM', goodsCode: '3962', partnerId: 'ent_b', regionCode: undefined },
    { direction: 'UPSTREAM', goodsCode: '3962', partnerId: 'ent_a', regionCode: undefined },
    { direction: 'UPSTREAM', goodsCode: '2641', partnerId: null, regionCode: '120115' },
    { direction: 'UPSTREAM', goodsCode: '1713', partnerId: null, regionCode: undefined },
    { direction: 'UPSTREAM', goodsCode: undefined, partnerId: 'ent_a', regionCode: undefined },
    { direction: 'DOWNSTREAM', goodsCode: '6513', partnerId: 'ent_c', regionCode: undefined },
  ] as unknown as LinkedEnterprise['supplyLinks'],
};

test('needs and supplies follow from the links with a goods code, each once', () => {
  expect(supplyFactsOf(LINKED)).toMatchObject({
    state: 'CONFIRMED',
    needs: [
      { goodsCode: '1713', supplierIds: [], hasOther: false },
      { goodsCode: '2641', supplierIds: [], hasOther: true },
      { goodsCode: '3962', supplierIds: ['ent_a', 'ent_b'], hasOther: false },
    ],
    supplies: ['6513'],
  });
});

test('parks are those of stays without an end', () => {
  const stay = (parkId: string, to: string | null) => ({ ...LINKED.residencies[0]!, parkId, to });
  const residencies = [stay('park_b', null), stay('park_a', null), stay('park_c', '2020-03-01'), stay('park_a', null)];
  expect(supplyFactsOf({ ...LINKED, residencies }).parkIds).toEqual(['park_a', 'park_b']);
});

test.each(['UNCONFIRMED', 'CHALLENGED', 'VOID'] as const)(
  'links do not count of a registration that is %s',
  (registration) => {
    const state = registration === 'VOID' ? 'ENDED' : 'UNCONFIRMED';
    expect(supplyFactsOf({ ...LINKED, registration })).toMatchObject({ state, needs: [], supplies: [] });
  },
);
