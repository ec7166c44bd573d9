import { join } from 'node:path';
import { ResourceNotFoundException } from '@aws-sdk/client-dynamodb';
import { explain, readText } from '../../../src/cli/refusals.ts';

function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('It was taken.');
}

test.each([
  [
    'an unknown option',
    () => {
      throw Object.assign(new TypeError("Unknown option '--nothing'"), { code: 'ERR_PARSE_ARGS_UNKNOWN_OPTION' });
    },
    /^Unknown option '--nothing'$/,
  ],
  [
    'a file that is not there',
    () => readText(join(import.meta.dirname, 'nothing')),
    /^The file .*nothing can't be read\.$/,
  ],
  [
    'a table that is not there',
    () => {
      throw new ResourceNotFoundException({ message: 'Requested resource not found', $metadata: {} });
    },
    /^A table is not there: .*STAGE.*AWS_REGION/,
  ],
  [
    'credentials that are not there',
    () => {
      throw Object.assign(new Error('Could not load credentials from any providers'), {
        name: 'CredentialsProviderError',
      });
    },
    /^Could not load credentials from any providers$/,
  ],
])('explains %s in a sentence', (_, run, sentence) => {
  expect(explain(thrownBy(run))).toMatch(sentence);
});

test('prints a fault whole', () => {
  const fault = new TypeError('x is not a function');
  expect(explain(fault)).toBe(fault);
});
