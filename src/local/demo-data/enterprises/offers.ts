import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import { makeId, ulidOfName } from '../../../domain/ids.ts';
import type { Offer } from '../../../domain/offers/offer.ts';
import { interestItem, offerItem } from '../../../storage/enterprises/offers/items.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';
import type { DemoPark } from '../parks/parks.ts';
import { identityOf } from './enterprises.ts';

const TITLES: Readonly<Record<Offer['kind'], Offer['title']>> = {
  SCENARIO: {
    zh: '智慧测温应用场景（示例）',
    ja: '検温の応用場面（サンプル）',
    en: 'Temperature checks (sample scenario)',
  },
  OFFER: { zh: '物流协作（示例）', ja: '物流協力（サンプル）', en: 'Shared logistics (sample offer)' },
};
const TEXT = { zh: '演示数据', ja: '見本データ', en: 'Demo data' };

/**
 * Yields a scenario of the park's zone and an offer of its first enterprise, each with the interest of another one.
 * @param anchor the day, `YYYY-MM-DD`, that counts as today
 */
export function* offersOf(park: DemoPark, anchor: string): Generator<PrimaryKey> {
  for (const kind of ['SCENARIO', 'OFFER'] as const) {
    const at = shanghaiInstant(addDays(anchor, -7), '10:00:00').getTime();
    const publisher = {
      enterpriseId: kind === 'OFFER' ? identityOf(park, 0).id : null,
      zoneId: park.facts.zoneId,
    };
    const id = makeId('offer', ulidOfName(`${park.id} ${kind}`, at));
    const facts = { id, kind, sector: 'DIGITAL_ECONOMY', title: TITLES[kind], text: TEXT } as const;
    yield offerItem({ ...facts, ...publisher, validTo: addDays(anchor, 90), state: 'OPEN', version: 1 });
    yield interestItem({
      offerId: id,
      enterpriseId: identityOf(park, 1).id,
      publisher,
      message: { zh: '希望合作（示例）', ja: '協力を希望（サンプル）', en: 'We would like to take part (sample)' },
      state: 'INTERESTED',
      version: 1,
    });
  }
}
