/** The rules of a ledger's entries by their kind: when a zone may make one. They need nothing but the ledger itself. */
import { addDays } from '../../calendar/day.ts';
import { canonical } from '../../canonical.ts';
import { type RecordRefusal, type RecordRefusalCode, unless } from '../../records/record.ts';
import { accountId, faultOfTerms, isOpen, type LedgerAccount, lastYear, yearOf, zonesOf } from './account.ts';
import type { Content, ContentOf, EntryKind } from './entry.ts';
import { type Payment, paymentOf, settlementOf } from './settle.ts';
import { isUsableKey } from './signature.ts';

/** The end of a ledger, to which the next entry is added. */
export interface LedgerHead {
  /** The number of entries. */
  readonly number: number;
  readonly hash: string;
  /** The day of the last entry; null before the first. */
  readonly on: string | null;
  /** The registered public key of each zone, by zone. */
  readonly keys: Readonly<Record<string, string>>;
  /** The keys that zones without their former one ask for, by zone. Absent where none does. */
  readonly requestedKeys?: Readonly<Record<string, RequestedKey>>;
}

/** A key that a zone asks for in the place of a lost one. */
export interface RequestedKey {
  readonly publicKey: string;
  /** The day of the entry. */
  readonly on: string;
}

/** Days in which a zone that still has its key takes back what was asked for in its name, by any entry. */
export const OBJECTION_DAYS = 10;
/** Days after which a settlement without all confirmations may be disputed by every zone, also by those that confirmed. */
export const CONFIRMATION_DAYS = 60;

/** Everything that decides an entry. */
export interface LedgerSituation {
  readonly head: LedgerHead;
  /** The account that the entry names; null where there is none. */
  readonly account: LedgerAccount | null;
  /** The zone that makes the entry, and its day. */
  readonly zone: string;
  readonly on: string;
}

type Rule<Kind extends EntryKind> = (content: ContentOf<Kind>, situation: LedgerSituation) => readonly RecordRefusal[];

const RULES: { readonly [Kind in EntryKind]: Rule<Kind> } = {
  REGISTER_KEY: ({ publicKey }, { head, zone }) => {
    const isOthers = Object.entries(head.keys).some(([other, key]) => other !== zone && key === publicKey);
    return [
      ...unless(isUsableKey(publicKey), 'INVALID_VALUE', ['publicKey'], 'This is no public key of Ed25519.'),
      ...unless(!isOthers, 'KEPT', ['publicKey'], 'Another zone has registered this key.'),
    ];
  },
  REPLACE_KEY: ({ publicKey }, { head, zone }) => [
    ...unless(head.keys[zone] !== undefined, 'KEPT', ['publicKey'], 'The zone has no key to replace: register one.'),
    ...unless(isUsableKey(publicKey), 'INVALID_VALUE', ['publicKey'], 'This is no public key of Ed25519.'),
    ...unless(!Object.values(head.keys).includes(publicKey), 'KEPT', ['publicKey'], 'A zone has registered this key.'),
  ],
  ACCEPT_KEY: ({ zone: other, publicKey }, { head, zone, on }) => {
    const requested = head.requestedKeys?.[other];
    const first = requested ? addDays(requested.on, OBJECTION_DAYS) : on;
    return [
      ...unless(other !== zone, 'NOT_YOURS', ['zone'], 'Another zone accepts the key.'),
      ...unless(requested?.publicKey === publicKey, 'KEPT', ['publicKey'], 'The zone asks for no such key.'),
      ...unless(on >= first, 'KEPT', ['publicKey'], `The key is accepted from ${first} on.`),
    ];
  },
  OPEN_ACCOUNT: ({ account: id, terms }, { head, account, zone }) => {
    const fault = faultOfTerms(terms);
    if (fault !== null) return one('INVALID_VALUE', ['terms'], fault);
    if (id !== accountId(terms.base, terms.enterprise)) return one('INVALID_VALUE', ['account'], 'This is another id.');
    if (!zonesOf(terms).includes(zone)) return NOT_YOURS;
    if (Object.values(head.keys).some((key) => key === terms.arbiter)) {
      return one('KEPT', ['arbiter'], 'A zone has registered this key: an arbiter is none of the zones.');
    }
    return account && isOpen(account) ? one('RECORD_EXISTS', ['account'], 'All zones have accepted this account.') : [];
  },
  ACCEPT_ACCOUNT: (_, situation) =>
    ofAccount(situation, ({ acceptedBy }) =>
      unless(!acceptedBy.includes(situation.zone), 'KEPT', ['account'], 'The zone has accepted this account.'),
    ),
  REPORT_FIGURE: (content, situation) =>
    ofOpenAccount(situation, (account) => {
      const { agreed } = yearOf(account, content.year);
      return [...figureRefusals(account, content, situation.on), ...unless(agreed === null, 'KEPT', ['year'], AGREED)];
    }),
  AWARD_FIGURE: (content, situation) =>
    ofOpenAccount(situation, (account) => {
      const { agreed, figures, isDisputed } = yearOf(account, content.year);
      const isDifferent = isDisputed || new Set(Object.values(figures)).size > 1;
      const faults = figureRefusals(account, content, situation.on);
      if (account.terms.arbiter === null) return one('KEPT', ['account'], 'The zones have named no arbiter.');
      if (faults.length > 0) return faults;
      if (agreed !== null) return one('KEPT', ['year'], AGREED);
      return unless(isDifferent, 'KEPT', ['year'], 'The zones have reported no different figures.');
    }),
  COMPUTE_SETTLEMENT: ({ year, figures, due }, situation) =>
    ofOpenAccount(situation, (account) => {
      const { pending, settledUntil, terms } = account;
      const isNext = year >= terms.firstYear && (settledUntil === null || year > settledUntil);
      if (pending !== null) return one('KEPT', ['account'], PENDING);
      if (!isNext) return one('KEPT', ['year'], 'This year is settled: adjust its figure, and settle a later year.');
      if (year > yearOn(situation.on)) return one('INVALID_VALUE', ['year'], 'The year has not begun.');
      const computed = settlementOf(account, year);
      if (!computed) return one('KEPT', ['year'], 'A figure until this year is neither agreed nor decided.');
      if (computed.figures.length === 0) return one('KEPT', ['year'], 'No figure is new or adjusted.');
      const isEqual = canonical(computed) === canonical({ figures, due });
      return unless(isEqual, 'OTHER_VERSION', ['due'], 'The figures give another settlement.');
    }),
  CONFIRM_SETTLEMENT: ({ year }, situation) => ofPending(year, situation),
  DISPUTE_SETTLEMENT: ({ year }, situation) => {
    const { head, account, on } = situation;
    // Settlements that were stored without their day count from the ledger's last one, which is no earlier.
    const computedOn = account?.settlements[year]?.computedOn ?? head.on ?? on;
    return ofPending(year, situation, on > addDays(computedOn, CONFIRMATION_DAYS));
  },
  PAY: (content, situation) => ofPayment(content, situation, 'DUE', ({ from }) => from),
  RECEIVE: (content, situation) => ofPayment(content, situation, 'PAID', ({ to }) => to),
};

