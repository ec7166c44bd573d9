import { DATA_VERSION } from '../../src/storage/migrations/migrations.ts';
import { KEPT_VERSIONS, startOldSystem, upgrade } from '../data-versions.ts';
import { type Answers, differencesOf, shippedAnswers, startFreshSystem } from '../upgraded-answers.ts';

/** Stores of every kept data version answer the shipped documents, after all migrations, as a store of this code does. */

/** A wanted difference: answers of the documents at the paths, of data up to a version. */
interface Wanted {
  readonly documents: RegExp;
  readonly paths: RegExp;
  readonly upTo: number;
  readonly because: string;
}

/** Every wanted difference, by document. */
const WANTED: readonly Wanted[] = [
  {
    documents: /^analyst\/Breakdowns /,
    paths: /^data\.park\.(resumptionBySector|resumptionBySize|staffByMode)\b/,
    upTo: 1,
    because: 'No day was published then, and a migration may not publish one.',
  },
  {
    documents: /^analyst\/SavedQuestions? /,
    paths: /^data\.savedQuestions?\b/,
    upTo: 19,
    because: 'Nobody saved questions then, and a migration may not publish one.',
  },
  {
    documents: /^officer\/SearchCases /,
    paths: /\.openedAt$/,
    upTo: 13,
    because: 'The hours of synthetic cases were drawn by another log then.',
  },
  {
    documents: /^officer\/Worklist /,
    paths: /^data\.worklist(Counts)?\./,
    upTo: 13,
    because: 'Transferred cases had no time limit then, and their events name no agreement that gives one.',
  },
  {
    documents: /^analyst\/Linkages /,
    paths: /^data\./,
    upTo: 13,
    because: 'The demo data had no agreement of the "1+4" zones, or none on cases across zones, then.',
  },
  {
    documents: /^(mobile\/(CaseScreen|CaseStatus|MyCases)|officer\/OfficerCase) /,
    paths: /\.(at|givenAt|updatedAt|reasonLabel)$/,
    upTo: 13,
    because: 'The hours of synthetic cases were drawn by another log then, which took up no reconsideration.',
  },
  {
    documents: /^officer\/Worklist /,
    paths: /^data\.worklist(Counts)?\./,
    upTo: 13,
    because: 'Transferred cases had no time limit then, and their events name no agreement that gives one.',
  },
  {
    documents: /^officer\/Worklist /,
    paths: /^data\.worklist\.nodes\.-?\d+\.case\.version$/,
    upTo: 16,
    because: 'No case of the demo data came by a counter of another zone then.',
  },
  {
    documents: /^officer\/Worklist /,
    paths: /^data\.worklist\.nodes\.-?\d+\.claimed(By|At)$/,
    upTo: 21,
    because: 'No officer of the demo data had claimed work then.',
  },
  {
    documents: /^mobile\/MyAccessLog /,
    paths: /\.batched$/,
    upTo: 1,
    because: 'Entries of the former chains wait for their batch, which follows within a minute.',
  },
  {
    documents: /^mobile\/MyAccessLog /,
    paths: /^data\.myAccessLog\.nodes\.-9\./,
    upTo: 4,
    because: 'A sign-in by receipt was not recorded then.',
  },
  {
    documents:
      /^(analyst\/(Headline|ResumptionSeries|ResumptionAsOf|ParksSideBySide)|officer\/(DayFigures|ParkFigures)) /,
    paths: /\.(status|revisions?|publishedAt|closesAt|then)\b/,
    upTo: 1,
    because: 'Days were not published then. Nobody publishes a day by a migration.',
  },
  {
    documents: /^officer\/EnterpriseNotices /,
    paths: /^data\.enterpriseNotices\./,
    upTo: 5,
    because: 'Registrations were no notices then.',
  },
  {
    documents: /^officer\/OfficerCase /,
    paths: /^data\.case\.identity\./,
    upTo: 7,
    because: 'Nobody had verified an identity number then, and a migration may not claim it.',
  },
  {
    documents: /^\w+\/\w*Directive/,
    paths: /directives?\./i,
    upTo: 8,
    because: 'The demo data had no directives then.',
  },
  {
    documents: /^mobile\/FreePlaces /,
    paths: /\.placesTaken$/,
    upTo: 8,
    because: 'A case that was approved then named no facility, and takes no place of one.',
  },
  {
    documents: /^partner\/PolicyApplies/,
    paths: /\.(applies|truth|reasons)\b/,
    upTo: 9,
    because: 'Policies had no terms then. Their issuers record them; until then nobody knows whether they are met.',
  },
  {
    documents: /^mobile\/FreePlaces /,
    paths: /\.(placesFree|reserved)$/,
    upTo: 9,
    because: 'No list of facilities said then how many places are reserved.',
  },
  {
    documents: /^officer\/ParkPosts /,
    paths: /^data\.park\.posts\b/,
    upTo: 9,
    because: 'No posts were published then.',
  },
  {
    documents: /^officer\/OverdueInspections /,
    paths: /^data\.park\.inspections\./,
    upTo: 9,
    because: 'No inspection was recorded then.',
  },
  {
    documents: /^analyst\/Policies(InForce)? /,
    paths: /^data\.policies\.nodes\./,
    upTo: 11,
    because: 'The demo data had no municipal measures for key platforms then.',
  },
  {
    documents: /^clerk\/PolicyNotices /,
    paths: /^data\.enterprise\.policyNotices\.nodes\./,
    upTo: 11,
    because: 'The demo data had no municipal measures for key platforms then.',
  },
  {
    documents: /^(officer\/AgreementLedger|partner\/LedgerEntries) /,
    paths: /^data\.agreement\.ledger\./,
    upTo: 13,
    because: 'No ledger was kept then.',
  },
  {
    documents: /^partner\/DeveloperAccount /,
    paths: /^data\.developerAccount\.apiKeys\./,
    upTo: Number.POSITIVE_INFINITY,
    because: "The operator had made a key for the fixtures' systems, and a fresh store has none.",
  },
  {
    documents: /^clerk\/PolicyNotices /,
    paths: /^data\.enterprise\.policyNotices\./,
    upTo: 9,
    because: 'Publications from before there were notices left no event that says what was new.',
  },
  {
    documents: /^mobile\/CheckEligibility /,
    paths: /^data\.caseTypes\.nodes\.-?\d+\.(terms|eligibility)\b/,
    upTo: 10,
    because: 'Case types had conditions then, which are their terms now. Further terms come with a next version.',
  },
  {
    documents: /^mobile\/CheckEligibility /,
    paths: /^data\.caseTypes\.nodes\.-?\d+\.(terms|eligibility\.judgement)\..*text$/,
    upTo: 16,
    because: 'Public rental had one limit of income for all zones then.',
  },
  {
    documents: /^(analyst\/SupplyGaps|officer\/FillableGaps) /,
    paths: /^data\.supplyGaps\./,
    upTo: 11,
    because: 'Supply links of the demo data had no goods code then.',
  },
  {
    documents: /^officer\/ZoneRelocations /,
    paths: /^data\.zone\.relocations\.nodes\./,
    upTo: 15,
    because: 'Zones stated nothing of a relocation then, and a migration may not state it for them.',
  },
  {
    documents: /^mobile\/ApplyChoices /,
    paths: /^data\.zones\.nodes\./,
    upTo: 21,
    because: 'The demo data had no zone above others then.',
  },
  {
    documents: /^mobile\/ApplyChoices /,
    paths: /^data\.caseTypes\.nodes\.-?\d+\.zones\b/,
    upTo: 9,
    because: 'Case types belonged to no zones then.',
  },
  {
    documents: /^mobile\/ApplyChoices /,
    paths: /^data\.caseTypes\.nodes\.-?\d+\.arrangements\./,
    upTo: 13,
    because: 'Case types had no arrangements then. They come with a next version.',
  },
  {
    documents: /^mobile\/(MayIApply|MyCase) /,
    paths: /^data\.(checkEligibility\.(truth|judgement)|case\.caseType\.terms)\b/,
    upTo: 10,
    because: 'Case types had conditions then, which are their terms now. Further terms come with a next version.',
  },
  {
    documents: /^analyst\/CaseStatistics(Series)? /,
    paths: /^data\.(hukou|housing|schooling|caseStatisticsSeries)\b/,
    upTo: 18,
    because: 'The demo data had statistics of one park, and no earlier ones than of its own cases, then.',
  },
];

