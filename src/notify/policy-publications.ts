/** Publications of policies, and the zones whose enterprises and systems are told of them. */
import { dayInShanghai } from '../domain/calendar/day.ts';
import type { Table } from '../storage/dynamodb/table.ts';
import { coveredZones } from '../storage/linkages/covered-zones.ts';
import type { PolicyVersionEvent } from '../storage/parks/items.ts';
import { type PolicyEntry, putPolicyEntries } from '../storage/talent/webhooks/policy-entries.ts';

/** The event of a new version of a policy; a withdrawal is none. */
export type PolicyPublication = PolicyVersionEvent & { readonly facts: { readonly published: number } };

/** A publication, and the zones to which coverages lead the policy on its day. */
export interface CoveredPublication {
  readonly event: PolicyPublication;
  readonly coveredZoneIds: readonly string[];
}

export function isPolicyPublication(item: { readonly type: string }): item is PolicyPublication {
  if (item.type !== 'RecordVersion' || !('of' in item) || item.of !== 'Policy') return false;
  return (item as PolicyVersionEvent).facts.published !== undefined;
}

/** Finds the zones of publications by coverages, in one go. */
export async function withCoveredZones(
  linkages: Table,
  events: readonly PolicyPublication[],
): Promise<readonly CoveredPublication[]> {
  if (events.length === 0) return [];
  const questions = events.map(({ pk: policyId, facts, publication }) => {
    return { policyId, facts, on: dayInShanghai(new Date(publication.at)) };
  });
  const covered = await coveredZones(linkages, questions);
  return events.map((event, i) => ({ event, coveredZoneIds: covered[i] ?? [] }));
}

/**
 * Puts the publications into the outbox, for the systems of the policy's own zones and of covered ones.
 * @returns the number of new entries
 */
export function tellSystems(outbox: Table, publications: readonly CoveredPublication[]): Promise<number> {
  const entries = publications.flatMap(({ event: { pk: policyId, facts, publication }, coveredZoneIds }) =>
    [...facts.homeZoneIds, ...coveredZoneIds].map((zoneId): PolicyEntry => {
      return { policyId, number: facts.published, zoneId, at: publication.at };
    }),
  );
  return putPolicyEntries(outbox, entries);
}
