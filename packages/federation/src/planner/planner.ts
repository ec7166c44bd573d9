import { type DocumentNode, Kind, type OperationDefinitionNode, OperationTypeNode, parse, print } from 'graphql';
import type { Part } from './emit/build.ts';
import { checkParts } from './emit/check.ts';
import { delayed } from './emit/delay.ts';
import { type EmitContext, emit } from './emit/emit.ts';
import { FederationError } from './errors.ts';
import type { Model } from './model/model.ts';
import { readModel } from './model/read-model.ts';
import type { PlanNode, QueryPlan } from './plan.ts';
import { type Field, Selections } from './selection.ts';
import { partsOf } from './solve/solve-contexts.ts';
import { Views } from './solve/view.ts';
import { DEFAULT_LIMITS, type PlannerLimits, Steps } from './steps.ts';

/** Fields of a mutation that share one request. All of them are planned again for each that joins. */
const MAX_FIELDS_TOGETHER = 8;

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
  const partsFor = (some: readonly Field[]): readonly Part[] => {
    const parts = delayed(partsOf({ model, selections, views, steps }, rootType(model, operation), some), steps);
    checkParts(parts, steps);
    return parts;
  };
  const plans = (isMutation ? serialParts(fields, partsFor) : [partsFor(fields)]).map((parts) => emit(parts, context));
  return plans.length === 1 ? plans[0]! : inSeries(plans);
}

/**
 * Returns the parts of a mutation's fields, to be fetched in series. Everything below one field is read before the next field
 * begins (GraphQL §6.2.2), so a field joins the request of those before it only where that answers all of them.
 */
function serialParts(fields: readonly Field[], partsFor: (fields: readonly Field[]) => readonly Part[]) {
  const series: (readonly Part[])[] = [];
  let together: readonly Field[] = [];
  for (const field of fields) {
    const mayJoin = series.at(-1)?.length === 1 && together.length < MAX_FIELDS_TOGETHER;
    const joined = mayJoin ? partsFor([...together, field]) : [];
    const [root, ...others] = joined.filter(({ level }) => level === 0);
    const isOneRequest = root !== undefined && others.length === 0;
    if (isOneRequest && isInOrder([...root.slot.fields.keys()], [...together, field])) {
      series[series.length - 1] = joined;
      together = [...together, field];
    } else {
      series.push(partsFor([field]));
      together = [field];
    }
  }
  return series;
}

function isInOrder(keys: readonly string[], fields: readonly Field[]): boolean {
  return keys.length === fields.length && fields.every(({ key }, index) => key === keys[index]);
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
