import { CALENDAR } from '../../src/domain/calendar/calendar.ts';
import { type CaseEvent, foldCase } from '../../src/domain/cases/fold.ts';
import { WAITING_ON } from '../../src/domain/cases/state.ts';
import { syntheticResidentId } from '../../src/domain/people/resident-id.ts';
import { workOf } from '../../src/domain/work-list/work-item.ts';
import type { PrimaryKey } from '../../src/storage/tables.ts';
import { documentVersionItem } from '../../src/storage/talent/documents/items.ts';
import * as items from '../../src/storage/talent/items.ts';
import { caseTypeItems, primarySchool, TALENT_APARTMENT, URGENT_HUKOU } from '../fixtures/case-types.ts';
import type { Who } from './callers.ts';
import { type Canary, canary, LONG_PART, PART, type Rare, WHOLE } from './canary.ts';
import * as expected from './expectations.ts';
import type { Names } from './names.ts';

/** A person's whole values, as they are sent when a case is opened. */
export interface RarePerson {
  readonly name: string;
  readonly idNumber: string;
  readonly phone: string;
  /** A child's, of which only the age is kept. */
  readonly bornOn: string;
}

export interface TalentWorld {
  readonly items: readonly PrimaryKey[];
  readonly canaries: readonly Canary[];
  readonly applicant: RarePerson;
  readonly otherApplicant: RarePerson;
  /** What a file is called that the applicant hands in: it may hold names. */
  readonly fileName: string;
  /** What the file is called that is in the home case. */
  readonly keptFileName: string;
}

const OPENED_AT = '2026-03-02T01:00:00.000Z';
const text = (word: string) => ({ zh: word, ja: word, en: word });
const SCHOOL = primarySchool(null, '2026-09-01');
/** HRSS decides, after PSB was asked. */
const TYPES = [SCHOOL, URGENT_HUKOU, TALENT_APARTMENT].map((each) => ({
  ...each,
  opinionsFrom: ['PSB', 'HRSS'] as const,
}));

/** What is asked for in all cases that are made here. */
export const DOCUMENT = { code: 'employment-contract', name: text('Contract') };

/** The first is for a child's school. */
export const CASE_TYPE_IDS: readonly string[] = TYPES.map(({ id }) => id);

export function talentWorld(names: Names, rare: Rare): TalentWorld {
  const applicant = rarePerson(rare);
  const otherApplicant = rarePerson(rare);
  const fileName = `${rare.words(10)}.pdf`;
  const keptFileName = `${rare.words(10)}.pdf`;
  const canaries: Canary[] = [
    canary("home case: file's name", keptFileName.slice(0, -4), expected.REVEALED, {
      onlyIn: 'openDocument',
      atRest: false,
    }),
    canary("applicant: file's name", fileName.slice(0, -4), [], { atRest: false }),
    ...wholeValues('applicant', applicant, expected.REVEALED, expected.REVEALED_PHONE),
    ...wholeValues('other applicant', otherApplicant, expected.REVEALED_AWAY, expected.REVEALED_AWAY),
    ...maskedForms('applicant', applicant, {
      name: [...expected.HOME_FILE, 'holder', 'clerk'],
      idNumber: [...expected.HOME_FILE, 'holder'],
      phone: [...expected.HOME_OUTCOME, 'holder'],
    }),
    ...maskedForms('other applicant', otherApplicant, {
      name: expected.AWAY_CASE,
      idNumber: expected.AWAY_CASE,
      phone: expected.AWAY_CASE,
    }),
  ];
  const make = (name: string, made: Made) => madeCase(name, made, names, rare, canaries);
  const claims = { home: rare.base32(16), away: rare.base32(16) };
  canaries.push(canary('home list: claimed by', claims.home, ['handling']));
  canaries.push(canary('away list: claimed by', claims.away, ['away']));
  const home = {
    claimedBy: claims.home,
    applicant,
    applicantId: names.persons.applicant!,
    zoneId: names.zones.home,
  } as const;
  const who = { file: expected.HOME_FILE, outcome: expected.HOME_OUTCOME, summary: expected.HOME_SUMMARY };
  const held = {
    file: [...who.file, 'holder'],
    outcome: [...who.outcome, 'holder'],
    summary: [...who.summary, 'holder'],
  } as const;
  const draft = { file: expected.DRAFT, outcome: expected.DRAFT, summary: expected.DRAFT };
  const away = { file: expected.AWAY_CASE, outcome: expected.AWAY_CASE, summary: expected.AWAY_CASE };
  const permit = (number: string, documentSha256: string) =>
    ({ kind: 'HukouPermit', permitNumber: number, documentSha256, validTo: null }) as const;
  return {
    applicant,
    otherApplicant,
    fileName,
    keptFileName,
    canaries,
    items: [
      ...TYPES.flatMap(caseTypeItems),
      items.policyCaseTypesItem(
        names.policy,
        TYPES.map(({ id }) => id),
      ),
      ...make('home case', { ...home, who: held, outcome: permit }),
      ...make('school case', {
        ...home,
        who,
        outcome: (_, documentSha256, word) => ({
          kind: 'SchoolPlace',
          schoolName: text(word),
          schoolYear: 2026,
          documentSha256,
        }),
      }),
      ...make('housing case', {
        ...home,
        who,
        outcome: (amount, documentSha256, word) => ({
          kind: 'HousingOffer',
          facilityKind: word,
          amount,
          documentSha256,
        }),
      }),
      // In no pool of ids: found through lists only.
      ...make('listed case', { ...home, who, outcome: permit, isListedOnly: true }),
      ...make('draft', { ...home, who: draft, outcome: null, isDraft: true }),
      ...make('recommended draft', {
        ...home,
        who: { ...draft, summary: expected.DRAFT_TO_EMPLOYER },
        outcome: null,
        isDraft: true,
        isRecommended: true,
      }),
      ...make('away case', {
        claimedBy: claims.away,
        applicant: otherApplicant,
        applicantId: names.persons.otherApplicant!,
        zoneId: names.zones.away,
        who: away,
        outcome: permit,
      }),
    ],
  };
}

