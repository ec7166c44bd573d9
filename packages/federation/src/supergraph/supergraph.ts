import { createHash } from 'node:crypto';
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLScalarType,
  type GraphQLSchema,
  isScalarType,
  Kind,
  parse,
  print,
  validateSchema,
  valueFromASTUntyped,
} from 'graphql';
import type { Rules } from '../authorization/authorize.ts';
import { readRules } from '../authorization/rules.ts';
import { CodedError } from '../errors.ts';
import { readConditions } from '../executor/type-conditions.ts';
import { type CostModel, costModel } from '../limits/cost-model.ts';
import { refuseUnsupported } from '../planner/unsupported.ts';
import { apiDocument } from './api-schema.ts';
import { argumentOf, directiveName, type Feature, linkedFeatures, refuseUnknownFeatures } from './features.ts';
import {
  type InterfaceObjects,
  type References,
  readInterfaceObjects,
  readReferences,
  subgraphsByGraph,
} from './subgraphs.ts';
import { type Owners, readOwners, readTags, type Tags } from './tags.ts';

/** The parts that are read out of a supergraph's SDL, by a start or by a build (`prepared.ts`). */
export interface SupergraphParts {
  /** The SDL of the public schema, parsed, in the order of the supergraph. */
  readonly apiDocument: DocumentNode;
  /** The requirements of the public schema's guarded fields. */
  readonly rules: Rules;
  /** The costs of an answer's parts. */
  readonly costs: CostModel;
  /** The labels that decide where fields are asked for, as `@override` has them. */
  readonly overrideLabels: readonly string[];
  readonly references: References;
  /** The interfaces that some subgraphs know as one object, without their types. */
  readonly interfaceObjects: InterfaceObjects;
  /** The names that plans call subgraphs by, in the supergraph's order. */
  readonly subgraphs: readonly string[];
  /** The types that satisfy a condition on an interface or a union, those that clients don't see among them. */
  readonly conditions: ReadonlyMap<string, ReadonlySet<string>>;
  readonly tags: Tags;
  readonly owners: Owners;
}

/** A composed supergraph that this gateway can enforce, with the schema that its clients see. */
export interface Supergraph extends SupergraphParts {
  readonly sdl: string;
  /** `sdl` parsed, with the parts that clients don't see. Prepared parts leave this to its first reader. */
  readonly document: DocumentNode;
  /** SHA-256 of `sdl`, hex: what shipped plans and prepared parts say they were made for. */
  readonly hash: string;
  readonly apiSchema: GraphQLSchema;
  /** The public schema printed, in the order of the supergraph. */
  readonly apiSdl: string;
}

export interface LoadOptions {
  /** Scalars by name whose input is checked before any subgraph is asked; the others take any value. */
  readonly scalars?: Readonly<Record<string, GraphQLScalarType>>;
  /** The parts that a build has read out of this very text and found valid. Default: they are read now. */
  readonly prepared?: SupergraphParts | undefined;
}

/**
 * Reads a composed supergraph (join v0.x) and derives its public schema.
 * Throws CONFIGURATION for what isn't a supergraph, and for one that the load gate refuses.
 */
export function loadSupergraph(sdl: string, { scalars = {}, prepared }: LoadOptions = {}): Supergraph {
  let parsed: DocumentNode | undefined;
  const parseOnce = () => {
    parsed ??= parseSupergraph(sdl);
    return parsed;
  };
  const { parts, apiSchema } = prepared
    ? { parts: prepared, apiSchema: buildASTSchema(prepared.apiDocument, { assumeValid: true }) }
    : readParts(parseOnce());
  checkInput(apiSchema, scalars);
  let printed: string | undefined;
  return {
    ...parts,
    sdl,
    hash: supergraphHash(sdl),
    apiSchema,
    // Few ask for these, and none to answer a first request.
    get document() {
      return parseOnce();
    },
    get apiSdl() {
      printed ??= `${print(parts.apiDocument)}\n`;
      return printed;
    },
  };
}

function readParts(document: DocumentNode): { readonly parts: SupergraphParts; readonly apiSchema: GraphQLSchema } {
  refuseWhatIsNotExecuted(document);
  const features = linkedFeatures(document);
  refuseUnknownFeatures(features);
  const join = features.find((feature) => feature.name === 'join');
  if (!join) throw new CodedError('CONFIGURATION', 'The supergraph does not link https://specs.apollo.dev/join.');

  const publicDocument = apiDocument(document, features);
  const apiSchema = buildASTSchema(publicDocument);
  const faults = validateSchema(apiSchema);
  if (faults.length > 0) {
    throw new CodedError(
      'CONFIGURATION',
      `The public schema of the supergraph is not valid: ${faults.map((fault) => fault.message).join(' ')}`,
    );
  }
  const parts = {
    apiDocument: publicDocument,
    rules: readRules(document, features, apiSchema),
    costs: costModel(document),
    overrideLabels: overrideLabels(document, join),
    references: readReferences(document, join),
    interfaceObjects: readInterfaceObjects(document, join),
    subgraphs: [...subgraphsByGraph(document, join).values()],
    conditions: readConditions(document),
    tags: readTags(document, features),
    owners: readOwners(document, join),
  };
  return { parts, apiSchema };
}

function refuseWhatIsNotExecuted(document: DocumentNode): void {
  try {
    refuseUnsupported(document);
  } catch (cause) {
    throw new CodedError('CONFIGURATION', (cause as Error).message, { cause });
  }
}

/** Returns the hash that a composed supergraph is known by. */
export function supergraphHash(sdl: string): string {
  return createHash('sha256').update(sdl).digest('hex');
}

function parseSupergraph(sdl: string): DocumentNode {
  try {
    return parse(sdl, { noLocation: true });
  } catch (cause) {
    throw new CodedError('CONFIGURATION', `The supergraph is not GraphQL: ${(cause as Error).message}`, { cause });
  }
}

/**
 * Lets a public schema refuse literals and variables that its scalars don't take, before any subgraph is asked. What is
 * accepted stays as it came: subgraphs read it themselves.
 */
export function checkInput(schema: GraphQLSchema, scalars: Readonly<Record<string, GraphQLScalarType>>): void {
  for (const [name, scalar] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) continue;
    type.parseValue = (value) => {
      scalar.parseValue(value);
      return value;
    };
    type.parseLiteral = (node, variables) => {
      scalar.parseLiteral(node, variables);
      return valueFromASTUntyped(node, variables);
    };
  }
}

/** Returns the labels by which fields move from one subgraph to another (`@override(label:)`), sorted, each once. */
export function overrideLabels(supergraph: DocumentNode, join: Feature): readonly string[] {
  const fieldDirective = directiveName(join, 'field');
  const labels = new Set<string>();
  for (const definition of supergraph.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const directive of (definition.fields ?? []).flatMap((field) => field.directives ?? [])) {
      const label = directive.name.value === fieldDirective ? argumentOf(directive, 'overrideLabel') : undefined;
      if (typeof label === 'string') labels.add(label);
    }
  }
  return [...labels].sort();
}
