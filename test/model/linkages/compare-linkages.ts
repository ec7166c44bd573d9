/** Random commands on agreements, coverages and recognitions, by the domain's rules and by the second reading. */
import fc from 'fast-check';
import { addDays } from '../../../src/domain/calendar/day.ts';
import {
  type AgreementRecord,
  type AmendableTerms,
  agreementFacts,
  type ReplacedTerms,
} from '../../../src/domain/linkages/agreement.ts';
import { replacedTerms } from '../../../src/domain/linkages/change.ts';
import { policyApplies } from '../../../src/domain/linkages/coverage.ts';
import {
  type CoverageRecord,
  type CoveredPolicy,
  decideCoverage,
  decideCoverageEnd,
} from '../../../src/domain/linkages/covering.ts';
import { decideAmendment, decideTermination } from '../../../src/domain/linkages/proposed-change.ts';
import { type Act, decideProposal, decideStep } from '../../../src/domain/linkages/signing.ts';
import { decideSigningRule, type SigningRule } from '../../../src/domain/linkages/signing-rule.ts';
import type { Viewer } from '../../../src/domain/viewer.ts';
import { coverageFacts } from '../../../src/resolvers/linkages/stored-facts.ts';
import { agreementItem, coverageItem } from '../../../src/storage/linkages/items.ts';
import { mustAgree } from '../agree.ts';
import { ComparedRecognitions } from './compare-recognitions.ts';
import {
  type Caller,
  endModelCoverage,
  ModelAgreement,
  type ModelCoverage,
  ModelSigning,
  type ModelTerms,
  mayCover,
  reaches,
} from './model-linkages.ts';

const ZONES = ['zone_a', 'zone_b', 'zone_c', 'zone_d'] as const;
const FIRST_DAY = '2026-01-05';
const KINDS = [
  ...['SIGN', 'SIGN', 'SIGN', 'SIGN', 'SIGN', 'SIGN', 'AMEND', 'AMEND', 'COVER', 'COVER', 'COVER', 'COVER'],
  ...['PROPOSE', 'DECLINE', 'WITHDRAW', 'TERMINATE', 'UNCOVER', 'UNCOVER', 'OFFICERS', 'OFFICERS', 'OFFICERS'],
  ...['RECOGNISE', 'RECOGNISE', 'RECOGNISE', 'UNRECOGNISE', 'UNRECOGNISE'],
] as const;

/** A few days, so that two draws often name the same day. */
const few = fc.constantFrom(1, 3, 10);

const command = fc.record({
  kind: fc.constantFrom(...KINDS),
  zone: fc.constantFrom(...ZONES),
  other: fc.constantFrom(...ZONES),
  officer: fc.constantFrom('li', 'wang'),
  /** A party instead of the drawn zones, mostly: then a command is more likely to be accepted. */
  party: fc.oneof({ weight: 6, arbitrary: fc.nat(5) }, { weight: 1, arbitrary: fc.constant(null) }),
  /** Which of the agreements or coverages; the newest more often. */
  back: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(5) }),
  /** Days that pass before the command. */
  wait: fc.oneof(
    { weight: 5, arbitrary: fc.constant(0) },
    { weight: 2, arbitrary: few },
    { weight: 1, arbitrary: fc.nat(25) },
  ),
  isStale: fc.oneof({ weight: 15, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  days: fc.oneof({ weight: 2, arbitrary: few }, fc.constant(null), fc.integer({ min: -5, max: 200 })),
  notice: fc.option(few, { freq: 2 }),
  asked: fc.integer({ min: -12, max: 12 }),
  isForPolicies: fc.boolean(),
  isForRecognition: fc.boolean(),
  three: fc.boolean(),
});
type Command = typeof command extends fc.Arbitrary<infer One> ? One : never;

export const commands = fc.array(command, { minLength: 50, maxLength: 50 });

