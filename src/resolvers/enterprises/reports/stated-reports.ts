import { exactlyOne } from '../../../subgraph/arguments.ts';
import type { Context } from '../context.ts';
import type { OperationReportInput } from '../generated/types.ts';

/**
 * Returns reports as the rules take them, each with the id of its enterprise. A code that no enterprise has stands for
 * itself, and the rules refuse it as an unknown enterprise.
 * @throws CodedError BAD_USER_INPUT unless each report names its enterprise by exactly one of id and code
 */
export function statedReports(stated: readonly OperationReportInput[], { store }: Context) {
  return Promise.all(
    stated.map(async ({ enterprise, uscc, on, corrects, ...figures }) => {
      const { name, value } = exactlyOne({ enterprise: enterprise ?? null, uscc: uscc ?? null });
      const found = name === 'uscc' ? await store.enterprises.byUscc.load(value) : null;
      return { ...figures, enterpriseId: found?.id ?? value, day: on, corrects: corrects ?? null };
    }),
  );
}
