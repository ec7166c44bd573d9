/**
 * Stores copies of other subgraphs' entities. Only a newer version replaces a copy, so that a repeated or late stream
 * record changes nothing.
 */

import type { Table } from '../dynamodb/table.ts';
import { transactGroups } from '../dynamodb/transact-groups.ts';
import { missingOrLess, put, remove, update, type Write } from '../dynamodb/write.ts';
import { linkageKeys, type PrimaryKey } from '../tables.ts';
import {
  type ParkFactsRecord,
  type PolicyFactsRecord,
  parkFactsItem,
  policyFactsItem,
  type SubjectFactsRecord,
  subjectFactsItems,
  type ZoneFactsRecord,
  zoneFactsItem,
} from './items.ts';

type NewerStored = 'NEWER_STORED';

interface Copied {
  readonly sourceVersion: number;
}

const unlessNewer = ({ sourceVersion }: Copied) => ({
  when: missingOrLess('sourceVersion', sourceVersion),
  otherwise: 'NEWER_STORED' as const,
});

/**
 * Stores policies, and adds them to the policies of their home zones. A former home zone keeps the id: the policy's own
 * facts decide, and the zone only leads to it.
 */
export async function storePolicyFacts(table: Table, policies: readonly PolicyFactsRecord[]): Promise<void> {
  const newest = newestOf(policies, ({ policyId }) => policyId);
  const ofZone = new Map<string, Set<string>>();
  for (const { policyId, homeZoneIds } of newest) {
    for (const zoneId of homeZoneIds) ofZone.set(zoneId, (ofZone.get(zoneId) ?? new Set()).add(policyId));
  }
  await transactGroups<NewerStored>(table, [
    ...Array.from(ofZone, ([zoneId, policyIds]) => [
      update<NewerStored>(linkageKeys.zonePolicies(zoneId), {
        set: { type: 'ZonePolicies', zoneId },
        add: { policyIds },
      }),
    ]),
    ...newest.map((facts) => [copy(policyFactsItem(facts))]),
  ]);
}

/** Stores which zones exist. */
export async function storeZoneFacts(table: Table, zones: readonly ZoneFactsRecord[]): Promise<void> {
  const newest = newestOf(zones, ({ zoneId }) => zoneId);
  await transactGroups(
    table,
    newest.map((facts) => [copy(zoneFactsItem(facts))]),
  );
}

/** Stores the locations of parks. */
export async function storeParkFacts(table: Table, parks: readonly ParkFactsRecord[]): Promise<void> {
  const newest = newestOf(parks, ({ parkId }) => parkId);
  await transactGroups(
    table,
    newest.map((facts) => [copy(parkFactsItem(facts))]),
  );
}

/** The facts of an enterprise now, and its former sites. */
export interface ChangedSubject {
  readonly facts: SubjectFactsRecord;
  readonly formerSiteIds: readonly string[];
}

/** Stores enterprises under each of their names, and deletes former sites. */
export async function storeSubjectFacts(table: Table, subjects: readonly ChangedSubject[]): Promise<void> {
  const former = Map.groupBy(subjects, ({ facts }) => facts.enterpriseId);
  const newest = newestOf(
    subjects.map(({ facts }) => facts),
    ({ enterpriseId }) => enterpriseId,
  );
  await transactGroups(
    table,
    newest.map((facts) => {
      const current = new Set(facts.sites.map(({ id }) => id));
      const had = (former.get(facts.enterpriseId) ?? []).flatMap(({ formerSiteIds }) => formerSiteIds);
      const removed = [...new Set(had)].filter((id) => !current.has(id));
      return [
        ...subjectFactsItems(facts).map(copy),
        ...removed.map((id) => remove(linkageKeys.subjectFacts(id), unlessNewer(facts))),
      ];
    }),
  );
}

function copy(item: PrimaryKey & Copied): Write<NewerStored> {
  return put(item, unlessNewer(item));
}

/** Returns the newest version of each copy. A batch may have several, but a transaction accepts each item once. */
function newestOf<Facts extends Copied>(facts: readonly Facts[], idOf: (facts: Facts) => string): Facts[] {
  const newest = new Map<string, Facts>();
  for (const one of facts) {
    const known = newest.get(idOf(one));
    if (!known || known.sourceVersion < one.sourceVersion) newest.set(idOf(one), one);
  }
  return [...newest.values()];
}
