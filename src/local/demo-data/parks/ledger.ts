/**
 * The demo's ledger of benefit sharing: the taxes of one relocated enterprise by the rule of 财预〔2015〕92号. All figures
 * are invented, and the zones' keys are derived from their ids.
 */
import type { LedgerAccount } from '../../../domain/linkages/ledger/account.ts';
import { EMPTY_LEDGER } from '../../../domain/linkages/ledger/apply.ts';
import { textOf } from '../../../domain/linkages/ledger/entry.ts';
import { addEntry, contentOf, type LedgerCommand, nextEntry } from '../../../domain/linkages/ledger/ledger.ts';
import { termsOf } from '../../../domain/linkages/ledger/opening.ts';
import type { RelocationRecord } from '../../../domain/linkages/relocation.ts';
import { ledgerAccountItem, ledgerEntryItem, ledgerItem } from '../../../storage/linkages/ledgers/ledger-items.ts';
import type { PrimaryKey } from '../../../storage/tables.ts';
import { storedRule } from '../rules/stored-rule.ts';
import { signingZone } from '../signing-zone.ts';
import { AGREEMENTS, BENEFITS } from './agreements.ts';
import { TEDA, ZHONGGUANCUN } from './zones.ts';

const ARBITER = signingZone('demo-arbiter').publicKey;

/** 72 million yuan in fen: the taxes of the published example in the three years before the move. */
const LOCAL_TAX_BEFORE_MOVE = 7_200_000_000;
/** In fen: the first two years of the published example. */
const FIRST_YEAR = 2018;
const FIRST_TAX = '3000000000';
const SECOND_TAX = '3600000000';

/** Returns the commands of the demo's zones, each with its day. */
function commandsOf(enterprise: string): readonly (readonly [day: string, zone: string, command: LedgerCommand])[] {
  const agreement = AGREEMENTS.find(({ id }) => id === BENEFITS);
  const known = { version: 1, rule: storedRule('caiyu-2015-92').rule, registry: { relocated: true } };
  const stated = {
    relocationLedBy: 'GOVERNMENT',
    relocationListed: true,
    fitsLayout: true,
    localTaxBeforeMove: LOCAL_TAX_BEFORE_MOVE,
  };
  const asked = { base: 'TAX' as const, enterprise, firstYear: FIRST_YEAR, arbiter: ARBITER };
  const request = { ...asked, policy: 'policy_caiyu-2015-92', facts: stated };
  const terms = agreement && termsOf(agreement, request, known, '2020-01-06');
  if (!terms?.ok) throw new Error('the demo has no terms for its ledger');
  const account = `TAX/${enterprise}`;
  const year = FIRST_YEAR;
  const key = (zone: string) => ({ kind: 'REGISTER_KEY' as const, publicKey: signingZone(zone).publicKey });
  return [
    ['2020-01-06', ZHONGGUANCUN, key(ZHONGGUANCUN)],
    ['2020-01-06', TEDA, key(TEDA)],
    ['2020-01-06', ZHONGGUANCUN, { kind: 'OPEN_ACCOUNT', account, terms: terms.value }],
    ['2020-01-07', TEDA, { kind: 'ACCEPT_ACCOUNT', account }],
    ['2020-01-08', TEDA, { kind: 'REPORT_FIGURE', account, year, amount: FIRST_TAX }],
    ['2020-01-08', ZHONGGUANCUN, { kind: 'REPORT_FIGURE', account, year, amount: FIRST_TAX }],
    ['2020-01-09', ZHONGGUANCUN, { kind: 'COMPUTE_SETTLEMENT', account, year }],
    ['2020-01-10', TEDA, { kind: 'CONFIRM_SETTLEMENT', account, year }],
    ['2020-01-16', TEDA, { kind: 'PAY', account, year, zone: ZHONGGUANCUN }],
    ['2020-01-17', ZHONGGUANCUN, { kind: 'RECEIVE', account, year, zone: TEDA }],
    ['2020-03-09', TEDA, { kind: 'REPORT_FIGURE', account, year: year + 1, amount: SECOND_TAX }],
    ['2020-03-11', ZHONGGUANCUN, { kind: 'REPORT_FIGURE', account, year: year + 1, amount: SECOND_TAX }],
    // An adjustment of the first year, on which the zones differ.
    ['2020-03-13', TEDA, { kind: 'REPORT_FIGURE', account, year, amount: '2950000000' }],
    ['2020-03-16', ZHONGGUANCUN, { kind: 'REPORT_FIGURE', account, year, amount: '2980000000' }],
  ];
}

/** Yields the items of the demo's ledger. */
export function* ledgerItems({ enterpriseId }: RelocationRecord): Generator<PrimaryKey> {
  let head = EMPTY_LEDGER;
  let account: LedgerAccount | null = null;
  for (const [on, zone, command] of commandsOf(enterpriseId)) {
    const state = { ledger: BENEFITS, head, account };
    const text = textOf(nextEntry(state, zone, on, contentOf(command, account, zone)));
    const decision = addEntry(signingZone(zone).sign(text), state);
    if (!decision.ok) throw new Error(`the demo's ${command.kind} is refused: ${decision.refusals[0]?.message}`);
    yield ledgerEntryItem(decision.value, { at: `${on}T02:00:00.000Z`, by: 'sample-officer' });
    ({ head } = decision.value);
    account = decision.value.account ?? account;
  }
  yield ledgerItem(BENEFITS, head);
  if (account) yield ledgerAccountItem(BENEFITS, account);
}
