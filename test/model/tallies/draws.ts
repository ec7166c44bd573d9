/** Random commands on enterprises, and the random delivery of their events. */
import fc from 'fast-check';

/** A command: what is done, to which enterprise, in which park, on which day. Each reads the fields that it needs. */
export interface Command {
  readonly kind:
    | 'REGISTER'
    | 'REPORT'
    | 'WITHDRAW'
    | 'IMPORT'
    | 'MANY_STAYS'
    | 'CHANGE'
    | 'LEAVE'
    | 'ADMIT'
    | 'END_ADMISSION'
    | 'MOVE'
    | 'MERGE'
    | 'PUBLISH'
    | 'CORRECT'
    | 'CORRECT_SETTLED'
    | 'NEXT_DAY'
    | 'DELIVER';
  readonly enterprise: number;
  readonly park: number;
  /** Days from today. */
  readonly day: number;
  readonly staff: number;
  readonly mode: 'ON_SITE' | 'ONLINE_OFFLINE' | 'NOT_RESUMED';
  readonly sector: 'DIGITAL_ECONOMY' | 'SMART_TRANSPORT' | 'OTHER';
  readonly flag: boolean;
  /** Decides which events a delivery takes, and in which order. */
  readonly random: number;
}

/** Reports are frequent, so that days have some when stays and sectors change. */
const KINDS = [
  ...Array<'REPORT'>(8).fill('REPORT'),
  ...Array<'WITHDRAW'>(4).fill('WITHDRAW'),
  ...Array<'DELIVER'>(3).fill('DELIVER'),
  ...Array<'CORRECT'>(3).fill('CORRECT'),
  ...(['CHANGE', 'CHANGE', 'LEAVE', 'LEAVE', 'NEXT_DAY', 'NEXT_DAY', 'PUBLISH', 'PUBLISH'] as const),
  ...(['REGISTER', 'IMPORT', 'ADMIT', 'END_ADMISSION', 'MOVE', 'MERGE'] as const),
  ...(['MANY_STAYS', 'MANY_STAYS', 'CORRECT_SETTLED', 'CORRECT_SETTLED', 'CORRECT_SETTLED'] as const),
];

export const command: fc.Arbitrary<Command> = fc.record({
  kind: fc.constantFrom(...KINDS),
  enterprise: fc.nat({ max: 4 }),
  park: fc.nat({ max: 2 }),
  day: fc.integer({ min: -6, max: 3 }),
  staff: fc.integer({ min: 1, max: 30 }),
  mode: fc.constantFrom('ON_SITE', 'ONLINE_OFFLINE', 'NOT_RESUMED'),
  sector: fc.constantFrom('DIGITAL_ECONOMY', 'SMART_TRANSPORT', 'OTHER'),
  flag: fc.boolean(),
  random: fc.nat(),
});

/** Returns items in a random order, some of them twice. */
export function shuffledWithTwins<Item>(items: readonly Item[], random: number): Item[] {
  let state = random + 1;
  const roll = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const all = items.flatMap((item) => (roll(3) === 0 ? [item, item] : [item]));
  for (let i = all.length - 1; i > 0; i--) {
    const j = roll(i + 1);
    [all[i], all[j]] = [all[j] as Item, all[i] as Item];
  }
  return all;
}
