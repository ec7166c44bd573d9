import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { MAX_TRIES } from '../../src/storage/dynamodb/client/dynamo.ts';
import { erasePerson } from '../../src/storage/talent/people/erase-person.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { announced, pdf, sendTo } from '../fixtures/files.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** Between the file that is kept and the transaction that names it, anything may fail. */

let system: TestSystem;
let talent: Execute;

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  await system.write('talent', caseTypeItems(TALENT_APARTMENT));
});
afterAll(() => system.stop());

let keys = 0;

function mutate(person: string, name: string, input: object, fields: string, patience = 15_000) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} userErrors { code } } }`;
  const viewer: Viewer = { kind: 'applicant', person };
  const whole = { idempotencyKey: `faulty-step-${keys++}`, ...input };
  return talent(query, { input: whole }, { viewer, now: new Date(), deadline: Date.now() + patience });
}

/** A draft, and a file that was sent for it and is not supplied yet. */
async function sentFile(person: string, number: number) {
  const applicant = { name: '张某某', idNumber: syntheticResidentId('1988-02-03', number), phone: '10012345678' };
  const stated = { zone: 'zone_teda', applicant, relation: 'SELF', ownsDwelling: false };
  const opened = await mutate(person, 'openCase', { caseType: TALENT_APARTMENT.id, ...stated }, 'case { id }');
  const caseId: string = opened.data.openCase.case.id;
  const bytes = pdf(person);
  const file = { document: 'employment-contract', fileName: 'contract.pdf', ...announced(bytes) };
  const fields = 'upload { id url method headers { name value } }';
  const { data } = await mutate(person, 'requestUpload', { case: caseId, ...file }, fields);
  const { upload } = data.requestUpload;
  expect(await sendTo(system.uploads, upload, bytes, new Date())).toBe(200);
  const isStored = () =>
    system.uploads.isStored({ caseId, uploadId: upload.id, ...announced(bytes), mediaType: 'application/pdf' });
  const supply = (patience?: number) =>
    mutate(
      person,
      'supplyDocument',
      { idempotencyKey: `supplied-by-${person}`, case: caseId, upload: upload.id },
      'case { version }',
      patience,
    );
  const versions = async () => {
    const query = `{ case(id: "${caseId}") { documents { status versions { version } } } }`;
    const answer = await talent(query, {}, { viewer: { kind: 'applicant', person } });
    return answer.data.case.documents;
  };
  return { supply, isStored, versions };
}

const ASKED = [{ status: 'ASKED', versions: [] }];
const RECEIVED = [{ status: 'RECEIVED', versions: [{ version: 1 }] }];
const DONE = { case: { version: 2 }, userErrors: [] };

test.each<[string, () => void]>([
  ['collides with others, however often it is tried', () => system.dynamo.conflict(100)],
  ['is refused by a busy table', () => system.dynamo.throttle('TransactWrite', 100)],
])('where the transaction %s, the file is kept for nothing, and the same again does it once', async (name, fail) => {
  const { supply, isStored, versions } = await sentFile(`fault-${name.length}`, name.length);
  expect(await isStored()).toBe(false);
  fail();
  const failed = await supply(500);
  expect(failed.data?.supplyDocument ?? null).toBeNull();
  expect(failed.errors).toHaveLength(1);
  expect([await isStored(), await versions()]).toEqual([true, ASKED]);
  system.dynamo.conflict(0);
  system.dynamo.throttle('TransactWrite', 0);
  for (let i = 0; i < 2; i++) {
    const { data, errors } = await supply();
    expect([errors, data.supplyDocument, await versions()]).toEqual([undefined, DONE, RECEIVED]);
  }
});

test.each([1, MAX_TRIES])('where the answer is lost %s times, the version is there once', async (times) => {
  const { supply, versions } = await sentFile(`lost-${times}`, 100 + times);
  const before = system.dynamo.answersLost();
  system.dynamo.loseAnswers(times);
  await supply();
  expect(system.dynamo.answersLost() - before).toBe(times);
  const { data, errors } = await supply();
  expect([errors, data.supplyDocument, await versions()]).toEqual([undefined, DONE, RECEIVED]);
});

test('what was kept for nothing goes with its applicant', async () => {
  const { supply, isStored } = await sentFile('orphan', 200);
  system.dynamo.throttle('TransactWrite', 100);
  await supply(500);
  system.dynamo.throttle('TransactWrite', 0);
  expect(await isStored()).toBe(true);
  await erasePerson(system.talentTable(), 'orphan', new Date());
  expect(await isStored()).toBe(false);
});