export interface LinkagesTally {
  commands: number;
  accepted: number;
  amended: number;
  terminated: number;
  covered: number;
  applies: number;
  recognised: number;
  counts: number;
}
export const newLinkagesTally = (): LinkagesTally => ({
  ...{ commands: 0, accepted: 0, amended: 0, terminated: 0, covered: 0, applies: 0, recognised: 0, counts: 0 },
});

interface Pair {
  agreement: AgreementRecord;
  readonly replaced: ReplacedTerms[];
  readonly model: ModelAgreement;
}

/** The domain's records beside the model's, through one list of commands. */
class World {
  readonly pairs: Pair[] = [];
  readonly coverages: { record: CoverageRecord; readonly model: ModelCoverage }[] = [];
  readonly rules = new Map<string, SigningRule>();
  readonly signing = new ModelSigning();
  readonly recognitions = new ComparedRecognitions();
  today = FIRST_DAY;
  ids = 0;
}

const text = (title: string) => ({ zh: title, ja: title, en: title });

function termsOf({ three, days, notice, ...each }: Command, today: string, title: string): ModelTerms {
  const validTo = three || days === null ? null : addDays(today, days);
  const { isForPolicies, isForRecognition } = each;
  return { title, validTo, noticeDays: notice, isForPolicies, isForRecognition };
}

function domainTerms({ title, validTo, noticeDays, isForPolicies, isForRecognition }: ModelTerms): AmendableTerms {
  return {
    title: text(title),
    validTo,
    purposes: [
      ...(isForPolicies ? (['POLICY_COVERAGE'] as const) : []),
      ...(isForRecognition ? (['RECOGNITION'] as const) : []),
    ],
    shareTerms: [],
    ...(noticeDays === null ? {} : { noticeDays }),
  };
}

/** Carries out commands on both sides, and throws where they differ. */
export function compareLinkages(list: readonly Command[], tally: LinkagesTally): void {
  const world = new World();
  for (const drawn of list) {
    const each = amongParties(world, drawn);
    world.today = addDays(world.today, each.wait);
    tally.commands += 1;
    if (carryOut(world, each, tally)) tally.accepted += 1;
    compareStates(world, each, tally);
  }
}

/** Puts parties of the agreement in the place of the drawn zones: who has yet to sign, where it is about a signature. */
function amongParties({ pairs }: World, drawn: Command): Command {
  const agreement = pairs.at(-1 - drawn.back)?.agreement;
  if (drawn.party === null || !agreement || drawn.kind === 'PROPOSE' || drawn.kind === 'OFFICERS') return drawn;
  const { parties, change } = agreement;
  const unsigned = (change?.signers ?? parties).filter(({ signedOn }) => signedOn === null);
  const signers = drawn.kind === 'SIGN' && unsigned.length > 0 ? unsigned : parties;
  const zoneAt = (list: readonly { readonly zoneId: string }[], i: number) =>
    ZONES.find((zone) => zone === list[i % list.length]?.zoneId) ?? drawn.zone;
  return { ...drawn, zone: zoneAt(signers, drawn.party), other: zoneAt(parties, drawn.party + 1) };
}

