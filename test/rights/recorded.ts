/** The calls that tests have recorded of each function: `infra/recorded-rights.json`. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { STORES, type StoreName } from '../../src/config.ts';
import type { TableNames } from '../../src/storage/tables.ts';
import type { Asked } from './asked.ts';

export const RECORDED_FILE = join(import.meta.dirname, '../../infra/recorded-rights.json');

/** One thing that a function does to a kind of partition of a table or an index. */
export interface RecordedRight {
  readonly function: string;
  readonly action: string;
  /** The table's logical id, e.g. `TalentTable`. */
  readonly table: string;
  readonly index: string | null;
  /** A beginning of partitions, e.g. `case_*`; a whole one; `*` for what a client made up. */
  readonly partition: string;
  /** Of writes to a table whose attributes are bound, and of reads that name what they read. */
  readonly attributes?: readonly string[];
  readonly returnValues?: readonly string[];
}

export const TABLE_IDS: Readonly<Record<StoreName, string>> = {
  parks: 'ParksTable',
  enterprises: 'EnterprisesTable',
  talent: 'TalentTable',
  linkages: 'LinkagesTable',
  credentials: 'CredentialsTable',
  personKeys: 'PersonKeysTable',
};

/** Tables in which a write is bound to the attributes that it names. */
const BOUND_TABLES: readonly string[] = ['CredentialsTable'];

export function tableIdOf(tables: TableNames, name: string): string | undefined {
  const store = STORES.find((each) => tables[each] === name);
  return store && TABLE_IDS[store];
}

/** The kind of a partition: `case_01J…` is `case_*`, `KEY#…` is `KEY#*`, and `REBUILD` itself. */
export function partitionKind(partition: string): string {
  const beginning = /^(?:[A-Z][A-Z_]*#|[a-z]+_(?=[\w-]))/.exec(partition)?.[0];
  if (beginning) return `${beginning}*`;
  return /^[A-Z][A-Z_]*$/.test(partition) ? partition : '*';
}

/** What a question of a function comes to, one right for each kind of partition. */
export function rightsOf(name: string, asked: Asked, table: string): RecordedRight[] {
  const { action, index, attributes, returnValues } = asked;
  const isBound = BOUND_TABLES.includes(table) && attributes.length > 0;
  return [...new Set(asked.partitions.map(partitionKind))].map((partition) => ({
    ...{ function: name, action, table, index, partition },
    ...(isBound ? { attributes, returnValues: returnValues === null ? [] : [returnValues] } : {}),
  }));
}

/** Names a right without its attributes: two of one name are one. */
export const nameOf = (right: RecordedRight) =>
  [right.function, right.action, `${right.table}${right.index ? `/${right.index}` : ''}`, right.partition].join(' ');

/** Rights without doubles, sorted; attributes of one right are put together. */
export function mergeRights(rights: readonly RecordedRight[]): RecordedRight[] {
  const merged = new Map<string, RecordedRight>();
  for (const right of rights) {
    const known = merged.get(nameOf(right));
    const both = (of: 'attributes' | 'returnValues') =>
      known?.[of] || right[of] ? { [of]: [...new Set([...(known?.[of] ?? []), ...(right[of] ?? [])])].sort() } : {};
    const { attributes: _, returnValues: __, ...bare } = right;
    const isWhole = known !== undefined && (known.attributes === undefined || right.attributes === undefined);
    merged.set(nameOf(right), isWhole ? bare : { ...right, ...both('attributes'), ...both('returnValues') });
  }
  return [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, right]) => right);
}

export function readRecorded(): RecordedRight[] {
  return existsSync(RECORDED_FILE) ? (JSON.parse(readFileSync(RECORDED_FILE, 'utf8')) as RecordedRight[]) : [];
}

/** One right a line, so that a change is a line of a diff. */
export function writeRecorded(rights: readonly RecordedRight[]): void {
  const lines = mergeRights(rights).map((right) => JSON.stringify(right));
  writeFileSync(RECORDED_FILE, `[\n${lines.map((line) => `  ${line}`).join(',\n')}\n]\n`);
}
