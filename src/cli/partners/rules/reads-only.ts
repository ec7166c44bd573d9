import type { PartnerRule } from '../candidate.ts';

/** Refuses mutations and subscriptions. */
export const readsOnly: PartnerRule = ({ types }) =>
  ['Mutation', 'Subscription']
    .filter((root) => types.has(root))
    .map(
      (root) =>
        `It has the type ${root}: partners offer reads only. A partner is never told who asks, so it could not decide whether that person may write.`,
    );
