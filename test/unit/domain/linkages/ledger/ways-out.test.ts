import { addDays } from '../../../../../src/domain/calendar/day.ts';
import type { LedgerCommand, LedgerDecision } from '../../../../../src/domain/linkages/ledger/ledger.ts';
import { CONFIRMATION_DAYS, OBJECTION_DAYS } from '../../../../../src/domain/linkages/ledger/rules.ts';
import { verifyLedger } from '../../../../../src/domain/linkages/ledger/verify.ts';
import {
  ACCOUNT,
  agreeing,
  DESTINATION,
  type LedgerBook,
  ORIGIN,
  openBook,
  SYSTEMS,
} from '../../../../fixtures/ledger-book.ts';

/** A zone that doesn't answer, and one that has lost its key, block nothing for good. */

const refusal = (decision: LedgerDecision) => (decision.ok ? undefined : decision.refusals[0]);
const ofYear = (kind: 'COMPUTE_SETTLEMENT' | 'CONFIRM_SETTLEMENT'): LedgerCommand => ({
  kind,
  account: ACCOUNT,
  year: 2020,
});
const dispute: LedgerCommand = { kind: 'DISPUTE_SETTLEMENT', account: ACCOUNT, year: 2020, reason: 'No answer' };

describe('a settlement that nobody answers', () => {
  const computed = () => openBook().all(...agreeing(2020, '100'), [ORIGIN, ofYear('COMPUTE_SETTLEMENT')]);

  test('is disputed by the zone that computed it, after the days of confirmation alone', () => {
    const book = computed();
    const start = book.on;
    book.on = addDays(start, CONFIRMATION_DAYS);
    expect(refusal(book.enter(ORIGIN, dispute))?.code).toBe('KEPT');
    book.on = addDays(start, CONFIRMATION_DAYS + 1);
    book.all([ORIGIN, dispute]);
    expect(book.account.pending).toBeNull();
    // The figure is open again, and the arbiter may decide it without the silent zone.
    book.all([ORIGIN, { kind: 'AWARD_FIGURE', account: ACCOUNT, year: 2020, amount: '100' }, 'arbiter']);
    book.all([ORIGIN, ofYear('COMPUTE_SETTLEMENT')]);
    expect(verifyLedger(book.entries).ok).toBe(true);
  });

  test('counts from the last day of the ledger where its own day is not stored', () => {
    const book = computed();
    const { computedOn: _, ...settlement } = book.account.settlements[2020] ?? { figures: [], due: [] };
    book.accounts.set(ACCOUNT, { ...book.account, settlements: { 2020: settlement as never } });
    const start = book.on;
    book.on = addDays(start, CONFIRMATION_DAYS);
    expect(refusal(book.enter(ORIGIN, dispute))?.code).toBe('KEPT');
    book.on = addDays(start, CONFIRMATION_DAYS + 1);
    expect(book.enter(ORIGIN, dispute).ok).toBe(true);
  });
});

describe('a zone that has lost its key', () => {
  const publicKey = SYSTEMS.zone_operator?.publicKey ?? '';
  const replace: LedgerCommand = { kind: 'REPLACE_KEY', publicKey };
  const accept: LedgerCommand = { kind: 'ACCEPT_KEY', zone: ORIGIN, publicKey };
  const report = (book: LedgerBook, signer: string) =>
    book.enter(ORIGIN, { kind: 'REPORT_FIGURE', account: ACCOUNT, year: 2020, amount: '7' }, signer);

  test('signs by another one that it asks for and another zone accepts, after the days of objection', () => {
    const book = openBook();
    const start = book.on;
    expect(refusal(book.enter(ORIGIN, replace, ORIGIN))?.field).toEqual(['signature']);
    book.all([ORIGIN, replace, 'zone_operator']);
    expect(refusal(report(book, 'zone_operator'))?.field).toEqual(['signature']);
    book.on = addDays(start, OBJECTION_DAYS - 1);
    expect(refusal(book.enter(DESTINATION, accept))?.message).toContain(addDays(start, OBJECTION_DAYS));
    book.on = addDays(start, OBJECTION_DAYS);
    expect(refusal(book.enter(ORIGIN, accept, 'zone_operator'))?.field).toEqual(['zone']);
    expect(refusal(book.enter(DESTINATION, accept, 'zone_operator'))?.field).toEqual(['signature']);
    const other = { ...accept, publicKey: SYSTEMS.arbiter?.publicKey ?? '' };
    expect(refusal(book.enter(DESTINATION, other))?.code).toBe('KEPT');
    book.all([DESTINATION, accept]);
    expect(book.head).toMatchObject({ keys: { [ORIGIN]: publicKey } });
    expect(book.head.requestedKeys).toBeUndefined();
    expect(report(book, 'zone_operator').ok).toBe(true);
    expect(refusal(report(book, ORIGIN))?.field).toEqual(['signature']);
    const verified = verifyLedger(book.entries);
    expect(verified.ok && verified.value.signedUntil.get(ORIGIN)).toBe(book.head.number);
  });

  test('takes back by any entry of its own key what was asked for in its name', () => {
    const book = openBook().all([ORIGIN, replace, 'zone_operator']);
    const number = book.head.number;
    const asked = verifyLedger(book.entries);
    // The request is signed by no key of the zone.
    expect(asked.ok && asked.value.signedUntil.get(ORIGIN)).toBeLessThan(number);
    expect(report(book, ORIGIN).ok).toBe(true);
    book.on = addDays(book.on, OBJECTION_DAYS);
    expect(refusal(book.enter(DESTINATION, accept))?.code).toBe('KEPT');
  });

  test('an award that it brings by the arbiter takes nothing back', () => {
    const differing = [ORIGIN, DESTINATION].map(
      (zone, i) => [zone, { kind: 'REPORT_FIGURE', account: ACCOUNT, year: 2020, amount: String(i) }] as const,
    );
    const book = openBook().all(...differing, [ORIGIN, replace, 'zone_operator']);
    book.all([ORIGIN, { kind: 'AWARD_FIGURE', account: ACCOUNT, year: 2020, amount: '5' }, 'arbiter']);
    book.on = addDays(book.on, OBJECTION_DAYS);
    expect(book.enter(DESTINATION, accept).ok).toBe(true);
  });

  test('asks for no key that is none, is registered, or replaces nothing', () => {
    const book = openBook();
    const registered = { ...replace, publicKey: SYSTEMS[DESTINATION]?.publicKey ?? '' };
    expect(refusal(book.enter(ORIGIN, registered, DESTINATION))?.code).toBe('KEPT');
    const none = { ...replace, publicKey: Buffer.alloc(32).toString('base64url') };
    expect(refusal(book.enter(ORIGIN, none))?.code).toBe('INVALID_VALUE');
    expect(refusal(book.enter('zone_stranger', replace, 'zone_operator'))?.code).toBe('KEPT');
  });
});
