import { clientVariable } from '../normalise/variable-name.ts';
import type { PathSegment, PlanNode, QueryPlan } from '../planner/plan.ts';
import { Fetch, type Guard, type PlanContext } from './fetch.ts';
import { newPosition } from './layout.ts';
import type { Run } from './run.ts';

/** A plan made ready to run any number of times. */
export interface ExecutablePlan {
  readonly fetches: readonly Fetch[];
  readonly step: Step;
}

/** Undefined where all is done at once. Never rejects. */
type Step = (run: Run) => Promise<void> | undefined;

/** Compiles a plan for the subgraphs it asks. Throws CONFIGURATION where one of them isn't there. */
export function compilePlan(plan: QueryPlan, parts: Omit<PlanContext, 'layout'>): ExecutablePlan {
  const context: PlanContext = { ...parts, layout: newPosition() };
  const fetches: Fetch[] = [];

  function compile(node: PlanNode, path: readonly PathSegment[], guards: readonly Guard[]): Step {
    switch (node.kind) {
      case 'Sequence':
        return inSequence(node.nodes.map((inner) => compile(inner, path, guards)));
      case 'Parallel':
        return inParallel(node.nodes.map((inner) => compile(inner, path, guards)));
      case 'Condition': {
        const { ifClause, elseClause } = node;
        const condition = clientVariable(node.condition);
        const whenTrue = ifClause && compile(ifClause, path, [...guards, [condition, true]]);
        const whenFalse = elseClause && compile(elseClause, path, [...guards, [condition, false]]);
        return (run) => (run.variables[condition] === true ? whenTrue : whenFalse)?.(run);
      }
      case 'Flatten':
        return compile(node.node, [...path, ...node.path], guards);
      case 'Fetch':
      case 'BatchFetch': {
        const fetch = new Fetch(node, path, guards, context);
        fetches.push(fetch);
        return (run) => fetch.run(run);
      }
    }
  }

  const step = plan.node ? compile(plan.node, [], []) : () => undefined;
  for (const fetch of fetches) fetch.link();
  // The last first, so that what a fetch leaves empty is whole when an earlier one takes it over.
  for (const [index, fetch] of [...fetches.entries()].reverse()) {
    for (const later of fetches.slice(index + 1)) if (fetch.provides(later)) fetch.alsoAffects(later);
  }
  return { fetches, step };
}

function inSequence(steps: readonly Step[]): Step {
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

function inParallel(steps: readonly Step[]): Step {
  return (run) => {
    const underWay = steps.flatMap((step) => step(run) ?? []);
    return underWay.length === 0 ? undefined : Promise.all(underWay).then(() => {});
  };
}
