import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import type { OfficerRole, Viewer } from '../../src/domain/viewer.ts';
import { createTalentSubgraph } from '../../src/resolvers/talent/index.ts';
import { caseTypeItems, TALENT_APARTMENT } from '../fixtures/case-types.ts';
import { type Execute, startTestSystem, type TestSystem } from '../harness.ts';

/** What may be done with a case, as the applicant, an officer and another agency read it. */

let system: TestSystem;
let talent: Execute;

beforeAll(async () => {
  system = await startTestSystem();
  talent = system.serve('talent', createTalentSubgraph);
  const [contract] = TALENT_APARTMENT.requiredDocuments;
  const optional = { ...TALENT_APARTMENT, requiredDocuments: [{ ...contract!, required: false }] };
  await system.write('talent', caseTypeItems(optional));
});
afterAll(() => system.stop());

const APPLICANT: Viewer = { kind: 'applicant', person: 'a-1' };
const officer = (agency: 'PARK' | 'HOUSING', ...roles: OfficerRole[]): Viewer => ({
  kind: 'officer',
  person: `o-${agency}`,
  agency,
  zone: 'zone_teda',
  roles,
});

let keys = 0;

async function mutate(viewer: Viewer, name: string, input: object) {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { case { id } userErrors { message } } }`;
  const whole = { idempotencyKey: `action-step-${keys++}`, ...input };
  const { data, errors } = await talent(query, { input: whole }, { viewer });
  expect([errors, data?.[name].userErrors]).toEqual([undefined, []]);
  return data[name].case.id as string;
}

interface ActionAnswer {
  readonly kind: string;
  readonly mutation: string;
  readonly by: string;
  readonly yours: boolean;
  readonly missing: readonly { readonly message: string }[];
}

async function actionsOf(viewer: Viewer, id: string): Promise<readonly ActionAnswer[]> {
  const query = `{ case(id: "${id}") { actions { kind label(locale: EN) mutation by yours missing { code message } } } }`;
  const { data, errors } = await talent(query, {}, { viewer });
  expect(errors).toBeUndefined();
  return data.case.actions;
}

const yours = (actions: readonly ActionAnswer[]) => actions.filter((one) => one.yours).map(({ kind }) => kind);

test('each side reads what it may do, and what is missing for it', async () => {
  const id = await mutate(APPLICANT, 'openCase', {
    caseType: TALENT_APARTMENT.id,
    zone: 'zone_teda',
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 1), phone: '10012345678' },
    relation: 'SELF',
  });
  const draft = await actionsOf(APPLICANT, id);
  // No document of another zone is in use, so there is no consent to withdraw.
  expect(yours(draft)).toEqual(['SUPPLY_DOCUMENT', 'USE_VERIFIED', 'SUBMIT', 'CONSENT', 'WITHDRAW']);
  expect(draft.find(({ kind }) => kind === 'RECOMMEND')).toMatchObject({ by: 'EMPLOYER', yours: false });
  // The dwelling is not stated, which a term of the case type needs.
  expect(draft.find(({ kind }) => kind === 'SUBMIT')?.missing).toHaveLength(1);
  expect(draft.find(({ kind }) => kind === 'CONSENT')?.missing).toEqual([
    expect.objectContaining({ message: 'The case concerns no child.' }),
  ]);
  expect(yours(await actionsOf({ kind: 'caseHolder', caseId: id }, id))).toEqual(['SUPPLY_DOCUMENT', 'SUBMIT']);

  const other = await mutate(APPLICANT, 'openCase', {
    caseType: TALENT_APARTMENT.id,
    zone: 'zone_teda',
    applicant: { name: '张某某', idNumber: syntheticResidentId('1988-02-03', 1), phone: '10012345678' },
    relation: 'SELF',
    ownsDwelling: false,
  });
  await mutate(APPLICANT, 'submitCase', { case: other });
  const receiver = officer('PARK', 'RECEIVE');
  expect(yours(await actionsOf(receiver, other))).toEqual([
    'ACCEPT',
    'DECLINE',
    'REQUEST_SUPPLEMENT',
    'VERIFY_IDENTITY',
    'TRANSFER',
  ]);
  expect(yours(await actionsOf(APPLICANT, other))).toEqual(['WITHDRAW']);
  await mutate(receiver, 'acceptCase', { case: other, version: 2 });
  await mutate(officer('HOUSING', 'REVIEW'), 'startReview', { case: other, version: 3 });
  const review = await actionsOf(officer('HOUSING', 'REVIEW', 'DECIDE'), other);
  const approve = review.find(({ kind }) => kind === 'APPROVE');
  expect(approve).toMatchObject({ mutation: 'decideCase', by: 'AGENCY', yours: true });
  expect(approve?.missing.map(({ message }) => message)).toEqual([expect.stringMatching(/^Opinions are awaited from/)]);
  await mutate(APPLICANT, 'withdrawCase', { case: other });
  expect(await actionsOf(APPLICANT, other)).toEqual([]);
});
