import { isWithin } from '../../domain/calendar/day.ts';
import { isSettledOn } from '../../domain/enterprises/history.ts';
import { agreementFacts } from '../../domain/linkages/agreement.ts';
import { judgeApplication } from '../../domain/linkages/application.ts';
import { type PolicyFacts, policyApplies, type Subject, type SubjectKind } from '../../domain/linkages/coverage.ts';
import { accountId } from '../../domain/linkages/ledger/account.ts';
import { signedFacts } from '../../domain/linkages/ledger/signed-facts.ts';
import { enterpriseOn, parksBy, personIn, siteOn } from '../../domain/linkages/subject.ts';
import { factsOfSubject } from '../../domain/linkages/subject-facts.ts';
import type { Answer } from '../../domain/rules/answer.ts';
import type { Facts, Rule } from '../../domain/rules/rule.ts';
import type { CoverageItem, PolicyFactsItem, SubjectFactsItem } from '../../storage/linkages/items.ts';
import type { RelocationItem } from '../../storage/linkages/relocations/relocation-items.ts';
import { formAt } from '../../subgraph/guards.ts';
import type { Context } from './context.ts';
import type { DecidedApplication } from './parents.ts';
import { judgeRecognising } from './recognised-facts.ts';
import { idsOfMoves, mayReadMove, relationToAgreement } from './relocations/relocations.ts';
import { coverageFacts } from './stored-facts.ts';

/** The subject of a question: an enterprise by its id or uscc, a site by its id, or a person in a zone. */
export interface SubjectName {
  readonly kind: SubjectKind;
  readonly name: string;
}

/** A question on one policy and one subject. */
export interface ApplicationQuestion {
  readonly policyId: string;
  readonly subject: SubjectName;
  readonly on: string;
  /** The facts that the caller states. */
  readonly stated: Facts;
}

/**
 * Decides whether a policy applies to a subject on a day. It needs three BatchGets in sequence: the subject's facts and
 * the policy's coverage ids; the coverages, the subject's parks and the ids of its moves; the policy, the agreements and
 * the moves. A move under an agreement that the viewer may read takes one more, for what its ledger tells.
 */
export async function decideApplication(
  { policyId, subject: name, on, stated }: ApplicationQuestion,
  context: Context,
): Promise<DecidedApplication> {
  const { store } = context;
  const [coverages, found] = await Promise.all([store.coverages.ofPolicy(policyId), loadSubject(name, on, context)]);
  const here = coverages.filter(({ toZoneId }) => found?.subject.zoneIds.includes(toZoneId));
  return decide({ policyId, found, coverages: here, on, stated }, context);
}

/**
 * Returns the policies that apply to a subject on a day, those of its own zones first. A page of enterprises needs
 * as many BatchGets as one: their facts, their parks, the zones' policy and coverage ids, then coverages, policies and
 * agreements.
 */
export async function decideApplications(
  { subject, on, stated, orUnknown }: Omit<ApplicationQuestion, 'policyId'> & { readonly orUnknown: boolean },
  context: Context,
): Promise<DecidedApplication[]> {
  const { store } = context;
  const found = await loadSubject(subject, on, context);
  if (!found) return [];
  const zones = await store.coverages.intoZone.loadMany(found.subject.zoneIds);
  const coverageIds = zones.flatMap((zone) => [...(zone?.coverageIds ?? [])]);
  const coverages = (await store.coverages.byId.loadMany(coverageIds)).filter((coverage) => coverage !== null);
  const ownIds = zones.flatMap((zone) => [...(zone?.policyIds ?? [])]);
  const policyIds = [...new Set([...ownIds.sort(), ...coverages.map(({ policyId }) => policyId).sort()])];
  const decided = await Promise.all(
    policyIds.map((policyId) => {
      const ofPolicy = coverages.filter((coverage) => coverage.policyId === policyId);
      return decide({ policyId, found, coverages: ofPolicy, on, stated }, context);
    }),
  );
  return decided
    .filter(({ truth }) => truth === 'MET' || (orUnknown && truth === 'UNKNOWN'))
    .sort((a, b) => Number(a.via === 'COVERAGE') - Number(b.via === 'COVERAGE'));
}

/** A subject, and the relocations of its enterprise that the viewer may ask for. */
interface FoundSubject {
  readonly subject: Subject;
  readonly enterpriseId: string;
  readonly moveIds: readonly string[];
}

interface Question {
  readonly policyId: string;
  readonly found: FoundSubject | null;
  /** The policy's coverages that lead to a zone of the subject. */
  readonly coverages: readonly CoverageItem[];
  readonly on: string;
  readonly stated: Facts;
}

