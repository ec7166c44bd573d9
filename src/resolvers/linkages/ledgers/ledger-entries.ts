import { mayWrite } from '../../../domain/access/decision.ts';
import { ledgerRelation } from '../../../domain/access/write-relation.ts';
import { addDays, dayInShanghai, isWithin } from '../../../domain/calendar/day.ts';
import { canonical } from '../../../domain/canonical.ts';
import { agreementFacts } from '../../../domain/linkages/agreement.ts';
import { agreementHolds } from '../../../domain/linkages/coverage.ts';
import { EMPTY_LEDGER } from '../../../domain/linkages/ledger/apply.ts';
import { type LedgerEntry, parseEntry, type SignedText, textOf } from '../../../domain/linkages/ledger/entry.ts';
import {
  type AddedEntry,
  accountOf,
  addEntry,
  contentOf,
  type LedgerState,
  nextEntry,
  refuseEntry,
} from '../../../domain/linkages/ledger/ledger.ts';
import { type KnownRule, requestOf, termsOf } from '../../../domain/linkages/ledger/opening.ts';
import { type RecordRefusal, type RecordRefusalCode, refusePublisher, unless } from '../../../domain/records/record.ts';
import type { Decision } from '../../../domain/refusal.ts';
import type { Viewer } from '../../../domain/viewer.ts';
import type { AgreementItem } from '../../../storage/linkages/items.ts';
import { ledgerEntryItem } from '../../../storage/linkages/ledgers/ledger-items.ts';
import type { LoadedLedger } from '../../../storage/linkages/ledgers/ledgers.ts';
import { formAt, purposeNotGranted } from '../../../subgraph/guards.ts';
import { ONCE_CODES, type OnceRefusal, once, onceRequest } from '../../../subgraph/once.ts';
import { RECORD_CODES, type UserErrorCode, userErrors } from '../../../subgraph/user-errors.ts';
import type { Context } from '../context.ts';
import type { EnterInLedgerInput, LedgerEntryInput } from '../generated/types.ts';
import { bindingOf, relationToAgreement } from '../relocations/relocations.ts';
import { accountNamed, commandOf, knownRule } from './ledger-commands.ts';

/** Days for which a text may wait for its signature. */
const MAX_SIGNING_DAYS = 7;

/** Makes the text of the next entry, which a zone signs in its own system. Null for callers who may not read the ledger. */
export async function draftEntry(agreementId: string, input: LedgerEntryInput, context: Context) {
  const { store, viewer, request } = context;
  const loaded = await store.ledgers.load({ agreementId, account: accountNamed(input) });
  const zone = zoneOf(viewer);
  if (!loaded.agreement || zone === null || !isShown(loaded.agreement, context)) return null;
  const on = dayInShanghai(request.now);
  const known = await knownRule(input.terms?.policy ?? null, input.enterprise ?? null, { ...loaded, on }, context);
  const command = commandOf(input, loaded.agreement, known, on);
  if (!command.ok) return { text: null, userErrors: userErrors(command.refusals, RECORD_CODES) };
  const state = stateOf(agreementId, loaded);
  const entry = nextEntry(state, zone, on, contentOf(command.value, loaded.account, zone));
  const ofAgreement = refuseAgreement(loaded.agreement, entry, on);
  const refusals = ofAgreement.length > 0 ? ofAgreement : refuseEntry(entry, state);
  return { text: refusals.length > 0 ? null : textOf(entry), userErrors: userErrors(refusals, RECORD_CODES) };
}

/** Adds a signed entry to a ledger: load, decide, commit. */
export async function addSignedEntry(input: EnterInLedgerInput, context: Context) {
  const { store, viewer, request } = context;
  const call = onceRequest('enterInLedger', input, request.now);
  const { agreement: agreementId, text, signature } = input;
  const entry = parseEntry(text);
  const entered = { at: request.now.toISOString(), by: nameOf(viewer) };
  const decision = await once(call, {
    load: async () => {
      const account = entry && accountOf(entry.content);
      const loaded = await store.ledgers.load({ agreementId, account }, call);
      const terms = entry?.content.kind === 'OPEN_ACCOUNT' ? entry.content.terms : null;
      const of = { ...loaded, on: entry?.on ?? '' };
      const known = await knownRule(terms?.rule?.policy ?? null, terms?.enterprise ?? null, of, context);
      return { ...loaded, known };
    },
    decide: (loaded) => decideEntry({ text, signature }, entry, { ...loaded, agreementId }, context),
    commit: (added) => store.ledgers.commit(call, added, entered),
    again: (answer) => store.ledgers.answered(answer),
    done: (added) => ({ entry: ledgerEntryItem(added, entered), account: added.account }),
  });
  if (decision.ok) return { ...decision.value, userErrors: [] };
  return { entry: null, account: null, userErrors: userErrors(decision.refusals, CODES) };
}

