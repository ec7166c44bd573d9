import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { CodedError } from '../../../src/errors.ts';
import { handOn, type StreamConsumer } from '../../../src/handlers/streams/hand-on.ts';

const inserted = (type: string, number: string): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: number, NewImage: { type: { S: type } } },
});
const numbersOf = ({ Records }: DynamoDBStreamEvent) => Records.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
const failuresAt = (...numbers: string[]) => ({
  batchItemFailures: numbers.map((itemIdentifier) => ({ itemIdentifier })),
});

/** A consumer of one type, and the batches that it was given. */
function recorder(type: string, process: (numbers: readonly string[]) => unknown = () => undefined) {
  const batches: string[][] = [];
  const consumer: StreamConsumer = {
    name: type,
    takes: { INSERT: [type] },
    async process(event) {
      batches.push(numbersOf(event));
      return process(numbersOf(event)) as undefined;
    },
  };
  return { batches, consumer };
}

/** A consumer's fault on one record, whatever comes with it. */
const poisonedBy = (poison: string, fault: Error) => (numbers: readonly string[]) => {
  if (numbers.includes(poison)) throw fault;
};

test('hands each consumer its own records of a batch, in order', async () => {
  const [parks, zones] = [recorder('Park'), recorder('Zone')];
  const read = handOn([parks.consumer, zones.consumer]);
  const Records = [inserted('Zone', '1'), inserted('Park', '2'), inserted('Other', '3'), inserted('Zone', '4')];
  const changed: DynamoDBRecord = { ...inserted('Zone', '5'), eventName: 'MODIFY' };
  expect(await read({ Records: [...Records, changed] })).toEqual(failuresAt());
  expect([parks.batches, zones.batches]).toEqual([[['2']], [['1', '4']]]);
});

test('does not call a consumer without a record for it', async () => {
  const parks = recorder('Park');
  await handOn([parks.consumer])({ Records: [inserted('Zone', '1')] });
  expect(parks.batches).toEqual([]);
});

test('reports the failures of all consumers, in the order of the stream', async () => {
  const parks = recorder('Park', () => failuresAt('4'));
  const zones = recorder('Zone', () => failuresAt('3', '1'));
  const Records = [inserted('Zone', '1'), inserted('Park', '2'), inserted('Zone', '3'), inserted('Park', '4')];
  expect(await handOn([parks.consumer, zones.consumer])({ Records })).toEqual(failuresAt('1', '3', '4'));
});

test('finds the bad record of a batch that fails as a whole, and processes all others', async () => {
  const parks = recorder('Park', poisonedBy('3', new TypeError('no park')));
  const zones = recorder('Zone');
  const Records = ['1', '2', '3', '4', '5'].map((number) => inserted('Park', number));
  const answer = await handOn([parks.consumer, zones.consumer])({ Records: [...Records, inserted('Zone', '6')] });
  expect(answer).toEqual(failuresAt('3'));
  expect(parks.batches).toEqual([['1', '2', '3', '4', '5'], ['1', '2', '3'], ['1', '2'], ['3'], ['4', '5']]);
  expect(zones.batches).toEqual([['6']]);
});

test('tries no halves while the store does not answer', async () => {
  const parks = recorder('Park', poisonedBy('2', new CodedError('STORE_UNAVAILABLE', 'Later.')));
  const Records = ['1', '2', '3'].map((number) => inserted('Park', number));
  expect(await handOn([parks.consumer])({ Records })).toEqual(failuresAt('1', '2', '3'));
  expect(parks.batches).toHaveLength(1);
});
