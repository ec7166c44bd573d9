/** The two rates of the story's days, from reports to published figures. */
import { readFileSync } from 'node:fs';
import { ask, PARK, send, storyFile, until } from './public-api.ts';

/** The days of the story that the park has reports of; the last one is the headline's. */
const DAYS = ['2020-02-10', '2020-02-17', '2020-02-24', '2020-03-02', '2020-03-09', '2020-03-16'];
export const HEADLINE_DAY = '2020-03-16';

const FIGURES = `query ($park: ID!, $from: Date!, $to: Date!) {
  park(id: $park) { id resumptionSeries(from: $from, to: $to) { on revision fingerprint } }
}`;
const REPORTED = `query ($park: ID!, $on: Date!) { park(id: $park) { id resumption(on: $on) { reported } } }`;
const PROPOSAL = `query ($park: ID!) { park(id: $park) { id observationsProposal { version state } } }`;

/** Waits until the park's figures hold every report of the last day. */
export function allAreCounted(token: string): Promise<void> {
  const sent = readFileSync(storyFile('reports.csv'), 'utf8').split(`,${HEADLINE_DAY},`).length - 1;
  return until(`The figures of ${HEADLINE_DAY} do not hold all ${sent} reports yet`, async () => {
    const { park } = await ask(REPORTED, { park: PARK, on: HEADLINE_DAY }, token);
    return park.resumption?.reported === sent;
  });
}

/** Publishes the days of the series that have no revision yet: one officer proposes them, another person accepts. */
export async function publishDays(publisher: string, acceptor: string): Promise<void> {
  const { park } = await ask(FIGURES, { park: PARK, from: DAYS[0], to: HEADLINE_DAY }, publisher);
  const open = park.resumptionSeries.filter(({ revision }: { revision: number | null }) => revision === null);
  if (open.length === 0) return console.log('Publication: all days are published.');
  const backfill = {
    park: PARK,
    reason: 'The days of the story, published after the fact.',
    days: open.map(({ on, fingerprint }: { on: string; fingerprint: string }) => ({ on, seen: fingerprint })),
  };
  const { id, version } = (await send('officer/ProposeBackfill', backfill, publisher)).proposal;
  const { proposal } = await send('officer/AcceptFigures', { park: PARK, proposal: id, version }, acceptor);
  console.log(`Publication: ${open.length} days ${proposal.state.toLowerCase()}.`);
}

/** Accepts the proposed observations by another person than who proposed them. */
export async function acceptObservations(acceptor: string): Promise<void> {
  const { park } = await ask(PROPOSAL, { park: PARK }, acceptor);
  const { version, state } = park.observationsProposal;
  if (state !== 'PROPOSED') return console.log(`Observations: ${state.toLowerCase()}.`);
  await send('officer/AcceptObservations', { park: PARK, version }, acceptor);
  console.log('Observations: accepted.');
}
