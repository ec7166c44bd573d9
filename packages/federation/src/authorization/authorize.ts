import type { GraphQLSchema } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Supergraph } from '../supergraph/supergraph.ts';
import type { Decisions } from './grants.ts';
import { isMet, policiesOf, type Requirement } from './requirement.ts';
import type { Rules } from './rules.ts';
import { visibleSchema } from './visible-schema.ts';

/** Asks the policies that the rules of these coordinates name. Returns a promise where some decide later. */
export function askPolicies(
  rules: Rules,
  coordinates: Iterable<string>,
  decisions: Decisions,
): Promise<void> | undefined {
  const names = new Set<string>();
  for (const coordinate of coordinates) {
    const rule = rules.get(coordinate);
    if (rule && rule.policies.length > 0) for (const name of policiesOf(rule)) names.add(name);
  }
  return names.size > 0 ? decisions.ask(names) : undefined;
}

/** Returns the coordinates that a request is denied, in their order. Their policies must have been asked. */
export function deniedOf(rules: Rules, coordinates: Iterable<string>, decisions: Decisions): readonly string[] {
  const denied: string[] = [];
  const met = new Map<Requirement, boolean>();
  for (const coordinate of coordinates) {
    const rule = rules.get(coordinate);
    if (rule === undefined) continue;
    let isAllowed = met.get(rule);
    if (isAllowed === undefined) {
      isAllowed = isMet(rule, decisions);
      met.set(rule, isAllowed);
    }
    if (!isAllowed) denied.push(coordinate);
  }
  return denied;
}

/** Makes the public schema as each set of grants sees it, and caches the latest. */
export function visibleSchemas(supergraph: Supergraph, maxKept = 16): (denied: readonly string[]) => GraphQLSchema {
  const kept = new LRUCache<string, GraphQLSchema>({ max: maxKept });
  return (denied) => {
    if (denied.length === 0) return supergraph.apiSchema;
    const name = denied.join();
    let schema = kept.get(name);
    if (!schema) {
      schema = visibleSchema(supergraph.apiSchema, supergraph.apiSdl, new Set(denied));
      kept.set(name, schema);
    }
    return schema;
  };
}
