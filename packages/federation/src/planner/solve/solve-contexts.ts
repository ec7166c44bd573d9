import { ContextualFields, type ContextualGroup, NO_WAY } from '../contexts.ts';
import { Builder, type Part } from '../emit/build.ts';
import { FederationError } from '../errors.ts';
import type { Field } from '../selection.ts';
import type { SolvedObject } from './search.ts';
import { type Operation, soleProviders } from './sole-providers.ts';
import { costOf, type Node } from './solution.ts';
import { Solver } from './solver.ts';
import type { View } from './view.ts';

/** Cheaper ways of contextual groups that are looked for. */
const MAX_ATTEMPTS = 16;

/** An operation that is solved in parts: without its contextual fields, and each group of those by itself. */
interface Solved {
  readonly cost: number;
  readonly root: Node;
  readonly groups: readonly { readonly group: ContextualGroup; readonly node: Node }[];
}

/**
 * Returns the parts of all fetches that some fields of a root type need.
 * @throws FederationError NOT_PLANNABLE
 */
export function partsOf(operation: Operation, type: string, fields: readonly Field[]): readonly Part[] {
  const { root, groups } = solveWithContexts(operation, type, fields);
  const builder = new Builder(operation.steps);
  let parts = builder.build(root);
  // Contextual fetches come after all that they may read of. The executor makes each wait for no more than it must.
  for (let phase = 1; groups.some(({ group }) => group.phase >= phase); phase += 1) {
    const level = Math.max(...parts.map((part) => part.level)) + 1;
    for (const { group, node } of groups.filter((one) => one.group.phase === phase)) {
      const inputs = [...operation.selections.unite(group.inputs)];
      parts = builder.buildContextual(node, { ...group, inputs }, level);
    }
  }
  return parts;
}

/**
 * Solves an operation with the first way to ask for each contextual group, then looks for cheaper ways, one group after the
 * other. Where the first ways can't be answered, a way is found for each group while those after it ask for no key: which
 * keys a group's place knows doesn't depend on the other groups.
 */
function solveWithContexts(operation: Operation, type: string, fields: readonly Field[]): Solved {
  const ways = new Map<string, number>();
  const { solved, groups } = solveBy(operation, type, fields, ways);
  const undecided = groups.filter(({ wayCount }) => wayCount > 1);
  if (!solved) for (const { name } of undecided) ways.set(name, NO_WAY);
  let best = solved;
  let attempts = solved ? MAX_ATTEMPTS : Number.POSITIVE_INFINITY;
  for (const { name, wayCount } of undecided) {
    let cheapest = solved && best;
    let cheapestWay = 0;
    for (let way = solved ? 1 : 0; way < wayCount && attempts > 0; way += 1, attempts -= 1) {
      ways.set(name, way);
      const other = solveBy(operation, type, fields, ways).solved;
      if (!other || (cheapest && cheapest.cost <= other.cost)) continue;
      cheapest = other;
      cheapestWay = way;
    }
    ways.set(name, cheapestWay);
    best = cheapest;
    if (!best) break;
  }
  if (!best) throw new FederationError('NOT_PLANNABLE', 'No combination of subgraphs answers all of the operation.');
  return best;
}

function solveBy(
  operation: Operation,
  type: string,
  fields: readonly Field[],
  ways: ReadonlyMap<string, number>,
): { readonly solved: Solved | undefined; readonly groups: readonly ContextualGroup[] } {
  const { model, selections, views, steps } = operation;
  const contextual = new ContextualFields(model, selections, views, steps, ways);
  const solver = new Solver(operation, soleProviders(operation, type, fields));
  const root = solver.solveObject(type, contextual.takeFrom(type, fields), []);
  const { groups } = contextual;
  if (!root) return { solved: undefined, groups };
  let cost = costOf(root);
  const solvedGroups: Solved['groups'][number][] = [];
  for (const group of groups) {
    const solved = solveGroup(solver, group);
    if (!solved) return { solved: undefined, groups };
    cost += costOf(solved);
    solvedGroups.push({ group, node: solved.node });
  }
  return { solved: { cost, root: root.node, groups: solvedGroups }, groups };
}

/** Solves the fields of a contextual group, which one fetch answers, and what they lead to. */
function solveGroup(solver: Solver, { type, target, fields }: ContextualGroup): SolvedObject | undefined {
  const view: View = {
    type: target.type,
    provided: solver.model.selections.empty,
    enabled: fields.map(({ name }) => name).sort(),
    level: 0,
    isUntyped: false,
  };
  return solver.solveObject(type, solver.selections.unite(fields), [view]);
}
