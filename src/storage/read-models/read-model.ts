import type { StoreName } from '../../config.ts';
import type { Table } from '../dynamodb/table.ts';
import type { PrimaryKey } from '../tables/key.ts';

/** Opens a table for a comparison or a rebuild, which take as long as they need. */
export type OpenTables = (store: StoreName) => Table;

/** One item that is not as it would be if it were computed anew. */
export interface ReadModelDifference extends PrimaryKey {
  readonly fault: 'MISSING' | 'NEEDLESS' | 'DIFFERENT';
}

export interface Comparison {
  /** Items that were compared. */
  readonly items: number;
  readonly differences: readonly ReadModelDifference[];
}

/**
 * Data that is stored a second time so that requests can read it: copies of other tables' items, lists, and sums. Everything in
 * it follows from other items.
 */
export interface ReadModel {
  /** In kebab case, for commands. */
  readonly name: string;
  /** A few words for a report's sentence. */
  readonly title: string;
  /** Compares what is stored with what it would be if it were computed anew. Changes nothing. */
  compare(open: OpenTables): Promise<Comparison>;
  /**
   * Corrects what differs, also beside running consumers and requests. After an interruption it goes on with the page
   * where it stopped.
   * @returns what differed on the pages that this run has read
   */
  rebuild(open: OpenTables, options?: RebuildOptions): Promise<Comparison>;
}

export interface RebuildOptions {
  /** Called after each page with the number of items that DynamoDB read for it. */
  readonly onRead?: (items: number) => void;
  /** Items that DynamoDB reads for one page. */
  readonly itemsAPage?: number;
}

export const textOfKey = ({ pk, sk }: PrimaryKey) => `${pk}\0${sk}`;
