import { type DocumentNode, Kind, parse, print, type TypeNode } from 'graphql';
import { argumentOf, directiveName, type Feature, linkedFeatures } from '../features.ts';
import { subgraphsByGraph } from '../references.ts';
import { mapFetches } from './fetches.ts';
import type { PlanNode, QueryPlan } from './plan.ts';
import { graphOf, rootNames, withSecondName } from './second-names.ts';

/** A supergraph as the planner gets it, and how its plans are to be read. */
export interface SplitSupergraph {
  readonly sdl: string;
  /** A plan with the subgraphs that there are. */
  restore(plan: QueryPlan): QueryPlan;
}

/**
 * A planner (0.0.38) finds no way to a field with `@requires` of a type that its subgraph came to through an entity of the
 * same type. It does where the field is another subgraph's: so where a subgraph's fields lead from such a type back to it,
 * the planner gets to know the subgraph by a second name for the fields with `@requires`.
 */
export function splitRequires(supergraphSdl: string): SplitSupergraph {
  const unchanged: SplitSupergraph = { sdl: supergraphSdl, restore: (plan) => plan };
  if (!/\brequires: "/.test(supergraphSdl)) return unchanged;
  const document = parse(supergraphSdl, { noLocation: true });
  const join = linkedFeatures(document).find(({ name }) => name === 'join');
  if (!join) return unchanged;
  const subgraphs = new Map<string, string>();
  let split = document;
  for (const [graph, subgraph] of subgraphsByGraph(document, join)) {
    for (const type of typesToSplit(document, join, graph)) {
      const name = `${subgraph} (${type})`;
      subgraphs.set(name, subgraph);
      split = withSecondName(split, join, { graph, type, alias: `${graph}__${type}`, name });
    }
  }
  if (subgraphs.size === 0) return unchanged;
  return {
    sdl: print(split),
    restore: (plan) => (plan.node ? { ...plan, node: restored(plan.node, subgraphs) } : plan),
  };
}

/** The types with `@requires` in a graph that the graph's own fields lead from back to themselves. */
function typesToSplit(document: DocumentNode, join: Feature, graph: string): readonly string[] {
  const joinField = directiveName(join, 'field');
  const joinType = directiveName(join, 'type');
  const roots = rootNames(document);
  const leadsTo = new Map<string, Set<string>>();
  const requiring: string[] = [];
  const lead = (from: string, to: string) => leadsTo.set(from, (leadsTo.get(from) ?? new Set<string>()).add(to));
  for (const definition of document.definitions) {
    if (definition.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const { name } of definition.types ?? []) lead(definition.name.value, name.value);
      continue;
    }
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.INTERFACE_TYPE_DEFINITION) continue;
    const { value: type } = definition.name;
    for (const { name } of definition.interfaces ?? []) lead(name.value, type);
    const isHere = definition.directives?.some((one) => one.name.value === joinType && graphOf(one) === graph);
    if (!isHere || roots.has(type)) continue;
    for (const field of definition.fields ?? []) {
      const applied = (field.directives ?? []).filter((directive) => directive.name.value === joinField);
      const own = applied.filter((directive) => graphOf(directive) === graph);
      if (own.some((directive) => argumentOf(directive, 'requires') !== undefined)) requiring.push(type);
      const isResolved = applied.length === 0 || own.some((directive) => argumentOf(directive, 'external') !== true);
      if (isResolved) lead(type, namedType(field.type));
    }
  }
  return [...new Set(requiring)].filter((type) => isOnCycle(type, leadsTo));
}

function isOnCycle(type: string, leadsTo: ReadonlyMap<string, ReadonlySet<string>>): boolean {
  const reached = new Set<string>();
  const waiting = [...(leadsTo.get(type) ?? [])];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (reached.has(next)) continue;
    reached.add(next);
    waiting.push(...(leadsTo.get(next) ?? []));
  }
  return reached.has(type);
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

function restored(node: PlanNode, subgraphs: ReadonlyMap<string, string>): PlanNode {
  return mapFetches(node, (fetch) => ({
    ...fetch,
    serviceName: subgraphs.get(fetch.serviceName) ?? fetch.serviceName,
  }));
}
