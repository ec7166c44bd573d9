import { readItem } from '../../src/storage/dynamodb/read.ts';
import { talentKeys } from '../../src/storage/tables.ts';
import { fileOfVersion } from '../../src/storage/talent/documents/documents.ts';
import { type DocumentVersionItem, documentVersionItem } from '../../src/storage/talent/documents/items.ts';
import { openPeople } from '../../src/storage/talent/people/people.ts';
import { announced, pdf, sendTo } from '../fixtures/files.ts';
import type { TestSystem } from '../harness.ts';
import { EVERYBODY } from './callers.ts';
import type { Asking } from './crawl.ts';
import type { Names } from './names.ts';
import { CASE_TYPE_IDS, DOCUMENT, type RarePerson, type TalentWorld } from './talent-world.ts';

const OPENING = `mutation ($input: OpenCaseInput!) { openCase(input: $input) {
  case { id receiptNumber applicant { name idNumber phone } beneficiary { relation label } timeline { label } }
  receiptSecret
  userErrors { code field message }
} }`;

const OPENING_OF_STRANGER = `mutation ($input: OpenCaseInput!) { openCase(input: $input) {
  case { identity { state verifiedBy } timeline { label } }
  userErrors { code field message }
} }`;

/** Each of the two applicants opens a case with all that is asked of them, twice with one key: from then on they are kept. */
export async function openCases(
  asking: Asking,
  names: Names,
  { applicant, otherApplicant }: TalentWorld,
): Promise<void> {
  for (const [who, person, side] of [
    ['applicant', applicant, 'home'],
    ['otherApplicant', otherApplicant, 'away'],
  ] as const) {
    const input = openingOf(person, names.zones[side], names);
    for (let i = 0; i < 2; i++) {
      const { body } = await asking({ who, through: 'openCase', isOwner: true }, OPENING, { input });
      if (!body.includes('"userErrors":[]')) throw new Error(`${who} could open no case: ${body}`);
    }
    // A stranger who sends the same opens a case of their own: what they sent themselves isn't asked back.
    await asking({ who: 'stranger', through: 'openCase' }, OPENING_OF_STRANGER, { input });
  }
}

const UPLOAD = `mutation ($input: RequestUploadInput!) { requestUpload(input: $input) {
  upload { id url method headers { name value } }
  userErrors { code field message }
} }`;

/** The applicant says which file they will send for a draft. */
export async function announceFile(asking: Asking, names: Names, { fileName }: TalentWorld): Promise<void> {
  const input = {
    idempotencyKey: 'announced-once',
    case: names.askedCases.get('draft'),
    document: DOCUMENT.code,
    fileName,
    mediaType: 'application/pdf',
    size: 1_000,
    sha256: 'ab'.repeat(32),
  };
  const { body } = await asking({ who: 'applicant', through: 'requestUpload' }, UPLOAD, { input });
  if (!body.includes('"userErrors":[]')) throw new Error(`no file could be announced: ${body}`);
}

const RENEWAL = `mutation ($input: RenewReceiptSecretInput!) { renewReceiptSecret(input: $input) {
  receiptSecret
  userErrors { code field message }
} }`;

/** The applicant has the secret of a draft made anew. */
export async function renewSecret(asking: Asking, names: Names): Promise<void> {
  const input = { idempotencyKey: 'renewed-once', case: names.askedCases.get('draft') };
  const asked = { who: 'applicant', through: 'renewReceiptSecret', isOwner: true } as const;
  const { body } = await asking(asked, RENEWAL, { input });
  if (!body.includes('"userErrors":[]')) throw new Error(`no secret could be renewed: ${body}`);
}

/** The home case's file is kept, and its name by its applicant's key: they have one since they opened a case. */
export async function keepFile(system: TestSystem, names: Names, { keptFileName }: TalentWorld): Promise<void> {
  const caseId = names.askedCases.get('home case') ?? '';
  const table = system.talentTable();
  const key = talentKeys.documentVersion(caseId, DOCUMENT.code, 1);
  const version = await readItem<DocumentVersionItem>(table, key);
  const sealed = await openPeople(table).sealInto(names.persons.applicant!, key, { fileName: keptFileName });
  if (!version || !sealed) throw new Error('the home case has no file, or its applicant no key');
  await system.write('talent', [documentVersionItem(caseId, { ...version, sealed })]);
  const bytes = pdf('kept');
  const file = { ...fileOfVersion(version), ...announced(bytes), mediaType: 'application/pdf' } as const;
  const { url, headers } = await system.uploads.target(file, new Date(Date.now() + 60_000));
  const sent = Object.entries(headers).map(([name, value]) => ({ name, value }));
  const status = await sendTo(system.uploads, { url, headers: sent }, bytes, new Date());
  if (status !== 200) throw new Error(`the home case's file was not taken: ${status}`);
  await system.uploads.store(file);
}

function openingOf({ bornOn, ...applicant }: RarePerson, zone: string, names: Names) {
  return {
    idempotencyKey: `opened-by-${applicant.phone.slice(-4)}-${zone}`,
    caseType: CASE_TYPE_IDS[0],
    zone,
    park: names.parks.home,
    enterprise: names.enterprises.home,
    applicant,
    relation: 'CHILD',
    child: { bornOn },
  };
}

const FIELDS = ['NAME', 'ID_NUMBER', 'PHONE'];
const PURPOSES = ['CASE_HANDLING', 'SUPERVISION', 'CORRECTION', 'OWN_DATA'];
const LOOKS = FIELDS.flatMap((field) => PURPOSES.map((purpose) => ({ field, purpose })));
const REVEAL = `mutation ($case: ID!) { ${LOOKS.map(
  ({ field, purpose }, i) =>
    `r${i}: revealField(input: { case: $case, field: ${field}, purpose: ${purpose}, emergency: DANGER_TO_LIFE_OR_HEALTH }) { value userErrors { code message } }`,
).join('\n')} }`;

const OPEN = `mutation ($case: ID!, $document: String!) { ${PURPOSES.map(
  (
    purpose,
    i,
  ) => `o${i}: openDocument(input: { case: $case, document: $document, purpose: ${purpose}, emergency: DANGER_TO_LIFE_OR_HEALTH }) {
    link { url fileName mediaType size sha256 } userErrors { code message }
  }`,
).join('\n')} }`;

/** Everybody asks for every whole value and the file of these cases, for every purpose. */
export async function revealAll(asking: Asking, cases: readonly string[], names: Names): Promise<void> {
  for (const name of cases) {
    const given = { case: names.askedCases.get(name) };
    for (const who of EVERYBODY) {
      await asking({ who, through: 'revealField' }, REVEAL, given);
      await asking({ who, through: 'openDocument' }, OPEN, { ...given, document: DOCUMENT.code });
    }
  }
}