/** Returns whether the command was accepted. */
function carryOut(world: World, each: Command, tally: LinkagesTally): boolean {
  const { today } = world;
  const caller: Caller = { zone: each.zone, officer: each.officer };
  const viewer: Viewer = { kind: 'officer', person: each.officer, agency: 'PARK', zone: each.zone, roles: ['PUBLISH'] };
  const now = new Date(`${today}T04:00:00Z`);
  const act: Act = { viewer, now, officers: world.rules.get(each.zone)?.officers ?? 1 };
  if (each.kind === 'PROPOSE') return propose(world, each, caller, act);
  if (each.kind === 'OFFICERS') return setOfficers(world, each, caller, viewer);
  if (each.kind === 'COVER') return cover(world, each, caller, act, tally);
  if (each.kind === 'UNCOVER') return uncover(world, each, caller, act);
  const moment = { caller, viewer, today };
  if (each.kind === 'UNRECOGNISE') return world.recognitions.end(each, moment);
  const pair = world.pairs.at(-1 - each.back);
  if (!pair) return false;
  if (each.kind === 'RECOGNISE') {
    const isGiven = world.recognitions.give(each, pair, moment);
    if (isGiven) tally.recognised += 1;
    return isGiven;
  }
  const { agreement: before, model } = pair;
  const seen = before.version - (each.isStale ? 1 : 0);
  const title = `terms ${world.ids++}`;
  const terms = termsOf(each, today, title);
  const lastDay = addDays(today, each.days ?? 30);
  const [decision, expected] = {
    SIGN: () => [decideStep(before, seen, 'signAgreement', act), model.sign(caller, seen, today)] as const,
    DECLINE: () =>
      [decideStep(before, seen, 'declineAgreement', act), model.drop('DECLINED', caller, seen, today)] as const,
    WITHDRAW: () =>
      [decideStep(before, seen, 'withdrawAgreement', act), model.drop('WITHDRAWN', caller, seen, today)] as const,
    AMEND: () =>
      [
        decideAmendment(before, { seen, terms: domainTerms(terms) }, act),
        model.amend(caller, seen, terms, today),
      ] as const,
    TERMINATE: () =>
      [decideTermination(before, { seen, lastDay }, act), model.terminate(caller, seen, lastDay, today)] as const,
  }[each.kind]();
  mustAgree(`${each.kind} is accepted`, decision.ok, expected, { each, before, rounds: model.rounds, decision });
  if (!decision.ok) return false;
  const replaced = replacedTerms(before, decision.value);
  if (replaced) pair.replaced.push(replaced);
  if (replaced) tally.amended += 1;
  if (decision.value.status === 'TERMINATED') tally.terminated += 1;
  pair.agreement = decision.value;
  return true;
}

function propose(world: World, each: Command, caller: Caller, act: Act): boolean {
  const third = ZONES.find((zone) => zone !== each.zone && zone !== each.other);
  // Now and then the caller's zone is no party.
  const own = each.back === 5 ? [] : [each.zone];
  const zones = [...new Set([...own, each.other, ...(each.three || each.back === 5 ? [third ?? each.other] : [])])];
  if (zones.length < 2) return false;
  const id = `agr_model-${world.ids++}`;
  const terms = termsOf(each, world.today, id);
  const decision = decideProposal(
    id,
    {
      ...domainTerms(terms),
      kind: 'CROSS_COVERAGE',
      parties: zones.map((zoneId) => ({ zoneId, role: 'OPERATOR' })),
      validFrom: world.today,
    },
    act,
    new Set(ZONES),
  );
  const model = new ModelAgreement(zones, world.today, world.signing);
  mustAgree('a proposal is accepted', decision.ok, model.propose(caller, terms, world.today), { each, decision });
  if (decision.ok) world.pairs.push({ agreement: decision.value, replaced: [], model });
  return decision.ok;
}

function setOfficers(world: World, each: Command, caller: Caller, viewer: Viewer): boolean {
  const before = world.rules.get(each.zone) ?? null;
  const officers = each.three && each.isForPolicies ? 2 : 1;
  const seen = (before?.version ?? 0) + (each.isStale ? 1 : 0);
  const decision = decideSigningRule(before, { seen: seen === 0 ? null : seen, officers }, viewer);
  mustAgree('a rule of signing is accepted', decision.ok, world.signing.set(caller, officers, seen), { each, before });
  if (decision.ok) world.rules.set(each.zone, decision.value);
  return decision.ok;
}

const policyOf = (zone: string): CoveredPolicy & { readonly id: string } => ({
  id: `policy_of-${zone}`,
  homeZoneIds: [zone],
  subject: 'ENTERPRISE',
  inForce: [{ number: 1, from: '2000-01-01', to: null }],
});

