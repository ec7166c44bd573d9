import { copyLoader, itemLoader, keyLoader, type Loader } from '../dynamodb/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import { linkageKeys } from '../tables.ts';
import type { ParkFactsItem, PolicyFactsItem, SubjectFactsItem } from './items.ts';
import { type SettledStayFactsItem, settledStaysOn } from './settled-stays.ts';

/** Loads copies of other subgraphs' entities. Their streams update them with a short delay. */
export interface KnownFacts {
  readonly policy: Loader<string, PolicyFactsItem | null>;
  readonly park: Loader<string, ParkFactsItem | null>;
  /** Loads an enterprise by its id, its uscc, or the id of one of its sites. */
  readonly subject: Loader<string, SubjectFactsItem | null>;
  /** Loads the settled stays of an enterprise on a day. */
  settledStaysOn(enterpriseId: string, day: string): Promise<readonly SettledStayFactsItem[]>;
}

export function openKnownFacts(table: Table): KnownFacts {
  return {
    policy: itemLoader<PolicyFactsItem>(table, 'policy', linkageKeys.policyFacts),
    park: copyLoader<ParkFactsItem>(table, 'park', linkageKeys.parkFacts),
    subject: keyLoader<string, SubjectFactsItem>(table, linkageKeys.subjectFacts),
    settledStaysOn: (id, day) => settledStaysOn(table, id, day),
  };
}
