import type { SubgraphType, Target } from '../model/model.ts';
import type { Field, Selection } from '../selection.ts';
import { optionsFor } from './options.ts';
import type { Search } from './search.ts';
import type { JumpView } from './solution.ts';
import { type View, viewName } from './view.ts';

/**
 * Returns the jumps that are possible at a position, each at the lowest level, in ascending order of their levels. It works
 * forward: what can be reached makes further keys and `@requires` known, until nothing is new. A jump's inputs come from
 * lower levels, so no jump can wait for itself.
 * @param fields what is selected: only their `@requires` matter
 * @param after jumps have a higher level than this
 */
export function reach(
  search: Search,
  type: string,
  fields: readonly Field[],
  initial: readonly View[],
  after: number,
): readonly JumpView[] {
  const targets = search.model.types.get(type)?.targets ?? [];
  if (targets.length === 0) return [];
  const requiring = requiringFields(search, type, fields, targets);
  const name = `${type} ${after} ${initial.map((view) => viewName(view, 0)).join()} ${Array.from(requiring, ([target, names]) => `${targets.indexOf(target)}:${names.sort().join()}`).join(' ')}`;
  return search.rememberReach(name, () => findJumps(search, type, targets, requiring, initial, after));
}

function findJumps(
  search: Search,
  type: string,
  targets: readonly Target[],
  requiring: ReadonlyMap<Target, readonly string[]>,
  initial: readonly View[],
  after: number,
): JumpView[] {
  const views = [...initial];
  const jumps: JumpView[] = [];
  const enabledBy = new Map<Selection, Map<Target, readonly string[]>>();
  const floor = Math.max(after, initial.length > 0 ? Math.min(...initial.map(({ level }) => level)) : -1);
  for (;;) {
    const found: JumpView[] = [];
    const levelOf = levelsBy(search, type, views, initial.length);
    for (const target of targets) {
      for (const key of target.keys) {
        const before = enabledBy.get(key)?.get(target) ?? enabledAt(initial, target);
        const jump = jumpBy(search, target, key, requiring.get(target) ?? [], before, levelOf, floor);
        if (jump) found.push(jump);
      }
    }
    if (found.length === 0) return jumps;
    const lowest = Math.min(...found.map(({ view }) => view.level));
    for (const jump of found.filter(({ view }) => view.level === lowest)) {
      jumps.push(jump);
      views.push(jump.view);
      const byTarget = enabledBy.get(jump.key) ?? new Map<Target, readonly string[]>();
      enabledBy.set(jump.key, byTarget.set(jump.target, jump.view.enabled));
    }
  }
}

type LevelOf = (selection: Selection) => number | undefined;

/** The level at which a selection has arrived by some views, undefined where they don't answer it. */
function levelsBy(search: Search, type: string, views: readonly View[], initialCount: number): LevelOf {
  const known = new Map<Selection, number | undefined>();
  const compute: LevelOf = (selection) => {
    let level = -1;
    for (const field of search.selections.forType(selection, type)) {
      const options = search.asInput(() => optionsFor(search, type, field, views, initialCount, true));
      if (options.length === 0) return undefined;
      level = Math.max(level, Math.min(...options.map((option) => option.level)));
    }
    return level;
  };
  return (selection) => {
    if (!known.has(selection)) known.set(selection, compute(selection));
    return known.get(selection);
  };
}

/** A jump by one key, with the `@requires` that are possible as early as the key is; later with more, if there are more. */
function jumpBy(
  search: Search,
  target: Target,
  key: Selection,
  requiring: readonly string[],
  before: readonly string[] | undefined,
  levelOf: LevelOf,
  floor: number,
): JumpView | undefined {
  search.steps.take();
  const keyLevel = levelOf(key);
  if (keyLevel === undefined) return undefined;
  const levels = requiring.flatMap((name) => {
    const requires = target.type.fields.get(name)?.requires;
    const level = requires && levelOf(requires);
    return level === undefined ? [] : [{ name, level }];
  });
  const news = before && levels.filter(({ name }) => !before.includes(name));
  if (news?.length === 0) return undefined;
  const until = Math.max(keyLevel, floor, news ? Math.min(...news.map(({ level }) => level)) : -1);
  const enabled = levels.filter(({ level }) => level <= until).map(({ name }) => name);
  const view: View = {
    type: target.type,
    provided: search.model.selections.empty,
    enabled: enabled.sort(),
    level: until + 1,
    isUntyped: false,
  };
  return { view, target, key };
}

/** The fields that are enabled where a position has a view of the subgraph already: a jump there must enable more. */
function enabledAt(initial: readonly View[], { type }: Target): readonly string[] | undefined {
  return initial.find((view) => view.type === type && !view.isUntyped)?.enabled;
}

/** The fields with inputs of their own that may be of use: those selected, and those that keys and `@requires` lead to. */
function requiringFields(
  search: Search,
  type: string,
  fields: readonly Field[],
  targets: readonly Target[],
): Map<Target, string[]> {
  const wanted = new Map<Target, string[]>();
  const candidates = targets.filter((target) => hasInputs(target.type));
  if (candidates.length === 0) return wanted;
  const seen = new Set<string>();
  const waiting = fields.map(({ name }) => name);
  for (const target of targets) {
    for (const key of target.keys) waiting.push(...search.selections.forType(key, type).map(({ name }) => name));
  }
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    for (const target of candidates) {
      const field = target.type.fields.get(name);
      if (!field || !search.views.isHere(field)) continue;
      if (field.requires && !target.mayEnable.has(name)) continue;
      if (field.requires) wanted.set(target, [...(wanted.get(target) ?? []), name]);
      if (field.requires) waiting.push(...search.selections.forType(field.requires, type).map((inner) => inner.name));
    }
  }
  return wanted;
}

const inputsKnown = new WeakMap<SubgraphType, boolean>();

function hasInputs(type: SubgraphType): boolean {
  let known = inputsKnown.get(type);
  if (known === undefined) {
    known = [...type.fields.values()].some(({ requires }) => requires !== undefined);
    inputsKnown.set(type, known);
  }
  return known;
}