/** Returns why a zone may not make an entry; nothing where it may. */
export function refuseContent(content: Content, situation: LedgerSituation): readonly RecordRefusal[] {
  // TypeScript doesn't relate the rule of a kind to the content of the same kind.
  return (RULES[content.kind] as Rule<EntryKind>)(content, situation);
}

const AGREED = 'The figure is agreed: dispute its settlement, or adjust it once it is settled.';
const PENDING = 'A settlement awaits the confirmations of the zones.';

const one = (code: RecordRefusalCode, field: readonly string[], message: string) => unless(false, code, field, message);
const NOT_YOURS = one('NOT_YOURS', ['account'], 'The zone has no share in this account.');

/** Returns the year of a day. */
export const yearOn = (day: string): number => Number(day.slice(0, 4));

type AccountRule = (account: LedgerAccount) => readonly RecordRefusal[];

function ofAccount({ account, zone }: LedgerSituation, rule: AccountRule): readonly RecordRefusal[] {
  if (!account) return one('UNKNOWN_RECORD', ['account'], 'There is no such account.');
  return zonesOf(account.terms).includes(zone) ? rule(account) : NOT_YOURS;
}

function ofOpenAccount(situation: LedgerSituation, rule: AccountRule): readonly RecordRefusal[] {
  return ofAccount(situation, (account) =>
    isOpen(account) ? rule(account) : one('KEPT', ['account'], 'Not all zones have accepted this account.'),
  );
}

/** Refuses a figure of a year that isn't over or isn't shared, and any while a settlement awaits confirmations. */
function figureRefusals(
  { pending, terms }: LedgerAccount,
  { year, amount }: { readonly year: number; readonly amount: string },
  on: string,
): readonly RecordRefusal[] {
  const isShared = year >= terms.firstYear && year <= lastYear(terms);
  return [
    ...unless(pending === null, 'KEPT', ['account'], PENDING),
    ...unless(isShared, 'INVALID_VALUE', ['year'], 'The figure of this year is not shared.'),
    ...unless(year < yearOn(on), 'INVALID_VALUE', ['year'], 'The year is not over.'),
    ...unless(BigInt(amount) >= 0n, 'INVALID_VALUE', ['amount'], 'A figure is 0 or more fen.'),
  ];
}

function ofPending(year: number, situation: LedgerSituation, isForAll = false): readonly RecordRefusal[] {
  return ofOpenAccount(situation, ({ pending, settlements }) => {
    if (pending !== year) return one('KEPT', ['year'], 'No settlement until this year awaits confirmations.');
    const hasConfirmed = settlements[year]?.confirmedBy.includes(situation.zone) === true;
    return unless(isForAll || !hasConfirmed, 'KEPT', ['year'], 'The zone has confirmed this settlement.');
  });
}

function ofPayment(
  { year, zone: other, amount }: ContentOf<'PAY' | 'RECEIVE'>,
  situation: LedgerSituation,
  state: 'DUE' | 'PAID',
  actor: (payment: Payment) => string,
): readonly RecordRefusal[] {
  return ofOpenAccount(situation, (account) => {
    const settlement = account.settlements[year];
    const counterpart = partner(account, situation.zone, other);
    const payment = settlement?.isConfirmed ? paymentOf(account, settlement, counterpart) : null;
    const isBetween = payment && other !== situation.zone && [payment.from, payment.to].includes(other);
    if (!payment || !isBetween || actor(payment) !== situation.zone) {
      return one('KEPT', ['zone'], 'No confirmed settlement asks for this payment.');
    }
    const isDue = settlement?.payments[counterpart] === state;
    return [
      ...unless(isDue, 'KEPT', ['zone'], state === 'DUE' ? 'This is paid.' : 'This is not paid, or received already.'),
      ...unless(amount === payment.amount, 'OTHER_VERSION', ['amount'], 'The settlement names another amount.'),
    ];
  });
}

/** Returns that one of two zones that isn't the payer. */
export function partner({ terms }: LedgerAccount, zone: string, other: string): string {
  return zone === terms.payer ? other : zone;
}
