import { accountId } from '../../domain/linkages/ledger/account.ts';
import { signedFacts } from '../../domain/linkages/ledger/signed-facts.ts';
import type { Facts } from '../../domain/rules/rule.ts';
import type { RelocationItem } from '../../storage/linkages/relocations/relocation-items.ts';
import { formAt } from '../../subgraph/guards.ts';
import type { Context } from './context.ts';
import { relationToAgreement } from './relocations/relocations.ts';

/**
 * Returns what zones have signed on an enterprise that moved, in the ledgers that the viewer may read: one BatchGet, and
 * none for a move without an agreement. What a ledger of a later move says goes first.
 * @param moves those that the viewer may read
 */
export async function factsInLedgers(moves: readonly RelocationItem[], on: string, context: Context): Promise<Facts> {
  const { store } = context;
  const told = await Promise.all(
    moves
      .toSorted((a, b) => ((a.registeredOn ?? '') < (b.registeredOn ?? '') ? -1 : 1))
      .map(async ({ agreementId, enterpriseId }): Promise<Facts> => {
        if (agreementId === null) return {};
        const [agreement, account] = await Promise.all([
          store.agreements.byId.load(agreementId),
          store.ledgers.account(agreementId, accountId('TAX', enterpriseId)),
        ]);
        if (!agreement || !account) return {};
        const isHidden = formAt(context, 'LedgerAccount.figures', relationToAgreement(agreement, context)) === 'HIDDEN';
        return isHidden ? {} : signedFacts(account, on);
      }),
  );
  return Object.assign({}, ...told);
}
