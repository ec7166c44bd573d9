/** The fold of a ledger's entries into its end and its accounts. */
import { type LedgerAccount, type LedgerYear, NEW_YEAR, yearOf, zonesOf } from './account.ts';
import { type Content, hashOf, type LedgerEntry, NO_ENTRY, type SignedText } from './entry.ts';
import { type LedgerHead, partner } from './rules.ts';
import { zonesToPay } from './settle.ts';

/** The end of a ledger without entries. */
export const EMPTY_LEDGER: LedgerHead = { number: 0, hash: NO_ENTRY, on: null, keys: {} };

/** Returns the end of a ledger after an entry. */
export function headAfter(
  { keys, requestedKeys = {} }: LedgerHead,
  { number, on, zone, content }: LedgerEntry,
  signed: SignedText,
): LedgerHead {
  const end = { number, hash: hashOf(signed), on };
  switch (content.kind) {
    case 'REPLACE_KEY': {
      const { publicKey } = content;
      return { ...end, keys, requestedKeys: { ...requestedKeys, [zone]: { publicKey, on } } };
    }
    case 'ACCEPT_KEY':
      return {
        ...end,
        keys: { ...keys, [content.zone]: content.publicKey },
        ...withoutRequests(requestedKeys, [zone, content.zone]),
      };
    case 'REGISTER_KEY':
      return { ...end, keys: { ...keys, [zone]: content.publicKey }, ...withoutRequests(requestedKeys, [zone]) };
    case 'AWARD_FIGURE':
      // The arbiter's key signs it, which says nothing of the zone's own.
      return { ...end, keys, ...withoutRequests(requestedKeys, []) };
    default:
      return { ...end, keys, ...withoutRequests(requestedKeys, [zone]) };
  }
}

/** Returns the requests of other zones. An entry of a zone's own key takes its request back. */
function withoutRequests(requested: NonNullable<LedgerHead['requestedKeys']>, zones: readonly string[]) {
  const left = Object.entries(requested).filter(([zone]) => !zones.includes(zone));
  return left.length > 0 ? { requestedKeys: Object.fromEntries(left) } : {};
}

/** Returns the account of an entry after it; null for an entry that names none. */
export function accountAfter(account: LedgerAccount | null, { zone, on, content }: LedgerEntry): LedgerAccount | null {
  if (!('account' in content)) return null;
  if (content.kind === 'OPEN_ACCOUNT') {
    return {
      id: content.account,
      terms: content.terms,
      acceptedBy: [zone],
      years: {},
      settlements: {},
      pending: null,
      settledUntil: null,
      settledParts: {},
    };
  }
  if (!account) throw new Error('an entry of an unknown account is applied');
  return changed(account, { zone, on }, content);
}

type AccountContent = Exclude<Extract<Content, { readonly account: string }>, { readonly kind: 'OPEN_ACCOUNT' }>;
type Origin = Pick<LedgerEntry, 'zone' | 'on'>;

function changed(account: LedgerAccount, { zone, on }: Origin, content: AccountContent): LedgerAccount {
  switch (content.kind) {
    case 'ACCEPT_ACCOUNT':
      return { ...account, acceptedBy: [...account.acceptedBy, zone] };
    case 'REPORT_FIGURE':
      return withFigure(account, zone, content.year, content.amount);
    case 'AWARD_FIGURE':
      return withAgreed(account, content.year, { amount: content.amount, by: 'ARBITER' });
    case 'COMPUTE_SETTLEMENT': {
      const { year, figures, due } = content;
      const settlement = { figures, due, computedOn: on, confirmedBy: [zone], isConfirmed: false, payments: {} };
      return { ...account, settlements: { ...account.settlements, [year]: settlement }, pending: year };
    }
    case 'CONFIRM_SETTLEMENT':
      return confirmed(account, zone, content.year);
    case 'DISPUTE_SETTLEMENT':
      return disputed(account, content.year);
    case 'PAY':
    case 'RECEIVE': {
      const settlement = known(account, content.year);
      const state = content.kind === 'PAY' ? ('PAID' as const) : ('RECEIVED' as const);
      const payments = { ...settlement.payments, [partner(account, zone, content.zone)]: state };
      return { ...account, settlements: { ...account.settlements, [content.year]: { ...settlement, payments } } };
    }
  }
}

const withYear = (account: LedgerAccount, year: number, value: LedgerAccount['years'][string]): LedgerAccount => ({
  ...account,
  years: { ...account.years, [year]: value },
});

function known({ settlements }: LedgerAccount, year: number) {
  const settlement = settlements[year];
  if (!settlement) throw new Error('an entry of an unknown settlement is applied');
  return settlement;
}

/** A figure is agreed once all zones report it alike. A settled year begins anew with the first figure that adjusts it. */
function withFigure(account: LedgerAccount, zone: string, year: number, amount: string): LedgerAccount {
  const before = yearOf(account, year);
  const figures = { ...before.figures, [zone]: amount };
  const reported = withYear(account, year, { ...before, figures });
  const isAlike = zonesOf(account.terms).every((each) => figures[each] === amount);
  return isAlike ? withAgreed(reported, year, { amount, by: 'ZONES' }) : reported;
}

/** The figure that was settled needs no other settlement. */
function withAgreed(account: LedgerAccount, year: number, agreed: NonNullable<LedgerYear['agreed']>): LedgerAccount {
  const before = yearOf(account, year);
  return withYear(account, year, agreed.amount === before.settled ? settledYear(agreed.amount) : { ...before, agreed });
}

const settledYear = (settled: string): LedgerYear => ({ ...NEW_YEAR, settled });

/** The last confirmation settles: the figures of the settlement are taken, and its parts are due. */
function confirmed(account: LedgerAccount, zone: string, year: number): LedgerAccount {
  const settlement = known(account, year);
  const confirmedBy = [...settlement.confirmedBy, zone];
  const isConfirmed = zonesOf(account.terms).every((each) => confirmedBy.includes(each));
  if (!isConfirmed) {
    return { ...account, settlements: { ...account.settlements, [year]: { ...settlement, confirmedBy } } };
  }
  const payments = Object.fromEntries(zonesToPay(account, settlement).map((each) => [each, 'DUE' as const]));
  const after = { ...settlement, confirmedBy, isConfirmed, payments };
  const parts = settlement.due.map(({ zone: each, amount }) => {
    return [each, String(BigInt(account.settledParts[each] ?? '0') + BigInt(amount))] as const;
  });
  const settled = Object.entries(account.years).map(([of, figure]) => {
    return [of, Number(of) <= year && figure.agreed ? settledYear(figure.agreed.amount) : figure] as const;
  });
  return {
    ...account,
    years: Object.fromEntries(settled),
    settlements: { ...account.settlements, [year]: after },
    pending: null,
    settledUntil: year,
    settledParts: Object.fromEntries(parts),
  };
}

/** A disputed settlement is void. Its new figures are reported anew, but for those that the arbiter has decided. */
function disputed(account: LedgerAccount, year: number): LedgerAccount {
  const { [year]: _, ...settlements } = account.settlements;
  const reopened = known(account, year).figures.flatMap(({ year: of }) => {
    const figure = yearOf(account, of);
    return figure.agreed?.by === 'ARBITER' ? [] : [[of, { ...figure, figures: {}, agreed: null, isDisputed: true }]];
  });
  return { ...account, years: { ...account.years, ...Object.fromEntries(reopened) }, settlements, pending: null };
}
