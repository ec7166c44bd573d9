import { addDays, shanghaiInstant } from '../../../domain/calendar/day.ts';
import { idInPark, makeId, ulidOfName } from '../../../domain/ids.ts';
import type { Finding, Inspection } from '../../../domain/inspections/inspection.ts';
import type { Localized } from '../../../domain/locale.ts';
import type { DemoPark } from '../parks/parks.ts';
import { randomOf } from '../random.ts';
import { identityOf } from './enterprises.ts';

const FINDINGS: readonly (readonly [string, Finding['severity'], Localized])[] = [
  ['ventilation', 'MINOR', { zh: '通风记录不全', ja: '換気記録の不備', en: 'Ventilation records incomplete' }],
  ['disinfection', 'MAJOR', { zh: '消毒频次不足', ja: '消毒回数の不足', en: 'Disinfected too seldom' }],
  ['distance', 'MAJOR', { zh: '就餐间距不足', ja: '食事の間隔不足', en: 'Too little distance at meals' }],
];
const PROOF: Localized = { zh: '已整改（示例）', ja: '改善済み（サンプル）', en: 'Mended (sample)' };
const STATES = ['OPEN', 'REPORTED', 'ACCEPTED'] as const;

/** Synthetic: inspections of enterprises and of the canteen, with findings in every state. */
export function* inspectionsOf(park: DemoPark): Generator<Inspection> {
  const random = randomOf(`inspections ${park.id}`);
  for (let i = 0; i < 12; i++) {
    const inspectedOn = addDays('2020-03-02', i);
    const findings = FINDINGS.slice(0, i % 4).map(([id, severity, text], n): Finding => {
      const state = STATES[(i + n) % STATES.length]!;
      const dueOn = addDays(inspectedOn, random.integer(3, 10));
      return { id, text, severity, dueOn, state, proof: state === 'OPEN' ? null : PROOF };
    });
    yield {
      id: makeId('insp', ulidOfName(`inspection ${i}`, shanghaiInstant(inspectedOn, '15:00:00').getTime())),
      parkId: park.id,
      zoneId: park.facts.zoneId,
      agency: i % 5 === 4 ? 'PSB' : 'PARK',
      facilityId: i % 3 === 2 ? idInPark('fac', park.id, 'canteen') : null,
      enterpriseId: identityOf(park, i).id,
      inspectedOn,
      findings,
      version: 1 + findings.reduce((steps, { state }) => steps + STATES.indexOf(state), 0),
    };
  }
}
