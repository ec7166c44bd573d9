/** Settlements and payments, as they follow from an account's figures. */
import type { Fen } from '../money.ts';
import {
  currentFigure,
  type LedgerAccount,
  lastYear,
  partsOf,
  type SettledFigure,
  type Settlement,
  yearOf,
  type ZoneAmount,
  zonesOf,
} from './account.ts';

/** Returns the years of an account from its first one until another, as far as their figures are shared. */
export function sharedYears({ terms }: LedgerAccount, until: number): readonly number[] {
  const last = Math.min(until, lastYear(terms));
  return Array.from({ length: Math.max(0, last - terms.firstYear + 1) }, (_, i) => terms.firstYear + i);
}

/**
 * Returns the settlement of an account until a year: what each zone's part has become by all figures, less what was
 * settled before. So an adjusted figure is settled with the next one, and the parts sum to the change of the figures.
 * Null where a year before has no figure yet.
 */
export function settlementOf(
  account: LedgerAccount,
  until: number,
): { readonly figures: readonly SettledFigure[]; readonly due: readonly ZoneAmount[] } | null {
  const figures: SettledFigure[] = [];
  const amounts: Fen[] = [];
  for (const year of sharedYears(account, until)) {
    const { settled: was } = yearOf(account, year);
    const amount = currentFigure(yearOf(account, year));
    if (amount === null) return null;
    amounts.push(BigInt(amount));
    if (amount !== was) figures.push({ year, amount, was });
  }
  const parts = partsOf(account.terms, amounts);
  const due = zonesOf(account.terms).map((zone) => ({
    zone,
    amount: String((parts.get(zone) ?? 0n) - BigInt(account.settledParts[zone] ?? '0')),
  }));
  return { figures, due };
}

/** A payment between the zone that pays and another one. */
export interface Payment {
  readonly from: string;
  readonly to: string;
  /** Whole fen above 0. */
  readonly amount: string;
}

/** Returns the payment of a settlement between the payer and another zone; null where there is none. */
export function paymentOf({ terms }: LedgerAccount, { due }: Settlement, other: string): Payment | null {
  const part = BigInt(due.find(({ zone }) => zone === other)?.amount ?? '0');
  if (other === terms.payer || part === 0n) return null;
  const [from, to] = part > 0n ? [terms.payer, other] : [other, terms.payer];
  return { from, to, amount: String(part > 0n ? part : -part) };
}

/** Returns the zones that the payer owes, or that owe the payer, by a settlement. */
export function zonesToPay(account: LedgerAccount, settlement: Settlement): readonly string[] {
  return zonesOf(account.terms).filter((zone) => paymentOf(account, settlement, zone) !== null);
}
