import { Kind, parse, type SelectionSetNode } from 'graphql';
import type { DeclaredTypes } from './declared-types.ts';

/**
 * Returns the fields that a field set such as `id zone { code }` names, as `Type.field`, including those on the way.
 * Returns none for an invalid field set: the composer reports it.
 */
export function fieldsNamed(fieldSet: unknown, type: string, types: DeclaredTypes): string[] {
  const selections = typeof fieldSet === 'string' ? parseFieldSet(fieldSet) : undefined;
  return selections ? [...namedIn(selections, type, types)] : [];
}

function* namedIn({ selections }: SelectionSetNode, type: string, types: DeclaredTypes): Iterable<string> {
  for (const selection of selections) {
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      yield* namedIn(selection.selectionSet, selection.typeCondition?.name.value ?? type, types);
    } else if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') {
      yield `${type}.${selection.name.value}`;
      const below = types.get(type)?.fields.get(selection.name.value)?.namedType;
      if (selection.selectionSet && below !== undefined) yield* namedIn(selection.selectionSet, below, types);
    }
  }
}

function parseFieldSet(text: string): SelectionSetNode | undefined {
  try {
    const [operation] = parse(`{ ${text} }`, { noLocation: true }).definitions;
    return operation?.kind === Kind.OPERATION_DEFINITION ? operation.selectionSet : undefined;
  } catch {
    return undefined;
  }
}
