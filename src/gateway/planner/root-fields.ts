import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  parse,
  print,
  type SelectionNode,
  visit,
} from 'graphql';
import type { PlanNode, QueryPlan } from './plan.ts';

/**
 * A mutation's root fields as one operation each, in their order: what is read below one must be done before the next
 * begins (GraphQL §6.2.2), and a planner would let it run beside the next. Any other operation is itself.
 * @param query one normalised operation
 */
export function oneByOne(query: string): string[] {
  if (!query.startsWith('mutation')) return [query];
  const [operation] = parse(query, { noLocation: true }).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== OperationTypeNode.MUTATION)
    return [query];
  const groups = new Map<string, SelectionNode[]>();
  for (const selection of operation.selectionSet.selections) {
    // What isn't a field has a place of its own.
    const key = selection.kind === Kind.FIELD ? responseKey(selection) : `...${groups.size}`;
    groups.set(key, [...(groups.get(key) ?? []), selection]);
  }
  return groups.size < 2 ? [query] : Array.from(groups.values(), (selections) => print(only(selections, operation)));
}

/** The plan of operations that follow one another. */
export function inSeries(plans: readonly QueryPlan[]): QueryPlan {
  const nodes = plans.flatMap(({ node }): PlanNode[] => (node ? [node] : []));
  const [only] = plans;
  return plans.length === 1 && only ? only : { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } };
}

function responseKey({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}

/** The operation with some of its root selections, and the variables that they use. */
function only(selections: readonly SelectionNode[], operation: OperationDefinitionNode): OperationDefinitionNode {
  const part = { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const;
  const used = new Set<string>();
  visit(part.selectionSet, { Variable: ({ name }) => void used.add(name.value) });
  const variableDefinitions = operation.variableDefinitions?.filter(({ variable }) => used.has(variable.name.value));
  return { ...part, ...(variableDefinitions ? { variableDefinitions } : {}) };
}
