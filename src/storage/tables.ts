/**
 * The definitions of all tables: one per subgraph, one for credentials and one for persons' keys. Key attributes are
 * generic, and a table has several kinds of items. Only the key functions in `tables/` make keys. `docs/data-model.md`
 * lists the queries that each key serves.
 */
import type { CreateTableCommandInput } from '@aws-sdk/client-dynamodb';
import type { StoreName } from '../config.ts';

export * from './tables/credentials.ts';
export * from './tables/enterprises.ts';
export * from './tables/key.ts';
export * from './tables/linkages.ts';
export * from './tables/parks.ts';
export * from './tables/person-keys.ts';
export * from './tables/talent.ts';
export * from './tables/talent.ts';

/** The physical names of the tables: `config().tables`. */
export type TableNames = Readonly<Record<StoreName, string>>;

export interface IndexDefinition {
  /** Its keys are `<name>pk` and `<name>sk`, both strings. */
  readonly name: 'gsi1' | 'gsi2' | 'gsi3' | 'gsi4';
  /**
   * `KEYS_ONLY`: a page takes one Query and one BatchGet of the items. `ALL`: one Query, at the cost of a second copy.
   */
  readonly projection: 'KEYS_ONLY' | 'ALL';
}

export interface TableDefinition {
  readonly indexes: readonly IndexDefinition[];
  /** Set where a stream has the images of changed items for a day. Deleted keys of persons must be in none. */
  readonly hasStream: boolean;
}

/** Every table also has `pk`, `sk` and TTL on `ttl`. A stream has new and old images. */
export const TABLES: Readonly<Record<StoreName, TableDefinition>> = {
  parks: {
    indexes: [
      { name: 'gsi1', projection: 'ALL' },
      { name: 'gsi2', projection: 'ALL' },
      { name: 'gsi3', projection: 'ALL' },
    ],
    hasStream: true,
  },
  enterprises: {
    indexes: [
      { name: 'gsi1', projection: 'KEYS_ONLY' },
      { name: 'gsi2', projection: 'KEYS_ONLY' },
    ],
    hasStream: true,
  },
  talent: {
    indexes: [
      { name: 'gsi1', projection: 'KEYS_ONLY' },
      { name: 'gsi2', projection: 'KEYS_ONLY' },
      { name: 'gsi3', projection: 'KEYS_ONLY' },
      { name: 'gsi4', projection: 'KEYS_ONLY' },
    ],
    hasStream: true,
  },
  linkages: {
    indexes: [
      { name: 'gsi1', projection: 'ALL' },
      { name: 'gsi2', projection: 'ALL' },
    ],
    hasStream: true,
  },
  credentials: { indexes: [{ name: 'gsi1', projection: 'KEYS_ONLY' }], hasStream: true },
  personKeys: { indexes: [], hasStream: false },
};

/** Returns the CreateTable input of a table. TTL is enabled by another call. */
export function createTableInput(store: StoreName, tableName: string): CreateTableCommandInput {
  const { indexes, hasStream } = TABLES[store];
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
    // DynamoDB accepts no empty list.
    ...(indexes.length === 0
      ? {}
      : {
          GlobalSecondaryIndexes: indexes.map(({ name, projection }) => ({
            IndexName: name,
            KeySchema: keySchema(name),
            Projection: { ProjectionType: projection },
          })),
        }),
    ...(hasStream ? { StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' } } : {}),
  };
}
