/**
 * Facts about a person from the registers of agencies: a verified degree, social insurance, contract, hukou, family. The
 * agency that keeps the register records them, for an applicant of a case on which it works. They go before statements.
 */

import type { CaseBinding } from '../access/case-relation.ts';
import { dayInShanghai, isDay } from '../calendar/day.ts';
import { PERSON_FACTS } from '../case-types/terms.ts';
import { type CaseMutation, mayAct } from '../cases/access.ts';
import type { Agency } from '../cases/agency.ts';
import type { Decision, Refusal } from '../refusal.ts';
import type { Facts } from '../rules/rule.ts';
import { definitionOf, isValueOf } from '../rules/vocabulary.ts';
import type { Viewer } from '../viewer.ts';

/** The facts that each agency keeps a register of. */
export const FACTS_OF_AGENCY = {
  EDU: ['degree', 'degreeVerified'],
  HRSS: ['insuranceMonths', 'isEmployed', 'title', 'skill', 'talentCard', 'talentCardZone'],
  /** The household register (常住人口登记表) has the marital status and the household's children. */
  PSB: ['localHukou', 'residesInZone', 'criminalRecord', 'married', 'minorChildren'],
  HOUSING: ['ownsDwelling'],
  PARK: [],
} as const satisfies Readonly<Record<Agency, readonly string[]>>;

/** The facts that an agency has recorded of a person. Earlier versions stay beside it. */
export interface RecordedFacts {
  readonly agency: Agency;
  readonly version: number;
  /** The day for which the register tells them. */
  readonly on: string;
  /** RFC 3339, UTC. */
  readonly recordedAt: string;
  readonly facts: Facts;
}

export type RecordedFactsCode =
  | 'UNKNOWN_CASE'
  | 'NOT_YOURS'
  | 'OTHER_VERSION'
  | 'INVALID_FACT'
  | 'INVALID_DAY'
  | 'ERASED';

/** A statement of an agency's register, as its officer records it. */
export interface StatedFacts {
  /** The version that was seen; 0 where the agency has recorded nothing yet. */
  readonly seen: number;
  readonly on: string;
  /** All that the agency's register tells of the person: it replaces what was recorded before. */
  readonly facts: Facts;
}

/** A case, as far as it says who works on it and whether its applicant is erased. */
export type CaseOfPerson = CaseBinding & { readonly applicant: object | null };

const RECORDING = 'recordPersonFacts' satisfies CaseMutation;

/** Decides a record of facts about the applicant of a case. */
export function decideFacts(
  { of, before }: { readonly of: CaseOfPerson | null; readonly before: RecordedFacts | null },
  { seen, on, facts }: StatedFacts,
  viewer: Viewer,
  now: Date,
): Decision<RecordedFacts, RecordedFactsCode> {
  const refused = (code: RecordedFactsCode, field: string, message: string) =>
    ({ ok: false, refusals: [{ code, field: [field], message } satisfies Refusal<RecordedFactsCode>] }) as const;
  if (!of) return refused('UNKNOWN_CASE', 'case', 'There is no such case.');
  if (viewer.kind !== 'officer' || !mayAct(viewer, RECORDING, of)) {
    return refused('NOT_YOURS', 'case', 'Only an agency that works on the case records facts of its register.');
  }
  if (of.applicant === null) return refused('ERASED', 'case', 'The data of the applicant are erased.');
  const { agency } = viewer;
  if ((before?.version ?? 0) !== seen)
    return refused('OTHER_VERSION', 'version', 'The agency has recorded facts since.');
  if (!isDay(on) || on > dayInShanghai(now)) return refused('INVALID_DAY', 'on', 'The day is today or earlier.');
  const own: readonly string[] = FACTS_OF_AGENCY[agency];
  const wrong = Object.entries(facts).filter(([fact, value]) => {
    const definition = definitionOf(PERSON_FACTS, fact);
    return !own.includes(fact) || !definition || !isValueOf(definition, value);
  });
  if (wrong.length > 0 || own.length === 0) {
    return refused('INVALID_FACT', 'facts', `The register of ${agency} tells no such fact, or it has another type.`);
  }
  return { ok: true, value: { agency, version: seen + 1, on, recordedAt: now.toISOString(), facts } };
}

/** Returns all facts that agencies have recorded of a person, for the judge. */
export function factsFromRegisters(recorded: readonly RecordedFacts[]): Facts {
  return Object.assign({}, ...recorded.map(({ facts }) => facts));
}
