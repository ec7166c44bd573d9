import type { SupportRequest } from '../../domain/support/request.ts';
import type { Tracking } from '../../domain/support/tracking.ts';
import { itemLoader, type Loader } from '../dynamodb/loader.ts';
import { type Page, type PageRequest, readPage } from '../dynamodb/page.ts';
import type { Table } from '../dynamodb/table.ts';
import { enterpriseIndexes, enterpriseKeys, type PrimaryKey } from '../tables.ts';
import type { SupportRequestItem, TrackingItem } from './items.ts';
import { supportRequestItem, trackingItem } from './make-items.ts';
import { openVersionedRecords, type VersionedRecords } from './versioned-records.ts';

/** Loads one-to-one tracking and support requests. */
export interface Support {
  readonly trackingOf: Loader<string, TrackingItem | null>;
  readonly trackings: VersionedRecords<Tracking, TrackingItem>;
  readonly requests: VersionedRecords<SupportRequest, SupportRequestItem>;
  readonly requestById: Loader<string, SupportRequestItem | null>;
  /** Lists the requests of an enterprise, newest first. */
  listOfEnterprise(enterpriseId: string, page: PageRequest): Promise<Page<SupportRequestItem>>;
}

export function openSupport(table: Table): Support {
  const requestById = itemLoader<SupportRequestItem>(table, 'sreq', enterpriseKeys.supportRequest);
  return {
    trackingOf: itemLoader<TrackingItem>(table, 'ent', enterpriseKeys.tracking),
    trackings: openVersionedRecords(table, trackingItem),
    requestById,
    requests: openVersionedRecords(table, supportRequestItem),
    listOfEnterprise: (enterpriseId, page) =>
      readPage<PrimaryKey, SupportRequestItem>(table, page, {
        range: {
          index: 'gsi1',
          partition: enterpriseIndexes.supportOfEnterprise(enterpriseId, '').gsi1pk,
          backwards: true,
        },
        binding: { field: 'Enterprise.supportRequests', arguments: { enterpriseId } },
        nodes: (entries) => requestById.loadMany(entries.map(({ pk }) => pk)),
      }),
  };
}
