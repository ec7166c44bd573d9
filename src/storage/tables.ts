/**
 * Every table, key and index. One table a subgraph, generic key attributes, several kinds of items in each; the key
 * functions below are the only places where a key is put together. What serves which query: `docs/data-model.md`.
 */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { SubgraphName } from '../config.ts';

/** The physical names: `config().tables`. */
export type TableNames = Readonly<Record<SubgraphName, string>>;

/** Epoch seconds after which DynamoDB may delete an item; it does so late, so readers filter. */
export const TTL_ATTRIBUTE = 'ttl';

export interface IndexDefinition {
  /** Its keys are `<name>pk` and `<name>sk`, both strings. */
  readonly name: 'gsi1' | 'gsi2' | 'gsi3';
  /** `KEYS_ONLY`: a page is one Query and one BatchGet of the items. `ALL`: one Query, at the price of a second copy. */
  readonly projection: 'KEYS_ONLY' | 'ALL';
}

/** Every table also has `pk` and `sk`, a stream of new and old images, and TTL on `ttl`. */
export const TABLES: Readonly<Record<SubgraphName, { readonly indexes: readonly IndexDefinition[] }>> = {
  parks: {
    indexes: [
      { name: 'gsi1', projection: 'ALL' },
      { name: 'gsi2', projection: 'ALL' },
      { name: 'gsi3', projection: 'ALL' },
    ],
  },
  enterprises: {
    indexes: [
      { name: 'gsi1', projection: 'KEYS_ONLY' },
      { name: 'gsi2', projection: 'KEYS_ONLY' },
    ],
  },
  talent: {
    indexes: [
      { name: 'gsi1', projection: 'KEYS_ONLY' },
      { name: 'gsi2', projection: 'KEYS_ONLY' },
      { name: 'gsi3', projection: 'KEYS_ONLY' },
    ],
  },
  linkages: {
    indexes: [
      { name: 'gsi1', projection: 'ALL' },
      { name: 'gsi2', projection: 'ALL' },
    ],
  },
};

/** The key of one item in any table. */
export interface PrimaryKey {
  readonly pk: string;
  readonly sk: string;
}

/** Zero-padded, so that numbers sort as text: versions and sequences up to 999,999. */
const ordinal = (number: number) => String(number).padStart(6, '0');

/** Keys of every table: the answer of a mutation that came before. */
export const idempotencyKey = (scope: string, key: string): PrimaryKey => ({ pk: `IDEM#${scope}#${key}`, sk: 'IDEM' });

/** An enterprise's own partition is its id; what is counted or listed for a park is in the partition `PARK#<park>`. */
export const enterpriseKeys = {
  /** `enterprise(id)`, references by id. */
  enterprise: (id: string): PrimaryKey => ({ pk: id, sk: 'ENTERPRISE' }),
  /** Exactly one enterprise a code; `enterprise(uscc)`, references by uscc. */
  uscc: (uscc: string): PrimaryKey => ({ pk: `USCC#${uscc}`, sk: 'USCC' }),
  /** One item for each version of an enterprise that changes who is resident where: an event, never changed but to count it. */
  enterpriseChange: (id: string, version: number): PrimaryKey => ({ pk: id, sk: `CHANGE#${ordinal(version)}` }),
  /** The newest version of a day's report: `Enterprise.operationReports(from, to)` is one range of it. */
  report: (id: string, day: string): PrimaryKey => ({ pk: id, sk: `REPORT#${day}` }),
  /** Each version of a day's report: its history, and the event that is counted. */
  reportVersion: (id: string, day: string, version: number): PrimaryKey => ({
    pk: id,
    sk: `REPORTED#${day}#${ordinal(version)}`,
  }),
  /** The last day that an enterprise has reported, so that an import can't change a stay that reports rest on. */
  reporting: (id: string): PrimaryKey => ({ pk: id, sk: 'REPORTING' }),
  tracking: (id: string): PrimaryKey => ({ pk: id, sk: 'TRACKING' }),
  supportRequest: (id: string): PrimaryKey => ({ pk: id, sk: 'SUPPORT' }),
  project: (id: string): PrimaryKey => ({ pk: id, sk: 'PROJECT' }),

  /** That the park exists: enterprises are imported only into a known one. */
  knownPark: (park: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: 'PARK' }),
  /** The residents' counts and steps: one item a park. */
  parkFigures: (park: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: 'FIGURES' }),
  /** The sums over a day's reports; `Park.resumptionSeries(from, to)` is one range of them. */
  parkDay: (park: string, day: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `DAY#${day}` }),
  /** An open stay: `enterprises(park)` is the partition's range `RESIDENT#`, by id. */
  resident: (park: string, id: string): PrimaryKey => ({ pk: `PARK#${park}`, sk: `RESIDENT#${id}` }),
  /** While it is there, the tallies are being rebuilt and nobody else may count. */
  rebuildLock: (): PrimaryKey => ({ pk: 'REBUILD', sk: 'REBUILD' }),
} as const;

/** Index keys of the enterprises table. */
export const enterpriseIndexes = {
  /** gsi1: residents of a park and sector. */
  residentsOfSector: (park: string, sector: string, id: string) => ({
    gsi1pk: `PARK#${park}#SECTOR#${sector}`,
    gsi1sk: id,
  }),
  /** gsi2: residents of a park and size class. */
  residentsOfSize: (park: string, size: string, id: string) => ({ gsi2pk: `PARK#${park}#SIZE#${size}`, gsi2sk: id }),
  /** gsi1: support requests of an enterprise; the id's ULID is the time of its opening, read backwards. */
  supportOfEnterprise: (enterprise: string, id: string) => ({ gsi1pk: `${enterprise}#SUPPORT`, gsi1sk: id }),
  /** gsi1: projects of a park. */
  projectsOfPark: (park: string, id: string) => ({ gsi1pk: `PARK#${park}#PROJECT`, gsi1sk: id }),
  /** gsi2: projects of a park in a stage. */
  projectsInStage: (park: string, stage: string, id: string) => ({ gsi2pk: `PARK#${park}#STAGE#${stage}`, gsi2sk: id }),
} as const;

/** What CreateTable takes for a subgraph's table. TTL is switched on by a call of its own. */
export function createTableInput(subgraph: SubgraphName, tableName: string): CreateTableCommandInput {
  const { indexes } = TABLES[subgraph];
  const attributes = ['pk', 'sk', ...indexes.flatMap(({ name }) => [`${name}pk`, `${name}sk`])];
  const keySchema = (prefix: string) => [
    { AttributeName: `${prefix}pk`, KeyType: 'HASH' as const },
    { AttributeName: `${prefix}sk`, KeyType: 'RANGE' as const },
  ];
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: attributes.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keySchema(''),
    GlobalSecondaryIndexes: indexes.map(({ name, projection }) => ({
      IndexName: name,
      KeySchema: keySchema(name),
      Projection: { ProjectionType: projection },
    })),
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  };
}
