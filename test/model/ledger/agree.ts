/** Random commands on accounts of a ledger, against the second reading. */
import { addDays } from '../../../src/domain/calendar/day.ts';
import type { AccountTerms } from '../../../src/domain/linkages/ledger/account.ts';
import type { LedgerCommand } from '../../../src/domain/linkages/ledger/ledger.ts';
import { verifyLedger } from '../../../src/domain/linkages/ledger/verify.ts';
import { type Random, randomOf } from '../../../src/local/demo-data/random.ts';
import { ACCOUNT, DESTINATION, LedgerBook, ORIGIN, SYSTEMS, TAX_TERMS } from '../../fixtures/ledger-book.ts';
import { type Made, partsUntil, refusalOf, walk } from './naive.ts';

/** What happened in a run, so that nobody takes an empty run for a good one. */
export interface LedgerTally {
  commands: number;
  accepted: Record<string, number>;
  refused: Record<string, number>;
  forged: number;
  settledFen: bigint;
}

export const newLedgerTally = (): LedgerTally => ({
  commands: 0,
  accepted: {},
  refused: {},
  forged: 0,
  settledFen: 0n,
});

const OPERATOR = 'zone_operator';
const STRANGER = 'zone_stranger';
const ZONES = [ORIGIN, DESTINATION, OPERATOR, STRANGER];
/** Commands of one ledger: enough to settle, adjust and settle again. */
const COMMANDS_OF_A_LEDGER = 120;
const THIS_YEAR = 2026;
const LAST_DAY = '2026-12-31';
const earlier = (a: string, b: string) => (a < b ? a : b);
const FIRST_YEARS = [2022, 2023, 2024];
const AMOUNTS = ['0', '1', '3', '99', '101', '6000000001'];

function drawTerms(random: Random): AccountTerms {
  const zones = random.chance(0.3) ? [ORIGIN, DESTINATION, OPERATOR] : [ORIGIN, DESTINATION];
  const first = random.integer(0, 10_000);
  const second = zones.length === 2 ? 10_000 - first : random.integer(0, 10_000 - first);
  const points = [first, second, 10_000 - first - second];
  return {
    ...TAX_TERMS,
    firstYear: random.pick(FIRST_YEARS),
    years: random.integer(1, 3),
    extensionYears: random.integer(0, 2),
    shares: zones.map((zone, i) => ({ zone, basisPoints: points[i] ?? 0 })),
    capped: random.chance(0.6) ? { zone: ORIGIN, cap: random.pick(['0', '70', '3000000000']) } : null,
    arbiter: random.chance(0.6) ? TAX_TERMS.arbiter : null,
  };
}

function drawCommand(random: Random, terms: AccountTerms, truth: ReadonlyMap<number, string>): LedgerCommand {
  const year = terms.firstYear + random.integer(random.chance(0.1) ? -1 : 0, random.chance(0.2) ? 5 : 2);
  const of = { account: ACCOUNT, year };
  // Zones mostly know the same figure, or nothing would ever be agreed.
  const amount = random.chance(0.75) ? (truth.get(year) ?? '0') : random.pick([...AMOUNTS, '-1']);
  const kind = random.pick([
    ...Array<'REPORT_FIGURE'>(8).fill('REPORT_FIGURE'),
    ...Array<'COMPUTE_SETTLEMENT'>(3).fill('COMPUTE_SETTLEMENT'),
    ...Array<'CONFIRM_SETTLEMENT'>(5).fill('CONFIRM_SETTLEMENT'),
    ...(['ACCEPT_ACCOUNT', 'ACCEPT_ACCOUNT', 'OPEN_ACCOUNT', 'AWARD_FIGURE', 'AWARD_FIGURE'] as const),
    ...(['DISPUTE_SETTLEMENT', 'PAY', 'PAY', 'RECEIVE', 'RECEIVE'] as const),
  ]);
  switch (kind) {
    case 'OPEN_ACCOUNT':
      return { kind, account: ACCOUNT, terms };
    case 'ACCEPT_ACCOUNT':
      return { kind, account: ACCOUNT };
    case 'REPORT_FIGURE':
    case 'AWARD_FIGURE':
      return { kind, ...of, amount };
    case 'DISPUTE_SETTLEMENT':
      return { kind, ...of, reason: 'Refunds' };
    case 'PAY':
    case 'RECEIVE':
      return { kind, ...of, zone: random.pick(ZONES) };
    default:
      return { kind, ...of };
  }
}

/** Draws a command that takes an account further, if any: of random ones alone, few would be accepted. */
function drawLikely(
  random: Random,
  terms: AccountTerms,
  truth: ReadonlyMap<number, string>,
  made: readonly Made[],
): Omit<Made, 'on'> {
  const { waiting, done, accepted, figures, paid } = walk(made);
  const zones = terms.shares.map(({ zone }) => zone);
  const zone = random.pick(zones);
  const account = ACCOUNT;
  if (made.length === 0) return { zone, command: { kind: 'OPEN_ACCOUNT', account, terms } };
  const joining = zones.find((each) => !accepted.has(each));
  if (joining) return { zone: joining, command: { kind: 'ACCEPT_ACCOUNT', account } };
  if (waiting) {
    const { year } = waiting;
    if (random.chance(0.1))
      return { zone, command: { kind: 'DISPUTE_SETTLEMENT', account, year, reason: 'Nobody answers' } };
    const other = zones.find((each) => !waiting.confirmed.has(each)) ?? zone;
    if (random.chance(0.3))
      return { zone: other, command: { kind: 'DISPUTE_SETTLEMENT', account, year, reason: 'Refunds' } };
    return { zone: other, command: { kind: 'CONFIRM_SETTLEMENT', account, year } };
  }
  const [year = terms.firstYear] = random.shuffled([...done.keys()]);
  const payer = terms.payer;
  const [partner = payer] = random.shuffled(zones.filter((each) => each !== payer));
  if (done.size > 0 && random.chance(0.4)) {
    const part = done.get(year)?.get(partner) ?? 0n;
    const [from, to] = part > 0n ? [payer, partner] : [partner, payer];
    if (!paid.has(`${year} ${partner}`)) return { zone: from, command: { kind: 'PAY', account, year, zone: to } };
    return { zone: to, command: { kind: 'RECEIVE', account, year, zone: from } };
  }
  const open = terms.firstYear + random.integer(0, 3);
  const figure = figures.get(open);
  if (figure?.fixed) return { zone, command: { kind: 'COMPUTE_SETTLEMENT', account, year: open } };
  const amount = truth.get(open) ?? '0';
  if (random.chance(0.2)) return { zone, command: { kind: 'AWARD_FIGURE', account, year: open, amount } };
  const silent = zones.find((each) => figure?.reports.get(each) !== BigInt(amount)) ?? zone;
  return { zone: silent, command: { kind: 'REPORT_FIGURE', account, year: open, amount } };
}

