/** Courses, offers and agreements: announced or proposed from files, and taken up by the other side. */
import { readFileSync } from 'node:fs';
import type { Resident } from './enterprises.ts';
import { ask, officer, PARK, send, sendFile, storyFile } from './public-api.ts';

/** Days from today to the courses, and to the last day of the offers. The files name no day, which would pass. */
const COURSE_IN_DAYS = 14;
const OFFERED_FOR_DAYS = 90;

/** The day in Asia/Shanghai, UTC+8 all year. */
const TODAY = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

const COURSES = `query ($park: ID!) { park(id: $park) { id courses(first: 10) { nodes { id } } } }`;

/** Announces the courses of the file, and enrols staff of an enterprise in the first one. */
export async function holdCourses({ id, clerk }: Resident, office: string): Promise<void> {
  const known = async () => (await ask(COURSES, { park: PARK }, office)).park.courses.nodes;
  if ((await known()).length > 0) return console.log('Courses: announced.');
  const startsAt = ['--set', `startsAt=${inDays(COURSE_IN_DAYS)}`];
  await sendFile({ name: 'Courses', token: office }, 'announceCourse', storyFile('courses.jsonl'), ...startsAt);
  const [{ id: course }] = await known();
  const { enrolment } = await send('clerk/EnrolInCourse', { course, enterprise: id, staff: 12 }, clerk);
  console.log(`Courses: ${enrolment.staff} of an enterprise's staff are enrolled.`);
}

const OFFERS = `query { cooperationOffers(sector: DIGITAL_ECONOMY, first: 10) { nodes { id enterprise { id } } } }`;

/** Publishes the scenarios of the zone and the offers of an enterprise. Another shows interest, and both sides match. */
export async function cooperate(publisher: Resident, interested: Resident, office: string): Promise<void> {
  const known = async () => (await ask(OFFERS, {}, office)).cooperationOffers.nodes;
  if ((await known()).length > 0) return console.log('Offers: published.');
  const validTo = ['--set', `validTo=${inDays(OFFERED_FOR_DAYS).slice(0, 10)}`];
  await sendFile({ name: 'Scenarios', token: office }, 'publishOffer', storyFile('scenarios.jsonl'), ...validTo);
  await sendFile({ name: 'Offers', token: publisher.clerk }, 'publishOffer', storyFile('offers.jsonl'), ...validTo);
  const message = { zh: '希望合作（示例）', ja: '協力を希望（サンプル）', en: 'We would like to take part (sample)' };
  for (const { id, enterprise } of await known()) {
    const of = { offer: id, enterprise: interested.id };
    const { interest } = await send('clerk/ShowInterest', { ...of, message }, interested.clerk);
    const side = enterprise ? publisher.clerk : office;
    await send('clerk/AcceptInterest', { ...of, version: interest.version }, side);
  }
  console.log('Offers: each has found an enterprise.');
}

const AGREEMENTS = `query { agreements(zone: "zone_teda", first: 10) { nodes {
  id version parties { zone { id } signedOn }
} } }`;

/** Proposes the agreements of the file for TEDA, and signs each for the other parties. */
export async function concludeAgreements(proposer: string): Promise<void> {
  const known = async () => (await ask(AGREEMENTS, {}, proposer)).agreements.nodes;
  if ((await known()).length > 0) return console.log('Agreements: proposed.');
  await sendFile({ name: 'Agreements', token: proposer }, 'proposeAgreement', storyFile('agreements.jsonl'));
  for (let agreement of await known()) {
    for (const { zone, signedOn } of agreement.parties) {
      if (signedOn !== null) continue;
      const signer = await officer('PUBLISH', { person: `officer-of-${zone.id}`, zone: zone.id });
      const input = { agreement: agreement.id, version: agreement.version };
      ({ agreement } = await send('officer/SignAgreement', input, signer));
    }
  }
  console.log('Agreements: signed by all parties.');
}

const COVERED = `query { agreements(zone: "zone_teda", first: 10) { nodes {
  id purposes parties { zone { id } } coverages { id }
} } }`;

const RECOGNISED = `query {
  agreements(zone: "zone_teda", first: 10) { nodes { id purposes parties { zone { id } } } }
  zone(code: "teda") { id recognitions(direction: IN) { id } }
}`;

/** Opens policies to the zones of the file, under the agreements that were signed, from today on. */
export async function coverPolicies(reader: string): Promise<void> {
  const { agreements } = await ask(COVERED, {}, reader);
  if (agreements.nodes.some(({ coverages }: { coverages: readonly object[] }) => coverages.length > 0)) {
    return console.log('Coverages: added.');
  }
  const lines = readFileSync(storyFile('coverages.jsonl'), 'utf8').trim().split('\n');
  for (const { from, ...coverage } of lines.map((line) => JSON.parse(line))) {
    const zones = [from, coverage.toZone];
    const { id: agreement } = agreements.nodes.find(
      ({ parties, purposes }: { parties: readonly { zone: { id: string } }[]; purposes: readonly string[] }) =>
        purposes.includes('POLICY_COVERAGE') && zones.every((id) => parties.some(({ zone }) => zone.id === id)),
    );
    const giver = await officer('PUBLISH', { person: `officer-of-${from}`, zone: from });
    await send('officer/AddCoverage', { agreement, ...coverage, validFrom: TODAY }, giver);
  }
  console.log(`Coverages: ${lines.length} policies reach other zones.`);
}

/** Lets zones recognise what others have granted, by the file, under the agreements that were signed, from today on. */
export async function recogniseQualifications(reader: string): Promise<void> {
  const { agreements, zone } = await ask(RECOGNISED, {}, reader);
  if (zone.recognitions.length > 0) return console.log('Recognitions: given.');
  const lines = readFileSync(storyFile('recognitions.jsonl'), 'utf8').trim().split('\n');
  for (const { by, ...recognition } of lines.map((line) => JSON.parse(line))) {
    const zones = [by, recognition.ofZone];
    const { id: agreement } = agreements.nodes.find(
      ({ parties, purposes }: { parties: readonly { zone: { id: string } }[]; purposes: readonly string[] }) =>
        purposes.includes('RECOGNITION') && zones.every((id) => parties.some((party) => party.zone.id === id)),
    );
    const giver = await officer('PUBLISH', { person: `officer-of-${by}`, zone: by });
    await send('officer/RecogniseQualification', { agreement, ...recognition, validFrom: TODAY }, giver);
  }
  console.log(`Recognitions: ${lines.length} kinds of other zones count.`);
}

const CONTROL = `query ($park: ID!) { park(id: $park) { id posts { agreed unit { id postsVersion } } } }`;

/** Lets the police station man the posts that the park office asks of it. */
export async function agreeToPosts(reader: string): Promise<void> {
  const { park } = await ask(CONTROL, { park: PARK }, reader);
  const police = await officer('PUBLISH', { person: 'officer-police', agency: 'PSB' });
  for (const { agreed, unit } of park.posts) {
    if (agreed !== null || !unit.id.endsWith('--police-station')) continue;
    await send('officer/AnswerJointControl', { unit: unit.id, version: unit.postsVersion, agrees: true }, police);
  }
  console.log('Joint control: the police station mans its posts.');
}
