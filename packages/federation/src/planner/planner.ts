import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, parse, print } from 'graphql';
import { Builder, type Part } from './build.ts';
import { checkParts } from './check.ts';
import { ContextualFields, type ContextualGroup } from './contexts.ts';
import { delayed } from './delay.ts';
import { type EmitContext, emit } from './emit.ts';
import { FederationError } from './errors.ts';
import type { Model } from './model.ts';
import type { PlanNode, QueryPlan } from './plan.ts';
import { readModel } from './read-model.ts';
import { type Field, Selections } from './selection.ts';
import type { Node } from './solution.ts';
import { Solver } from './solver.ts';
import { DEFAULT_LIMITS, type PlannerLimits, Steps } from './steps.ts';
import { type View, Views } from './view.ts';

/** Plans operations over one supergraph. */
export interface QueryPlanner {
  /**
   * Plans a normalised operation: one anonymous query or mutation without named fragments, conditions or introspection,
   * valid against the supergraph, in which a key stands for one field with one set of arguments. An alias of `__typename`
   * asks whether an object is there, and not for its type.
   * @param labels the labels of `@override` that are active
   * @throws FederationError NOT_PLANNABLE, PLAN_TOO_COMPLEX, INVALID_PLAN
   */
  plan(operation: string, labels?: readonly string[]): QueryPlan;
  /** Returns the steps that the last plan took. */
  readonly lastSteps: number;
}

/**
 * Makes a planner for a composed supergraph.
 * @throws FederationError INVALID_SUPERGRAPH
 */
export function createQueryPlanner(
  supergraph: string | DocumentNode,
  limits: PlannerLimits = DEFAULT_LIMITS,
): QueryPlanner {
  const model = readModel(typeof supergraph === 'string' ? parse(supergraph, { noLocation: true }) : supergraph);
  let lastSteps = 0;
  return {
    plan(text, labels = []) {
      const steps = new Steps(limits);
      try {
        return planOperation(model, parse(text, { noLocation: true }), new Set(labels), steps);
      } finally {
        lastSteps = steps.count;
      }
    },
    get lastSteps() {
      return lastSteps;
    },
  };
}

function planOperation(model: Model, document: DocumentNode, labels: ReadonlySet<string>, steps: Steps): QueryPlan {
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('a normalised operation is one operation');
  const selections = new Selections(model.satisfies, model.selections);
  const fields = selections.forType(selections.read(operation.selectionSet), rootType(model, operation));
  const isMutation = operation.operation === OperationTypeNode.MUTATION;
  const context: EmitContext = { kind: isMutation ? 'mutation' : 'query', variables: declarations(operation), steps };
  const views = new Views(model, selections, labels);
  const planFields = (some: readonly Field[]): QueryPlan => {
    const solver = new Solver(model, selections, views, steps);
    const contextual = new ContextualFields(model, selections, steps);
    const solved = solver.solveObject(
      rootType(model, operation),
      contextual.takeFrom(rootType(model, operation), some),
      [],
    );
    if (!solved) throw notPlannable();
    const built = withContextual(solved.node, contextual.groups, solver);
    const parts = delayed(built, steps);
    checkParts(parts, steps);
    return emit(parts, context);
  };
  // Everything below one field of a mutation is read before the next field begins (GraphQL §6.2.2).
  return isMutation && fields.length > 1 ? inSeries(fields.map((field) => planFields([field]))) : planFields(fields);
}

/** Adds the fetches of fields that read contexts, after all that they may read of. The executor waits for no more than it must. */
function withContextual(root: Node, groups: readonly ContextualGroup[], solver: Solver): readonly Part[] {
  const builder = new Builder(solver.steps);
  let parts = builder.build(root);
  for (let phase = 1; groups.some((group) => group.phase >= phase); phase += 1) {
    const level = Math.max(...parts.map((part) => part.level)) + 1;
    for (const group of groups.filter((one) => one.phase === phase)) {
      const { type, target, fields } = group;
      const { model, selections } = solver;
      const view: View = {
        type: target.type,
        provided: model.selections.empty,
        enabled: fields.map(({ name }) => name).sort(),
        level: 0,
        isUntyped: false,
      };
      const solved = solver.solveObject(type, selections.unite(fields), [view]);
      if (!solved) throw notPlannable();
      const inputs = [...selections.unite(group.inputs)];
      parts = builder.buildContextual(solved.node, { ...group, inputs }, level);
    }
  }
  return parts;
}

function rootType({ queryType, mutationType }: Model, { operation }: OperationDefinitionNode): string {
  if (operation === OperationTypeNode.QUERY) return queryType;
  if (operation === OperationTypeNode.MUTATION && mutationType !== undefined) return mutationType;
  throw new FederationError('NOT_PLANNABLE', `A ${operation} is not planned.`);
}

function declarations({ variableDefinitions = [] }: OperationDefinitionNode): Map<string, string> {
  return new Map(
    variableDefinitions.map(({ variable, type, defaultValue }) => [
      variable.name.value,
      `${print(type)}${defaultValue ? `=${print(defaultValue)}` : ''}`,
    ]),
  );
}

function inSeries(plans: readonly QueryPlan[]): QueryPlan {
  const nodes = plans.flatMap(({ node }): PlanNode[] => (node ? [node] : []));
  return { kind: 'QueryPlan', node: { kind: 'Sequence', nodes } };
}

function notPlannable(): FederationError {
  return new FederationError('NOT_PLANNABLE', 'No combination of subgraphs answers all of the operation.');
}
