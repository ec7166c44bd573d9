import type { Selection, Selections } from '../selection.ts';

/** A field as one subgraph has it. */
export interface SubgraphField {
  readonly name: string;
  /** The named type that it leads to, there. */
  readonly typeName: string;
  /** Its lists and nulls, and the name of a leaf: two fields under one response key must have the same. */
  readonly shape: string;
  readonly isList: boolean;
  /** The subgraph only refers to it, unless the way there provides it. */
  readonly isExternal: boolean;
  readonly requires: Selection | undefined;
  readonly provides: Selection | undefined;
  /** The label that decides whether it is here, where one does. */
  readonly label: string | undefined;
  /** True where the field is here when the label is active; false where it is here when the label is not. */
  readonly isHereWhenActive: boolean;
  /** The arguments that take their values from objects above (`@fromContext`). */
  readonly contexts: readonly ContextArgument[];
}

/** An argument whose value is read of the nearest object above that sets a context. */
export interface ContextArgument {
  readonly context: string;
  readonly argument: string;
  readonly type: string;
  readonly selection: Selection;
}

/** A composite type as one subgraph has it. */
export interface SubgraphType {
  readonly name: string;
  readonly subgraph: Subgraph;
  readonly isAbstract: boolean;
  readonly isInterfaceObject: boolean;
  /** The keys by which the subgraph resolves entities of the type. */
  readonly keys: readonly Selection[];
  readonly fields: ReadonlyMap<string, SubgraphField>;
  /** The object types that the subgraph knows of it. */
  readonly possible: ReadonlySet<string>;
}

export interface Subgraph {
  readonly index: number;
  readonly name: string;
  readonly types: ReadonlyMap<string, SubgraphType>;
}

/** A subgraph that resolves entities of a type. */
export interface Target {
  readonly type: SubgraphType;
  readonly keys: readonly Selection[];
  /** The `__typename` that the subgraph is sent, where it knows the entity by its interface's name. */
  readonly typename: string | undefined;
  /** The fields with `@requires` whose inputs one representation may hold. */
  readonly mayEnable: ReadonlySet<string>;
  /** No representation is sent: the type is the query root. */
  readonly isRoot: boolean;
}

/** A composite type of the supergraph. */
export interface SupergraphType {
  readonly name: string;
  readonly isAbstract: boolean;
  readonly isInterface: boolean;
  /** Its object types, in the supergraph's order; of an object itself. */
  readonly possible: readonly string[];
  /** The named type that each field leads to. */
  readonly fields: ReadonlyMap<string, string>;
  /** The fields that lead to lists. */
  readonly lists: ReadonlySet<string>;
  readonly targets: readonly Target[];
}

/** The static part of planning: made once a supergraph, never changed. */
export interface Model {
  readonly subgraphs: readonly Subgraph[];
  readonly types: ReadonlyMap<string, SupergraphType>;
  /** The types that set each context. */
  readonly contexts: ReadonlyMap<string, readonly string[]>;
  readonly queryType: string;
  readonly mutationType: string | undefined;
  readonly selections: Selections;
  /** Says whether everything of `type` satisfies a type condition. */
  satisfies(condition: string, type: string): boolean;
}
