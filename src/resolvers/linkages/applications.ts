import {
  type AgreementFacts,
  type Coverage,
  type PolicyFacts,
  policyApplies,
  type Subject,
} from '../../domain/linkages/coverage.ts';
import { enterpriseOn, parksOn, siteOn } from '../../domain/linkages/subject.ts';
import type { AgreementItem, CoverageItem, PolicyFactsItem, SubjectFactsItem } from '../../storage/linkages/items.ts';
import type { LinkagesStore } from '../../storage/linkages/store.ts';
import type { DecidedApplication } from './parents.ts';

/** The subject of a question: an enterprise by its id or uscc, or a site by its id. */
export interface SubjectName {
  readonly kind: 'ENTERPRISE' | 'SITE';
  readonly name: string;
}

/**
 * Decides whether a policy applies to a subject on a day. It needs three BatchGets in sequence: the subject's facts and
 * the policy's coverage ids; the coverages and the subject's parks; the policy and the agreements.
 */
export async function decideApplication(
  store: LinkagesStore,
  policyId: string,
  subjectName: SubjectName,
  on: string,
): Promise<DecidedApplication> {
  const [coverages, subject] = await Promise.all([
    store.coverages.ofPolicy(policyId),
    loadSubject(store, subjectName, on),
  ]);
  const here = coverages.filter(({ toZoneId }) => subject?.zoneIds.includes(toZoneId));
  return decide(store, { policyId, subject, coverages: here, on });
}

/**
 * Returns the policies that apply to an enterprise on a day, those of its own zones first. A page of enterprises needs
 * as many BatchGets as one: their facts, their parks, the zones' policy and coverage ids, then coverages, policies and
 * agreements.
 */
export async function decideApplications(
  store: LinkagesStore,
  enterpriseId: string,
  on: string,
): Promise<DecidedApplication[]> {
  const subject = await loadSubject(store, { kind: 'ENTERPRISE', name: enterpriseId }, on);
  if (!subject) return [];
  const zones = await store.coverages.intoZone.loadMany(subject.zoneIds);
  const coverageIds = zones.flatMap((zone) => [...(zone?.coverageIds ?? [])]);
  const coverages = (await store.coverages.byId.loadMany(coverageIds)).filter((coverage) => coverage !== null);
  const ownIds = zones.flatMap((zone) => [...(zone?.policyIds ?? [])]);
  const policyIds = [...new Set([...ownIds.sort(), ...coverages.map(({ policyId }) => policyId).sort()])];
  const decided = await Promise.all(
    policyIds.map((policyId) => {
      const ofPolicy = coverages.filter((coverage) => coverage.policyId === policyId);
      return decide(store, { policyId, subject, coverages: ofPolicy, on });
    }),
  );
  return decided
    .filter(({ applies }) => applies)
    .sort((a, b) => Number(a.via === 'COVERAGE') - Number(b.via === 'COVERAGE'));
}

interface Question {
  readonly policyId: string;
  readonly subject: Subject | null;
  /** The policy's coverages that lead to a zone of the subject. */
  readonly coverages: readonly CoverageItem[];
  readonly on: string;
}

async function decide(
  store: LinkagesStore,
  { policyId, subject, coverages, on }: Question,
): Promise<DecidedApplication> {
  const [policy, agreements] = await Promise.all([
    store.known.policy.load(policyId),
    store.agreements.byId.loadMany(coverages.map(({ agreementId }) => agreementId)),
  ]);
  const application = policyApplies(
    policy && policyFacts(policy),
    subject,
    on,
    coverages.map(coverageFacts),
    agreements.filter((agreement) => agreement !== null).map(agreementFacts),
  );
  return { ...application, policyId, on };
}

async function loadSubject(store: LinkagesStore, { kind, name }: SubjectName, on: string): Promise<Subject | null> {
  const facts = name === '' ? null : await store.known.subject.load(name);
  if (!facts) return null;
  const parks = (await store.known.park.loadMany(parksOn(facts, on))).filter((park) => park !== null);
  const site = siteNamed(facts, name);
  if (kind === 'SITE') return site ? siteOn(facts, site, parks, on) : null;
  return site ? null : enterpriseOn(facts, parks, on);
}

/** Finds a site: it has its enterprise's facts under its own id. */
function siteNamed({ sites }: SubjectFactsItem, name: string) {
  return sites.find(({ id }) => id === name);
}

function policyFacts({ policyId: id, homeZoneIds, subject, inForce }: PolicyFactsItem): PolicyFacts {
  return { id, homeZoneIds, subject, validity: inForce };
}

/** Returns the facts of a coverage. It is valid as long as the policy version that the parties agreed on. */
export function coverageFacts(coverage: CoverageItem): Coverage {
  const { id, policyId, policyVersion, fromZoneId, toZoneId, subject, conditions, agreementId } = coverage;
  const from = [coverage.validFrom, policyVersion.validFrom].sort().at(-1) ?? coverage.validFrom;
  const to = [coverage.validTo, policyVersion.validTo].filter((day) => day !== null).sort()[0] ?? null;
  return { id, policyId, fromZoneId, toZoneId, subject, conditions, agreementId, from, to };
}

/** Returns the facts of an agreement. A zone that has not signed is no party yet. */
export function agreementFacts({
  id,
  status,
  terminatedOn,
  parties,
  validFrom,
  validTo,
}: AgreementItem): AgreementFacts {
  const partyZoneIds = parties.filter(({ signedOn }) => signedOn !== null).map(({ zoneId }) => zoneId);
  return { id, status, terminatedOn, partyZoneIds, from: validFrom, to: validTo };
}
