/** Resolvers of ledgers, their accounts and settlements. */
import {
  accountId,
  isOpen,
  type LedgerYear,
  type PaymentState,
  yearOf,
  zonesOf,
} from '../../../domain/linkages/ledger/account.ts';
import { EMPTY_LEDGER } from '../../../domain/linkages/ledger/apply.ts';
import { paymentOf, zonesToPay } from '../../../domain/linkages/ledger/settle.ts';
import type { AgreementItem } from '../../../storage/linkages/items.ts';
import type { Context } from '../context.ts';
import type {
  LedgerAccountResolvers,
  LedgerEntryResolvers,
  LedgerFigureResolvers,
  LedgerFigureState,
  LedgerKeyResolvers,
  LedgerPaymentResolvers,
  LedgerResolvers,
  SettlementResolvers,
  ZoneAmountResolvers,
  ZoneShareResolvers,
} from '../generated/types.ts';
import type { LedgerOfAgreement } from '../parents.ts';

/** Returns the ledger of an agreement; one without entries where none was made yet. */
export async function ledgerOf({ id }: AgreementItem, { store }: Context): Promise<LedgerOfAgreement> {
  return { ...((await store.ledgers.ofAgreement.load(id)) ?? EMPTY_LEDGER), agreementId: id };
}

const byId = (id: string) => ({ id });

export const Ledger: LedgerResolvers = {
  // A stored map has no order.
  keys: ({ keys }) =>
    Object.entries(keys)
      .map(([zone, publicKey]) => ({ zone, publicKey }))
      .sort((a, b) => a.zone.localeCompare(b.zone)),
  account: ({ agreementId }, { base, enterprise }, { store }) =>
    store.ledgers.account(agreementId, accountId(base, enterprise ?? null)),
  accounts: ({ agreementId }, page, { store }) => store.ledgers.accounts(agreementId, page),
  entries: ({ agreementId }, page, { store }) => store.ledgers.entries(agreementId, page),
};

export const LedgerKey: LedgerKeyResolvers = { zone: ({ zone }) => byId(zone) };
export const LedgerEntry: LedgerEntryResolvers = { zone: ({ zone }) => byId(zone) };
export const ZoneShare: ZoneShareResolvers = { zone: ({ zone }) => byId(zone) };
export const ZoneAmount: ZoneAmountResolvers = { zone: ({ zone }) => byId(zone) };

/** Returns the entries of a record by year, the earliest first. */
function byYear<Value>(record: Readonly<Record<string, Value>>): readonly (readonly [year: number, value: Value])[] {
  return Object.entries(record)
    .map(([year, value]) => [Number(year), value] as const)
    .sort(([a], [b]) => a - b);
}

export const LedgerAccount: LedgerAccountResolvers = {
  base: ({ terms }) => terms.base,
  enterprise: ({ terms }) => (terms.enterprise === null ? null : byId(terms.enterprise)),
  firstYear: ({ terms }) => terms.firstYear,
  years: ({ terms }) => terms.years,
  extensionYears: ({ terms }) => terms.extensionYears,
  shares: ({ terms }) => terms.shares,
  payer: ({ terms }) => byId(terms.payer),
  cappedZone: ({ terms }) => (terms.capped ? byId(terms.capped.zone) : null),
  cap: ({ terms }) => terms.capped?.cap ?? null,
  arbiter: ({ terms }) => terms.arbiter,
  policy: ({ terms }) => (terms.rule ? byId(terms.rule.policy) : null),
  policyVersion: ({ terms }) => terms.rule?.version ?? null,
  acceptedBy: ({ acceptedBy }) => acceptedBy.map(byId),
  isOpen,
  figures: (account) =>
    byYear(account.years).map(([year]) => ({ year, figure: yearOf(account, year), zones: zonesOf(account.terms) })),
  settlements: (account) => byYear(account.settlements).map(([year, settlement]) => ({ ...settlement, year, account })),
};

function stateOf({ figures, agreed, settled, isDisputed }: LedgerYear, zones: readonly string[]): LedgerFigureState {
  if (agreed) return agreed.by === 'ARBITER' ? 'AWARDED' : 'AGREED';
  const reported = Object.values(figures);
  if (new Set(reported).size > 1) return 'DIFFERENT';
  if (isDisputed && reported.length < zones.length) return 'DISPUTED';
  return settled !== null && reported.length === 0 ? 'SETTLED' : 'REPORTED';
}

export const LedgerFigure: LedgerFigureResolvers = {
  state: ({ figure, zones }) => stateOf(figure, zones),
  reported: ({ figure, zones }) =>
    zones.flatMap((zone) => {
      const amount = figure.figures[zone];
      return amount === undefined ? [] : [{ zone, amount }];
    }),
  difference: ({ figure: { figures } }) => {
    const amounts = Object.values(figures)
      .map(BigInt)
      .sort((a, b) => (a < b ? -1 : 1));
    const [smallest, largest] = [amounts[0], amounts.at(-1)];
    return amounts.length < 2 || smallest === undefined || largest === undefined ? null : largest - smallest;
  },
  agreed: ({ figure }) => figure.agreed?.amount ?? null,
  settled: ({ figure }) => figure.settled,
};

export const Settlement: SettlementResolvers = {
  confirmedBy: ({ confirmedBy }) => confirmedBy.map(byId),
  payments: ({ account, ...settlement }) =>
    (settlement.isConfirmed ? zonesToPay(account, settlement) : []).flatMap((zone) => {
      const payment = paymentOf(account, settlement, zone);
      const state: PaymentState = settlement.payments[zone] ?? 'DUE';
      return payment ? [{ ...payment, state }] : [];
    }),
};

export const LedgerPayment: LedgerPaymentResolvers = {
  from: ({ from }) => byId(from),
  to: ({ to }) => byId(to),
};
