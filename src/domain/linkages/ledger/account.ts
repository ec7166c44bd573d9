/**
 * An account of benefit sharing between zones: what is shared by which terms, the figure of each year, and the
 * settlements that follow from the figures.
 */
import type { Facts } from '../../rules/rule.ts';
import type { ShareTermRecord } from '../agreement.ts';
import { ALL_BASIS_POINTS, allocate, type Fen, fenOf } from '../money.ts';
import { isUsableKey } from './signature.ts';

export interface ZoneShare {
  readonly zone: string;
  readonly basisPoints: number;
}

/** An amount of one zone, whole fen as a text. */
export interface ZoneAmount {
  readonly zone: string;
  readonly amount: string;
}

/** The rule of a policy that an account's terms come from, and the facts that met it. */
export interface AppliedRule {
  readonly policy: string;
  readonly version: number;
  /** SHA-256 of the rule's canonical text. */
  readonly hash: string;
  readonly facts: Facts;
}

/** The terms of an account, which all its zones sign. They never change. */
export interface AccountTerms {
  readonly base: ShareTermRecord['base'];
  /** The enterprise whose figure is shared; null for the figure of a whole zone. */
  readonly enterprise: string | null;
  readonly firstYear: number;
  readonly years: number;
  /** Further years, in which the capped zone gets the rest of its cap. */
  readonly extensionYears: number;
  /** Basis points that sum to 10,000. */
  readonly shares: readonly ZoneShare[];
  /** The zone that collects the figure and pays the other zones their shares. */
  readonly payer: string;
  /** The zone that gets at most the cap over all years; the payer keeps the rest. Null without a cap. */
  readonly capped: { readonly zone: string; readonly cap: string } | null;
  /** The public key whose signature decides a difference; null where the zones named none. */
  readonly arbiter: string | null;
  readonly rule: AppliedRule | null;
}

/** A year's figure, as it stands. */
export interface LedgerYear {
  /** The figure that each zone reports, by zone. */
  readonly figures: Readonly<Record<string, string>>;
  /** The figure that all report alike, or that the arbiter decided; null while there is none. */
  readonly agreed: { readonly amount: string; readonly by: 'ZONES' | 'ARBITER' } | null;
  /** The figure that the last confirmed settlement took; null before. */
  readonly settled: string | null;
  /** Set once a zone has disputed a settlement of the figure. */
  readonly isDisputed: boolean;
}

export type PaymentState = 'DUE' | 'PAID' | 'RECEIVED';

/** A settlement of everything that was agreed on until a year. It is never changed once all zones have confirmed it. */
export interface Settlement {
  /** The figures that are new, or other than the settled ones. */
  readonly figures: readonly SettledFigure[];
  /** The part of each zone, in sum the change of all figures. Below 0 for what a zone gives back. */
  readonly due: readonly ZoneAmount[];
  /** The day of the entry. Absent where it was stored before days were. */
  readonly computedOn?: string;
  readonly confirmedBy: readonly string[];
  readonly isConfirmed: boolean;
  /** The payment between the payer and each other zone that has a part. Empty until all have confirmed. */
  readonly payments: Readonly<Record<string, PaymentState>>;
}

export interface SettledFigure {
  readonly year: number;
  readonly amount: string;
  /** The figure of the settlement before; null for a year's first settlement. */
  readonly was: string | null;
}

export interface LedgerAccount {
  readonly id: string;
  readonly terms: AccountTerms;
  readonly acceptedBy: readonly string[];
  /** By year. */
  readonly years: Readonly<Record<string, LedgerYear>>;
  /** By the year until which they settle. */
  readonly settlements: Readonly<Record<string, Settlement>>;
  /** The year of the settlement that awaits confirmations; null where there is none. */
  readonly pending: number | null;
  /** The year of the last confirmed settlement; null before. */
  readonly settledUntil: number | null;
  /** The parts of all confirmed settlements together, by zone. */
  readonly settledParts: Readonly<Record<string, string>>;
}

export const NEW_YEAR: LedgerYear = { figures: {}, agreed: null, settled: null, isDisputed: false };

