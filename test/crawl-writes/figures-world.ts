import { addDays, dayInShanghai } from '../../src/domain/calendar/day.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { readRange } from '../../src/storage/dynamodb/read.ts';
import { countEvents } from '../../src/storage/enterprises/published-figures/count-events.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import type { TestSystem } from '../harness.ts';
import { SIDES, type Side, writerNamed } from './callers.ts';
import type { WriteGrounds } from './grounds.ts';
import type { World } from './world.ts';

/** The days that each park has figures of, by what is tried on them. */
const DAYS = {
  /** Not published: `publishDay` and `proposeBackfill`. */
  open: -1,
  /** Not published, in a backfill that waits to be accepted. */
  proposed: -2,
  /** Published and closed: `proposeCorrection`. */
  closed: -20,
} as const;
type DayName = keyof typeof DAYS;

export interface PublishedFigures {
  readonly days: Readonly<Record<DayName, string>>;
  /** The fingerprints of the parks' figures. */
  readonly figures: Readonly<Record<Side, Readonly<Record<DayName, string>>>>;
  /** A backfill of each park, proposed by its zone's officer of PARK with all roles. */
  readonly proposals: Readonly<Record<Side, { readonly id: string; readonly version: number }>>;
}

interface Figures extends Pick<WriteGrounds, 'system' | 'ask'> {
  readonly world: World;
  readonly now: Date;
}

/** Reports and counts the days of both parks, publishes the closed ones and proposes the backfills. */
export async function publishFigures(given: Figures): Promise<PublishedFigures> {
  const today = dayInShanghai(given.now);
  const days = {
    open: addDays(today, DAYS.open),
    proposed: addDays(today, DAYS.proposed),
    closed: addDays(today, DAYS.closed),
  };
  const figures: Partial<Record<Side, Record<DayName, string>>> = {};
  const proposals: Partial<Record<Side, { id: string; version: number }>> = {};
  for (const side of SIDES) {
    await reportDays(given, side, Object.values(days));
    const [open, proposed, closed] = await Promise.all(
      [days.open, days.proposed, days.closed].map((on) => fingerprintOf(given, side, on)),
    );
    figures[side] = { open: open ?? '', proposed: proposed ?? '', closed: closed ?? '' };
    await publishClosed(given, side, days.closed, figures[side].closed);
    proposals[side] = await propose(given, side, { on: days.proposed, seen: figures[side].proposed });
  }
  return { days, figures, proposals } as PublishedFigures;
}

const REPORT =
  'mutation ($input: ReportOperationsInput!) { reportOperations(input: $input) { userErrors { code message } } }';

async function reportDays({ system, ask, world, now }: Figures, side: Side, days: readonly string[]): Promise<void> {
  const enterprise = world.enterprises[side];
  const reports = days.map((on) => ({ enterprise, on, mode: 'ON_SITE', staffTotal: 10, staffReturned: 8 }));
  const answer = await ask(writerNamed(`clerk ${side}`), REPORT, {
    input: { idempotencyKey: `report-${side}`, reports },
  });
  must(answer.data?.reportOperations?.userErrors.length === 0, answer);
  await count(system, enterprise, now);
}

async function count(system: TestSystem, enterprise: string, now: Date): Promise<void> {
  const table = system.table('enterprises');
  const items = await readRange<PrimaryKey>(table, { partition: enterprise });
  const events = items.filter(({ sk }) => sk.startsWith('REPORTED#') || sk.startsWith('CHANGE#'));
  await countEvents(table, events, now);
}

const FIGURES = 'query ($id: ID!, $on: Date!) { park(id: $id) { resumption(on: $on) { fingerprint } } }';

async function fingerprintOf({ ask, world }: Figures, side: Side, on: string): Promise<string> {
  const answer = await ask(writerNamed('home PARK ALL'), FIGURES, { id: world.parks[side], on });
  const fingerprint = answer.data?.park?.resumption?.fingerprint;
  must(typeof fingerprint === 'string', answer);
  return fingerprint;
}

const PUBLISH = 'mutation ($input: PublishDayInput!) { publishDay(input: $input) { userErrors { code message } } }';

/** Publishes a day on the day after it, so that it is closed by now. */
async function publishClosed({ system, world }: Figures, side: Side, on: string, seen: string): Promise<void> {
  const execute = system.serve('enterprises', createEnterprisesSubgraph);
  const answer = await execute(
    PUBLISH,
    { input: { idempotencyKey: `publish-${side}`, park: world.parks[side], on, seen } },
    {
      viewer: {
        kind: 'officer',
        person: 'earlier',
        agency: 'PARK',
        zone: world.zones[side],
        roles: ['PUBLISH_FIGURES'],
      },
      now: new Date(`${addDays(on, 1)}T02:00:00.000Z`),
    },
  );
  must(answer.data?.publishDay?.userErrors.length === 0, answer);
}

const PROPOSE = `mutation ($input: ProposeBackfillInput!) { proposeBackfill(input: $input) {
  proposal { id version } userErrors { code message } } }`;

async function propose({ ask, world }: Figures, side: Side, day: { readonly on: string; readonly seen: string }) {
  const input = { idempotencyKey: `propose-${side}`, park: world.parks[side], reason: 'Backfill', days: [day] };
  const answer = await ask(writerNamed(`${side} PARK ALL`), PROPOSE, { input });
  const proposal = answer.data?.proposeBackfill?.proposal;
  must(proposal, answer);
  return proposal as { id: string; version: number };
}

function must(holds: unknown, answer: unknown): void {
  if (!holds) throw new Error(`the world could not be made: ${JSON.stringify(answer)}`);
}
