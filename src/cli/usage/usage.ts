import type { Manifest } from '@bridgehead/federation';
import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType, parse } from 'graphql';
import { usedFields } from '../../edge/used-fields.ts';

/** A log line of a request, as far as it tells who used what. */
export interface UsageLine {
  /** The viewer's kind, or the zone of a partner's system. */
  readonly client: string;
  /** The name of a trusted document; null for a document of the client's own. */
  readonly document: string | null;
  /** The fields of a client's own document. */
  readonly fields: readonly string[];
  readonly cost: number;
}

/** The operations of one client by one document. */
export interface DocumentUsage {
  readonly client: string;
  readonly document: string | null;
  readonly operations: number;
  readonly cost: number;
}

/** The use of a field of the schema. */
export interface FieldUsage {
  /** `Type.field`, `Type.field(argument:)` or `Input.field`. */
  readonly field: string;
  /** The reason of its deprecation; null for a field that isn't deprecated. */
  readonly deprecated: string | null;
  readonly operations: number;
  /** Clients that used it, sorted. */
  readonly clients: readonly string[];
  /** Trusted documents that named it in these operations, sorted. */
  readonly documents: readonly string[];
}

export interface UsageReport {
  /** The most used first. */
  readonly documents: readonly DocumentUsage[];
  /** All fields of the schema, in its order; those that nobody used have 0 operations. */
  readonly fields: readonly FieldUsage[];
}

/** Counts operations by client and document, and uses of each field of the schema. */
export function usageOf(lines: readonly UsageLine[], schema: GraphQLSchema, manifest: Manifest): UsageReport {
  const bodies = new Map(manifest.operations.map(({ name, body }) => [name, body]));
  const fieldsOfDocument = new Map<string, readonly string[]>();
  const fieldsOf = ({ document, fields }: UsageLine): readonly string[] => {
    const body = document === null ? undefined : bodies.get(document);
    if (document === null || body === undefined) return fields;
    const known = fieldsOfDocument.get(document) ?? usedFields(parse(body, { noLocation: true }), schema);
    fieldsOfDocument.set(document, known);
    return known;
  };
  const documents = new Map<string, DocumentUsage>();
  const uses = new Map<string, { operations: number; clients: Set<string>; documents: Set<string> }>();
  for (const line of lines) {
    const { client, document, cost } = line;
    const key = JSON.stringify([client, document]);
    const before = documents.get(key) ?? { client, document, operations: 0, cost: 0 };
    documents.set(key, { ...before, operations: before.operations + 1, cost: before.cost + cost });
    for (const field of fieldsOf(line)) {
      const use = uses.get(field) ?? { operations: 0, clients: new Set(), documents: new Set() };
      uses.set(field, use);
      use.operations += 1;
      use.clients.add(client);
      if (document !== null) use.documents.add(document);
    }
  }
  return {
    documents: [...documents.values()].sort((a, b) => b.operations - a.operations || (nameOf(a) < nameOf(b) ? -1 : 1)),
    fields: definedFields(schema).map(({ field, deprecated }) => {
      const use = uses.get(field);
      return {
        field,
        deprecated,
        operations: use?.operations ?? 0,
        clients: [...(use?.clients ?? [])].sort(),
        documents: [...(use?.documents ?? [])].sort(),
      };
    }),
  };
}

const nameOf = ({ client, document }: DocumentUsage) => `${client} ${document ?? ''}`;

function definedFields(schema: GraphQLSchema): readonly Pick<FieldUsage, 'field' | 'deprecated'>[] {
  return Object.values(schema.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    if (isInputObjectType(type)) {
      return Object.values(type.getFields()).map(({ name, deprecationReason }) => ({
        field: `${type.name}.${name}`,
        deprecated: deprecationReason ?? null,
      }));
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return [];
    return Object.values(type.getFields()).flatMap(({ name, deprecationReason, args }) => [
      { field: `${type.name}.${name}`, deprecated: deprecationReason ?? null },
      ...args.map((argument) => ({
        field: `${type.name}.${name}(${argument.name}:)`,
        deprecated: argument.deprecationReason ?? null,
      })),
    ]);
  });
}
