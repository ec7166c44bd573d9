import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  visit,
} from 'graphql';
import type { TypeConditions } from '../executor/type-conditions.ts';
import type { InterfaceObjects } from '../interface-objects.ts';
import { askedUnder } from './asked-under.ts';
import { fetchesOf, mapFetches } from './fetches.ts';
import type {
  BatchFetchNode,
  EntityAlias,
  FetchNode,
  PathSegment,
  PlanNode,
  QueryPlan,
  RequiresSelection,
  Rewrite,
} from './plan.ts';

/**
 * Asks interface objects for each type's fields apart. A planner (0.0.38) asks for them in one: so each type is asked for
 * what others are, and where the types were reached through the interface object itself, the fetch's `requires` name the
 * last of them alone, and the others' values would silently be null.
 * @param query the normalised operation that was planned
 */
export function repairInterfaceObjects(
  plan: QueryPlan,
  query: string,
  types: TypeConditions,
  interfaceObjects: InterfaceObjects,
): QueryPlan {
  if (!plan.node || !JSON.stringify(plan.node).includes('"ValueSetter"')) return plan;
  const { selectionSet: root } = operationOf(query);
  const required = requiredNames(plan.node);

  function repair(node: FetchNode | BatchFetchNode, path: readonly PathSegment[]): PlanNode {
    if (node.kind === 'BatchFetch') return divide(node, node.entityBatch.aliases);
    const { requires } = node;
    if (!requires) return node;
    return divide(node, [
      { ...node, requires, alias: '_entities', representationsVariableName: 'representations', paths: [path] },
    ]);
  }

  function divide(node: FetchNode | BatchFetchNode, aliases: readonly EntityAlias[]): FetchNode | BatchFetchNode {
    let operation = operationOf(node.operation);
    let isChanged = false;
    const divided = aliases.flatMap((alias) => {
      const asked = isInterfaceObject(alias) ? plainKeys(operation, alias.alias) : undefined;
      // The interface's owner tells the types, which nobody knows before. To an interface object they don't matter, and
      // where what it requires names them, they are known.
      const isDivisible = asked && (!asked.isTypeAsked || (isObjectTo(node.serviceName, alias) && namesTypes(alias)));
      const groups = isDivisible ? groupsOf(alias, asked.keys, required, root, types) : [];
      if (groups.length === 0) return [alias];
      isChanged = true;
      operation = withGroups(operation, alias, groups);
      return groups.map(
        ({ requires }, index): EntityAlias => ({
          ...alias,
          requires,
          alias: `${alias.alias}_${index}`,
          representationsVariableName: `${alias.representationsVariableName}_${index}`,
        }),
      );
    });
    if (!isChanged) return node;
    const { kind: _, ...rest } = node;
    return { ...rest, kind: 'BatchFetch', operation: print(operation), entityBatch: { aliases: divided } };
  }

  function isObjectTo(subgraph: string, { inputRewrites = [] }: EntityAlias): boolean {
    const names = inputRewrites.flatMap(interfaceName);
    return names.every((name) => interfaceObjects.get(name)?.has(subgraph));
  }

  function namesTypes({ requires }: EntityAlias): boolean {
    return requires.every(
      (selection) => selection.kind === 'InlineFragment' && types(selection.typeCondition).size === 1,
    );
  }

  return { ...plan, node: mapFetches(plan.node, repair) };
}

/** Types that ask an interface object for the same, and the keys that others ask for. */
interface Group {
  readonly requires: readonly RequiresSelection[];
  readonly omitted: ReadonlySet<string>;
}

function groupsOf(
  { requires, paths, inputRewrites }: EntityAlias,
  fetched: ReadonlySet<string>,
  required: ReadonlySet<string>,
  root: SelectionSetNode,
  types: TypeConditions,
): Group[] {
  const [model] = requires;
  if (model?.kind !== 'InlineFragment') return [];
  const { byType, always: asWritten } = askedUnder(root, paths, types);
  // What an entity goes by is there already.
  const known = new Set(
    model.selections.flatMap((field) => (field.kind === 'Field' && !field.selections?.length ? field.name : [])),
  );
  const keys = new Set([...fetched].filter((key) => !known.has(key)));
  // What another fetch requires is needed of types that the client doesn't ask it of.
  const needed = [...keys].filter((key) => required.has(key));
  const asked = { byType, always: new Set([...asWritten, ...needed]) };
  const conditional = new Set([...asked.byType.values()].flatMap((own) => [...own].filter((key) => keys.has(key))));
  if (conditional.size === 0) return [];
  const stated = requires.flatMap((selection) => (selection.kind === 'InlineFragment' ? selection.typeCondition : []));
  const isAsked = (asking: Iterable<string>) => [...asking].some((key) => keys.has(key));
  const named = isAsked(asked.always) ? [...stated, ...(inputRewrites ?? []).flatMap(interfaceName)] : stated;
  const groups = new Map<string, { typeConditions: string[]; omitted: ReadonlySet<string> }>();
  for (const typeCondition of new Set([...named, ...asked.byType.keys()])) {
    // What is asked of any type, the interface's own representations ask for, where they are sent.
    const isWithin = named.some((other) => other !== typeCondition && types(other).has(typeCondition));
    const own = new Set([...(asked.byType.get(typeCondition) ?? []), ...(isWithin ? [] : asked.always)]);
    const omitted = [...conditional, ...(isWithin ? asked.always : [])].filter((key) => !own.has(key)).sort();
    if ([...keys].every((key) => omitted.includes(key))) continue;
    if (!named.includes(typeCondition) && !isAsked(own)) continue;
    const group = groups.get(omitted.join()) ?? { typeConditions: [], omitted: new Set(omitted) };
    groups.set(omitted.join(), group);
    group.typeConditions.push(typeCondition);
  }
  const [first, ...others] = groups.values();
  const isRight =
    others.length === 0 &&
    first?.typeConditions.length === stated.length &&
    first.typeConditions.every((name) => stated.includes(name));
  if (isRight) return [];
  return Array.from(groups.values(), ({ typeConditions, omitted }) => ({
    requires: typeConditions.map((typeCondition) => ({ ...model, typeCondition })),
    omitted,
  }));
}

