import { addDays } from '../../domain/calendar/day.ts';
import type { Inspection } from '../../domain/inspections/inspection.ts';
import { itemLoader, type Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import type { Table } from '../dynamodb/table.ts';
import { put } from '../dynamodb/write.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../tables.ts';
import type { InspectionItem } from './items.ts';
import { inspectionEntries, inspectionItem } from './make-items.ts';
import { openVersionedRecords, type VersionedRecords } from './versioned-records.ts';

export interface Inspections {
  readonly byId: Loader<string, InspectionItem | null>;
  readonly records: VersionedRecords<Inspection, InspectionItem>;
  /** Lists the inspections of a park, newest first; with a day those with a finding due by it, longest due first. */
  listOfPark(parkId: string, dueBy: string | null, page: PageRequest): Promise<Page<InspectionItem>>;
  /** Lists the inspections whose findings an enterprise mends, newest first. */
  listOfEnterprise(enterpriseId: string, page: PageRequest): Promise<Page<InspectionItem>>;
}

interface Entry extends PrimaryKey {
  readonly inspectionId: string;
}

export function openInspections(table: Table): Inspections {
  const byId = itemLoader<InspectionItem>(table, 'insp', enterpriseKeys.inspection);
  const nodes = (entries: readonly PrimaryKey[]) => byId.loadMany(entries.map(({ pk }) => pk));
  return {
    byId,
    records: openVersionedRecords(table, inspectionItem, (before, after) =>
      before ? [] : inspectionEntries(after).map((entry) => put(entry)),
    ),
    listOfPark: (parkId, dueBy, page) =>
      readPage<PrimaryKey, InspectionItem>(table, page, {
        range:
          dueBy === null
            ? { index: 'gsi1', partition: enterpriseIndexes.inspectionsOfPark(parkId, '').gsi1pk, backwards: true }
            : { index: 'gsi2', partition: enterpriseIndexes.inspectionsDue(parkId, '', '').gsi2pk, sort: upTo(dueBy) },
        binding: { field: 'Park.inspections', arguments: { parkId, dueBy } },
        nodes,
      }),
    listOfEnterprise: (enterpriseId, page) => {
      const { pk, sk } = enterpriseKeys.inspectionOfEnterprise(enterpriseId, '');
      return readPage<Entry, InspectionItem>(table, page, {
        range: { partition: pk, sort: { beginsWith: sk }, backwards: true },
        binding: { field: 'Enterprise.inspections', arguments: { enterpriseId } },
        nodes: (entries) => byId.loadMany(entries.map(({ inspectionId }) => inspectionId)),
      });
    },
  };
}

/** Returns the range of sort keys that begin with a day up to this one. */
const upTo = (day: string) => ({ from: '0', to: addDays(day, 1) });
