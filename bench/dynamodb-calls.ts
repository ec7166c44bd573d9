import { demoParks } from '../src/local/demo-data/parks/parks.ts';
import { isScaleName, SCALES as SCALE_OF, type ScaleName } from '../src/local/demo-data/scale.ts';
import { caseTypeVersions } from '../src/local/demo-data/talent/case-types.ts';
import { caseOf } from '../src/local/demo-data/talent/cases.ts';
import { TRUSTED } from './callers.ts';
import { type Counted, startCountingProxy } from './counting-proxy.ts';
import { ANCHOR, startDemoDatabase } from './demo-database.ts';
import { writeSection } from './document.ts';
import { answerOf, type Operation } from './load.ts';
import { TYPICAL, trustedOperation } from './operations.ts';
import { ServerProcess } from './server-process.ts';
import { table } from './table.ts';

/** `SCALES=S,M,L10`; L10 takes some minutes and 4 GB to make. */
const SCALES = (process.env.SCALES ?? 'S,M').split(',').filter(isScaleName);
const OPERATIONS: readonly Operation[] = [
  ...TYPICAL,
  trustedOperation('mobile/CaseScreen', { id: firstCase(), locale: 'ZH' }),
  trustedOperation('officer/Worklist'),
  trustedOperation('officer/OfficerCase'),
  trustedOperation('partner/PolicyApplies'),
  trustedOperation('analyst/ResumptionSeries'),
  trustedOperation('analyst/Enterprises'),
  trustedOperation('analyst/Linkages'),
  trustedOperation('analyst/Policies'),
  ...inLargestPark(),
];

/** The demo's first case has the same id at every scale. */
function firstCase(): string {
  return caseOf(1, ANCHOR, caseTypeVersions(ANCHOR), demoParks(SCALE_OF.S)).facts.id;
}

/** The same questions about a park that grows from 8 enterprises at scale S to some 3,000 at scale M. */
function inLargestPark(): Operation[] {
  const enterprises = trustedOperation('partner/ParkEnterprises');
  const headline = trustedOperation('analyst/Headline');
  return [
    {
      ...enterprises,
      name: `${enterprises.name}, sample park`,
      variables: { park: 'park_sample-hitech', first: 8, locale: 'EN' },
    },
    { ...headline, name: `${headline.name}, sample park`, variables: { ...headline.variables, code: 'sample-hitech' } },
  ];
}

/** Counts what each operation asks of DynamoDB at each scale, by the operation's name and the scale. */
export async function countAt(
  scales: readonly ScaleName[],
  operations: readonly Operation[],
): Promise<ReadonlyMap<string, Counted>> {
  const seen = new Map<string, Counted>();
  for (const scale of scales) {
    const database = await startDemoDatabase(scale);
    const proxy = await startCountingProxy(database.endpoint);
    const ours = await ServerProcess.start('ours', 'ours.ts', {
      DYNAMODB_ENDPOINT: proxy.endpoint,
      CURSOR_SECRET: 'a secret of the bench, long enough for a key',
      KEPT_ANSWER_SECONDS: '0',
      ...TRUSTED,
    });
    try {
      for (const operation of operations) {
        proxy.take();
        await answerOf(ours, operation);
        seen.set(`${operation.name} ${scale}`, proxy.take());
      }
    } finally {
      await ours.stop();
      proxy.close();
      await database.stop();
    }
  }
  return seen;
}

/** Writes a table of what each operation asks of DynamoDB at each scale into the document: calls must not grow with the data. */
export async function benchCalls(): Promise<void> {
  const seen = await countAt(SCALES, OPERATIONS);
  const rows = OPERATIONS.map(({ name }) => {
    const counts = SCALES.map((scale) => seen.get(`${name} ${scale}`) ?? { operations: [], bytes: 0 });
    const calls = [...new Set(counts.map(({ operations }) => operations.length))];
    return [name, calls.join(', '), ...counts.map(({ bytes }) => bytes.toLocaleString('en'))];
  });
  writeSection(
    'calls',
    table(['operation', `calls ${SCALES.join(', ')}`, ...SCALES.map((scale) => `bytes ${scale}`)], rows),
  );
}
