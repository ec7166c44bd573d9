/**
 * Simulation of a draft of a policy's terms over the enterprises of a park: how many would gain or lose. Counts alone do
 * not protect an enterprise, because two drafts may differ by one of them. Every draft is judged by the same perturbed
 * facts instead (randomized response), so that no number of drafts shows more than those.
 */
import { mayWrite } from '../access/decision.ts';
import { recordRelation } from '../access/write-relation.ts';
import { isWithin } from '../calendar/day.ts';
import { type RecordRefusalCode, refusePublisher, unless } from '../records/record.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Truth } from '../rules/evaluate.ts';
import { exactTruth } from '../rules/judge.ts';
import type { Facts, Rule } from '../rules/rule.ts';
import { typeFaults } from '../rules/types.ts';
import type { Viewer } from '../viewer.ts';
import { FACTS_OF } from './facts.ts';

/** Fewer enterprises are too few to be counted over. */
export const MIN_POPULATION = 50;
/** The most enterprises that one simulation reads. */
export const MAX_POPULATION = 10_000;
/** Simulations of a zone's officers in one day (Asia/Shanghai). */
export const MAX_SIMULATIONS_A_DAY = 20;
/** All counts are rounded to a multiple of it. */
export const ROUNDED_TO = 5;
/** The share of an enterprise's facts that another enterprise's stand for. */
export const PERTURBED_SHARE = 0.2;

/** An enterprise, by the facts that its viewer may read. */
export interface PopulationMember {
  readonly id: string;
  readonly facts: Facts;
}

/** A number from 0 to 1 that stays the same for a text, and that nobody without a secret can compute. */
export type Draw = (text: string) => number;

/**
 * Returns the facts that drafts are judged by. Each fact of an enterprise is another's with a probability of
 * `PERTURBED_SHARE`. The draws stay, so repeated drafts average nothing out.
 */
export function perturbed(population: readonly PopulationMember[], draw: Draw): readonly Facts[] {
  // Donors are found on a ring, so that an enterprise that comes or goes changes few of them.
  const ring = population
    .map((member) => ({ member, at: draw(`${member.id} ring`) }))
    .sort((a, b) => a.at - b.at || (a.member.id < b.member.id ? -1 : 1));
  const factOf = (member: PopulationMember, fact: string) => {
    if (draw(`${member.id} ${fact} kept`) >= PERTURBED_SHARE) return member.facts[fact];
    return donorAt(ring, draw(`${member.id} ${fact} donor`)).facts[fact];
  };
  // A fact that is known of some members alone is exchanged like the others: that it is missing is a fact too.
  const names = [...new Set(population.flatMap(({ facts }) => Object.keys(facts)))];
  return population.map((member) => {
    const entries = names.map((fact) => [fact, factOf(member, fact)] as const);
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Facts;
  });
}

interface OnRing {
  readonly member: PopulationMember;
  readonly at: number;
}

/** Returns the first member from a place of the ring on. */
function donorAt(ring: readonly OnRing[], place: number): PopulationMember {
  let [low, high] = [0, ring.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ring[middle]?.at ?? 0) < place) low = middle + 1;
    else high = middle;
  }
  const found = ring[low] ?? ring[0];
  if (!found) throw new RangeError('a population has members');
  return found.member;
}

/** A draft as its publisher states it. */
export interface StatedDraft {
  /** Null for a policy that is open to every enterprise. */
  readonly rule: Rule | null;
  readonly on: string;
  /** False for a draft of a policy that does not exist yet. */
  readonly namesPolicy: boolean;
}

/** The facts that decide a simulation. */
export interface SimulationGrounds {
  /** Null where there is no such park. */
  readonly park: { readonly zoneId: string } | null;
  /** Null where there is no such policy for enterprises, or its terms are not recorded. */
  readonly policy: {
    readonly homeZoneIds: readonly string[];
    readonly inForce: readonly { readonly from: string; readonly to: string | null; readonly rule: Rule | null }[];
  } | null;
  /** Simulations of the zone on this day so far. */
  readonly taken: number;
  /** Null where the facts above refuse the simulation already, so that nobody was counted. */
  readonly population: readonly PopulationMember[] | null;
}

export type SimulationRefusalCode = RecordRefusalCode | 'QUOTA_USED' | 'TOO_FEW' | 'TOO_MANY';
export type SimulationRefusal = Refusal<SimulationRefusalCode>;

/** The refusal of a zone that has used up its day's quota. */
export const QUOTA_USED: SimulationRefusal = {
  code: 'QUOTA_USED',
  field: [],
  message: `The officers of a zone may simulate ${MAX_SIMULATIONS_A_DAY} times a day.`,
};

