/**
 * Builds the park of the news story in an empty system, by public operations alone: `npm start -- --empty` in one terminal,
 * `npm run example:binhai-zhongguancun` in another. A second run changes nothing.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { config } from '../../src/config.ts';

const ROOT = join(import.meta.dirname, '../..');
const URL = process.argv[2] ?? `http://localhost:${config().port}/graphql`;
const PARK = 'park_binhai-zhongguancun';
/** The days of the story that the park has reports of; the last one is the headline's. */
const DAYS = ['2020-02-10', '2020-02-17', '2020-02-24', '2020-03-02', '2020-03-09', '2020-03-16'];
/** The code of the first enterprise in `enterprises.csv`. */
const FIRST_USCC = '91120116DEM000001K';
/** Tries until a park that was just published is known where enterprises are registered. */
const MAX_TRIES = 20;

const file = (name: string) => join(import.meta.dirname, name);

/** Runs a command of this repository. Returns its status and what it printed. */
function run(command: string, args: readonly string[], token = '') {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(ROOT, 'src/cli', `${command}.ts`), ...args],
    { cwd: ROOT, encoding: 'utf8', env: { ...process.env, BRIDGEHEAD_TOKEN: token } },
  );
  return { ok: status === 0, said: `${stdout}${stderr}`.trim() };
}

function tokenFor(...args: string[]): string {
  const { ok, said } = run('token', args);
  if (!ok) throw new Error(said);
  return said;
}

const officer = (role: string, person = `officer-${role}`) => {
  const place = ['--zone', 'zone_teda', '--agency', 'PARK'];
  return tokenFor('--as', 'officer', '--person', person, ...place, '--roles', role);
};

async function step(name: string, work: () => { readonly ok: boolean; readonly said: string }, tries = 1) {
  for (let left = tries; ; left--) {
    const { ok, said } = work();
    if (ok) {
      console.log(`${name}: ${said}`);
      return;
    }
    if (left === 1) throw new Error(`${name}: ${said}`);
    await sleep(500);
  }
}

/** Asks one operation and returns its data. Throws for any error or refusal. */
async function ask(query: string, variables: object, token: string) {
  const response = await fetch(URL, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ query, variables }),
  });
  // biome-ignore lint/suspicious/noExplicitAny: an answer has the shape of its query, which is a text here.
  const { data, errors }: any = await response.json();
  const refusals = Object.values<{ userErrors?: readonly object[] }>(data ?? {}).flatMap((of) => of?.userErrors ?? []);
  if (errors || refusals.length > 0) throw new Error(JSON.stringify(errors ?? refusals));
  return data;
}

const FIGURES = `query ($park: ID!, $from: Date!, $to: Date!) {
  park(id: $park) { id resumptionSeries(from: $from, to: $to) { on revision fingerprint } }
}`;
const REPORTED = `query ($park: ID!, $on: Date!) { park(id: $park) { id resumption(on: $on) { reported } } }`;
const PROPOSE = `mutation ($input: ProposeBackfillInput!) {
  proposeBackfill(input: $input) { proposal { id version } userErrors { code field message } }
}`;
const ACCEPT = `mutation ($input: DecideFiguresInput!) {
  acceptFigures(input: $input) { proposal { state } userErrors { code field message } }
}`;
const PROPOSAL = `query ($park: ID!) { park(id: $park) { id observationsProposal { version state } } }`;
const ACCEPT_OBSERVATIONS = `mutation ($input: AcceptObservationsInput!) {
  acceptObservations(input: $input) { userErrors { code field message } }
}`;
const ENTERPRISE = `query ($uscc: String!) {
  enterprise(uscc: $uscc) { id version registration tracking { version } }
}`;
const CONFIRM = `mutation ($input: EnterpriseVersionInput!) {
  confirmRegistration(input: $input) { enterprise { id } userErrors { code field message } }
}`;
const ASSIGN = `mutation ($input: AssignTrackingInput!) {
  assignTracking(input: $input) { tracking { version } userErrors { code field message } }
}`;
const REQUEST = `mutation ($input: RequestSupportInput!) {
  requestSupport(input: $input) { request { id } userErrors { code field message } }
}`;
const HEADLINE = `query ($park: ID!, $on: Date!) {
  park(id: $park) { id name resumption(on: $on) {
    production { numerator denominator rate } returnToWork { numerator denominator rate }
  } }
}`;

/** Publishes the days of the series that have no revision yet: one officer proposes them, another person accepts. */
async function publishDays(publisher: string, acceptor: string): Promise<void> {
  const { park } = await ask(FIGURES, { park: PARK, from: DAYS[0], to: DAYS.at(-1) }, publisher);
  const open = park.resumptionSeries.filter(({ revision }: { revision: number | null }) => revision === null);
  if (open.length === 0) return console.log('Publication: all days are published.');
  const { proposeBackfill } = await ask(
    PROPOSE,
    {
      input: {
        idempotencyKey: crypto.randomUUID(),
        park: PARK,
        reason: 'The days of the story, published after the fact.',
        days: open.map(({ on, fingerprint }: { on: string; fingerprint: string }) => ({ on, seen: fingerprint })),
      },
    },
    publisher,
  );
  const { id, version } = proposeBackfill.proposal;
  const input = { idempotencyKey: crypto.randomUUID(), park: PARK, proposal: id, version };
  const { acceptFigures } = await ask(ACCEPT, { input }, acceptor);
  console.log(`Publication: ${open.length} days ${acceptFigures.proposal.state.toLowerCase()}.`);
}