interface Made {
  /** The officer of HRSS who has it in hand. */
  readonly claimedBy: string;
  readonly applicant: RarePerson;
  readonly applicantId: string;
  readonly zoneId: string;
  readonly who: Readonly<Record<'file' | 'outcome' | 'summary', readonly Who[]>>;
  readonly outcome: ((digits: string, sha256: string, word: string) => items.OutcomeRecord) | null;
  readonly isDraft?: boolean;
  readonly isRecommended?: boolean;
  readonly isListedOnly?: boolean;
}

/** A case with all that may be said of one, whether or not it comes about together; its canaries are added to the others. */
function madeCase(name: string, made: Made, names: Names, rare: Rare, canaries: Canary[]): readonly PrimaryKey[] {
  const { who, applicant, applicantId, zoneId, isDraft = false, isRecommended = false, isListedOnly = false } = made;
  const caseType = TYPES[isRecommended ? 1 : 2]!;
  const id = names.newCase(name, isListedOnly);
  const receipt = [rare.base32(4), rare.base32(4), rare.base32(4)].join('-');
  const receiptNumber = `BHZ-${receipt}`;
  names.receipts.set(name, receiptNumber);
  const size = rare.digits(9);
  const [label, reason, word, sha256, resultSha256, digits] = [
    rare.words(10),
    rare.words(12),
    rare.words(10),
    rare.hex(64),
    rare.hex(64),
    rare.digits(15),
  ];
  canaries.push(
    canary(`${name}: id`, id.slice(-16), who.summary, { isName: true }),
    canary(`${name}: receipt number`, receipt, who.file, { isName: true }),
    canary(`${name}: label`, label, who.outcome),
    canary(`${name}: reason`, reason, who.file),
    canary(`${name}: document's size`, size, who.file),
    canary(`${name}: document`, sha256, who.file, { part: LONG_PART }),
  );
  const outcome = made.outcome?.(digits, resultSha256, word) ?? null;
  const said = JSON.stringify(outcome);
  for (const [what, value, part] of [
    ['document', resultSha256, LONG_PART],
    ['number', digits, PART],
    ['words', word, PART],
  ] as const) {
    if (said.includes(value)) canaries.push(canary(`${name}: result's ${what}`, value, who.outcome, { part }));
  }
  const events = log(isDraft, names.persons['HRSS home']!, text(reason));
  const course = foldCase(events)!;
  const facts: items.CaseFacts = {
    id,
    receiptNumber,
    kind: caseType.kind,
    route: caseType.route,
    caseTypeId: caseType.id,
    caseTypeVersion: caseType.version,
    course,
    waitingOn: WAITING_ON[course.state],
    handler: isDraft ? null : 'HRSS',
    applicantId,
    zoneId,
    opinionsFrom: caseType.opinionsFrom,
    limits: caseType.limits,
    applicant: masked(applicant),
    beneficiary: { relation: 'CHILD', label },
    decision: { approved: false, decidedAt: OPENED_AT, reasons: [text(reason)] },
    outcome,
    rating: 3,
    enterpriseId: names.enterprises.home,
    parkId: names.parks.home,
    policyId: names.policy,
    // First in its lists, which are asked for their first two.
    openedAt: isListedOnly ? '2026-03-04T01:00:00.000Z' : OPENED_AT,
    updatedAt: OPENED_AT,
  };
  return [
    items.caseItem(facts),
    items.applicantCaseItem(facts),
    items.receiptItem(receiptNumber, id),
    ...events.map((event) => items.caseEventItem(id, event)),
    items.caseDocumentItem(id, { ...DOCUMENT, status: 'RECEIVED', version: 1, sha256 }),
    documentVersionItem(id, {
      code: DOCUMENT.code,
      version: 1,
      uploadId: 'crawl',
      mediaType: 'application/pdf',
      size: Number(size),
      sha256,
      receivedAt: OPENED_AT,
      sealed: null,
    }),
    items.opinionItem(id, { agency: 'HRSS', verdict: 'AGREE', givenAt: OPENED_AT }),
    ...workOf(facts, caseType, '2026-03-03', CALENDAR).map((work) =>
      items.workItem(work, work.agency === 'HRSS' ? { by: made.claimedBy, at: OPENED_AT } : null),
    ),
  ];
}

