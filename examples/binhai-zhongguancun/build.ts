/**
 * Builds the park of the news story in an empty system, by public operations alone: `npm start -- --empty` in one terminal,
 * `npm run example:binhai-zhongguancun` in another. A second run changes nothing.
 */
import {
  agreeToPosts,
  concludeAgreements,
  cooperate,
  coverPolicies,
  holdCourses,
  recogniseQualifications,
} from './cooperation.ts';
import { answerDirectives, confirmedResidents, mendFindings, stateHoldings, supportEnterprise } from './enterprises.ts';
import { acceptObservations, allAreCounted, HEADLINE_DAY, publishDays } from './figures.ts';
import { admin as adminToken, ask, officer, PARK, sendFile, storyFile } from './public-api.ts';
import { relocateFirm } from './relocations.ts';

const RESULT = `query ($park: ID!, $on: Date!) {
  park(id: $park) {
    id name
    resumption(on: $on) { production { numerator denominator rate } returnToWork { numerator denominator rate } }
    directives(first: 10) { nodes { number compliance { complied office { state } } } }
    courses(first: 10) { nodes { capacity free } }
  }
  cooperationOffers(sector: DIGITAL_ECONOMY, first: 10) { nodes { kind interests(first: 10) { nodes { state } } } }
  agreements(zone: "zone_teda", first: 10) { nodes { kind status coverages { subject } } }
}`;
const FINDINGS = `query ($park: ID!) {
  park(id: $park) { id inspections(first: 10) { nodes { inspectedOn findings { code state } } } }
}`;
const ISSUED = `query ($park: ID!) { park(id: $park) { id directives(first: 1) { nodes { id } } } }`;

const admin = await adminToken();
const publisher = await officer('PUBLISH');
const tracker = await officer('TRACK');
const ofPark = ['--set', `park=${PARK}`];
const byAdmin = (name: string) => ({ name, token: admin });
const byOffice = (name: string) => ({ name, token: publisher });

await sendFile(byAdmin('Zones'), 'publishZone', storyFile('zones.csv'));
await sendFile(byAdmin('Parks'), 'publishPark', storyFile('parks.csv'));
await sendFile(byAdmin('Indicators'), 'publishIndicator', storyFile('indicators.csv'));
await sendFile(byAdmin('Policies'), 'publishPolicyVersion', storyFile('policies.jsonl'));
const facilities = ['publishFacilities', storyFile('facilities.csv'), '--rows', 'facilities', ...ofPark];
await sendFile(byOffice('Facilities'), ...facilities);
const units = ['publishControlUnits', storyFile('control-units.csv'), '--rows', 'units', ...ofPark];
await sendFile(byOffice('Control units'), ...units);
await sendFile(byOffice('Posts'), 'publishPosts', storyFile('posts.jsonl'));
await agreeToPosts(admin);
const observations = ['proposeObservations', storyFile('observations.jsonl'), '--rows', 'observations', ...ofPark];
await sendFile(byOffice('Observations'), ...observations);
await acceptObservations(await officer('PUBLISH', { person: 'officer-ACCEPTS' }));
await sendFile(byOffice('Projects'), 'openProject', storyFile('projects.csv'), ...ofPark);
await concludeAgreements(publisher);
await coverPolicies(publisher);
await recogniseQualifications(publisher);

const enterprises = ['--file', storyFile('enterprises.csv'), '--park', PARK, '--from', '2020-01-01'];
await sendFile({ name: 'Enterprises', token: admin, command: 'import-enterprises' }, ...enterprises);
await stateHoldings(await officer('REGISTER'));
const [first, second] = await confirmedResidents(tracker);
await supportEnterprise(first, tracker);
if ((await ask(ISSUED, { park: PARK }, admin)).park.directives.nodes.length === 0) {
  await sendFile(byAdmin('Directives'), 'issueDirective', storyFile('directives.jsonl'));
}
await answerDirectives(first, publisher);
await sendFile({ name: 'Inspections', token: tracker }, 'recordInspection', storyFile('inspections.jsonl'));
await mendFindings(second, tracker);
await holdCourses(second, publisher);
await cooperate(first, second, publisher);
await relocateFirm();

const reports = ['reportOperations', storyFile('reports.csv'), '--rows', 'reports', '--size', '25'];
await sendFile({ name: 'Reports', token: await officer('REPORT') }, ...reports);
await allAreCounted(admin);
await publishDays(await officer('PUBLISH_FIGURES'), await officer('ACCEPT_FIGURES'));
const result = await ask(RESULT, { park: PARK, on: HEADLINE_DAY }, admin);
const { inspections } = (await ask(FINDINGS, { park: PARK }, tracker)).park;
console.log(JSON.stringify({ ...result, inspections }, null, 2));
