import { GraphQLError } from 'graphql';
import { CodedError, type ErrorCode } from '../../../src/errors.ts';
import { formatFault } from '../../../src/subgraph/faults.ts';

test.each<[ErrorCode, number]>([
  ['CONFIGURATION', 1],
  ['INTERNAL_SERVER_ERROR', 1],
  ['CONFLICT', 0],
])('logs a fault with the code %s %i times', (code, times) => {
  const logged: unknown[] = [];
  const write = (...line: unknown[]) => void logged.push(line);
  const log = { debug: write, info: write, warn: write, error: write };
  const fault = new GraphQLError('x', { path: ['case'], originalError: new CodedError(code, 'why') });
  expect(formatFault(fault, 'r-1', log)).toMatchObject({ path: ['case'], extensions: { code } });
  expect(logged).toHaveLength(times);
});
