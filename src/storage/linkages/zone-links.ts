import { copyLoader, itemLoader, type Loader } from '../dynamodb/loader.ts';
import type { Table } from '../dynamodb/table.ts';
import { linkageKeys } from '../tables.ts';
import type { LinkageGroupItem, ZoneLinksItem } from './items.ts';

export interface ZoneLinks {
  /** Loads a zone's agreements in short, and its groups. */
  readonly ofZone: Loader<string, ZoneLinksItem | null>;
  readonly groupById: Loader<string, LinkageGroupItem | null>;
}

export function openZoneLinks(table: Table): ZoneLinks {
  return {
    ofZone: copyLoader<ZoneLinksItem>(table, 'zone', linkageKeys.zoneLinks),
    groupById: itemLoader<LinkageGroupItem>(table, 'lgrp', linkageKeys.group),
  };
}