async function decide(
  { policyId, found, coverages, on, stated }: Question,
  context: Context,
): Promise<DecidedApplication> {
  const { store } = context;
  const [policy, agreements, moves] = await Promise.all([
    store.known.policy.load(policyId),
    store.agreements.byId.loadMany(coverages.map(({ agreementId }) => agreementId)),
    store.relocations.byId.loadMany(found?.moveIds ?? []),
  ]);
  const reached = (judge: (rule: Rule) => Answer) =>
    policyApplies(policy && policyFacts(policy), found?.subject ?? null, on, {
      coverages: coverages.map((coverage) => coverageFacts(coverage, policy)),
      agreements: agreements.filter((agreement) => agreement !== null).map(agreementFacts),
      judge,
    });
  if (!found) return { ...judgeApplication(reached(unjudged), undefined, unjudged), policyId, on, recognitions: [] };
  const { subject, enterpriseId } = found;
  const until = moves
    .filter((move) => move !== null)
    .filter(({ registeredOn }) => registeredOn !== null && registeredOn <= on);
  const mayRead = (zoneIds: readonly string[]) => mayReadMove({ enterpriseId, zoneIds }, context);
  const here = until.filter(({ toZoneId }) => subject.kind === 'ENTERPRISE' && subject.zoneIds.includes(toZoneId));
  const shown = here.filter(({ fromZoneId, toZoneId }) => mayRead([fromZoneId, toZoneId]));
  const signed = await factsInLedgers(shown, on, context);
  const registry = { ...signed, ...factsOfSubject(subject, until, mayRead) };
  const { judge, by } = await judgeRecognising({ policy, subject, registry, stated, on }, context);
  const terms = policy?.inForce.find((interval) => isWithin(on, interval))?.rule;
  return { ...judgeApplication(reached(judge), terms, judge), policyId, on, recognitions: by };
}

/** Stands for a judgement where no subject is known, so that none is ever made. */
function unjudged(): never {
  throw new Error('a rule is judged without a subject');
}

async function loadSubject({ kind, name }: SubjectName, on: string, context: Context): Promise<FoundSubject | null> {
  const { store } = context;
  if (name === '') return null;
  if (kind === 'PERSON') return { subject: personIn(name), enterpriseId: '', moveIds: [] };
  const stored = await store.known.subject.load(name);
  if (!stored) return null;
  const { enterpriseId } = stored;
  const settled = isSettledOn(stored, on) ? await store.known.settledStaysOn(enterpriseId, on) : [];
  const facts = { ...stored, residencies: [...stored.residencies, ...settled] };
  const [parks, moveIds] = await Promise.all([
    store.known.park.loadMany(parksBy(facts, on)),
    idsOfMoves(enterpriseId, context),
  ]);
  const known = parks.filter((park) => park !== null);
  const site = siteNamed(facts, name);
  if ((kind === 'SITE') !== (site !== undefined)) return null;
  const subject = site ? siteOn(facts, site, known, on) : enterpriseOn(facts, known, on);
  return { subject, enterpriseId, moveIds };
}

/** Finds a site: it has its enterprise's facts under its own id. */
function siteNamed({ sites }: SubjectFactsItem, name: string) {
  return sites.find(({ id }) => id === name);
}

function policyFacts({ policyId: id, homeZoneIds, subject, inForce }: PolicyFactsItem): PolicyFacts {
  return { id, homeZoneIds, subject, validity: inForce };
}

/**
 * Returns what zones have signed on an enterprise that moved, in the ledgers that the viewer may read: one BatchGet, and
 * none for a move without an agreement. What a ledger of a later move says goes first.
 * @param moves those that the viewer may read
 */
export async function factsInLedgers(moves: readonly RelocationItem[], on: string, context: Context): Promise<Facts> {
  const { store } = context;
  const told = await Promise.all(
    moves
      .toSorted((a, b) => ((a.registeredOn ?? '') < (b.registeredOn ?? '') ? -1 : 1))
      .map(async ({ agreementId, enterpriseId }): Promise<Facts> => {
        if (agreementId === null) return {};
        const [agreement, account] = await Promise.all([
          store.agreements.byId.load(agreementId),
          store.ledgers.account(agreementId, accountId('TAX', enterpriseId)),
        ]);
        if (!agreement || !account) return {};
        const isHidden = formAt(context, 'LedgerAccount.figures', relationToAgreement(agreement, context)) === 'HIDDEN';
        return isHidden ? {} : signedFacts(account, on);
      }),
  );
  return Object.assign({}, ...told);
}