/** Accepts the proposed observations by another person than who proposed them. */
async function acceptObservations(acceptor: string): Promise<void> {
  const { park } = await ask(PROPOSAL, { park: PARK }, acceptor);
  const { version, state } = park.observationsProposal;
  if (state !== 'PROPOSED') return console.log(`Observations: ${state.toLowerCase()}.`);
  const input = { idempotencyKey: crypto.randomUUID(), park: PARK, version };
  await ask(ACCEPT_OBSERVATIONS, { input }, acceptor);
  console.log('Observations: accepted.');
}

/** Lets the park office track an enterprise one to one, and the enterprise's clerk ask for support. */
async function supportEnterprise(uscc: string, tracker: string): Promise<void> {
  const { enterprise } = await ask(ENTERPRISE, { uscc }, tracker);
  const { id, version, registration, tracking } = enterprise;
  const clerk = tokenFor('--as', 'clerk', '--person', 'clerk-of-the-story', '--enterprise', id);
  if (registration !== 'CONFIRMED') {
    await ask(CONFIRM, { input: { idempotencyKey: crypto.randomUUID(), enterprise: id, version } }, clerk);
  }
  if (!tracking) {
    const input = { idempotencyKey: crypto.randomUUID(), enterprise: id, desk: '园区办公室' };
    await ask(ASSIGN, { input }, tracker);
  }
  const need = { amount: '50000000', months: 12 };
  // One request of the story, however often this runs.
  const request = {
    idempotencyKey: `story-support-${uscc}`,
    enterprise: id,
    kind: 'FINANCING',
    channel: 'ONLINE',
    need,
  };
  await ask(REQUEST, { input: request }, clerk);
  console.log(`Support: ${uscc} is tracked and has asked for financing.`);
}

/** Waits until the park's figures hold every report of the last day: they follow the stream of reports, a moment behind. */
async function allAreCounted(token: string): Promise<void> {
  const on = DAYS.at(-1) ?? '';
  const sent = readFileSync(file('reports.csv'), 'utf8').split(`,${on},`).length - 1;
  for (let left = MAX_TRIES * 4; left > 0; left--) {
    const { park } = await ask(REPORTED, { park: PARK, on }, token);
    if (park.resumption?.reported === sent) return;
    await sleep(500);
  }
  throw new Error(`The figures of ${on} do not hold all ${sent} reports yet: run this again.`);
}

const admin = tokenFor('--as', 'admin');
const url = ['--url', URL];
await step('Zones', () => run('import', ['publishZone', file('zones.csv'), ...url], admin));
await step('Parks', () => run('import', ['publishPark', file('parks.csv'), ...url], admin));
await step('Indicators', () => run('import', ['publishIndicator', file('indicators.csv'), ...url], admin));
await step('Policies', () => run('import', ['publishPolicyVersion', file('policies.jsonl'), ...url], admin));
const ofPark = ['--set', `park=${PARK}`, ...url];
const publisher = officer('PUBLISH');
const facilities = ['publishFacilities', file('facilities.csv'), '--rows', 'facilities', ...ofPark];
await step('Facilities', () => run('import', facilities, publisher));
const units = ['publishControlUnits', file('control-units.csv'), '--rows', 'units', ...ofPark];
await step('Control units', () => run('import', units, publisher));
await step('Posts', () => run('import', ['publishPosts', file('posts.jsonl'), ...url], publisher));
const observations = ['proposeObservations', file('observations.jsonl'), '--rows', 'observations', ...ofPark];
await step('Observations', () => run('import', observations, publisher));
await acceptObservations(officer('PUBLISH', 'officer-ACCEPTS'));
const projects = ['openProject', file('projects.csv'), '--set', `park=${PARK}`, ...url];
await step('Projects', () => run('import', projects, publisher), MAX_TRIES);
const enterprises = ['--file', file('enterprises.csv'), '--park', PARK, '--from', '2020-01-01', ...url];
await step('Enterprises', () => run('import-enterprises', enterprises, admin), MAX_TRIES);
await supportEnterprise(FIRST_USCC, officer('TRACK'));
const reports = ['reportOperations', file('reports.csv'), '--rows', 'reports', '--size', '25', ...url];
await step('Reports', () => run('import', reports, officer('REPORT')));
await allAreCounted(admin);
await publishDays(officer('PUBLISH_FIGURES'), officer('ACCEPT_FIGURES'));
const { park } = await ask(HEADLINE, { park: PARK, on: DAYS.at(-1) }, admin);
console.log(JSON.stringify(park, null, 2));
