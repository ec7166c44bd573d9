import type { Config } from '../../config.ts';
import { type Budget, Budgets } from '../../edge/budget/budgets.ts';
import { type Asking, clientOf } from '../../edge/budget/client.ts';
import type { ChangeBucket } from '../../edge/budget/purse.ts';
import { secretOf } from '../../secrets.ts';

/** Who asks waits no longer for a bucket: then this instance grants a little by itself. A busy process takes a while to see an answer. */
const MAX_MILLISECONDS = 2_000;

/** The budget of whoever asks, for one request at an instant (epoch milliseconds). */
export type OpenBudget = (asking: Asking, now: number) => Budget;

/** Budgets with their buckets in the credentials table; in a local process without a database each has its own. */
export function clientBudgets(settings: Config): OpenBudget {
  const { mode, dynamodbEndpoint, budgetFactor: factor } = settings;
  const isAlone = mode === 'local' && dynamodbEndpoint === undefined;
  const budgets = new Budgets({ bucketOf: isAlone ? undefined : sharedBuckets(settings), factor });
  return (asking, now) => budgets.open(clientOf(asking, secretOf('cursors', settings)?.root ?? ''), now);
}

/** The store is loaded with the first bucket that is asked for. */
function sharedBuckets(settings: Config): (client: string) => ChangeBucket {
  const load = async () => {
    const { changeBudget } = await import('../../storage/credentials/budgets.ts');
    const { openCredentials } = await import('../connection.ts');
    return { changeBudget, openCredentials };
  };
  // It ends by its deadline: the caller's own would leave open what was leased.
  const { signal } = new AbortController();
  let loading: ReturnType<typeof load> | undefined;
  return (client) => async (change) => {
    loading ??= load();
    const { changeBudget, openCredentials } = await loading;
    return changeBudget(openCredentials(settings, { deadline: Date.now() + MAX_MILLISECONDS, signal }), client, change);
  };
}
