/**
 * Keeps the copies of what other subgraphs own. A copy is replaced only by one of a newer version, so that a record of a
 * stream may come twice or late and changes nothing then.
 */
import { missingOrLess } from '../dynamodb/condition.ts';
import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { put, remove, update, type Write } from '../dynamodb/write.ts';
import { linkageKeys, type PrimaryKey } from '../tables.ts';
import {
  type ParkFactsRecord,
  type PolicyFactsRecord,
  parkFactsItem,
  policyFactsItem,
  type SubjectFactsRecord,
  subjectFactsItems,
} from './items.ts';

type KnownBetter = 'KNOWN_BETTER';

interface Copied {
  readonly sourceVersion: number;
}

const unlessKnown = ({ sourceVersion }: Copied) => ({
  when: missingOrLess('sourceVersion', sourceVersion),
  otherwise: 'KNOWN_BETTER' as const,
});

/**
 * Policies, and among the policies of each of their home zones. A zone that stops to be one keeps the id: what counts is
 * what the policy itself says, and the zone only where to look.
 */
export async function keepPolicyFacts(table: Table, policies: readonly PolicyFactsRecord[]): Promise<void> {
  const newest = newestOf(policies, ({ policyId }) => policyId);
  const ofZone = new Map<string, Set<string>>();
  for (const { policyId, homeZoneIds } of newest) {
    for (const zoneId of homeZoneIds) ofZone.set(zoneId, (ofZone.get(zoneId) ?? new Set()).add(policyId));
  }
  await transactGroups<KnownBetter>(table, [
    ...Array.from(ofZone, ([zoneId, policyIds]) => [
      update<KnownBetter>(linkageKeys.zonePolicies(zoneId), {
        set: { type: 'ZonePolicies', zoneId },
        add: { policyIds },
      }),
    ]),
    ...newest.map((facts) => [copy(policyFactsItem(facts))]),
  ]);
}

/** Where parks are. */
export async function keepParkFacts(table: Table, parks: readonly ParkFactsRecord[]): Promise<void> {
  const newest = newestOf(parks, ({ parkId }) => parkId);
  await transactGroups(
    table,
    newest.map((facts) => [copy(parkFactsItem(facts))]),
  );
}

/** What is known of an enterprise now, and the sites that it had before. */
export interface ChangedSubject {
  readonly facts: SubjectFactsRecord;
  readonly formerSiteIds: readonly string[];
}

/** Enterprises, under each of their names; a site that is no more is forgotten. */
export async function keepSubjectFacts(table: Table, subjects: readonly ChangedSubject[]): Promise<void> {
  const former = Map.groupBy(subjects, ({ facts }) => facts.enterpriseId);
  const newest = newestOf(
    subjects.map(({ facts }) => facts),
    ({ enterpriseId }) => enterpriseId,
  );
  await transactGroups(
    table,
    newest.map((facts) => {
      const kept = new Set(facts.sites.map(({ id }) => id));
      const had = (former.get(facts.enterpriseId) ?? []).flatMap(({ formerSiteIds }) => formerSiteIds);
      const gone = [...new Set(had)].filter((id) => !kept.has(id));
      return [
        ...subjectFactsItems(facts).map(copy),
        ...gone.map((id) => remove(linkageKeys.subjectFacts(id), unlessKnown(facts))),
      ];
    }),
  );
}

function copy(item: PrimaryKey & Copied): Write<KnownBetter> {
  return put(item, unlessKnown(item));
}

/** A batch may hold several versions of one thing, and a transaction takes each item once. */
function newestOf<Facts extends Copied>(facts: readonly Facts[], idOf: (facts: Facts) => string): Facts[] {
  const newest = new Map<string, Facts>();
  for (const one of facts) {
    const known = newest.get(idOf(one));
    if (!known || known.sourceVersion < one.sourceVersion) newest.set(idOf(one), one);
  }
  return [...newest.values()];
}
