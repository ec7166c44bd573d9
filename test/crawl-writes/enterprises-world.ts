import { addDays } from '../../src/domain/calendar/day.ts';
import type { Residency } from '../../src/domain/enterprises/residency.ts';
import type { Move } from '../../src/domain/register/move.ts';
import type { EnterpriseItem } from '../../src/storage/enterprises/items.ts';
import type { RecordOf } from '../../src/storage/enterprises/make-items.ts';
import { enterpriseOf } from '../fixtures/enterprise.ts';

export const SITE = 'site_01HB0000000000000000000000';
const NAME = { zh: '名', ja: '名', en: 'Name' };

/** Enterprises in every state of the register that a mutation needs. */
const STATES = {
  settled: () => ({}),
  unconfirmed: () => ({ registration: 'UNCONFIRMED' }),
  challenged: ({ awayZone, today }) => ({
    registration: 'CHALLENGED',
    challenge: { reason: 'OTHER_HOME', homeZoneId: awayZone, byZoneId: awayZone, on: today },
  }),
  admitted: ({ awayZone, awayPark, today }) => ({
    admissions: [
      {
        parkId: awayPark,
        zoneId: awayZone,
        state: 'OPEN',
        from: addDays(today, -9),
        terms: { kind: 'OPERATING', staffCount: 2 },
      },
    ],
  }),
  holding: () => ({
    qualifications: [{ kind: 'TECH_SME', number: '1', validFrom: '2020-01-01', validTo: null }],
    sites: [{ id: SITE, kind: 'RND_CENTRE', name: NAME, regionCode: '120116' }],
    supplyLinks: [{ direction: 'UPSTREAM', partnerId: null, regionCode: '120115', goods: NAME }],
  }),
  proposing: ({ homePark, today }) => ({
    proposals: [{ number: 1, proposedOn: today, stated: { kind: 'LEAVE', parkId: homePark, lastDay: today } }],
  }),
  succeeding: ({ homeZone, settledId, today }) => ({
    succession: {
      kind: 'ABSORPTION',
      successorIds: [settledId],
      on: today,
      agreedIds: ['all', settledId],
      confirmedZoneIds: [],
      zoneIds: [homeZone],
      source: null,
    },
  }),
  moving: (where) => ({ move: moveOf(where, 'REQUESTED') }),
  accepted: (where) => ({ move: moveOf(where, 'ACCEPTED') }),
  objected: (where) => ({ move: { ...moveOf(where, 'OBJECTED'), objection: 'TAX_NOT_SETTLED' } }),
} as const satisfies Record<string, (where: Where) => Partial<RecordOf<EnterpriseItem>>>;

export type EnterpriseName = keyof typeof STATES;
export const ENTERPRISES = Object.keys(STATES) as readonly EnterpriseName[];

/** Where an enterprise is at home, and the other zone. */
export interface Where {
  readonly homeZone: string;
  readonly homePark: string;
  readonly awayZone: string;
  readonly awayPark: string;
  readonly today: string;
  /** The enterprise of this side that is in no procedure. */
  readonly settledId: string;
}

function moveOf({ homeZone, awayZone, awayPark, today }: Where, state: Move['state']): Move {
  const isAccepted = state !== 'REQUESTED';
  return {
    state,
    fromZoneId: homeZone,
    toZoneId: awayZone,
    toParkId: awayPark,
    keepsSites: false,
    requestedOn: today,
    acceptedOn: isAccepted ? today : null,
    dueOn: isAccepted ? addDays(today, 14) : null,
    objection: null,
    completedOn: null,
  };
}

/** Returns the enterprises of one side; `first` is the number of the first one. */
export function enterprisesOf(
  first: number,
  place: Omit<Where, 'settledId'>,
): Readonly<Record<EnterpriseName, RecordOf<EnterpriseItem>>> {
  const where = { ...place, settledId: enterpriseOf(first + ENTERPRISES.indexOf('settled')).id };
  const stay = (parkId: string, from: string): Residency => ({
    parkId,
    kind: 'OPERATING',
    from,
    to: null,
    registeredStaff: 10,
  });
  const made = ENTERPRISES.map((name, i) => {
    const { homeZone, homePark, awayPark, today } = where;
    const admitted = name === 'admitted' ? [stay(awayPark, addDays(today, -9))] : [];
    const record = enterpriseOf(first + i, {
      homeZoneId: homeZone,
      residencies: [...admitted, stay(homePark, '2020-01-01')],
      ...STATES[name](where),
    });
    return [name, record] as const;
  });
  return Object.fromEntries(made) as Record<EnterpriseName, RecordOf<EnterpriseItem>>;
}

/** Residents beside the others, so that a park has enough enterprises for a simulation. */
const BYSTANDERS = 50;

/** Returns enterprises that reside where another does. */
export function bystandersOf(first: number, { homeZoneId, residencies }: RecordOf<EnterpriseItem>) {
  return Array.from({ length: BYSTANDERS }, (_, i) => enterpriseOf(first + i, { homeZoneId, residencies }));
}
