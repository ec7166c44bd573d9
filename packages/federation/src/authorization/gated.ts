import {
  type GraphQLCompositeType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import type { SelectedOperation } from '../normalise/select-operation.ts';
import type { Rules } from './authorize.ts';

/**
 * The coordinates with a rule that an operation may meet, sorted: whatever its conditions, and for a selection on an
 * abstract type those of each object that it may find.
 */
export function gatedCoordinates(
  schema: GraphQLSchema,
  rules: Rules,
  { operation, fragments }: SelectedOperation,
): readonly string[] {
  const root = schema.getRootType(operation.operation);
  if (rules.size === 0 || !root) return [];
  const gated = new Set<string>();
  const visited = new Map<SelectionSetNode, Set<string>>();

  const visit = (type: GraphQLCompositeType, set: SelectionSetNode): void => {
    const known = visited.get(set) ?? new Set<string>();
    if (known.has(type.name)) return;
    visited.set(set, known.add(type.name));
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        for (const object of isAbstractType(type) ? schema.getPossibleTypes(type) : [type]) {
          const coordinate = `${object.name}.${name}`;
          if (rules.has(coordinate)) gated.add(coordinate);
        }
        const field = isUnionType(type) ? undefined : type.getFields()[name];
        const inner = field && getNamedType(field.type);
        if (selection.selectionSet && isCompositeType(inner)) visit(inner, selection.selectionSet);
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (!fragment) continue;
      const narrowed = fragment.typeCondition ? schema.getType(fragment.typeCondition.name.value) : type;
      if (!isCompositeType(narrowed)) continue;
      // Of an object the fragment finds that object, whatever it says.
      visit(isAbstractType(type) ? narrowed : type, fragment.selectionSet);
    }
  };
  visit(root, operation.selectionSet);
  return [...gated].sort();
}
