import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { DataPath } from './record.ts';

/**
 * A field that a fetch asks of one object: the response key of the subgraph, the key in the answer (a planner renames where
 * two types' fields would clash), and the fields below it. Type conditions are united.
 */
export interface Asked {
  readonly from: string;
  readonly to: string;
  readonly below: Selection | undefined;
}
export type Selection = Map<string, Asked>;

export function compileSelection(
  node: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode> = new Map(),
  renames: Readonly<Record<string, string>> = {},
): Selection {
  const selection: Selection = new Map();
  collect(node, { fragments, renames, spread: new Map() }, selection);
  return selection;
}

interface Collecting {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly renames: Readonly<Record<string, string>>;
  /** The fragments that were collected into a selection: once is enough. */
  readonly spread: Map<Selection, Set<string>>;
}

function collect(node: SelectionSetNode, collecting: Collecting, into: Selection): void {
  const { fragments, renames, spread } = collecting;
  for (const item of node.selections) {
    if (item.kind === Kind.FRAGMENT_SPREAD) {
      const names = spread.get(into) ?? new Set<string>();
      spread.set(into, names);
      if (names.has(item.name.value)) continue;
      names.add(item.name.value);
    }
    if (item.kind !== Kind.FIELD) {
      const fragment = item.kind === Kind.INLINE_FRAGMENT ? item : fragments.get(item.name.value);
      if (fragment) collect(fragment.selectionSet, collecting, into);
      continue;
    }
    const key = item.alias?.value ?? item.name.value;
    let asked = into.get(key);
    if (!asked) {
      const to = Object.hasOwn(renames, key) ? renames[key]! : key;
      asked = { from: key, to, below: item.selectionSet ? new Map() : undefined };
      into.set(key, asked);
    }
    if (item.selectionSet && asked.below) collect(item.selectionSet, collecting, asked.below);
  }
}

/** A path in a subgraph's answer, in the keys that the values have after the renamings. */
export function renamedPath(selection: Selection, path: DataPath): DataPath {
  let level: Selection | undefined = selection;
  return path.map((segment) => {
    if (typeof segment === 'number') return segment;
    const asked: Asked | undefined = level?.get(segment);
    level = asked?.below;
    return asked?.to ?? segment;
  });
}
