import {
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { InterfaceObjects } from '../supergraph/subgraphs.ts';
import { type Conditions, isIncluded } from './select-operation.ts';

/** The conditions and denials that an operation is settled for, and its schema. */
export interface Settled {
  readonly schema: GraphQLSchema;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly conditions: Conditions;
  /** Coordinates (`Type.field`, of objects) that are null whatever arrives. */
  readonly denied: ReadonlySet<string>;
  /** Interfaces that a subgraph gives fields to without knowing their types (`@interfaceObject`). */
  readonly interfaceObjects: InterfaceObjects;
}

/**
 * Returns whether a selection on an interface is uniform: the same for each of its types, so that an object's type needn't
 * be known. It has neither conditions nor `__typename`, and each field has one type everywhere. Only interface objects are
 * considered, as they don't know the type: to ask for it would cost a fetch, and an answer where the interface's owner
 * knows no such object.
 */
export function isUniformSelection(
  settled: Settled,
  type: GraphQLCompositeType,
  sets: readonly SelectionSetNode[],
): type is GraphQLInterfaceType {
  if (!isInterfaceType(type)) return false;
  if (![type, ...type.getInterfaces()].some(({ name }) => settled.interfaceObjects.has(name))) return false;
  const { schema, fragments, conditions } = settled;
  const spread = new Set<string>();
  const areUniform = ({ selections }: SelectionSetNode): boolean =>
    selections.every((selection) => {
      if (!isIncluded(selection, conditions)) return true;
      if (selection.kind === Kind.FIELD) return isFieldUniform(settled, type, selection.name.value);
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(selection.name.value)) return true;
        spread.add(selection.name.value);
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      return fragment !== undefined && applies(schema, fragment.typeCondition?.name.value, type)
        ? areUniform(fragment.selectionSet)
        : false;
    });
  return sets.every(areUniform);
}

function isFieldUniform({ schema, denied }: Settled, type: GraphQLInterfaceType, name: string): boolean {
  const expected = type.getFields()[name]?.type.toString();
  return (
    expected !== undefined &&
    schema
      .getPossibleTypes(type)
      .every(
        (object) => object.getFields()[name]?.type.toString() === expected && !denied.has(`${object.name}.${name}`),
      )
  );
}

/** Returns whether a fragment's condition holds for every object of a type. */
export function applies(
  schema: GraphQLSchema,
  typeCondition: string | undefined,
  type: GraphQLObjectType | GraphQLInterfaceType,
): boolean {
  if (typeCondition === undefined || typeCondition === type.name) return true;
  const condition = schema.getType(typeCondition);
  return isAbstractType(condition) && schema.isSubType(condition, type);
}
