/** Commands of ledgers, as clients state them. */
import { isWithin } from '../../../domain/calendar/day.ts';
import { accountId } from '../../../domain/linkages/ledger/account.ts';
import { MAX_REASON_CHARACTERS } from '../../../domain/linkages/ledger/entry.ts';
import type { LedgerCommand } from '../../../domain/linkages/ledger/ledger.ts';
import { type AccountRequest, type KnownRule, termsOf } from '../../../domain/linkages/ledger/opening.ts';
import { agreedRelocation } from '../../../domain/linkages/subject-facts.ts';
import { type RecordRefusal, unless } from '../../../domain/records/record.ts';
import type { AgreementItem } from '../../../storage/linkages/items.ts';
import { statedFacts } from '../../../subgraph/judgement.ts';
import type { Context } from '../context.ts';
import type { LedgerEntryInput } from '../generated/types.ts';

type CommandDecision =
  | { readonly ok: true; readonly value: LedgerCommand }
  | { readonly ok: false; readonly refusals: readonly RecordRefusal[] };

/** Returns the id of the account that a command names; null where it names none. */
export function accountNamed({ base, enterprise }: Pick<LedgerEntryInput, 'base' | 'enterprise'>): string | null {
  return base == null ? null : accountId(base, enterprise ?? null);
}

/** The inputs that each kind of command needs beside the account. */
const NEEDED = {
  REGISTER_KEY: ['publicKey'],
  REPLACE_KEY: ['publicKey'],
  ACCEPT_KEY: ['zone', 'publicKey'],
  OPEN_ACCOUNT: ['base', 'terms'],
  ACCEPT_ACCOUNT: ['base'],
  REPORT_FIGURE: ['base', 'year', 'amount'],
  AWARD_FIGURE: ['base', 'year', 'amount'],
  COMPUTE_SETTLEMENT: ['base', 'year'],
  CONFIRM_SETTLEMENT: ['base', 'year'],
  DISPUTE_SETTLEMENT: ['base', 'year', 'reason'],
  PAY: ['base', 'year', 'zone'],
  RECEIVE: ['base', 'year', 'zone'],
} as const satisfies Record<LedgerEntryInput['kind'], readonly (keyof LedgerEntryInput)[]>;

/** Reads a command. Each kind needs its inputs and takes no others. */
export function commandOf(
  input: LedgerEntryInput,
  agreement: AgreementItem,
  known: KnownRule | null,
  on: string,
): CommandDecision {
  const needed: readonly string[] = NEEDED[input.kind];
  const given = Object.entries(input).flatMap(([name, value]) => (value == null || name === 'kind' ? [] : [name]));
  const optional = needed.includes('base') ? ['enterprise'] : [];
  const faults = [
    ...needed.filter((name) => !given.includes(name)).map((name) => [name, 'This kind of entry needs it.'] as const),
    ...given
      .filter((name) => ![...needed, ...optional].includes(name))
      .map((name) => [name, 'This kind of entry takes no such input.'] as const),
  ];
  const reason = input.reason ?? '';
  const isReason = input.kind !== 'DISPUTE_SETTLEMENT' || (reason !== '' && reason.length <= MAX_REASON_CHARACTERS);
  const refusals = [
    ...faults.flatMap(([name, message]) => unless(false, 'INVALID_VALUE', [name], message)),
    ...unless(isReason, 'INVALID_TEXT', ['reason'], `A reason has 1 to ${MAX_REASON_CHARACTERS} characters.`),
  ];
  if (refusals.length > 0) return { ok: false, refusals };
  return input.kind === 'OPEN_ACCOUNT' ? opening(input, agreement, known, on) : { ok: true, value: stated(input) };
}

function stated(input: LedgerEntryInput): LedgerCommand {
  const account = accountNamed(input) ?? '';
  const year = input.year ?? 0;
  const amount = String(input.amount ?? 0);
  switch (input.kind) {
    case 'REGISTER_KEY':
    case 'REPLACE_KEY':
      return { kind: input.kind, publicKey: input.publicKey ?? '' };
    case 'ACCEPT_KEY':
      return { kind: input.kind, zone: input.zone ?? '', publicKey: input.publicKey ?? '' };
    case 'REPORT_FIGURE':
    case 'AWARD_FIGURE':
      return { kind: input.kind, account, year, amount };
    case 'DISPUTE_SETTLEMENT':
      return { kind: input.kind, account, year, reason: input.reason ?? '' };
    case 'PAY':
    case 'RECEIVE':
      return { kind: input.kind, account, year, zone: input.zone ?? '' };
    case 'COMPUTE_SETTLEMENT':
    case 'CONFIRM_SETTLEMENT':
      return { kind: input.kind, account, year };
    case 'ACCEPT_ACCOUNT':
      return { kind: input.kind, account };
    case 'OPEN_ACCOUNT':
      throw new Error('the terms of an account are decided');
  }
}

function opening(
  { base, enterprise, terms }: LedgerEntryInput,
  agreement: AgreementItem,
  known: KnownRule | null,
  on: string,
): CommandDecision {
  if (base == null || terms == null) throw new Error('an account without its figure or its terms is opened');
  const request: AccountRequest = {
    base,
    enterprise: enterprise ?? null,
    firstYear: terms.firstYear,
    arbiter: terms.arbiter ?? null,
    policy: terms.policy ?? null,
    facts: statedFacts(terms.facts ?? []),
  };
  const decided = termsOf(agreement, request, known, on);
  if (!decided.ok) return decided;
  return {
    ok: true,
    value: { kind: 'OPEN_ACCOUNT', account: accountId(base, request.enterprise), terms: decided.value },
  };
}

/** Loads the rule of a policy's version in force on a day, with what the register tells of the enterprise. */
export async function knownRule(
  policyId: string | null,
  enterpriseId: string | null,
  { agreement, on }: { readonly agreement: AgreementItem | null; readonly on: string },
  { store }: Context,
): Promise<KnownRule | null> {
  if (policyId === null || enterpriseId === null || !agreement) return null;
  const [policy, moves] = await Promise.all([
    store.known.policy.load(policyId),
    store.relocations.ofEnterprise(enterpriseId),
  ]);
  const version = policy?.inForce.find((interval) => isWithin(on, interval));
  if (!version?.rule) return null;
  const zones = (role: string) => agreement.parties.filter((party) => party.role === role).map(({ zoneId }) => zoneId);
  const move = moves.find(
    ({ fromZoneId, toZoneId, registeredOn }) =>
      zones('ORIGIN').includes(fromZoneId) &&
      zones('DESTINATION').includes(toZoneId) &&
      registeredOn !== null &&
      registeredOn <= on,
  );
  const registry = { relocated: move !== undefined, ...(move && agreedRelocation(move)) };
  return { version: version.number, rule: version.rule, registry };
}
