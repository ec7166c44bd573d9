import {
  type FieldNode,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { isIncluded } from '../normalise/select-operation.ts';
import { applies, type Settled } from '../normalise/uniform-selection.ts';

/**
 * The fields of an object by response key (GraphQL §6.3.2 CollectFields), for one set of conditions; of an interface those
 * of any object that it may be.
 */
export function collectFields(
  context: Pick<Settled, 'schema' | 'fragments' | 'conditions'>,
  type: GraphQLObjectType | GraphQLInterfaceType,
  sets: readonly SelectionSetNode[],
): Map<string, FieldNode[]> {
  const fields = new Map<string, FieldNode[]>();
  const spread = new Set<string>();
  const collect = (set: SelectionSetNode): void => {
    for (const selection of set.selections) {
      if (!isIncluded(selection, context.conditions)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const nodes = fields.get(key);
        if (nodes) nodes.push(selection);
        else fields.set(key, [selection]);
        continue;
      }
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(selection.name.value)) continue;
        spread.add(selection.name.value);
      }
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : context.fragments.get(selection.name.value);
      if (fragment && applies(context.schema, fragment.typeCondition?.name.value, type)) collect(fragment.selectionSet);
    }
  };
  sets.forEach(collect);
  return fields;
}