let fresh: Answers;

beforeAll(async () => {
  const system = await startFreshSystem();
  try {
    fresh = await shippedAnswers(system);
  } finally {
    await system.stop();
  }
});

test('a fresh store accepts the commands that are compared', () => {
  const validated = [...fresh].filter(([name]) => name.endsWith(' validated'));
  expect(validated.length).toBeGreaterThan(25);
  const refused = validated.filter(
    ([, answer]) => !/"userErrors":\[\]/.test(JSON.stringify(answer)) || hasErrors(answer),
  );
  expect(refused).toEqual([]);
});

const hasErrors = (answer: unknown) => typeof answer === 'object' && answer !== null && 'errors' in answer;

test('a fixture is kept of each older version', () => {
  // Where this fails: "Changing the shape of stored items" in CONTRIBUTING.md.
  const older = Array.from({ length: DATA_VERSION - 1 }, (_, i) => i + 1).filter((version) => version !== 3);
  expect(KEPT_VERSIONS).toEqual(expect.arrayContaining(older));
});

test.each(KEPT_VERSIONS)('answers as a fresh store does after an upgrade from version %i', async (version) => {
  const system = await startOldSystem(version);
  try {
    await upgrade(system);
    const differences = differencesOf(await shippedAnswers(system), fresh);
    const wanted = WANTED.filter(({ upTo }) => version <= upTo);
    const fits = (difference: string, { documents, paths }: Wanted) => {
      const [document = '', path = ''] = difference.split(': ');
      return documents.test(`${document} `) && paths.test(path);
    };
    expect(differences.filter((difference) => !wanted.some((one) => fits(difference, one)))).toEqual([]);
    // A reason without a difference is out of date.
    expect(wanted.filter((one) => !differences.some((difference) => fits(difference, one)))).toEqual([]);
  } finally {
    await system.stop();
  }
});
