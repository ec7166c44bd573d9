import { type DocumentNode, Kind } from 'graphql';

/** The `__typename`s that satisfy a type condition, the type's own name among them. */
export type TypeConditions = (typeCondition: string) => ReadonlySet<string>;

/** The types that satisfy a condition on an interface or a union, by its name. */
type Conditions = ReadonlyMap<string, ReadonlySet<string>>;

/** Reads the type conditions of a supergraph: all of its types, also those that clients don't see. */
export function readConditions(supergraph: DocumentNode): Conditions {
  const satisfying = new Map<string, Set<string>>();
  const of = (name: string): Set<string> => {
    let names = satisfying.get(name);
    if (!names) {
      names = new Set([name]);
      satisfying.set(name, names);
    }
    return names;
  };
  for (const definition of supergraph.definitions) {
    if (
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      // An interface's own name is the `__typename` of an interface object.
      definition.kind === Kind.INTERFACE_TYPE_DEFINITION
    ) {
      for (const { name } of definition.interfaces ?? []) of(name.value).add(definition.name.value);
    } else if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const { name } of definition.types ?? []) of(definition.name.value).add(name.value);
    }
  }
  return satisfying;
}

/** Returns what tells which types satisfy a condition. A name that no interface and no union has stands for itself. */
export function typeConditions(conditions: Conditions): TypeConditions {
  return (name) => conditions.get(name) ?? new Set([name]);
}
