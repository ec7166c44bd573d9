import type { DocumentNode } from 'graphql';
import type { Requirement } from '../authorization/authorize.ts';
import type { ListSize } from '../limits/cost-model.ts';
import type { Supergraph, SupergraphParts } from './supergraph.ts';

/** The parts of a supergraph as plain JSON, in which a process reads them in a fraction of the time that its SDL takes. */
interface PreparedFile {
  /** The hash of the supergraph that they are of. */
  readonly supergraph: string;
  readonly apiDocument: DocumentNode;
  readonly requirements: readonly Requirement[];
  /** Places in `requirements`. Many fields share one. */
  readonly rules: readonly Entry<number>[];
  readonly weights: readonly Entry<number>[];
  readonly lists: readonly Entry<ListSize>[];
  readonly weighsInput: boolean;
  readonly overrideLabels: readonly string[];
  readonly references: readonly Entry<readonly string[]>[];
  readonly interfaceObjects: readonly Entry<readonly string[]>[];
  readonly subgraphs: readonly string[];
  readonly conditions: readonly Entry<readonly string[]>[];
  readonly tags: readonly Entry<readonly string[]>[];
  readonly owners: readonly Entry<readonly string[]>[];
}

type Entry<Value> = readonly [name: string, value: Value];

/** Returns a loaded supergraph as `readPreparedSupergraph` reads it. For a build, which has found it valid. */
export function prepareSupergraph({ hash, rules, costs, ...parts }: Supergraph): string {
  const requirements = [...new Set(rules.values())];
  const places = new Map(requirements.map((requirement, place) => [requirement, place]));
  const prepared: PreparedFile = {
    supergraph: hash,
    apiDocument: parts.apiDocument,
    requirements,
    rules: [...rules].map(([coordinate, requirement]) => [coordinate, places.get(requirement) ?? 0]),
    weights: [...costs.weights],
    lists: [...costs.lists],
    weighsInput: costs.weighsInput,
    overrideLabels: parts.overrideLabels,
    references: asLists(parts.references),
    interfaceObjects: asLists(parts.interfaceObjects),
    subgraphs: parts.subgraphs,
    conditions: asLists(parts.conditions),
    tags: [...parts.tags],
    owners: [...parts.owners],
  };
  return JSON.stringify(prepared);
}

/** Returns the parts that a build has prepared; undefined where they are of another supergraph than the one of this hash. */
export function readPreparedSupergraph(json: string, supergraphHash: string): SupergraphParts | undefined {
  const prepared = JSON.parse(json) as PreparedFile;
  if (prepared.supergraph !== supergraphHash) return undefined;
  const { requirements, rules, weights, lists, weighsInput, references, interfaceObjects, conditions } = prepared;
  return {
    apiDocument: prepared.apiDocument,
    rules: new Map(
      rules.flatMap(([coordinate, place]): Entry<Requirement>[] => {
        const requirement = requirements[place];
        // A field without its requirement would be open to every caller.
        if (!requirement) throw new RangeError(`The prepared rule of ${coordinate} has no requirement.`);
        return [[coordinate, requirement]];
      }),
    ),
    costs: { weights: new Map(weights), lists: new Map(lists), weighsInput },
    overrideLabels: prepared.overrideLabels,
    references: asSets(references),
    interfaceObjects: asSets(interfaceObjects),
    subgraphs: prepared.subgraphs,
    conditions: asSets(conditions),
    tags: new Map(prepared.tags),
    owners: new Map(prepared.owners),
  };
}

function asLists(sets: ReadonlyMap<string, ReadonlySet<string>>): Entry<readonly string[]>[] {
  return [...sets].map(([name, values]) => [name, [...values]]);
}

function asSets(lists: readonly Entry<readonly string[]>[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(lists.map(([name, values]) => [name, new Set(values)]));
}
