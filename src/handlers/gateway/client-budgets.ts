import { type Asking, clientOf } from '../../auth/budget-client.ts';
import type { Config } from '../../config.ts';
import { type Budget, Budgets } from '../../edge/budget/budgets.ts';
import type { ChangeBucket } from '../../edge/budget/token-lease.ts';
import { UsageCounter } from '../../edge/budget/usage.ts';
import { secretOf } from '../../secrets.ts';
import type { CountedUsage } from '../../storage/credentials/usage.ts';

/**
 * How long a request waits for a shared bucket before this instance grants a small budget itself. A busy process may
 * notice an answer late.
 */
const MAX_MILLISECONDS = 2_000;

/** Opens a caller's budget for one request at an instant (epoch milliseconds). */
export type OpenBudget = (asking: Asking, now: number) => Budget;

/** Makes budgets with buckets in the credentials table. A local process without a database uses its own memory. */
export function clientBudgets(settings: Config): OpenBudget {
  const { mode, dynamodbEndpoint, budgetFactor: factor, workers: instances = 1 } = settings;
  const isAlone = mode === 'local' && dynamodbEndpoint === undefined;
  const budgets = new Budgets({ bucketOf: isAlone ? undefined : sharedBuckets(settings), factor, instances });
  return (asking, now) => budgets.open(clientOf(asking, secretOf('cursors', settings)?.root ?? ''), now);
}

/** Makes the counter of what zones' systems use. A local process without a database counts nothing. */
export function usageCounter(settings: Config): UsageCounter | undefined {
  if (settings.mode === 'local' && settings.dynamodbEndpoint === undefined) return undefined;
  const { signal } = new AbortController();
  const load = async () => {
    const { writeUsage } = await import('../../storage/credentials/usage.ts');
    const { openCredentials } = await import('../connection.ts');
    return (usage: CountedUsage) =>
      writeUsage(openCredentials(settings, { deadline: Date.now() + MAX_MILLISECONDS, signal }), usage);
  };
  return new UsageCounter(load);
}

/** Opens shared buckets. The storage code is loaded with the first bucket. */
function sharedBuckets(settings: Config): (client: string) => ChangeBucket {
  const load = async () => {
    const { changeBudget } = await import('../../storage/credentials/budgets.ts');
    const { openCredentials } = await import('../connection.ts');
    return { changeBudget, openCredentials };
  };
  // Only the deadline ends the call: the caller's own signal would leave the lease open.
  const { signal } = new AbortController();
  let loading: ReturnType<typeof load> | undefined;
  return (client) => async (change) => {
    loading ??= load();
    const { changeBudget, openCredentials } = await loading;
    return changeBudget(openCredentials(settings, { deadline: Date.now() + MAX_MILLISECONDS, signal }), client, change);
  };
}
