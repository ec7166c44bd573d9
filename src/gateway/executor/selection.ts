import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import type { Rewrite, RewriteSegment } from '../planner/plan.ts';
import type { DataPath } from './path.ts';

/**
 * What a fetch asks of one object: the response key that the subgraph answers under, the key that the value has in the
 * answer (a planner renames where two types' fields would clash), and what is asked below it. Type conditions are united.
 */
export interface Asked {
  readonly from: string;
  to: string;
  readonly below: Selection | undefined;
}
export type Selection = Map<string, Asked>;

export function compileSelection(
  node: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode> = new Map(),
): Selection {
  const selection: Selection = new Map();
  collect(node, fragments, selection);
  return selection;
}

function collect(
  node: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  into: Selection,
): void {
  for (const item of node.selections) {
    if (item.kind !== Kind.FIELD) {
      const fragment = item.kind === Kind.INLINE_FRAGMENT ? item : fragments.get(item.name.value);
      if (fragment) collect(fragment.selectionSet, fragments, into);
      continue;
    }
    const key = item.alias?.value ?? item.name.value;
    let asked = into.get(key);
    if (!asked) {
      asked = { from: key, to: key, below: item.selectionSet ? new Map() : undefined };
      into.set(key, asked);
    }
    if (item.selectionSet && asked.below) collect(item.selectionSet, fragments, asked.below);
  }
}

/** Takes up the planner's renamings. Its aliases are unique, so the type conditions in a path needn't be looked at. */
export function rename(selection: Selection, rewrites: readonly Rewrite[] = []): void {
  for (const rewrite of rewrites) {
    if (!('KeyRenamer' in rewrite)) continue;
    const keys = rewrite.KeyRenamer.path.flatMap((segment: RewriteSegment) => ('Key' in segment ? segment.Key : []));
    if (keys[0] !== undefined && !selection.has(keys[0])) keys.shift();
    let level: Selection | undefined = selection;
    for (const key of keys.slice(0, -1)) level = level?.get(key)?.below;
    const asked = level?.get(keys.at(-1) ?? '');
    if (asked) asked.to = rewrite.KeyRenamer.renameKeyTo;
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
