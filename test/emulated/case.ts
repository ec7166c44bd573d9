import { dayInShanghai } from '../../src/domain/calendar/day.ts';
import { STATUTORY_LIMITS } from '../../src/domain/calendar/deadline.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { announced, pdf, send } from '../fixtures/files.ts';
import { type Api, type Caller, officer, PARENT, ZONE } from './api.ts';

const CASE_TYPE = 'ctype_emulated-school';
const DOCUMENT = 'household-book';
const text = (en: string) => ({ zh: en, ja: en, en });

/** Publishes the type of the cases, as an officer of the zone. */
export async function publishCaseType(api: Api): Promise<void> {
  const steps = ['SUPPLEMENT_NOTICE', 'DECISION', 'DELIVERY', 'RECONSIDERATION'] as const;
  const limits = steps.map((step) => {
    const { count, unit } = STATUTORY_LIMITS[step];
    return { step, promised: count, statutory: count, unit };
  });
  const caseType = {
    caseType: CASE_TYPE,
    kind: 'SCHOOLING',
    route: 'PRIMARY_SCHOOL',
    name: text('A primary school'),
    requiredDocuments: [{ code: DOCUMENT, name: text('Household book'), required: true }],
    opinionsFrom: ['EDU'],
    limits,
    retentionYears: 10,
  };
  await api.does(officer('PUBLISH'), 'publishCaseType', caseType, 'caseType { id }');
}

export interface OpenedCase {
  readonly id: string;
  readonly receiptNumber: string;
  readonly receiptSecret: string;
}

/** Opens a case of a child who is eight. */
export async function openCase(api: Api, by: Caller = PARENT, zone = ZONE): Promise<OpenedCase> {
  const year = Number(dayInShanghai(new Date()).slice(0, 4));
  const application = {
    caseType: CASE_TYPE,
    zone,
    park: 'park_binhai-zhongguancun',
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 77), phone: '10012345678' },
    relation: 'CHILD',
    child: { bornOn: `${year - 8}-01-15` },
    residenceZone: ZONE,
  };
  const fields = 'case { id receiptNumber } receiptSecret';
  const { case: opened, receiptSecret } = await api.does(by, 'openCase', application, fields);
  return { ...opened, receiptSecret };
}

/** Sends a document of a case to the bucket. Returns the upload's id and the HTTP status of the bucket. */
export async function upload(api: Api, id: string): Promise<{ id: string; status: number }> {
  const bytes = pdf(DOCUMENT);
  const file = { case: id, document: DOCUMENT, fileName: `${DOCUMENT}.pdf`, ...announced(bytes) };
  const fields = 'upload { id url method headers { name value } }';
  const asked = (await api.does(PARENT, 'requestUpload', file, fields)).upload;
  return { id: asked.id, status: await send(asked, bytes) };
}

/** Takes a case from its documents to the place that is delivered. */
export async function takeToDelivery(api: Api, id: string): Promise<void> {
  await api.does(PARENT, 'giveConsent', { case: id });
  const sent = await upload(api, id);
  if (sent.status !== 200) throw new Error(`The bucket answered ${sent.status}.`);
  await api.does(PARENT, 'supplyDocument', { case: id, upload: sent.id });
  await api.does(PARENT, 'submitCase', { case: id });
  let version = 4;
  const acts = async (by: ReturnType<typeof officer>, name: string, input: object = { version }) => {
    await api.does(by, name, { case: id, ...input });
    version += 1;
  };
  await acts(officer('RECEIVE', 'PARK'), 'acceptCase');
  await acts(officer('REVIEW'), 'startReview');
  await acts(officer('REVIEW'), 'giveOpinion', { verdict: 'AGREE' });
  await acts(officer('DECIDE'), 'decideCase', { version, approved: true });
  const schoolPlace = { schoolName: { zh: '示例小学', en: 'Sample School' }, schoolYear: 2026 };
  const result = { documentSha256: 'ab'.repeat(32), outcome: { schoolPlace } };
  await acts(officer('DECIDE'), 'deliverResult', { version, ...result });
}

/** Asks for a case's state as its applicant. */
export async function stateOf(api: Api, id: string, by: Caller = PARENT): Promise<string | undefined> {
  const { data } = await api.answer('query ($id: ID!) { case(id: $id) { state } }', { id }, by);
  return data?.case?.state;
}
