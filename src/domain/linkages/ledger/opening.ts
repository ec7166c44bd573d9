/** The terms of a new account, from the share terms of the agreement or from the rule of a policy. */
import { canonical } from '../../canonical.ts';
import { FACTS_OF } from '../../policies/facts.ts';
import { type RecordRefusal, unless } from '../../records/record.ts';
import { answerTo } from '../../rules/answer.ts';
import type { Facts, Rule } from '../../rules/rule.ts';
import { validFacts } from '../../rules/vocabulary.ts';
import type { AgreementRecord, PartyRole, ShareTermRecord } from '../agreement.ts';
import type { AccountTerms, AppliedRule, ZoneShare } from './account.ts';
import { sha256 } from './signature.ts';

/** An account as a zone asks for it. */
export interface AccountRequest extends Pick<AccountTerms, 'base' | 'enterprise' | 'firstYear' | 'arbiter'> {
  /** The policy whose rule decides the terms; null for the agreement's share terms. */
  readonly policy: string | null;
  /** The facts that the zones state for the rule. */
  readonly facts: Facts;
}

/** The rule of a policy's version in force, and the facts of the enterprise that the register tells. */
export interface KnownRule {
  readonly version: number;
  readonly rule: Rule;
  readonly registry: Facts;
}

/** Returns the request of an account by its terms. */
export function requestOf({ base, enterprise, firstYear, arbiter, rule }: AccountTerms): AccountRequest {
  return { base, enterprise, firstYear, arbiter, policy: rule?.policy ?? null, facts: rule?.facts ?? {} };
}

export type TermsDecision =
  | { readonly ok: true; readonly value: AccountTerms }
  | { readonly ok: false; readonly refusals: readonly RecordRefusal[] };

const refused = (field: string, message: string): TermsDecision => ({
  ok: false,
  refusals: unless(false, 'INVALID_VALUE', [field], message),
});

/**
 * Decides the terms of an account. The shares are of zones: each part of the agreement that shares is of exactly one
 * party, and the destination collects and pays.
 * @param known the rule of the named policy; null where none is named, or it has no rule in force
 */
export function termsOf(
  { parties, shareTerms }: Pick<AgreementRecord, 'parties' | 'shareTerms'>,
  request: AccountRequest,
  known: KnownRule | null,
  on: string,
): TermsDecision {
  const shareTerm = shareTerms.find(({ base }) => base === request.base);
  if (!shareTerm) return refused('base', 'The agreement shares no such figure.');
  const zones = new Map<PartyRole, string>();
  for (const { role } of shareTerm.shares) {
    const [zone, ...others] = parties.filter((party) => party.role === role).map(({ zoneId }) => zoneId);
    if (zone === undefined || others.length > 0) return refused('base', 'A part that shares is not of one party.');
    zones.set(role, zone);
  }
  const [origin, destination] = [zones.get('ORIGIN'), zones.get('DESTINATION')];
  if (destination === undefined) return refused('base', 'The destination, which pays, has no share.');
  if (request.policy === null) return { ok: true, value: ofShareTerm(shareTerm, zones, destination, request) };
  if (origin === undefined) return refused('policy', 'The rule shares with the origin, which has no share.');
  if (request.enterprise === null) return refused('policy', 'The rule is on an enterprise: name it.');
  if (!known?.rule.cappedSeries) return refused('policy', 'The policy has no rule of yearly shares in force.');
  return ofRule(request, known, { policy: request.policy, origin, destination }, on);
}

function ofShareTerm(
  { shares, cap, years, extensionYears }: ShareTermRecord,
  zones: ReadonlyMap<PartyRole, string>,
  payer: string,
  { base, enterprise, firstYear, arbiter }: AccountRequest,
): AccountTerms {
  const origin = zones.get('ORIGIN');
  const ofZones = shares.map(({ role, basisPoints }): ZoneShare => ({ zone: zones.get(role) ?? '', basisPoints }));
  const capped = cap === null || origin === undefined ? null : { zone: origin, cap };
  return { base, enterprise, firstYear, years, extensionYears, shares: ofZones, payer, capped, arbiter, rule: null };
}

interface RuleParties {
  readonly policy: string;
  readonly origin: string;
  readonly destination: string;
}

/** Decides the terms by a rule, whose conditions the enterprise has to meet on the day. */
function ofRule(
  { base, enterprise, firstYear, arbiter, facts: stated }: AccountRequest,
  { version, rule, registry }: KnownRule,
  { policy, origin, destination }: RuleParties,
  on: string,
): TermsDecision {
  const { cappedSeries: series } = rule;
  if (!series) return refused('policy', 'The policy has no rule of yearly shares in force.');
  const vocabulary = FACTS_OF.ENTERPRISE;
  const { truth, terms } = answerTo(rule, { REGISTRY: registry, STATED: stated }, on, vocabulary);
  if (truth !== 'MET') {
    const lacking = terms.filter((term) => term.truth !== 'MET').map(({ term }) => term);
    return refused('policy', `The enterprise is not known to meet these terms: ${lacking.join(', ')}.`);
  }
  const facts = { ...validFacts(stated, vocabulary), ...validFacts(registry, vocabulary) };
  const cap = facts[series.cap];
  if (typeof cap !== 'number') return refused('policy', `The cap is not known: state ${series.cap}.`);
  const applied: AppliedRule = { policy, version, hash: sha256(canonical(rule)), facts };
  return {
    ok: true,
    value: {
      base,
      enterprise,
      firstYear,
      years: series.years,
      extensionYears: series.extensionYears,
      shares: [
        { zone: origin, basisPoints: series.basisPoints },
        { zone: destination, basisPoints: 10_000 - series.basisPoints },
      ],
      payer: destination,
      capped: { zone: origin, cap: String(cap) },
      arbiter,
      rule: applied,
    },
  };
}
