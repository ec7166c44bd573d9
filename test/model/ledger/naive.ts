/**
 * The rules of an account, read once more, without the domain's types of state: what has been entered is a list, and each
 * question walks it from the beginning.
 */
import type { AccountTerms } from '../../../src/domain/linkages/ledger/account.ts';
import type { LedgerCommand } from '../../../src/domain/linkages/ledger/ledger.ts';

/** A command that was accepted, with the zone that entered it. */
export interface Made {
  readonly zone: string;
  readonly command: LedgerCommand;
  /** The day of the entry. */
  readonly on: string;
}

/** A figure as it stands after a walk. */
interface Figure {
  reports: Map<string, bigint>;
  fixed: { amount: bigint; byArbiter: boolean } | null;
  taken: bigint | null;
  contested: boolean;
}

interface Walked {
  terms: AccountTerms | null;
  accepted: Set<string>;
  figures: Map<number, Figure>;
  /** The settlement that waits, with who has confirmed it and what it gives. */
  waiting: { year: number; since: string; confirmed: Set<string>; parts: Map<string, bigint> } | null;
  done: Map<number, Map<string, bigint>>;
  paid: Set<string>;
  received: Set<string>;
}

const fresh = (): Figure => ({ reports: new Map(), fixed: null, taken: null, contested: false });

/** Each zone's part of a year's figure, by the largest remainder: whole parts first, then the rest fen by fen. */
function divided(amount: bigint, { shares }: AccountTerms): Map<string, bigint> {
  const parts = shares.map(({ zone, basisPoints }) => ({
    zone,
    part: (amount * BigInt(basisPoints)) / 10_000n,
    rest: Number((amount * BigInt(basisPoints)) % 10_000n),
  }));
  let left = amount;
  for (const { part } of parts) left -= part;
  while (left > 0n) {
    let largest = parts[0];
    for (const each of parts) if (largest && each.rest > largest.rest) largest = each;
    if (!largest) break;
    largest.part += 1n;
    largest.rest = -1;
    left -= 1n;
  }
  return new Map(parts.map(({ zone, part }) => [zone, part]));
}

/** What each zone has a right to by the figures of the first years. */
export function rightsBy(terms: AccountTerms, amounts: readonly bigint[]): Map<string, bigint> {
  const rights = new Map(terms.shares.map(({ zone }) => [zone, 0n]));
  const give = (zone: string, amount: bigint) => rights.set(zone, (rights.get(zone) ?? 0n) + amount);
  const years = terms.capped ? terms.years + terms.extensionYears : terms.years;
  for (const [year, amount] of amounts.entries()) {
    if (year >= years) {
      give(terms.payer, amount);
      continue;
    }
    for (const [zone, part] of divided(amount, terms)) {
      const had = rights.get(zone) ?? 0n;
      const most = terms.capped?.zone === zone ? BigInt(terms.capped.cap) - had : part;
      const got = part < most ? part : most;
      give(zone, got);
      if (got < part) give(terms.payer, part - got);
    }
  }
  return rights;
}

export function walk(made: readonly Made[]): Walked {
  const state: Walked = {
    terms: null,
    accepted: new Set(),
    figures: new Map(),
    waiting: null,
    done: new Map(),
    paid: new Set(),
    received: new Set(),
  };
  for (const each of made) step(state, each);
  return state;
}

function figureOf(state: Walked, year: number): Figure {
  const figure = state.figures.get(year) ?? fresh();
  state.figures.set(year, figure);
  return figure;
}

/** Fixes a figure, which is settled already where nothing has changed. */
function fix(figure: Figure, amount: bigint, byArbiter: boolean): void {
  if (amount === figure.taken) Object.assign(figure, { ...fresh(), taken: amount });
  else figure.fixed = { amount, byArbiter };
}

function step(state: Walked, { zone, command, on }: Made): void {
  const zones = state.terms?.shares.map((share) => share.zone) ?? [];
  switch (command.kind) {
    case 'REGISTER_KEY':
    case 'REPLACE_KEY':
    case 'ACCEPT_KEY':
      return;
    case 'OPEN_ACCOUNT':
      state.terms = command.terms;
      state.accepted = new Set([zone]);
      return;
    case 'ACCEPT_ACCOUNT':
      state.accepted.add(zone);
      return;
    case 'REPORT_FIGURE': {
      const figure = figureOf(state, command.year);
      const amount = BigInt(command.amount);
      figure.reports.set(zone, amount);
      if (zones.every((each) => figure.reports.get(each) === amount)) fix(figure, amount, false);
      return;
    }
    case 'AWARD_FIGURE':
      fix(figureOf(state, command.year), BigInt(command.amount), true);
      return;
    case 'COMPUTE_SETTLEMENT': {
      const parts = partsUntil(state, command.year);
      if (parts) state.waiting = { year: command.year, since: on, confirmed: new Set([zone]), parts };
      return;
    }
    case 'CONFIRM_SETTLEMENT': {
      const { waiting } = state;
      waiting?.confirmed.add(zone);
      if (!waiting || !zones.every((each) => waiting.confirmed.has(each))) return;
      state.done.set(waiting.year, waiting.parts);
      state.waiting = null;
      for (const [year, figure] of state.figures) {
        if (year <= waiting.year && figure.fixed) Object.assign(figure, { ...fresh(), taken: figure.fixed.amount });
      }
      return;
    }
    case 'DISPUTE_SETTLEMENT':
      state.waiting = null;
      for (const [year, figure] of state.figures) {
        if (year > command.year || !figure.fixed || figure.fixed.byArbiter) continue;
        Object.assign(figure, { ...fresh(), taken: figure.taken, contested: true });
      }
      return;
    case 'PAY':
      state.paid.add(pairOf(state, command.year, zone, command.zone));
      return;
    case 'RECEIVE':
      state.received.add(pairOf(state, command.year, zone, command.zone));
      return;
  }
}

