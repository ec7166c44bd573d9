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

/** A composed supergraph that this gateway can enforce, with the schema that its clients see. */
export interface Supergraph {
  readonly sdl: string;
  /** `sdl` parsed, with the parts that clients don't see. */
  readonly document: DocumentNode;
  /** SHA-256 of `sdl`, hex: what a shipped plan says it was made for. */
  readonly hash: string;
  readonly apiSchema: GraphQLSchema;
  /** The public schema printed, in the order of the supergraph. */
  readonly apiSdl: string;
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
}

export interface LoadOptions {
  /** Scalars by name whose input is checked before any subgraph is asked; the others take any value. */
  readonly scalars?: Readonly<Record<string, GraphQLScalarType>>;
  /** A build has loaded this very text: its public schema was found valid then, and isn't looked over again. */
  readonly isChecked?: boolean;
}

/**
 * Reads a composed supergraph (join v0.x) and derives its public schema.
 * Throws CONFIGURATION for what isn't a supergraph, and for one that the load gate refuses.
 */
export function loadSupergraph(sdl: string, { scalars = {}, isChecked = false }: LoadOptions = {}): Supergraph {
  const document = parseSupergraph(sdl);
  refuseWhatIsNotExecuted(document);
  const features = linkedFeatures(document);
  refuseUnknownFeatures(features);
  const join = features.find((feature) => feature.name === 'join');
  if (!join) throw new CodedError('CONFIGURATION', 'The supergraph does not link https://specs.apollo.dev/join.');

  const publicDocument = apiDocument(document, features);
  const apiSchema = buildASTSchema(publicDocument, { assumeValid: isChecked });
  const faults = validateSchema(apiSchema);
  if (faults.length > 0) {
    throw new CodedError(
      'CONFIGURATION',
      `The public schema of the supergraph is not valid: ${faults.map((fault) => fault.message).join(' ')}`,
    );
  }
  checkInput(apiSchema, scalars);
  let printed: string | undefined;
  return {
    sdl,
    document,
    hash: supergraphHash(sdl),
    apiSchema,
    // Few ask for it, and none to answer a first request.
    get apiSdl() {
      printed ??= `${print(publicDocument)}\n`;
      return printed;
    },
    rules: readRules(document, features, apiSchema),
    costs: costModel(document),
    overrideLabels: overrideLabels(document, join),
    references: readReferences(document, join),
    interfaceObjects: readInterfaceObjects(document, join),
    subgraphs: [...subgraphsByGraph(document, join).values()],
  };
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