/** Returns the id of an account. A figure of one enterprise, or of a zone, has one account in a ledger. */
export function accountId(base: AccountTerms['base'], enterprise: string | null): string {
  return enterprise === null ? base : `${base}/${enterprise}`;
}

/** Returns the zones of an account. */
export const zonesOf = ({ shares }: AccountTerms): readonly string[] => shares.map(({ zone }) => zone);

/** Returns whether all zones of an account have accepted its terms. */
export const isOpen = ({ terms, acceptedBy }: LedgerAccount): boolean =>
  zonesOf(terms).every((zone) => acceptedBy.includes(zone));

/** Returns the last year whose figure is shared. */
export const lastYear = ({ firstYear, years, extensionYears }: AccountTerms): number =>
  firstYear + years + extensionYears - 1;

/** Returns the figure of a year that a settlement takes: the agreed one, else the one that was settled before. */
export function currentFigure(year: LedgerYear | undefined): string | null {
  return year?.agreed?.amount ?? year?.settled ?? null;
}

/** Returns a year of an account; a new one where nothing was reported yet. */
export function yearOf({ years }: LedgerAccount, year: number): LedgerYear {
  return years[year] ?? NEW_YEAR;
}

const MAX_YEARS = 50;
const FIRST_POSSIBLE_YEAR = 2000;
const LAST_POSSIBLE_YEAR = 2200;

/** Returns the first fault of an account's terms in themselves; null where there is none. */
export function faultOfTerms(terms: AccountTerms): string | null {
  const { firstYear, years, extensionYears, shares, payer, capped, arbiter } = terms;
  const zones = zonesOf(terms);
  const cap = capped === null ? null : fenOf(capped.cap);
  if (firstYear < FIRST_POSSIBLE_YEAR || firstYear > LAST_POSSIBLE_YEAR) return 'The first year is out of bounds.';
  if (years < 1 || extensionYears < 0 || years + extensionYears > MAX_YEARS) return 'The years are out of bounds.';
  if (zones.length < 2 || new Set(zones).size !== zones.length) return 'Two zones or more share, each once.';
  if (shares.some(({ basisPoints }) => basisPoints < 0)) return 'A share is below 0.';
  if (shares.reduce((sum, { basisPoints }) => sum + basisPoints, 0) !== ALL_BASIS_POINTS) {
    return 'The shares sum to 10,000 basis points.';
  }
  if (!zones.includes(payer)) return 'The zone that pays has no share.';
  if (capped && (!zones.includes(capped.zone) || capped.zone === payer))
    return 'The capped zone is another that shares.';
  if (cap !== null ? cap < 0n : capped !== null) return 'The cap is 0 or more fen.';
  return arbiter === null || isUsableKey(arbiter) ? null : "The arbiter's key is no public key of Ed25519.";
}

/**
 * Returns each zone's part of the figures of successive years, by zone. The parts sum to the figures. Each year is
 * divided by the largest remainder; the capped zone gets no more than the rest of its cap, and the payer keeps what is
 * above.
 * @param amounts the figures from the first year on; those after the last year of the terms are the payer's
 */
export function partsOf(terms: AccountTerms, amounts: readonly Fen[]): Map<string, Fen> {
  const { shares, payer, capped, years, extensionYears } = terms;
  const parts = new Map(shares.map(({ zone }) => [zone, 0n]));
  const add = (zone: string, amount: Fen) => parts.set(zone, (parts.get(zone) ?? 0n) + amount);
  // Without a cap there is none to be reached, so nothing is extended.
  const sharedYears = years + (capped ? extensionYears : 0);
  let left = capped && (fenOf(capped.cap) ?? 0n);
  for (const [i, amount] of amounts.entries()) {
    if (i >= sharedYears) add(payer, amount);
    else {
      const ofYear = allocate(
        amount,
        shares.map(({ basisPoints }) => basisPoints),
      );
      for (const [j, { zone }] of shares.entries()) {
        const part = ofYear[j] ?? 0n;
        const granted = zone === capped?.zone && left !== null && part > left ? left : part;
        if (zone === capped?.zone && left !== null) left -= granted;
        add(zone, granted);
        add(payer, part - granted);
      }
    }
  }
  return parts;
}
