import { addDays } from '../../../domain/calendar/day.ts';
import { makeId } from '../../../domain/ids.ts';
import type { RelocationRecord, ZoneStatement } from '../../../domain/linkages/relocation.ts';
import { identityOf, KEEPS_A_SITE, keptSiteOf, RELOCATED } from '../enterprises/enterprises.ts';
import { BENEFITS, COOPERATION } from './agreements.ts';
import type { DemoPark } from './parks.ts';
import { TEDA, ZHONGGUANCUN } from './zones.ts';

/**
 * Returns the relocations of the headline park's enterprises that were in Zhongguancun before. Governments led the first
 * ones, as the ledger says. Of the second the zones state different lists by now; of the third one zone alone has stated
 * facts, and a site that remains. All statements are invented.
 */
export function relocations(park: DemoPark): readonly RelocationRecord[] {
  return RELOCATED.map((index, i) => {
    const { id: enterpriseId, from: registeredOn } = identityOf(park, index);
    const agreementId = registeredOn >= '2018-07-01' ? BENEFITS : COOPERATION;
    const state = (zoneId: string, on: number, more: Partial<ZoneStatement> = {}): ZoneStatement => ({
      ...{ ledBy: 'GOVERNMENT', listNumber: '2017-12', relieves: 'INDUSTRY', remainingSiteIds: [], agreementId },
      ...{ zoneId, statedOn: addDays(registeredOn, on), ...more },
    });
    const market: Partial<ZoneStatement> = {
      ...{ ledBy: 'MARKET', listNumber: null, relieves: null },
      ...(index === KEEPS_A_SITE && { remainingSiteIds: [keptSiteOf(enterpriseId).id] }),
    };
    const statements = [
      [state(ZHONGGUANCUN, -20), state(TEDA, -10)],
      [state(ZHONGGUANCUN, -20), state(TEDA, -10), state(TEDA, 5, { listNumber: '2018-3' })],
    ][i] ?? [state(TEDA, 5, market)];
    return {
      id: makeId('reloc', `sample-${index}`),
      version: statements.length + 1,
      ...{ enterpriseId, fromZoneId: ZHONGGUANCUN, toZoneId: TEDA, toParkId: park.id, registeredOn },
      confirmedOn: i < 2 ? addDays(registeredOn, -10) : null,
      withdrawnOn: null,
      agreementId,
      statements,
    };
  });
}