function log(isDraft: boolean, by: string, reason: ReturnType<typeof text>): readonly CaseEvent[] {
  const kinds: readonly CaseEvent['kind'][] = isDraft
    ? ['OPENED']
    : ['OPENED', 'SUBMITTED', 'ACCEPTED', 'REVIEW_STARTED'];
  return kinds.map((kind, i) => ({
    sequence: i + 1,
    kind,
    at: OPENED_AT,
    ...(kind === 'ACCEPTED' ? { by, agency: 'PARK' as const, reasons: [reason] } : {}),
  }));
}

function rarePerson(rare: Rare): RarePerson {
  return {
    name: rare.words(8),
    idNumber: syntheticResidentId(rare.day(1950, 40), Number(rare.digits(3))),
    phone: `1${rare.digits(10)}`,
    bornOn: rare.day(2015, 8),
  };
}

/** By hand: what the system makes of a person is what is tested. */
function masked({ name, idNumber, phone }: RarePerson) {
  const characters = [...name];
  return {
    name: `${characters[0]}${'*'.repeat(characters.length - 2)}${characters.at(-1)}`,
    idNumber: `${idNumber.slice(0, 3)}${'*'.repeat(11)}${idNumber.slice(-4)}`,
    phone: `${phone.slice(0, 3)}****${phone.slice(-4)}`,
  };
}

function wholeValues(whose: string, person: RarePerson, seenBy: readonly Who[], phoneBy: readonly Who[]): Canary[] {
  const options = { onlyIn: 'revealField', atRest: false } as const;
  return [
    canary(`${whose}: name`, person.name, seenBy, options),
    // The region that doesn't exist is in all that are invented.
    canary(`${whose}: identity number`, person.idNumber.slice(6), seenBy, options),
    canary(`${whose}: phone`, person.phone, phoneBy, options),
    canary(`${whose}: child's birth date`, person.bornOn, [], { part: WHOLE, atRest: false }),
  ];
}

function maskedForms(
  whose: string,
  person: RarePerson,
  seenBy: Readonly<Record<'name' | 'idNumber' | 'phone', readonly Who[]>>,
): Canary[] {
  return Object.entries(masked(person)).map(([field, form]) =>
    canary(`${whose}: masked ${field}`, form, seenBy[field as keyof typeof seenBy], { part: WHOLE }),
  );
}
