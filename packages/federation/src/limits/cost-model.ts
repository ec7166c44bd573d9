import {
  type ConstDirectiveNode,
  type DocumentNode,
  type InputValueDefinitionNode,
  Kind,
  type TypeDefinitionNode,
} from 'graphql';
import { argumentOf, directiveName, linkedFeatures } from '../supergraph/features.ts';

/** The length of a list, by `@listSize` (https://ibm.github.io/graphql-specs/cost-spec.html). */
export interface ListSize {
  readonly assumedSize: number | undefined;
  /** Arguments that give the page size. */
  readonly slicingArguments: readonly string[];
  /** Fields below that have this length; the field itself where there are none. */
  readonly sizedFields: readonly string[];
}

/** The costs that a schema gives its parts, by coordinate: `Park`, `Park.enterprises`, `Query.parks(first:)`. */
export interface CostModel {
  readonly weights: ReadonlyMap<string, number>;
  readonly lists: ReadonlyMap<string, ListSize>;
  /** True where any argument or input field has a weight. */
  readonly weighsInput: boolean;
}

/** Reads `@cost` and `@listSize` out of a supergraph, under the names that its `@link`s give them. */
export function costModel(supergraph: DocumentNode): CostModel {
  const weights = new Map<string, number>();
  const lists = new Map<string, ListSize>();
  let weighsInput = false;
  const feature = linkedFeatures(supergraph).find(({ name }) => name === 'cost');
  if (!feature) return { weights, lists, weighsInput: false };
  const cost = directiveName(feature, 'cost');
  const listSize = directiveName(feature, 'listSize');

  const weigh = (coordinate: string, applied: readonly ConstDirectiveNode[] = []) => {
    const directive = applied.find(({ name }) => name.value === cost);
    const weight = directive && argumentOf(directive, 'weight');
    if (weight !== undefined && Number.isFinite(Number(weight))) weights.set(coordinate, Math.max(0, Number(weight)));
  };
  const weighInputs = (owner: string, inputs: readonly InputValueDefinitionNode[] = [], end = '') => {
    for (const { name, directives } of inputs) {
      weigh(`${owner}${name.value}${end}`, directives);
      weighsInput ||= weights.has(`${owner}${name.value}${end}`);
    }
  };

  for (const type of supergraph.definitions.filter(isTypeDefinition)) {
    const owner = type.name.value;
    weigh(owner, type.directives);
    if (type.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION) weighInputs(`${owner}.`, type.fields);
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const { name, arguments: inputs, directives } of type.fields ?? []) {
      const coordinate = `${owner}.${name.value}`;
      weigh(coordinate, directives);
      weighInputs(`${coordinate}(`, inputs, ':)');
      const sized = directives?.find((directive) => directive.name.value === listSize);
      if (sized) lists.set(coordinate, readListSize(sized));
    }
  }
  return { weights, lists, weighsInput };
}

function readListSize(directive: ConstDirectiveNode): ListSize {
  const assumed = argumentOf(directive, 'assumedSize');
  const names = (argument: string): string[] => {
    const given = argumentOf(directive, argument);
    return Array.isArray(given) ? given.filter((name) => typeof name === 'string') : [];
  };
  return {
    assumedSize: typeof assumed === 'number' ? assumed : undefined,
    slicingArguments: names('slicingArguments'),
    sizedFields: names('sizedFields'),
  };
}

function isTypeDefinition(definition: DocumentNode['definitions'][number]): definition is TypeDefinitionNode {
  return definition.kind.endsWith('TypeDefinition');
}