const pairOf = ({ terms }: Walked, year: number, a: string, b: string) => `${year} ${a === terms?.payer ? b : a}`;

const lastOf = ({ firstYear, years, extensionYears }: AccountTerms) => firstYear + years + extensionYears - 1;

/** What the zones' parts until a year are, less all that was settled; null where a figure is missing. */
export function partsUntil(state: Walked, until: number): Map<string, bigint> | null {
  const { terms } = state;
  if (!terms) return null;
  const amounts: bigint[] = [];
  for (let year = terms.firstYear; year <= until && year <= lastOf(terms); year++) {
    const figure = state.figures.get(year);
    const amount = figure?.fixed?.amount ?? figure?.taken ?? null;
    if (amount === null) return null;
    amounts.push(amount);
  }
  const rights = rightsBy(terms, amounts);
  for (const parts of state.done.values()) {
    for (const [zone, part] of parts) rights.set(zone, (rights.get(zone) ?? 0n) - part);
  }
  return rights;
}

/** Tells why a command of a zone is refused in an account of sound terms, as its code and field; null where it isn't. */
export function refusalOf(made: readonly Made[], { zone, command, on }: Made, thisYear: number): string | null {
  if (!('account' in command)) return null;
  const state = walk(made);
  const { terms, accepted, waiting } = state;
  if (command.kind === 'OPEN_ACCOUNT') {
    const isOwn = command.terms.shares.some((share) => share.zone === zone);
    const isAgreed = terms?.shares.every((share) => accepted.has(share.zone));
    if (!isOwn) return 'NOT_YOURS account';
    return isAgreed ? 'RECORD_EXISTS account' : null;
  }
  if (!terms) return 'UNKNOWN_RECORD account';
  if (!terms.shares.some((share) => share.zone === zone)) return 'NOT_YOURS account';
  if (command.kind === 'ACCEPT_ACCOUNT') return accepted.has(zone) ? 'KEPT account' : null;
  if (!terms.shares.every((share) => accepted.has(share.zone))) return 'KEPT account';
  const { year } = command;
  const figure = state.figures.get(year) ?? fresh();
  switch (command.kind) {
    case 'AWARD_FIGURE':
    case 'REPORT_FIGURE': {
      const isAward = command.kind === 'AWARD_FIGURE';
      if (isAward && terms.arbiter === null) return 'KEPT account';
      if (waiting) return 'KEPT account';
      if (year < terms.firstYear || year > lastOf(terms) || year >= thisYear) return 'INVALID_VALUE year';
      if (BigInt(command.amount) < 0n) return 'INVALID_VALUE amount';
      if (figure.fixed) return 'KEPT year';
      const differ = figure.contested || new Set(figure.reports.values()).size > 1;
      return isAward && !differ ? 'KEPT year' : null;
    }
    case 'COMPUTE_SETTLEMENT': {
      if (waiting) return 'KEPT account';
      if (year < terms.firstYear || [...state.done.keys()].some((each) => each >= year)) return 'KEPT year';
      if (year > thisYear) return 'INVALID_VALUE year';
      const isNew = [...state.figures].some(([of, { fixed }]) => of <= year && fixed !== null);
      return partsUntil(state, year) && isNew ? null : 'KEPT year';
    }
    case 'DISPUTE_SETTLEMENT': {
      const days = waiting ? (Date.parse(on) - Date.parse(waiting.since)) / 86_400_000 : 0;
      return waiting?.year === year && (days > 60 || !waiting.confirmed.has(zone)) ? null : 'KEPT year';
    }
    case 'CONFIRM_SETTLEMENT':
      return waiting?.year === year && !waiting.confirmed.has(zone) ? null : 'KEPT year';
    case 'PAY':
    case 'RECEIVE': {
      const other = zone === terms.payer ? command.zone : zone;
      const isBetween = zone !== command.zone && (zone === terms.payer || command.zone === terms.payer);
      const part = state.done.get(year)?.get(other) ?? 0n;
      if (!isBetween || part === 0n || other === terms.payer) return 'KEPT zone';
      const from = part > 0n ? terms.payer : other;
      const isActor = command.kind === 'PAY' ? zone === from : zone !== from;
      const pair = `${year} ${other}`;
      const isNext = command.kind === 'PAY' ? !state.paid.has(pair) : state.paid.has(pair) && !state.received.has(pair);
      return isActor && isNext ? null : 'KEPT zone';
    }
  }
}