/** Runs random commands, ledger by ledger. Throws with the ledger and command at the first difference. */
export function runLedgers(count: number, seed: number, tally: LedgerTally): void {
  for (let ledger = 0; tally.commands < count; ledger++) {
    const random = randomOf(`ledger ${seed} ${ledger}`);
    const until = Math.min(count, tally.commands + COMMANDS_OF_A_LEDGER);
    runLedger(`${seed} ${ledger}`, random, until, tally);
  }
}

function runLedger(name: string, random: Random, until: number, tally: LedgerTally): void {
  const book = new LedgerBook();
  const made: Made[] = [];
  const terms = drawTerms(random);
  for (const zone of ZONES) book.all([zone, { kind: 'REGISTER_KEY', publicKey: SYSTEMS[zone]?.publicKey ?? '' }]);
  const truth = new Map<number, string>();
  while (tally.commands < until) {
    tally.commands += 1;
    if (random.chance(0.05)) book.on = earlier(addDays(book.on, random.integer(1, 70)), LAST_DAY);
    if (random.chance(0.1)) truth.set(terms.firstYear + random.integer(0, 4), random.pick(AMOUNTS));
    const anyone = random.pick(random.chance(0.1) ? ZONES : ZONES.slice(0, terms.shares.length));
    const other = random.chance(0.1) ? drawTerms(random) : terms;
    const { zone, command } = random.chance(0.6)
      ? drawLikely(random, terms, truth, made)
      : { zone: anyone, command: drawCommand(random, other, truth) };
    const own = command.kind === 'AWARD_FIGURE' ? 'arbiter' : zone;
    const signer = random.chance(0.03) ? random.pick(['arbiter', ...ZONES]) : own;
    const next = { zone, command, on: book.on };
    const naive = refusalOf(made, next, THIS_YEAR) ?? (signer === own ? null : 'INVALID_VALUE signature');
    const decision = book.enter(zone, command, signer);
    const [refusal] = decision.ok ? [] : decision.refusals;
    const found = refusal ? `${refusal.code} ${refusal.field.join('.')}` : null;
    if (found !== naive) {
      throw new Error(`Ledger ${name}, ${zone}: ${JSON.stringify(command)} is ${found}, read again ${naive}`);
    }
    if (found === null) {
      made.push(next);
      tally.accepted[command.kind] = (tally.accepted[command.kind] ?? 0) + 1;
      compare(name, book, made);
    } else {
      tally.refused[found] = (tally.refused[found] ?? 0) + 1;
      if (found.endsWith('signature')) tally.forged += 1;
    }
  }
  if (!verifyLedger(book.entries).ok) throw new Error(`Ledger ${name} does not verify`);
  const parts = walk(made).done.values();
  for (const each of parts) for (const part of each.values()) tally.settledFen += part;
}

/** Compares what an account has settled, to the fen. */
function compare(name: string, book: LedgerBook, made: readonly Made[]): void {
  const { kind } = made.at(-1)?.command ?? { kind: 'PAY' };
  if (kind !== 'COMPUTE_SETTLEMENT' && kind !== 'CONFIRM_SETTLEMENT') return;
  const state = walk(made);
  const { settlements, years } = book.account;
  const settled = new Map([
    ...state.done,
    ...(state.waiting ? [[state.waiting.year, state.waiting.parts] as const] : []),
  ]);
  const wanted = [...settled].map(([year, parts]) => [year, [...parts].map(([zone, part]) => `${zone} ${part}`)]);
  const found = Object.entries(settlements).map(([year, { due }]) => [
    Number(year),
    due.map(({ zone, amount }) => `${zone} ${amount}`),
  ]);
  if (JSON.stringify(found) !== JSON.stringify(wanted.sort(([a], [b]) => Number(a) - Number(b)))) {
    throw new Error(`Ledger ${name} settles ${JSON.stringify(found)}, read again ${JSON.stringify(wanted)}`);
  }
  // Not a fen is lost: all parts together are all figures together.
  const paid = [...state.done.values()].flatMap((parts) => [...parts.values()]).reduce((sum, part) => sum + part, 0n);
  const taken = Object.values(years).reduce((sum, { settled: figure }) => sum + BigInt(figure ?? 0), 0n);
  if (paid !== taken) throw new Error(`Ledger ${name} has settled ${paid} fen of ${taken}`);
  if (state.waiting && partsUntil(state, state.waiting.year) === null)
    throw new Error(`Ledger ${name} waits for nothing`);
}
