import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DocumentNode,
  type GraphQLCompositeType,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  type SelectionSetNode,
} from 'graphql';
import { CodedError } from '../errors.ts';
import { argumentOf, directiveName, type Feature } from './features.ts';

/** Features with a purpose that this gateway enforces or executes, and of which versions; any other would fail open. */
const IMPLEMENTED: Readonly<Record<string, RegExp>> = {
  'https://specs.apollo.dev/join': /^v0\.\d+$/,
  'https://specs.apollo.dev/inaccessible': /^v0\.\d+$/,
  'https://specs.apollo.dev/authenticated': /^v0\.1$/,
  'https://specs.apollo.dev/requiresScopes': /^v0\.1$/,
  'https://specs.apollo.dev/policy': /^v0\.1$/,
};

/** Throws CONFIGURATION where the supergraph links a feature for SECURITY or EXECUTION that isn't implemented. */
export function refuseUnknownFeatures(features: readonly Feature[]): void {
  const unknown = features.filter(
    ({ purpose, origin, name, version }) => purpose !== undefined && !IMPLEMENTED[`${origin}/${name}`]?.test(version),
  );
  if (unknown.length > 0) {
    const list = unknown.map(({ origin, name, version, purpose }) => `${origin}/${name}/${version} (${purpose})`);
    throw new CodedError(
      'CONFIGURATION',
      `The supergraph links features that this gateway does not implement and may not ignore: ${list.join(', ')}.`,
    );
  }
}

/**
 * Throws CONFIGURATION where two `@requires` read one `Type.field` with different arguments: a planner merges them under
 * one key, so one of the two would silently get the other's value.
 */
export function refuseConflictingRequires(supergraph: DocumentNode, join: Feature): void {
  const fieldDirective = directiveName(join, 'field');
  const requiring = [...appliedToFields(supergraph)].filter(
    ({ directive }) => directive.name.value === fieldDirective && argumentOf(directive, 'requires') !== undefined,
  );
  if (requiring.length === 0) return;
  const full = buildASTSchema(supergraph, { assumeValidSDL: true });
  const seen = new Map<string, { readonly args: string; readonly by: string }>();

  const collect = (parent: GraphQLCompositeType, selections: SelectionSetNode, by: string): void => {
    for (const selection of selections.selections) {
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const narrowed = selection.typeCondition && full.getType(selection.typeCondition.name.value);
        collect(isCompositeType(narrowed) ? narrowed : parent, selection.selectionSet, by);
      } else if (selection.kind === Kind.FIELD) {
        const coordinate = `${parent.name}.${selection.name.value}`;
        const args = (selection.arguments ?? []).map(print).sort().join(', ');
        const earlier = seen.get(coordinate);
        if (earlier && earlier.args !== args) {
          throw new CodedError(
            'CONFIGURATION',
            `${earlier.by} and ${by} require ${coordinate} with different arguments: (${earlier.args}) and (${args}).`,
          );
        }
        seen.set(coordinate, { args, by });
        const definition =
          isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[selection.name.value] : undefined;
        const type = definition && getNamedType(definition.type);
        if (selection.selectionSet && isCompositeType(type)) collect(type, selection.selectionSet, by);
      }
    }
  };

  for (const { typeName, fieldName, directive } of requiring) {
    const requires = argumentOf(directive, 'requires');
    const parent = full.getType(typeName);
    if (typeof requires === 'string' && isCompositeType(parent)) {
      collect(parent, parseFieldSet(requires), `${typeName}.${fieldName}`);
    }
  }
}

function* appliedToFields(
  document: DocumentNode,
): Iterable<{ typeName: string; fieldName: string; directive: ConstDirectiveNode }> {
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    for (const field of definition.fields ?? []) {
      for (const directive of field.directives ?? []) {
        yield { typeName: definition.name.value, fieldName: field.name.value, directive };
      }
    }
  }
}

function parseFieldSet(fields: string): SelectionSetNode {
  const [operation] = parse(`{ ${fields} }`, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a field set is one selection set');
  return operation.selectionSet;
}
