import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { SUBGRAPHS } from '../../src/config.ts';
import { itemsOf } from '../../src/local/demo-data/items.ts';
import { SCALES } from '../../src/local/demo-data/scale.ts';
import type { SealedPersons } from '../../src/local/demo-data/talent/sealed-persons.ts';
import type { WriteReport } from '../crawl-writes/crawl.ts';
import type { ProvenGuard } from '../crawl-writes/proof.ts';

/** The short run of `npm run crawl-writes`, and that it fails without two of the guards (`-- --proof`: without each). */

const WITHOUT = ['table: with the row', 'rows: cases'];

type Found = WriteReport & { readonly proven: readonly ProvenGuard[] };

let found: Found;

beforeAll(async () => {
  const flags = ['--disable-warning=ExperimentalWarning', '--import', './test/crawl-writes/removable.ts'];
  const options = ['--share', '0.01', '--json', '--stop-at-first', '--guards', WITHOUT.join()];
  // It ends with another code than 0 where it has found something: what it says is looked at below.
  const ended = promisify(execFile)(process.execPath, [...flags, 'test/crawl-writes/run.ts', ...options], {
    maxBuffer: 64 * 1024 * 1024,
  });
  const { stdout, stderr } = await ended.catch((error: { stdout: string; stderr: string }) => error);
  const line = stdout.trimEnd().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) throw new Error(`the crawler said nothing: ${stdout}${stderr}`);
  found = JSON.parse(line);
});

test('nobody changes what they may not', () => {
  expect(found.violations).toEqual([]);
});

test('whoever may do a mutation does it', () => {
  expect(found.idle).toEqual([]);
  expect(found.attempts).toBeGreaterThan(150);
});

test('without a guard somebody changes what they may not', () => {
  expect(found.proven.map(({ guard, violations }) => [guard, violations.length > 0])).toEqual(
    WITHOUT.map((name) => [name, true]),
  );
});

/** Items of the demo data that no mutation writes itself, by type, and who writes them. */
const WRITTEN_OTHERWISE: Readonly<Record<string, string>> = {
  PolicyNotice: 'stream of policies',
  KnownPark: 'stream of parks',
  KnownFacilities: 'stream of parks',
  SettledStay: 'a change of an enterprise that has more than 20 ended stays',
  SettledStayFacts: 'stream of enterprises',
  ParkFigures: 'stream of reports',
  ParkSteps: 'stream of reports',
  ParkDay: 'stream of reports',
  ParkDayParts: 'stream of reports',
  ParkDayShares: 'stream of reports',
  PolicyCaseTypes: 'publishCaseType with a policy, which the crawl does not name',
  CaseChild: "openCase of a child's case, which the crawl does not open",
  CasePolicy: 'stream of policies',
  CaseAgreement: 'stream of agreements',
  CardRecognition: 'stream of recognitions',
  AgreementFacts: 'stream of agreements',
  DeadlineNotice: 'schedule of deadlines',
  DeadlineBookmark: 'schedule of deadlines',
  CountedWork: 'stream of cases',
  WorkTally: 'stream of cases',
  CaseTally: 'stream of cases',
  ClosedCaseTally: 'schedule of statistics',
  StatisticsRow: 'schedule of statistics',
  Publication: 'schedule of statistics',
  Closing: 'schedule of statistics',
  PolicyFacts: 'stream of policies',
  PolicyTerms: 'stream of policies',
  RelocatedEnterprise: 'stream of relocations',
  ZoneFacts: 'stream of zones',
  ParkFacts: 'stream of parks',
  SubjectFacts: 'stream of enterprises',
  EnterpriseSupply: 'stream of enterprises',
  GoodsNeed: 'stream of enterprises',
  FillingSite: 'stream of enterprises',
  GoodsSupply: 'stream of enterprises',
  GoodsSuppliers: 'stream of enterprises',
  UntaggedReceipts: 'migration of receipts from before their tags',
  LedgerAccount: 'enterInLedger of an account, which the crawl does not open',
  ReplacedTerms: 'last signature of an amendment, which the crawl does not send',
  LinkageGroup: 'no operation yet: the demo data alone',
};

/** Attributes that a mutation writes for inputs that the crawl does not send, or that a stream adds. */
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  Enterprise: ['settledTo'],
  EnterpriseChanged: ['countedAt'],
  OperationReported: ['countedAt'],
  CaseEvent: ['countedAt'],
  Agreement: ['amended', 'caseTerms', 'noticeDays'],
  ZonePolicies: ['policyIds'],
  Tracking: ['earlier'],
  Project: ['nextStep', 'nextStepOn', 'lostReason'],
  DirectiveAnswer: ['proof', 'documentNumber', 'documentSha256', 'reason'],
  DirectiveCounts: ['COMPLIED', 'DECLINED'],
  CaseType: ['zoneIds', 'rule', 'samples', 'childAgeOn', 'arrangements'],
  CaseTypeVersion: ['zoneIds', 'rule', 'samples', 'childAgeOn', 'arrangements'],
};

const NO_PERSONS: SealedPersons = {
  records: () => [],
  keys: () => [],
  contactOf: ({ id }) => ({ pk: id, sk: '' }),
  digestContact: { pk: 'digest', sk: '' },
  into: (_, __, fields) => Object.fromEntries(Object.keys(fields).map((name) => [name, { key: 1, text: '' }])) as never,
};

test('the demo data hold only items that mutations write, or that say who writes them', () => {
  const forms = new Map<string, Set<string>>();
  for (const store of [...SUBGRAPHS, 'credentials'] as const) {
    for (const item of itemsOf(store, SCALES.S, '2026-05-13', NO_PERSONS)) {
      const { type } = item as unknown as { readonly type: string };
      const known = forms.get(type) ?? new Set();
      forms.set(type, known);
      for (const name of Object.keys(item)) known.add(name);
    }
  }
  const unwritten = [...forms.keys()].filter((type) => !Object.hasOwn(found.forms, type));
  expect(unwritten.toSorted()).toEqual(Object.keys(WRITTEN_OTHERWISE).toSorted());
  const further = [...forms].flatMap(([type, names]) => {
    const written = found.forms[type];
    const more = written ? [...names].filter((name) => !written.includes(name)) : [];
    return more.length > 0 ? [[type, more.toSorted()] as const] : [];
  });
  // An attribute that is missing here is one that no mutation of the crawl writes: does any mutation write it?
  const expected = Object.entries(ATTRIBUTES).map(([type, names]) => [type, names.toSorted()]);
  expect(Object.fromEntries(further)).toEqual(Object.fromEntries(expected));
});