function interfaceName(rewrite: Rewrite): string | [] {
  return 'ValueSetter' in rewrite && typeof rewrite.ValueSetter.setValueTo === 'string'
    ? rewrite.ValueSetter.setValueTo
    : [];
}

/** The names of all fields that fetches need, at whatever depth. */
function requiredNames(plan: PlanNode): ReadonlySet<string> {
  const names = new Set<string>();
  const collect = (selections: readonly RequiresSelection[]): void => {
    for (const selection of selections) {
      if (selection.kind === 'Field') names.add(selection.name);
      collect(selection.selections ?? []);
    }
  };
  for (const fetch of fetchesOf(plan)) {
    if (fetch.kind === 'Fetch') collect(fetch.requires ?? []);
    else for (const { requires } of fetch.entityBatch.aliases) collect(requires);
  }
  return names;
}

interface PlainKeys {
  readonly keys: ReadonlySet<string>;
  /** Whether the fetch asks for `__typename` beside them: as the interface's owner is asked, and on the way elsewhere. */
  readonly isTypeAsked: boolean;
}

/** The keys that a fetch asks of its entities, whatever their type; undefined where it makes conditions by it. */
function plainKeys(operation: OperationDefinitionNode, alias: string): PlainKeys | undefined {
  const keys = new Set<string>();
  let isTypeAsked = false;
  for (const entities of operation.selectionSet.selections) {
    if (entities.kind !== Kind.FIELD || (entities.alias ?? entities.name).value !== alias) continue;
    for (const fragment of entities.selectionSet?.selections ?? []) {
      if (fragment.kind !== Kind.INLINE_FRAGMENT) return undefined;
      for (const selection of fragment.selectionSet.selections) {
        if (selection.kind !== Kind.FIELD) return undefined;
        if (selection.name.value === '__typename') isTypeAsked = true;
        else keys.add((selection.alias ?? selection.name).value);
      }
    }
  }
  return { keys, isTypeAsked };
}

/** A representation goes by the interface's name, and no key is renamed on the way back. */
function isInterfaceObject({ inputRewrites, outputRewrites }: EntityAlias): boolean {
  return !outputRewrites?.length && (inputRewrites?.some((rewrite) => 'ValueSetter' in rewrite) ?? false);
}

function withGroups(
  operation: OperationDefinitionNode,
  { alias, representationsVariableName: variable }: EntityAlias,
  groups: readonly Group[],
): OperationDefinitionNode {
  const selections = operation.selectionSet.selections.flatMap((selection) => {
    if (selection.kind !== Kind.FIELD || (selection.alias ?? selection.name).value !== alias) return selection;
    return groups.map(({ omitted }, index): FieldNode => {
      const renamed = visit(selection, {
        Variable: (node) => (node.name.value === variable ? named(node, `${variable}_${index}`) : undefined),
      });
      const entities = renamed.selectionSet && without(renamed.selectionSet, omitted);
      return {
        ...renamed,
        alias: { kind: Kind.NAME, value: `${alias}_${index}` },
        ...(entities ? { selectionSet: entities } : {}),
      };
    });
  });
  const variableDefinitions = (operation.variableDefinitions ?? []).flatMap((definition) =>
    definition.variable.name.value === variable
      ? groups.map((_, index) => ({ ...definition, variable: named(definition.variable, `${variable}_${index}`) }))
      : definition,
  );
  return { ...operation, variableDefinitions, selectionSet: { kind: Kind.SELECTION_SET, selections } };
}

/** An entity's selection without some of its keys, through the fragments that it is in. */
function without(set: SelectionSetNode, omitted: ReadonlySet<string>): SelectionSetNode {
  const selections = set.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return omitted.has((selection.alias ?? selection.name).value) ? [] : selection;
    if (selection.kind !== Kind.INLINE_FRAGMENT) return selection;
    return { ...selection, selectionSet: without(selection.selectionSet, omitted) };
  });
  return selections.length > 0 ? { ...set, selections } : TYPENAME_ONLY;
}

const TYPENAME_ONLY: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};

function named<T extends { readonly name: { readonly value: string } }>(node: T, value: string): T {
  return { ...node, name: { ...node.name, value } };
}

/** An operation with its fragments written out: the planner's are of the very type that they are spread on. */
function operationOf(text: string): OperationDefinitionNode {
  const { definitions } = parse(text, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  );
  const writtenOut = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((selection): SelectionNode | readonly SelectionNode[] => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(selection.name.value);
        return fragment ? writtenOut(fragment.selectionSet).selections : [];
      }
      return selection.selectionSet ? { ...selection, selectionSet: writtenOut(selection.selectionSet) } : selection;
    }),
  });
  const operation = definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a plan holds a fetch without an operation');
  return { ...operation, selectionSet: writtenOut(operation.selectionSet) };
}
