import { CodedError } from '../../errors.ts';

/**
 * Sees early whether the planner runs on this platform: it is native, and without it only trusted documents are answered.
 * @throws CodedError CONFIGURATION where it doesn't.
 */
export async function checkPlanner(): Promise<void> {
  try {
    await import('@graphql-hive/router-query-planner');
  } catch (cause) {
    throw new CodedError(
      'CONFIGURATION',
      `The query planner has no program for this platform (${process.platform}-${process.arch}), or its package is not ` +
        'whole: run "npm ci", or open the project in its devcontainer.',
      { cause },
    );
  }
}
