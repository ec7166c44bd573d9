import fc from 'fast-check';
import {
  addTallies,
  contributionOf,
  EMPTY_TALLY,
  type OperationMode,
} from '../../src/domain/published-figures/resumption.ts';
import { createEnterprisesSubgraph } from '../../src/resolvers/enterprises/index.ts';
import { readItem, readRange } from '../../src/storage/dynamodb/read.ts';
import { countEvents } from '../../src/storage/enterprises/published-figures/count-events.ts';
import { enterpriseKeys, type PrimaryKey } from '../../src/storage/tables.ts';
import { enterpriseOf, itemsOf } from '../fixtures/enterprise.ts';
import { type Execute, NOW, startTestSystem, type TestSystem } from '../harness.ts';

/** Whatever clerks send, and whatever DynamoDB does meanwhile: each report has its effect once. */

let system: TestSystem;
let execute: Execute;
let runs = 0;
beforeAll(async () => {
  system = await startTestSystem();
  execute = system.serve('enterprises', createEnterprisesSubgraph);
});
afterAll(() => system.stop());

const REPORT = `mutation ($input: ReportOperationsInput!) {
  reportOperations(input: $input) {
    reports { on mode staffTotal staffReturned version }
    userErrors { code }
  }
}`;

interface Report {
  readonly on: string;
  readonly mode: OperationMode;
  readonly staffTotal: number;
  readonly staffReturned: number;
}

/** What a call does: a report with a key of its own, or one that an earlier call had. */
interface Action extends Report {
  readonly key: number;
  /** Names the newest version, an older one, or none. */
  readonly corrects: 'NEWEST' | 'OLDER' | 'NONE';
  readonly fault: 'NONE' | 'CONFLICT' | 'THROTTLE' | 'LOST_ONCE' | 'LOST_FOR_GOOD' | 'UNPROCESSED';
}

const action: fc.Arbitrary<Action> = fc.record({
  on: fc.constantFrom('2020-03-14', '2020-03-15', '2020-03-16'),
  mode: fc.constantFrom('ON_SITE', 'ONLINE_OFFLINE'),
  staffTotal: fc.integer({ min: 5, max: 10 }),
  staffReturned: fc.integer({ min: 0, max: 5 }),
  key: fc.nat({ max: 5 }),
  corrects: fc.constantFrom('NEWEST', 'NEWEST', 'NEWEST', 'OLDER', 'NONE'),
  fault: fc.constantFrom('NONE', 'NONE', 'CONFLICT', 'THROTTLE', 'LOST_ONCE', 'LOST_FOR_GOOD', 'UNPROCESSED'),
});

function breakWith(fault: Action['fault']): void {
  const faults = {
    NONE: () => {},
    CONFLICT: () => system.dynamo.conflict(1),
    THROTTLE: () => system.dynamo.throttle('TransactWrite', 1),
    LOST_ONCE: () => system.dynamo.loseAnswers(1),
    LOST_FOR_GOOD: () => system.dynamo.loseForGood(),
    UNPROCESSED: () => system.dynamo.leaveUnprocessed(1),
  };
  faults[fault]();
}

function mend(): void {
  system.dynamo.conflict(0);
  system.dynamo.throttle('TransactWrite', 0);
  system.dynamo.loseAnswers(0);
  system.dynamo.leaveUnprocessed(0);
}

/** What should come of it, by the rules alone. */
class Model {
  readonly days = new Map<string, Report & { version: number }>();
  readonly #keys = new Map<number, { input: string; answer: object }>();

  report(key: number, report: Report, corrects: number | undefined): object {
    const input = JSON.stringify([report, corrects]);
    const earlier = this.#keys.get(key);
    if (earlier) {
      return earlier.input === input
        ? earlier.answer
        : { reports: null, userErrors: [{ code: 'IDEMPOTENCY_KEY_REUSED' }] };
    }
    const version = this.days.get(report.on)?.version ?? 0;
    if (corrects === undefined && version > 0) return { reports: null, userErrors: [{ code: 'ALREADY_EXISTS' }] };
    if (corrects !== undefined && corrects !== version) {
      return { reports: null, userErrors: [{ code: 'VERSION_CONFLICT' }] };
    }
    const written = { ...report, version: version + 1 };
    this.days.set(report.on, written);
    const answer = { reports: [written], userErrors: [] };
    this.#keys.set(key, { input, answer });
    return answer;
  }
}

test('answers and effects are those of the rules', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 1, maxLength: 12 }), async (actions) => {
      const run = runs++;
      const parkId = `park_run-${run}`;
      const stay = { parkId, kind: 'OPERATING', from: '2020-01-01', to: null, registeredStaff: 10 } as const;
      const record = enterpriseOf(run, { residencies: [stay] });
      await system.write('enterprises', itemsOf(record));
      const model = new Model();
      for (const { key, corrects, fault, ...report } of actions) {
        const newest = model.days.get(report.on)?.version ?? 0;
        const version = corrects === 'NONE' || newest === 0 ? undefined : corrects === 'NEWEST' ? newest : newest - 1;
        const reports = [{ enterprise: record.id, ...report, ...(version === undefined ? {} : { corrects: version }) }];
        const input = { idempotencyKey: `run-${run}-key-${key}`, reports };
        breakWith(fault);
        const { data, errors } = await execute(
          REPORT,
          { input },
          { viewer: { kind: 'clerk', person: 'clerk-1', enterprise: record.id } },
        );
        mend();
        expect(errors).toBeUndefined();
        expect(data.reportOperations).toEqual(model.report(key, report, version));
      }
      const table = system.table('enterprises');
      const sort = { beginsWith: 'REPORTED#' };
      const events = await readRange<PrimaryKey>(table, { partition: record.id, sort });
      await countEvents(table, [...events, ...events.toReversed()], NOW);
      for (const [on, report] of model.days) {
        const { version: _, ...figures } = report;
        const tally = addTallies(EMPTY_TALLY, contributionOf({ ...figures, registeredStaff: 10 }));
        expect(await readItem(table, enterpriseKeys.parkDay(parkId, on))).toMatchObject({ ...tally });
      }
    }),
    { numRuns: 18 },
  );
});
