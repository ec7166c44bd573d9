import type { Localized } from '../../../domain/locale.ts';
import { type PostDuty, type PostRecord, type UnitPostsFacts, WEEKDAYS } from '../../../domain/places/posts.ts';
import { HEADLINE_PARK } from './parks.ts';

const duty = (name: PostDuty, staff: number) => ({ duty: name, staff });

/** A post that is manned by day and by night. */
function post(id: string, name: Localized, ...roster: PostRecord['shifts'][number]['roster']): PostRecord {
  return {
    id,
    name,
    shifts: [
      { days: WEEKDAYS, from: '08:00', to: '20:00', roster },
      { days: WEEKDAYS, from: '20:00', to: '08:00', roster: roster.slice(0, 1) },
    ],
  };
}

const ofUnit = (unitCode: string, posts: readonly PostRecord[], answer: UnitPostsFacts['answer'] = null) => ({
  parkId: HEADLINE_PARK,
  unitCode,
  version: answer ? 2 : 1,
  posts,
  answer,
});

/** Synthetic: posts of the three levels and of the police station, which has agreed. */
export const POSTS: readonly UnitPostsFacts[] = [
  ofUnit('park-office', [post('duty-desk', { zh: '值班台', ja: '当直室', en: 'Duty desk' }, duty('DUTY_DESK', 2))]),
  ofUnit('property-owner', [
    post('incubator', { zh: '孵化器入口', ja: 'インキュベーター入口', en: 'Incubator entrance' }, duty('PATROL', 1)),
  ]),
  ofUnit('property-manager', [
    post(
      'north-gate',
      { zh: '北门', ja: '北門', en: 'North gate' },
      duty('GATE_GUARD', 2),
      duty('TEMPERATURE_CHECK', 1),
      duty('VISITOR_REGISTRATION', 1),
    ),
    post(
      'south-gate',
      { zh: '南门', ja: '南門', en: 'South gate' },
      duty('GATE_GUARD', 2),
      duty('TEMPERATURE_CHECK', 1),
      duty('DISINFECTION', 1),
    ),
  ]),
  ofUnit(
    'police-station',
    [post('patrol', { zh: '周边巡查', ja: '周辺巡回', en: 'Patrol around the park' }, duty('PATROL', 2))],
    {
      agrees: true,
      answeredAt: '2020-02-10T01:00:00.000Z',
    },
  ),
];