/** Refuses what needs no population. */
export function refuseDraft(
  { rule, namesPolicy }: StatedDraft,
  { park, policy, taken }: SimulationGrounds,
  viewer: Viewer,
): readonly SimulationRefusal[] {
  return [
    ...refusePublisher(mayWrite(viewer, 'simulatePolicy', recordRelation(viewer, park?.zoneId ?? null))),
    ...unless(park !== null, 'UNKNOWN_REFERENCE', ['park'], 'There is no such park.'),
    ...unless(
      !namesPolicy || (policy !== null && park !== null && policy.homeZoneIds.includes(park.zoneId)),
      'UNKNOWN_REFERENCE',
      ['policy'],
      "There is no such policy with recorded terms for enterprises of the park's zone.",
    ),
    ...(rule === null ? [] : typeFaults(rule, FACTS_OF.ENTERPRISE)).map(
      (message): SimulationRefusal => ({ code: 'INVALID_VALUE', field: ['rule'], message }),
    ),
    ...(taken >= MAX_SIMULATIONS_A_DAY ? [QUOTA_USED] : []),
  ];
}

/** Decides a simulation, and gives its result. */
export function decideSimulation(
  stated: StatedDraft,
  grounds: SimulationGrounds,
  { viewer, draw }: { readonly viewer: Viewer; readonly draw: Draw },
): Decision<Simulation, SimulationRefusalCode> {
  const refusals = refuseDraft(stated, grounds, viewer);
  if (refusals.length > 0) return { ok: false, refusals };
  const population = grounds.population ?? [];
  const size = [
    ...(population.length < MIN_POPULATION
      ? [refusal('TOO_FEW', `Fewer than ${MIN_POPULATION} enterprises are too few to be counted over.`)]
      : []),
    ...(population.length > MAX_POPULATION
      ? [refusal('TOO_MANY', `A simulation reads at most ${MAX_POPULATION} enterprises.`)]
      : []),
  ];
  if (size.length > 0) return { ok: false, refusals: size };
  const inForce = grounds.policy?.inForce.find((interval) => isWithin(stated.on, interval))?.rule;
  return {
    ok: true,
    value: countChanges({ draft: stated.rule, inForce, on: stated.on }, groupAlike(perturbed(population, draw))),
  };
}

const refusal = (code: SimulationRefusalCode, message: string): SimulationRefusal => ({
  code,
  field: ['park'],
  message,
});

/** The result of a simulation. All counts are rounded. */
export interface Simulation {
  readonly population: number;
  /** Enterprises that the draft gives what the version in force does not. */
  readonly gaining: number;
  /** Enterprises that lose what the version in force gives them. */
  readonly losing: number;
  /** Enterprises of which the facts do not tell whether they meet the draft. */
  readonly undecided: number;
}

/** The terms of a version: null where it is open to all, undefined where none are recorded or none is in force. */
export type Terms = Rule | null | undefined;

/** Terms to compare, and the day asked about. */
export interface Compared {
  readonly draft: Terms;
  readonly inForce: Terms;
  readonly on: string;
}

/** Enterprises with equal facts. */
export interface Alike {
  readonly facts: Facts;
  readonly count: number;
}

/** Groups enterprises with equal facts, of which there are many, so that each fact is judged once. */
export function groupAlike(population: readonly Facts[]): readonly Alike[] {
  const groups = Map.groupBy(population, (facts) => JSON.stringify(Object.entries(facts).sort()));
  return Array.from(groups.values(), (members) => ({ facts: members[0] ?? {}, count: members.length }));
}

/**
 * Counts who would gain or lose by a draft, against the terms in force.
 * @param population the perturbed facts of its members
 */
export function countChanges({ draft, inForce, on }: Compared, population: readonly Alike[]): Simulation {
  const counts = { population: 0, gaining: 0, losing: 0, undecided: 0 };
  for (const { facts, count } of population) {
    const [was, is] = [truthBy(inForce, facts, on), truthBy(draft, facts, on)];
    counts.population += count;
    if (is === 'UNKNOWN') counts.undecided += count;
    if (is === 'MET' && was !== 'MET') counts.gaining += count;
    if (was === 'MET' && is === 'NOT_MET') counts.losing += count;
  }
  return {
    population: rounded(counts.population),
    gaining: rounded(counts.gaining),
    losing: rounded(counts.losing),
    undecided: rounded(counts.undecided),
  };
}

const rounded = (count: number) => Math.round(count / ROUNDED_TO) * ROUNDED_TO;

function truthBy(terms: Terms, facts: Facts, asked: string): Truth {
  if (!terms) return terms === null ? 'MET' : 'NOT_MET';
  return exactTruth(terms.when, { facts, asked }, FACTS_OF.ENTERPRISE);
}