function cover(world: World, each: Command, caller: Caller, { viewer, now }: Act, tally: LinkagesTally): boolean {
  const pair = world.pairs.at(-1 - each.back);
  if (!pair) return false;
  const { today } = world;
  const from = each.isStale ? each.other : each.zone;
  const firstDay = addDays(today, each.notice === null ? 0 : each.notice - 1);
  const lastDay = each.days === null ? null : addDays(today, each.days);
  const policy = policyOf(from);
  const stated = {
    ...{ agreementId: pair.agreement.id, policyId: policy.id, policyVersion: 1, toZoneId: each.other },
    ...{ terms: { rule: null, samples: [] }, validFrom: firstDay, validTo: lastDay },
  };
  const grounds = { agreement: pair.agreement, policy };
  const decision = decideCoverage(`cov_model-${world.ids++}`, stated, grounds, viewer, now);
  const of = { from, to: each.other, firstDay, lastDay };
  const expected = mayCover(caller, pair.model, of, today);
  mustAgree('a coverage is accepted', decision.ok, expected, { each, today, pair, decision });
  if (!decision.ok) return false;
  tally.covered += 1;
  world.coverages.push({ record: decision.value, model: { ...of, agreement: pair.model, version: 1 } });
  return true;
}

function uncover(world: World, each: Command, caller: Caller, { viewer, now }: Act): boolean {
  const coverage = world.coverages.at(-1 - each.back);
  if (!coverage) return false;
  const lastDay = addDays(world.today, each.days ?? 10);
  const seen = coverage.record.version - (each.isStale ? 1 : 0);
  const decision = decideCoverageEnd(coverage.record, { seen, lastDay }, viewer, now);
  const expected = endModelCoverage(caller, coverage.model, { seen, lastDay }, world.today);
  mustAgree("a coverage's end is accepted", decision.ok, expected, { each, coverage, decision });
  if (decision.ok) coverage.record = decision.value;
  return decision.ok;
}

function compareStates(world: World, each: Command, tally: LinkagesTally): void {
  const day = addDays(world.today, each.asked);
  for (const { agreement, replaced, model } of world.pairs) {
    const { amended, signedOn, title } = agreement;
    const terms = [...replaced, ...(signedOn === null ? [] : [{ title, signedOn: amended?.on ?? signedOn }])];
    const found = {
      version: agreement.version,
      status: agreement.status,
      signedOn,
      lastDay: agreement.terminatedOn,
      validTo: agreement.validTo,
      signers: agreement.change?.signers.map((signer) => [signer.zoneId, signer.signedOn]) ?? null,
      termsThen: terms.findLast((of) => of.signedOn <= day)?.title.en ?? null,
    };
    const change = model.open?.what === 'PROPOSAL' ? null : model.open;
    mustAgree(
      'an agreement',
      found,
      {
        version: model.version,
        status: model.status,
        signedOn: model.signedOn,
        lastDay: model.lastDay,
        validTo: model.terms.validTo,
        signers: change?.needs.map((zone) => [zone, change.signed.get(zone) ?? null]) ?? null,
        termsThen: model.termsOn(day)?.title ?? null,
      },
      { each, agreement, rounds: model.rounds },
    );
  }
  const { id, ...policy } = policyOf(each.zone);
  const subject = {
    kind: 'ENTERPRISE' as const,
    zoneIds: [each.other],
    traits: { SECTOR: [], QUALIFICATION: [], SITE_KIND: [] },
  };
  const reach = policyApplies({ ...policy, id, validity: policy.inForce }, subject, day, {
    coverages: world.coverages.map(({ record }) => coverageFacts(coverageItem(record), null)),
    agreements: world.pairs.map(({ agreement }) => agreementFacts(agreementItem(agreement))),
    judge: () => {
      throw new Error('no coverage has conditions');
    },
  });
  const models = world.coverages.map(({ model }) => model);
  const expected = each.zone === each.other || reaches(models, each.zone, each.other, day);
  mustAgree('a policy applies', reach.applies, expected, { each, day, reach });
  if (reach.via === 'COVERAGE') tally.applies += 1;
  const agreements = world.pairs.map(({ agreement }) => agreement);
  if (world.recognitions.compare(each, agreements, day)) tally.counts += 1;
}
