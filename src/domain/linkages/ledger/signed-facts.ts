/** The facts of an enterprise that all zones of an account have signed. */
import type { Facts } from '../../rules/rule.ts';
import { currentFigure, isOpen, type LedgerAccount, lastYear, yearOf } from './account.ts';
import { yearOn } from './rules.ts';

/**
 * Returns the facts that an account tells on a day: those that met its rule, and the taxes of the years until then on
 * which its zones agree. Empty while a zone has yet to accept the account.
 */
export function signedFacts(account: LedgerAccount, on: string): Facts {
  if (!isOpen(account)) return {};
  const { terms } = account;
  const taxes = terms.base === 'TAX' ? agreedAmounts(account, yearOn(on) - 1) : [];
  return { ...terms.rule?.facts, ...(taxes.length > 0 && { localTaxByYear: taxes }) };
}

/** Returns the figures of successive years from the first one on, until one that is not agreed. */
function agreedAmounts(account: LedgerAccount, until: number): readonly number[] {
  const { terms } = account;
  const amounts: number[] = [];
  for (let year = terms.firstYear; year <= Math.min(until, lastYear(terms)); year += 1) {
    const figure = currentFigure(yearOf(account, year));
    if (figure === null) break;
    amounts.push(Number(figure));
  }
  return amounts;
}
