import { createHash } from 'node:crypto';
import { canonical } from '../../src/domain/canonical.ts';
import { residentIdCheckCharacter, syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { ScanCommand } from '../../src/storage/dynamodb/client/dynamo.ts';
import { mutationText } from '../fixtures/case-mutation.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** Whoever has a copy of every table learns no identity number from it, even by trying all that a masked form leaves. */

let system: TestSystem;
let ask: Execute;

beforeAll(async () => {
  system = await startTestSystem();
  await system.write('talent', caseTypeItems(TALENT_APARTMENT));
  ask = system.serve('talent', createTalentSubgraph);
});
afterAll(() => system.stop());

const viewer = { kind: 'applicant', person: 'applicant-1' } as const;
const ID_NUMBER = syntheticResidentId('1988-02-03', 12);
const INPUT = {
  idempotencyKey: 'the-key-of-the-case',
  caseType: TALENT_APARTMENT.id,
  zone: 'zone_teda',
  applicant: { name: '张某某', idNumber: ID_NUMBER, phone: '10012345678' },
  relation: 'SELF',
};

/** Every text in every item of every table, and the parts of keys. */
async function textsAtRest(): Promise<Set<string>> {
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === 'string') for (const text of [value, ...value.split(/[#/ ]/)]) texts.add(text);
    else if (typeof value === 'object' && value !== null) Object.entries(value).flat().forEach(collect);
  };
  for (const name of Object.values(system.connection.tables)) {
    const { Items = [] } = await system.connection.dynamo.send(new ScanCommand({ TableName: name }));
    Items.forEach(collect);
  }
  return texts;
}

/** All numbers of a few regions that have the first three and the last four characters of the masked form. */
function* candidates(masked: string): Generator<string> {
  for (let at = Date.UTC(1900, 0, 1); at < Date.UTC(2026, 11, 1); at += 86_400_000) {
    const day = new Date(at).toISOString().slice(0, 10).replaceAll('-', '');
    for (const region of ['001', '100', '999']) {
      const body = `${masked.slice(0, 3)}${region}${day}${masked.slice(-4, -1)}`;
      if (residentIdCheckCharacter(body) === masked.slice(-1)) yield `${body}${masked.slice(-1)}`;
    }
  }
}

/** What a system might have hashed that knows the number: alone, or in what the applicant sent. */
function texts(idNumber: string): string[] {
  const { idempotencyKey, ...rest } = INPUT;
  const applicant = { ...INPUT.applicant, idNumber };
  return [
    idNumber,
    canonical(applicant),
    canonical({ ...rest, applicant }),
    canonical({ idempotencyKey, ...rest, applicant }),
    JSON.stringify({ ...rest, applicant }),
  ];
}

function isAtRest(text: string, atRest: Set<string>): boolean {
  return ['sha256', 'md5'].some((algorithm) => {
    const hash = createHash(algorithm).update(text).digest();
    return (['hex', 'base64', 'base64url'] as const).some((encoding) => atRest.has(hash.toString(encoding)));
  });
}

test('no hash at rest is that of an identity number or of what came with it', async () => {
  const { data } = await ask(mutationText('openCase', 'case { id }'), { input: INPUT }, { viewer, now: NOW });
  expect(data.openCase.userErrors).toEqual([]);
  const atRest = await textsAtRest();
  const masked = [...atRest].filter((text) => /^999\*+\w{4}$/.test(text));
  expect(masked).toHaveLength(1);
  // What is looked for could be found: the hash of what is stored as it is, if it were stored as a hash.
  expect(isAtRest('looked for', new Set([createHash('sha256').update('looked for').digest('base64url')]))).toBe(true);

  const all = [...candidates(masked[0]!)];
  expect(all).toContain(ID_NUMBER);
  expect(all.length).toBe(12_642);
  expect(all.filter((idNumber) => texts(idNumber).some((text) => isAtRest(text, atRest)))).toEqual([]);
});

test('of a name the first character alone is at rest', async () => {
  const atRest = await textsAtRest();
  expect(atRest).toContain('张*');
  expect([...atRest].filter((text) => /张.*某/.test(text))).toEqual([]);
});
