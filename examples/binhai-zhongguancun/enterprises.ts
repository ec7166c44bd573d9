/** The dealings of single enterprises of the story with the park's office. */
import { ask, clerkOf, PARK, send, sendFile, storyFile } from './public-api.ts';

/** Enterprises of the story, by the first codes in `enterprises.csv`. */
const USCCS = ['91120116DEM000001K', '91120116DEM000002N'] as const;

const ENTERPRISE = `query ($uscc: String!) {
  enterprise(uscc: $uscc) { id version registration tracking { version } }
}`;
const HOLDINGS = `query ($uscc: String!) { enterprise(uscc: $uscc) { id qualifications { kind } } }`;

/** An enterprise with a token of its clerk. */
export interface Resident {
  readonly id: string;
  readonly clerk: string;
}

/** Lets clerks confirm their enterprises' registrations. Returns the enterprises. */
export async function confirmedResidents(reader: string): Promise<readonly [Resident, Resident]> {
  const confirm = async (uscc: string): Promise<Resident> => {
    const { id, version, registration } = (await ask(ENTERPRISE, { uscc }, reader)).enterprise;
    const clerk = await clerkOf(id);
    if (registration !== 'CONFIRMED') await send('clerk/ConfirmRegistration', { enterprise: id, version }, clerk);
    return { id, clerk };
  };
  return [await confirm(USCCS[0]), await confirm(USCCS[1])];
}

/** States qualifications, sites and supply links of newly imported enterprises, once. */
export async function stateHoldings(registrar: string): Promise<void> {
  const { enterprise } = await ask(HOLDINGS, { uscc: '91120116DEM0000050' }, registrar);
  if (enterprise.qualifications.length > 0) return console.log('Holdings: stated.');
  for (const [mutation, file] of [
    ['recordQualification', 'qualifications.csv'],
    ['recordSupplyLink', 'supply-links.csv'],
    // A site fills a gap that the links show.
    ['recordSite', 'sites.csv'],
  ] as const) {
    await sendFile({ name: `Holdings, ${mutation}`, token: registrar }, mutation, storyFile(file));
  }
}

/** Lets the park office track an enterprise one to one, and support it from its request to its rating. */
export async function supportEnterprise({ id, clerk }: Resident, tracker: string): Promise<void> {
  const { enterprise } = await ask(ENTERPRISE, { uscc: USCCS[0] }, tracker);
  if (!enterprise.tracking) await send('officer/AssignTracking', { enterprise: id, desk: '园区办公室' }, tracker);
  const { node } = await ask(SUPPORT, { id }, clerk);
  if (node.supportRequests.nodes.length > 0) return console.log('Support: the enterprise has been supported.');
  const need = { amount: '50000000', months: 12 };
  let { request } = await send(
    'clerk/RequestSupport',
    { enterprise: id, kind: 'FINANCING', channel: 'ONLINE', need },
    clerk,
  );
  const [today = ''] = new Date(Date.now() + SHANGHAI_OFFSET_MS).toISOString().split('T');
  const outcome = { zh: '已了解需求并登记', ja: '要望を聞き取り登録した', en: 'Need heard and registered' };
  const answer = { zh: '已转介金融机构', ja: '金融機関へ紹介した', en: 'Referred to a financial institution' };
  for (const [document, more, token] of [
    ['officer/TakeSupportRequest', {}, tracker],
    ['officer/LogVisit', { on: today, channel: 'ONLINE', outcome }, tracker],
    ['officer/AnswerSupportRequest', { answer }, tracker],
    ['officer/CloseSupportRequest', {}, tracker],
    ['clerk/RateSupportRequest', { rating: 5 }, clerk],
  ] as const) {
    ({ request } = await send(document, { request: request.id, version: request.version, ...more }, token));
  }
  console.log(`Support: asked for, given and ${request.status.toLowerCase()}.`);
}

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;
const SUPPORT = `query ($id: ID!) { node(id: $id) { ... on Enterprise { id supportRequests(first: 1) { nodes { id } } } } }`;

const DIRECTIVES = `query ($park: ID!) {
  park(id: $park) { id directives(first: 10) { nodes { id version audience compliance { complied office { state } } } } }
}`;
const PROOF = {
  zh: '已按要求落实（示例）',
  ja: '要求どおり実施した（サンプル）',
  en: 'Carried out as required (sample)',
};

/** Answers every directive, for an enterprise and for the park's office: seen, then complied with. */
export async function answerDirectives({ id, clerk }: Resident, office: string): Promise<void> {
  const { park } = await ask(DIRECTIVES, { park: PARK }, office);
  for (const directive of park.directives.nodes) {
    const of = { directive: directive.id, directiveVersion: directive.version, park: PARK };
    const [{ complied, office: answered }] = directive.compliance;
    for (const [document, addressee, token, isDone] of [
      ['clerk/AnswerDirective', { enterprise: id }, clerk, complied > 0],
      ['officer/AnswerDirectiveForPark', {}, office, answered !== null],
    ] as const) {
      if (isDone) continue;
      await send(document, { ...of, ...addressee, state: 'ACKNOWLEDGED' }, token);
      await send(document, { ...of, ...addressee, version: 1, state: 'COMPLIED', proof: PROOF }, token);
    }
  }
  console.log(`Directives: ${park.directives.nodes.length} answered by an enterprise and by the park's office.`);
}

const INSPECTIONS = `query ($park: ID!) {
  park(id: $park) { id inspections(first: 10) { nodes {
    id version enterprise { id } findings { code state }
  } } }
}`;

/** Lets an enterprise report its findings mended, and the office that inspected accept the mending. */
export async function mendFindings({ id, clerk }: Resident, inspector: string): Promise<void> {
  const { park } = await ask(INSPECTIONS, { park: PARK }, inspector);
  const proof = { zh: '已整改（示例）', ja: '改善済み（サンプル）', en: 'Mended (sample)' };
  for (let inspection of park.inspections.nodes) {
    if (inspection.enterprise?.id !== id) continue;
    for (const { code, state } of inspection.findings) {
      if (state !== 'OPEN') continue;
      const of = () => ({ inspection: inspection.id, version: inspection.version, finding: code });
      ({ inspection } = await send('clerk/ReportMended', { ...of(), proof }, clerk));
      ({ inspection } = await send('officer/DecideMending', { ...of(), accepts: true }, inspector));
    }
  }
  console.log(`Inspections: ${park.inspections.nodes.length} recorded, the findings of one enterprise mended.`);
}