/** Returns the zone that a caller speaks for; null for all others. */
function zoneOf(viewer: Viewer): string | null {
  return viewer.kind === 'officer' || viewer.kind === 'partner' ? viewer.zone : null;
}

/** Returns the name of the officer, or of the system's key. */
function nameOf(viewer: Viewer): string {
  if (viewer.kind === 'partner') return viewer.key;
  return viewer.kind === 'officer' ? viewer.person : viewer.kind;
}

/** @throws CodedError PURPOSE_NOT_GRANTED for a partner whose declared purpose the agreement doesn't grant */
function isShown(agreement: AgreementItem, context: Context): boolean {
  const isHidden = formAt(context, 'LedgerDraft.text', relationToAgreement(agreement, context)) === 'HIDDEN';
  if (isHidden && context.viewer.kind === 'partner') throw purposeNotGranted('LedgerDraft.text', context);
  return !isHidden;
}

interface LedgerFacts extends LoadedLedger {
  readonly agreementId: string;
  /** The rule of an account that is opened; null where it has none. */
  readonly known: KnownRule | null;
}

function decideEntry(
  signed: SignedText,
  entry: LedgerEntry | null,
  facts: LedgerFacts,
  context: Context,
): Decision<AddedEntry, RecordRefusalCode> {
  const { viewer, request } = context;
  const { agreement, agreementId, known } = facts;
  const refused = (refusals: readonly RecordRefusal[]) => ({ ok: false as const, refusals });
  if (!agreement) return refused(unless(false, 'UNKNOWN_RECORD', ['agreement'], 'There is no such agreement.'));
  const isParty = mayWrite(viewer, 'enterInLedger', ledgerRelation(viewer, bindingOf(agreement)));
  const isGranted = formAt(context, 'LedgerPayload.entry', relationToAgreement(agreement, context)) !== 'HIDDEN';
  const isOwn = entry === null || entry.zone === zoneOf(viewer);
  // Officers of both zones bring a new key: whoever has got hold of a system can't replace one.
  const isForOfficers = entry?.content.kind === 'REPLACE_KEY' || entry?.content.kind === 'ACCEPT_KEY';
  const isByOfficer = !isForOfficers || viewer.kind === 'officer';
  const notTheirs = refusePublisher(isParty && isGranted && isOwn && isByOfficer);
  if (notTheirs.length > 0) return refused(notTheirs);
  const today = dayInShanghai(request.now);
  const faults = entry ? [...refuseAgreement(agreement, entry, today), ...refuseTerms(agreement, entry, known)] : [];
  return faults.length > 0 ? refused(faults) : addEntry(signed, stateOf(agreementId, facts));
}

/** Refuses an entry that the agreement doesn't allow on a day. */
function refuseAgreement(agreement: AgreementItem, { on, content }: LedgerEntry, today: string): RecordRefusal[] {
  const isCurrent = isWithin(on, { from: addDays(today, -MAX_SIGNING_DAYS), to: today });
  const isInForce = content.kind !== 'OPEN_ACCOUNT' || agreementHolds(agreementFacts(agreement), today);
  return [
    ...unless(agreement.signedOn !== null, 'KEPT', ['agreement'], 'Not all parties have signed the agreement.'),
    ...unless(isInForce, 'KEPT', ['agreement'], 'The agreement is not in force.'),
    ...unless(isCurrent, 'INVALID_VALUE', ['text'], `A text holds for ${MAX_SIGNING_DAYS} days.`),
  ];
}

/** Refuses an account whose terms don't follow from the agreement, or from the rule of its policy. */
function refuseTerms(agreement: AgreementItem, { on, content }: LedgerEntry, known: KnownRule | null) {
  if (content.kind !== 'OPEN_ACCOUNT') return [];
  const decided = termsOf(agreement, requestOf(content.terms), known, on);
  if (!decided.ok) return decided.refusals;
  const isEqual = canonical(decided.value) === canonical(content.terms);
  return unless(isEqual, 'OTHER_VERSION', ['text'], 'The account would have other terms now: sign a new text.');
}

function stateOf(ledger: string, { ledger: head, account }: LoadedLedger): LedgerState {
  return { ledger, head: head ?? EMPTY_LEDGER, account };
}

const CODES = {
  ...ONCE_CODES,
  ...RECORD_CODES,
} as const satisfies Record<RecordRefusalCode | OnceRefusal, UserErrorCode>;
