/** What a store may do to a request, drawn at random and taken back after it. */
import fc from 'fast-check';
import type { DynamoProbe } from '../dynamo-probe.ts';

const KINDS = ['NONE', 'CONFLICT', 'THROTTLED_WRITE', 'THROTTLED_READ', 'LOST_ANSWER', 'LOST_ANSWERS'] as const;
export type Fault = (typeof KINDS)[number];

export const faults: fc.Arbitrary<Fault> = fc.oneof(
  { weight: 6, arbitrary: fc.constant('NONE' as const) },
  { weight: 4, arbitrary: fc.constantFrom(...KINDS) },
);

const BRING: Readonly<Record<Fault, (dynamo: DynamoProbe) => void>> = {
  NONE: () => undefined,
  CONFLICT: (dynamo) => dynamo.conflict(2),
  THROTTLED_WRITE: (dynamo) => dynamo.throttle('TransactWrite', 1),
  THROTTLED_READ: (dynamo) => dynamo.throttle('Query', 1),
  LOST_ANSWER: (dynamo) => dynamo.loseAnswers(1),
  // Nobody can say whether it was written.
  LOST_ANSWERS: (dynamo) => dynamo.loseForGood(),
};

/** The next call of its kind meets it. */
export function bring(fault: Fault, dynamo: DynamoProbe): void {
  BRING[fault](dynamo);
}

export function takeBack(dynamo: DynamoProbe): void {
  dynamo.conflict(0);
  dynamo.throttle('TransactWrite', 0);
  dynamo.throttle('Query', 0);
  dynamo.loseAnswers(0);
}
