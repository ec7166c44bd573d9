import { clientVariable } from '../normalise/field-key.ts';
import type { PathSegment, PlanNode, QueryPlan } from '../planner/plan.ts';
import { type Call, isOver, orAtEnd } from '../subgraph.ts';
import { fetchError } from './fault.ts';
import { Fetch, type Guard, type PlanContext } from './fetch.ts';
import { newPosition } from './layout.ts';
import { Run } from './receive.ts';

/**
 * Runs a plan until it is done, or until the call's deadline or its signal ends it; then what is pending is reported as
 * DEADLINE_EXCEEDED, or as OUTCOME_UNKNOWN where a mutation is under way, and what arrives later is dropped.
 */
export async function executePlan(
  plan: ExecutablePlan,
  call: Call,
  variables: Readonly<Record<string, unknown>>,
): Promise<Run> {
  const run = new Run(call, variables);
  if (isOver(call)) {
    expire(plan, run);
  } else {
    await orAtEnd(call, plan.start(run), () => expire(plan, run));
  }
  run.isOver = true;
  return run;
}

function expire(plan: ExecutablePlan, run: Run): void {
  run.isOver = true;
  run.isExpired = true;
  for (const fetch of plan.fetches) {
    if (run.finished.has(fetch)) continue;
    if (!fetch.isWanted(run.variables)) continue;
    const { subgraphName, affected } = fetch;
    const error =
      fetch.isMutation && run.underWay.has(fetch)
        ? fetchError(
            'OUTCOME_UNKNOWN',
            subgraphName,
            'The time was over before it was known what became of it.',
            affected,
          )
        : fetchError('DEADLINE_EXCEEDED', subgraphName, 'The time was over before the answer was there.', affected);
    run.report(error, affected);
  }
}

/** A plan made ready to run any number of times. */
export interface ExecutablePlan {
  readonly fetches: readonly Fetch[];
  readonly start: Start;
}

/**
 * Compiles a plan for the subgraphs it asks. A planner lays fetches in waves; here each waits for those before it that it
 * reads of, and for no other: members of a `Parallel` are never before each other, and a `Condition` holds up nothing.
 * Throws CONFIGURATION where a subgraph isn't there.
 */
export function compilePlan(plan: QueryPlan, parts: Omit<PlanContext, 'layout'>): ExecutablePlan {
  const context: PlanContext = { ...parts, layout: newPosition() };
  const fetches: Fetch[] = [];
  const waitsFor: number[][] = [];

  /** Compiles what is at a node, after the fetches of the indices in `before`. Answers the indices of its own. */
  function compile(node: PlanNode, path: readonly PathSegment[], guards: readonly Guard[], before: number[]): number[] {
    switch (node.kind) {
      case 'Sequence': {
        const own: number[] = [];
        for (const inner of node.nodes) own.push(...compile(inner, path, guards, [...before, ...own]));
        return own;
      }
      case 'Parallel':
        return node.nodes.flatMap((inner) => compile(inner, path, guards, before));
      case 'Condition': {
        const condition = clientVariable(node.condition);
        const { ifClause, elseClause } = node;
        return [
          ...(ifClause ? compile(ifClause, path, [...guards, [condition, true]], before) : []),
          ...(elseClause ? compile(elseClause, path, [...guards, [condition, false]], before) : []),
        ];
      }
      case 'Flatten':
        return compile(node.node, [...path, ...node.path], guards, before);
      case 'Fetch':
      case 'BatchFetch': {
        const fetch = new Fetch(node, path, guards, context);
        waitsFor.push(before.filter((index) => fetch.waitsFor(fetches[index]!)));
        return [fetches.push(fetch) - 1];
      }
    }
  }

  if (plan.node) compile(plan.node, [], [], []);
  for (const fetch of fetches) fetch.link();
  // The last first, so that what a fetch leaves empty is whole when an earlier one takes it over.
  for (const [index, fetch] of [...fetches.entries()].reverse()) {
    for (const later of fetches.slice(index + 1)) if (fetch.provides(later)) fetch.alsoAffects(later);
  }
  return { fetches, start: compileSchedule(fetches, waitsFor) };
}

/** Makes a plan's fetches. Rejects with nothing that a subgraph does. */
export type Start = (run: Run) => Promise<void>;

/**
 * Compiles when fetches are made: each in the instant in which the last of those that it waits for is done.
 * @param waitsFor for each fetch the indices of earlier ones
 */
export function compileSchedule(fetches: readonly Fetch[], waitsFor: readonly (readonly number[])[]): Start {
  const counts = waitsFor.map(({ length }) => length);
  const first = fetches.flatMap((_, index) => (counts[index] === 0 ? index : []));
  const followers = fetches.map((_, index) =>
    fetches.flatMap((_, later) => (waitsFor[later]?.includes(index) ? later : [])),
  );
  if (fetches.length === 0) return async () => {};

  return (run) =>
    new Promise((resolve, reject) => {
      const open = [...counts];
      let left = fetches.length;
      const start = (index: number): void => {
        const underWay = fetches[index]!.run(run);
        if (underWay) underWay.then(() => finish(index)).catch(reject);
        else finish(index);
      };
      const finish = (index: number): void => {
        left -= 1;
        for (const follower of followers[index]!) {
          open[follower]! -= 1;
          if (open[follower] === 0) start(follower);
        }
        if (left === 0) resolve();
      };
      first.forEach(start);
    });
}
